// SPDX-License-Identifier: GPL-3.0-or-later
//
// The children of a libisofs directory are a sorted linked list. Taking a node out of it walks from the list's head, so
// work on many children goes through one iteration.
#include "libcore/image/edit.h"

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"

namespace core::image {

namespace {

IsoDir* as_directory(Node node) { return reinterpret_cast<IsoDir*>(node.handle()); }

/// iso_node_remove_tree() takes every node for a directory. `iter` may be null.
int remove_handle(IsoNode* node, IsoDirIter* iter) {
  if (iso_node_get_type(node) == LIBISO_DIR) return iso_node_remove_tree(node, iter);
  return iter != nullptr ? iso_dir_iter_remove(iter) : iso_node_remove(node);
}

}  // namespace

Result<void> remove_children(Image& image, Node directory, const std::function<bool(Node)>& unwanted) {
  IsoDirIter* iter = nullptr;
  int ret = iso_dir_get_children(as_directory(directory), &iter);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot list the children of " + shell_quote(directory.path()));
  IsoNode* child = nullptr;
  Result<void> result;
  while ((ret = iso_dir_iter_next(iter, &child)) == 1) {
    if (!unwanted(Node(child))) continue;
    ret = remove_handle(child, iter);
    if (ret < 0) break;
  }
  iso_dir_iter_free(iter);
  image.set_changed(true);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot remove from " + shell_quote(directory.path()));
  return {};
}

Result<void> remove_tree(Image& image, Node node) {
  if (node == image.root()) return remove_children(image, node, [](Node) { return true; });
  image.note_removed(node);
  const int ret = remove_handle(node.handle(), nullptr);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot remove node");
  return {};
}

Result<void> move_node(Image& image, Node node, Node new_parent, std::string_view new_name) {
  IsoNode* handle = node.handle();
  image.note_removed(node);
  iso_node_ref(handle);
  int ret = iso_node_take(handle);
  if (ret >= 0) {
    ret = iso_image_set_node_name(image.handle(), handle, std::string(new_name).c_str(), 0);
    const int added = iso_dir_add_node(as_directory(new_parent), handle, ISO_REPLACE_NEVER);
    if (added < 0) ret = added;
  }
  if (ret < 0) {
    iso_node_unref(handle);
    return problem_from_libisofs(ret, "Cannot rename node");
  }
  iso_node_unref(handle);
  image.note_added(node);
  return {};
}

Result<void> MoveBatch::add(Node node) {
  IsoNode* handle = node.handle();
  std::string name(node.name());
  image_.note_removed(node);
  iso_node_ref(handle);
  const int ret = iso_node_take(handle);
  if (ret < 0) {
    iso_node_unref(handle);
    return problem_from_libisofs(ret, "Cannot take node from its directory");
  }
  nodes_.emplace(std::move(name), node);
  return {};
}

Result<void> MoveBatch::flush() {
  Result<void> result;
  for (auto entry = nodes_.rbegin(); entry != nodes_.rend(); ++entry) {
    IsoNode* handle = entry->second.handle();
    const int ret = iso_dir_add_node(as_directory(target_), handle, ISO_REPLACE_NEVER);
    iso_node_unref(handle);
    if (ret < 0) result = problem_from_libisofs(ret, "Cannot move " + shell_quote(entry->first));
    else image_.note_added(Node(handle));
  }
  nodes_.clear();
  return result;
}

Result<Node> clone_tree(Image& image, Node node, Node new_parent, std::string_view new_name) {
  std::string name(new_name);
  IsoNode* clone = nullptr;
  const int ret =
      iso_image_tree_clone(image.handle(), node.handle(), as_directory(new_parent), name.data(), &clone, 0);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot clone " + shell_quote(node.path()));
  image.note_added(Node(clone));
  return Node(clone);
}

Result<Node> add_directory(Image& image, Node parent, std::string_view name) {
  IsoDir* made = nullptr;
  const int ret = iso_image_add_new_dir(image.handle(), as_directory(parent), std::string(name).c_str(), &made);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot create directory " + shell_quote(name));
  const Node node(reinterpret_cast<IsoNode*>(made));
  image.note_added(node);
  return node;
}

void for_each_below(Node top, const std::function<void(Node)>& visit) {
  std::vector<std::vector<Node>> open{{top}};
  while (!open.empty()) {
    if (open.back().empty()) {
      open.pop_back();
      continue;
    }
    const Node node = open.back().back();
    open.back().pop_back();
    const bool directory = node.is_directory();
    visit(node);
    if (!directory) continue;
    std::vector<Node> children = node.children();
    open.emplace_back(children.rbegin(), children.rend());
  }
}

}  // namespace core::image
