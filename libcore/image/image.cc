// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree and the volume descriptor texts of an image. The children of a libisofs directory are a linked list sorted
// by strcmp: a look-up walks from its head. Directories with many children get an index beside it as soon as somebody
// looks for a name in them.
#include "libcore/image/image.h"

#include <algorithm>
#include <cstring>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"

namespace core::image {
namespace {

constexpr std::size_t kIndexFrom = 32;  ///< Children; below, walking the list is as fast as an index.

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }


}  // namespace

Result<std::unique_ptr<Image>> Image::create(std::string_view volume_id) {
  IsoImage* handle = nullptr;
  const int ret = iso_image_new(std::string(volume_id).c_str(), &handle);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot create an empty image");
  iso_node_set_permissions(reinterpret_cast<IsoNode*>(iso_image_get_root(handle)), 0755);
  return adopt(handle);
}

std::unique_ptr<Image> Image::adopt(Iso_Image* handle) { return std::unique_ptr<Image>(new Image(handle)); }

Image::~Image() { iso_image_unref(handle_); }

Node Image::root() const { return Node(reinterpret_cast<IsoNode*>(iso_image_get_root(handle_))); }

std::string Image::stored_name(std::string_view name) const {
  std::string stored(name);
  if (stored.size() < 64) return stored;  // the lowest limit
  int mode = 0, limit = 255;
  iso_image_get_truncate_mode(handle_, &mode, &limit);
  if (mode != 1 || stored.size() <= static_cast<std::size_t>(limit)) return stored;
  stored.resize(std::min<std::size_t>(stored.size(), 4095));
  if (iso_truncate_leaf_name(mode, limit, stored.data(), 0) > 0) stored.resize(std::strlen(stored.c_str()));
  return stored;
}

Node Image::find(std::string_view path) const {
  Node node = root();
  while (node && !path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (!name.empty()) node = find_child(node, name);
  }
  return node;
}

const Image::ChildrenByName* Image::index_of(Node directory) const {
  const std::size_t count = directory.child_count();
  if (count < kIndexFrom) return nullptr;
  ChildrenByName& children = index_[directory.handle()];
  if (children.size() != count) {
    children.clear();
    children.reserve(count);
    for (Node child : directory.children()) children.emplace(child.name(), child.handle());
  }
  return &children;
}

Node Image::find_child(Node directory, std::string_view name) const {
  if (!directory.is_directory()) return {};
  const std::string stored = stored_name(name);
  const ChildrenByName* children = index_of(directory);
  if (children != nullptr) {
    const auto at = children->find(stored);
    return at != children->end() ? Node(at->second) : Node();
  }
  IsoNode* found = nullptr;
  const int ret = iso_dir_get_node(reinterpret_cast<IsoDir*>(directory.handle()), stored.c_str(), &found);
  return ret == 1 ? Node(found) : Node();
}

VolumeTexts Image::texts() const {
  return {.volume_id = text_of(iso_image_get_volume_id(handle_)),
          .volume_set_id = text_of(iso_image_get_volset_id(handle_)),
          .publisher_id = text_of(iso_image_get_publisher_id(handle_)),
          .preparer_id = text_of(iso_image_get_data_preparer_id(handle_)),
          .system_id = text_of(iso_image_get_system_id(handle_)),
          .application_id = text_of(iso_image_get_application_id(handle_)),
          .copyright_file = text_of(iso_image_get_copyright_file_id(handle_)),
          .abstract_file = text_of(iso_image_get_abstract_file_id(handle_)),
          .biblio_file = text_of(iso_image_get_biblio_file_id(handle_))};
}

void Image::set_texts(const VolumeTexts& texts) {
  iso_image_set_volume_id(handle_, texts.volume_id.c_str());
  iso_image_set_volset_id(handle_, texts.volume_set_id.c_str());
  iso_image_set_publisher_id(handle_, texts.publisher_id.c_str());
  iso_image_set_data_preparer_id(handle_, texts.preparer_id.c_str());
  iso_image_set_system_id(handle_, texts.system_id.c_str());
  iso_image_set_application_id(handle_, texts.application_id.c_str());
  iso_image_set_copyright_file_id(handle_, texts.copyright_file.c_str());
  iso_image_set_abstract_file_id(handle_, texts.abstract_file.c_str());
  iso_image_set_biblio_file_id(handle_, texts.biblio_file.c_str());
}

void Image::note_change() {
  changed_ = true;
  if (!changed_since_) changed_since_ = std::chrono::steady_clock::now();
}

void Image::set_changed(bool changed) {
  changed_ = changed;
  if (!changed) return;
  note_change();
  index_.clear();
}

void Image::note_children_changed(Node directory) {
  note_change();
  index_.erase(directory.handle());
}

void Image::note_added(Node node) {
  note_change();
  const auto entry = index_.find(node.parent().handle());
  if (entry != index_.end()) entry->second.emplace(node.name(), node.handle());
}

void Image::note_removed(Node node) {
  note_change();
  const auto entry = index_.find(node.parent().handle());
  if (entry != index_.end()) entry->second.erase(node.name());
  const std::size_t others = index_.size() - (entry != index_.end() ? 1 : 0);
  if (others == 0 || !node.is_directory()) return;
  std::vector<Node> directories{node};
  while (!directories.empty()) {
    const Node directory = directories.back();
    directories.pop_back();
    index_.erase(directory.handle());
    for (const Node child : directory.children())
      if (child.is_directory()) directories.push_back(child);
  }
}

}  // namespace core::image
