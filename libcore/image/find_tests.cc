// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/base/path.h"
#include "libcore/image/acl_xattr.h"
#include "libcore/image/checksum.h"
#include "libcore/image/find.h"

namespace core::image {

std::string disk_origin(Node node) {
  if (!node.is_directory()) return source_path(node);
  for (const Node child : node.children()) {
    if (child.is_directory()) continue;
    const std::string path = source_path(child);
    if (!path.empty()) return std::string(parent_path(path));
  }
  return {};
}

namespace find_tests {

namespace {

bool is_data_file(const FindSubject& subject) { return subject.node && subject.node.kind() == NodeKind::file; }

char letter_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFBLK: return 'b';
    case S_IFCHR: return 'c';
    case S_IFDIR: return 'd';
    case S_IFIFO: return 'p';
    case S_IFREG: return 'f';
    case S_IFLNK: return 'l';
    case S_IFSOCK: return 's';
    default: return 'X';
  }
}

char letter_of(Node node) {
  switch (node.kind()) {
    case NodeKind::directory: return 'd';
    case NodeKind::file: return 'f';
    case NodeKind::symlink: return 'l';
    case NodeKind::boot: return 'e';
    default: return letter_of(node.mode());
  }
}

}  // namespace

bool constant(const FindSubject&, const FindArguments& a) { return a.first != 0; }
bool name(const FindSubject& s, const FindArguments& a) { return a.pattern.matches(s.name); }
bool wholename(const FindSubject& s, const FindArguments& a) { return a.pattern.matches(s.path); }

bool disk_name(const FindSubject& s, const FindArguments& a) {
  if (!s.node) return false;
  const std::string path = disk_origin(s.node);
  return !path.empty() && a.pattern.matches(leaf_name(path));
}

bool disk_path(const FindSubject& s, const FindArguments& a) {
  return s.node && !a.text.empty() && disk_origin(s.node) == a.text;
}

bool type(const FindSubject& s, const FindArguments& a) {
  if (a.text.empty()) return true;
  const char wanted = a.text[0] == '-' ? 'f' : a.text[0];
  if (wanted == 'm') return s.disk != nullptr && S_ISDIR(s.disk->st_mode) && s.depth > 0 && s.disk->st_dev != s.parent_device;
  return wanted == (s.disk != nullptr ? letter_of(s.disk->st_mode) : letter_of(s.node));
}

bool maxdepth(const FindSubject& s, const FindArguments& a) { return s.depth <= a.first; }
bool mindepth(const FindSubject& s, const FindArguments& a) { return s.depth >= a.first; }
bool pending_data(const FindSubject& s, const FindArguments&) { return s.node && has_pending_data(s.node); }

bool lba_range(const FindSubject& s, const FindArguments& a) {
  if (!is_data_file(s)) return a.first < 0;
  if (a.first == 0) return false;
  const bool outside = a.first < 0;
  const std::int64_t start = outside ? -a.first : a.first, end = start + a.second;
  bool touched = false;
  for (const Extent& extent : s.node.extents())
    touched = touched || (extent.start.value < end && extent.start.value + blocks_for(extent.size).value > start);
  return touched != outside;
}

bool acl(const FindSubject& s, const FindArguments&) { return s.node && has_acl(s.node); }
bool xattr(const FindSubject& s, const FindArguments&) { return s.node && has_xattr(s.node, XattrScope::user); }
bool any_xattr(const FindSubject& s, const FindArguments&) { return s.node && has_xattr(s.node, XattrScope::with_isofs); }
bool aaip(const FindSubject& s, const FindArguments&) {
  return s.node && (has_xattr(s.node, XattrScope::with_isofs) || has_acl(s.node));
}
bool filter(const FindSubject& s, const FindArguments&) { return is_data_file(s) && has_filter(s.node); }
bool md5(const FindSubject& s, const FindArguments&) {
  return is_data_file(s) && recorded_md5(*s.image, s.node).has_value();
}

bool hidden(const FindSubject& s, const FindArguments& a) {
  if (!s.node) return false;
  // The wanted state of HFS+ is not looked at by itself: only "on" matches what is hidden there.
  const HideState state = hide_state(s.node);
  return state.iso_rr == a.hidden.iso_rr && state.joliet == a.hidden.joliet &&
         (!state.hfsplus || (a.hidden.iso_rr && a.hidden.joliet));
}

bool hfs_codes(const FindSubject& s, const FindArguments& a) {
  if (!s.node) return false;
  const auto codes = image::hfs_codes(s.node);
  if (!codes) return false;
  return (a.codes.creator.size() == 1 || codes->creator == a.codes.creator) &&
         (a.codes.type.size() == 1 || codes->type == a.codes.type);
}

bool hfs_bless(const FindSubject& s, const FindArguments& a) {
  if (!s.node) return false;
  const auto blessing = blessing_of(*s.image, s.node);
  return blessing && (!a.blessing || *blessing == *a.blessing);
}

bool name_limit_blocker(const FindSubject& s, const FindArguments& a) {
  if (!s.node || s.name.size() <= static_cast<std::size_t>(a.first)) return false;
  const std::string shorter = truncated_name(s.name, static_cast<int>(a.first));
  return static_cast<bool>(s.image->find_child(s.node.parent(), shorter));
}

bool by_check(const FindSubject& s, const FindArguments& a) { return s.node && a.check && a.check(s.node); }

}  // namespace find_tests

}  // namespace core::image
