// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identity is stored as attribute "isofs.di" in the form that AAIP (the attribute extension which libisofs defines) uses
// for numbers: a count of bytes, then the bytes with the highest first. Likewise "isofs.st" is a decimal text.
#include "libcore/image/attributes.h"

#include <sys/stat.h>

#include <cstdlib>
#include <cstring>

#include "libcore/base/clibs.h"

namespace core::image {
namespace {

constexpr int kMergeNonUser = (1 << 1) | (1 << 3);  ///< iso_node_set_attrs: keep the others, any namespace.

std::size_t encode_number(std::uint64_t value, char* to) {
  std::size_t bytes = 1;
  while (bytes < 8 && (value >> (8 * bytes)) != 0) ++bytes;
  to[0] = static_cast<char>(bytes);
  for (std::size_t i = 0; i < bytes; ++i) to[1 + i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
  return bytes + 1;
}

/// Takes one number off the front of `from`. False: malformed.
bool decode_number(std::string_view& from, std::uint64_t& value) {
  if (from.empty()) return false;
  const std::size_t bytes = static_cast<unsigned char>(from[0]);
  if (from.size() < bytes + 1) return false;
  value = 0;
  for (std::size_t i = 1; i <= bytes; ++i) value = (value << 8) | static_cast<unsigned char>(from[i]);
  from.remove_prefix(bytes + 1);
  return true;
}

std::optional<std::string> attribute(Node node, const char* name) {
  std::string copy(name);
  std::size_t size = 0;
  char* value = nullptr;
  if (iso_node_lookup_attr(node.handle(), copy.data(), &size, &value, 0) != 1) return std::nullopt;
  std::string result(value, size);
  std::free(value);
  return result;
}

/// The attribute list of a local file, given back to libisofs at the end.
struct LocalAttributes {
  std::size_t count = 0;
  char** names = nullptr;
  std::size_t* lengths = nullptr;
  char** values = nullptr;
  ~LocalAttributes() { iso_local_get_attrs(nullptr, &count, &names, &lengths, &values, 1 << 15); }
};

/// Copies ACL and xattr as far as they are wanted.
void copy_attributes(Node node, const std::string& path, Links links, const AttributeSettings& settings) {
  const bool any_xattr = settings.xattr || settings.xattr_all || settings.records_identity();
  LocalAttributes list;
  std::string disk_path = path;
  const int flags = (settings.acl ? 1 : 0) | (any_xattr ? 0 : 1 << 2) | (settings.xattr_all ? 1 << 3 : 0) |
                    (links == Links::follow ? 1 << 5 : 0);
  if (iso_local_get_attrs(disk_path.data(), &list.count, &list.names, &list.lengths, &list.values, flags) < 0) return;
  if (list.count == 0) return;
  iso_node_set_attrs(node.handle(), list.count, list.names, list.lengths, list.values, 1 | (1 << 3) | (1 << 4));
}

/// Permission bits in which the group's are those of the owning group, not of the ACL's mask.
mode_t permissions_without_acl(const std::string& path, const DiskFile& file, Links links) {
  std::string disk_path = path;
  mode_t mode = file.mode;
  if (iso_local_get_perms_wo_acl(disk_path.data(), &mode, links == Links::follow ? 1 << 5 : 0) < 0) return file.mode;
  return mode;
}

}  // namespace

DiskLook look_for(const AttributeSettings& settings) {
  return {.acl = true, .xattr = settings.xattr || settings.records_identity(), .xattr_all = settings.xattr_all};
}

void set_attributes(Node node, const std::string& disk_path, const DiskFile& file, Links links,
                    const AttributeSettings& settings) {
  IsoNode* handle = node.handle();
  const bool acl_void = file.has_acl && !settings.acl;
  iso_node_set_permissions(handle, acl_void ? permissions_without_acl(disk_path, file, links) : file.mode);
  iso_node_set_uid(handle, file.uid);
  iso_node_set_gid(handle, file.gid);
  iso_node_set_atime(handle, file.atime);
  iso_node_set_mtime(handle, file.mtime);
  iso_node_set_ctime(handle, file.ctime);
  if ((file.has_acl && settings.acl) || file.has_xattr) copy_attributes(node, disk_path, links, settings);
  if (settings.records_identity()) record_identity(node, {file.device, file.inode});
}

void clear_extended_attributes(Node node) {
  constexpr int kAllButIsofs = 1 | (1 << 3) | (1 << 4);
  iso_node_set_attrs(node.handle(), 0, nullptr, nullptr, nullptr, kAllButIsofs);
}

void record_identity(Node node, const DiskIdentity& identity) {
  char value[18];
  std::size_t size = encode_number(identity.device, value);
  size += encode_number(identity.inode, value + size);
  char name[] = "isofs.di";
  char* names[] = {name};
  char* values[] = {value};
  iso_node_set_attrs(node.handle(), 1, names, &size, values, kMergeNonUser);
}

std::optional<DiskIdentity> recorded_identity(Node node) {
  const std::optional<std::string> value = attribute(node, "isofs.di");
  if (!value) return std::nullopt;
  std::string_view rest = *value;
  std::uint64_t device = 0, inode = 0;
  if (!decode_number(rest, device) || !decode_number(rest, inode)) return std::nullopt;
  return DiskIdentity{device, inode};
}

std::optional<time_t> recorded_start(const Image& image) {
  const std::optional<std::string> value = attribute(image.root(), "isofs.st");
  if (!value) return std::nullopt;
  return static_cast<time_t>(std::strtoll(value->c_str(), nullptr, 10));
}

}  // namespace core::image
