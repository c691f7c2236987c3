// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the attributes of libisofs nodes. Everything here is a look at memory; nothing touches disk or medium.
#include "libcore/image/node.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "libcore/base/clibs.h"

namespace core::image {
namespace {

/// Libisofs has no const in its getters that promise not to change anything.
IsoFile* as_file(IsoNode* node) {
  return iso_node_get_type(node) == LIBISO_FILE ? reinterpret_cast<IsoFile*>(node) : nullptr;
}

NodeKind kind_of_special(mode_t mode) {
  if (S_ISCHR(mode)) return NodeKind::character_device;
  if (S_ISBLK(mode)) return NodeKind::block_device;
  if (S_ISFIFO(mode)) return NodeKind::fifo;
  if (S_ISSOCK(mode)) return NodeKind::socket;
  return NodeKind::other;
}

}  // namespace

NodeKind Node::kind() const {
  switch (iso_node_get_type(handle_)) {
    case LIBISO_DIR: return NodeKind::directory;
    case LIBISO_FILE: return NodeKind::file;
    case LIBISO_SYMLINK: return NodeKind::symlink;
    case LIBISO_BOOT: return NodeKind::boot;
    case LIBISO_SPECIAL: return kind_of_special(iso_node_get_mode(handle_));
  }
  return NodeKind::other;
}

std::string_view Node::name() const {
  const char* name = iso_node_get_name(handle_);
  return name == nullptr ? std::string_view() : std::string_view(name);
}

Node Node::parent() const { return Node(reinterpret_cast<IsoNode*>(iso_node_get_parent(handle_))); }

std::string Node::path() const {
  std::vector<std::string_view> parts;
  for (Node n = *this, up = n.parent(); up && up != n; n = up, up = n.parent()) parts.push_back(n.name());
  if (parts.empty()) return "/";
  std::string path;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) path.append("/").append(*part);
  return path;
}

mode_t Node::mode() const { return iso_node_get_mode(handle_); }
mode_t Node::permissions() const { return iso_node_get_permissions(handle_); }
uid_t Node::uid() const { return iso_node_get_uid(handle_); }
gid_t Node::gid() const { return iso_node_get_gid(handle_); }
time_t Node::mtime() const { return iso_node_get_mtime(handle_); }
time_t Node::atime() const { return iso_node_get_atime(handle_); }
time_t Node::ctime() const { return iso_node_get_ctime(handle_); }

dev_t Node::device() const {
  const NodeKind k = kind();
  if (k != NodeKind::character_device && k != NodeKind::block_device) return 0;
  return iso_special_get_dev(reinterpret_cast<IsoSpecial*>(handle_));
}

Bytes Node::size() const {
  IsoFile* file = as_file(handle_);
  return {file == nullptr ? 0 : static_cast<std::int64_t>(iso_file_get_size(file))};
}

std::string Node::link_target() const {
  if (iso_node_get_type(handle_) != LIBISO_SYMLINK) return {};
  const char* target = iso_symlink_get_dest(reinterpret_cast<IsoSymlink*>(handle_));
  return target == nullptr ? std::string() : std::string(target);
}

bool Node::is_from_loaded_image() const {
  uint32_t lba = 0;
  return iso_node_get_old_image_lba(handle_, &lba, 0) == 1 || !extents().empty();
}

std::vector<Extent> Node::extents() const {
  IsoFile* file = as_file(handle_);
  if (file == nullptr) return {};
  int count = 0;
  iso_file_section* sections = nullptr;
  if (iso_file_get_old_image_sections(file, &count, &sections, 0) != 1 || count <= 0) return {};
  std::vector<Extent> result;
  result.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) result.push_back({Lba{sections[i].block}, Bytes{sections[i].size}});
  std::free(sections);
  return result;
}

std::vector<Node> Node::children() const {
  std::vector<Node> result;
  if (!is_directory()) return result;
  IsoDir* dir = reinterpret_cast<IsoDir*>(handle_);
  IsoDirIter* iter = nullptr;
  if (iso_dir_get_children(dir, &iter) < 0) return result;
  result.reserve(child_count());
  IsoNode* child = nullptr;
  while (iso_dir_iter_next(iter, &child) == 1) result.emplace_back(child);
  iso_dir_iter_free(iter);
  return result;
}

std::size_t Node::child_count() const {
  if (!is_directory()) return 0;
  return static_cast<std::size_t>(std::max(0, iso_dir_get_children_count(reinterpret_cast<IsoDir*>(handle_))));
}

}  // namespace core::image
