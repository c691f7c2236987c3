// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attributes of restored files: owner, permissions, ACL, extended attributes, times, in the order in which the one does
// not spoil the other: changing the owner clears set-uid bits, everything else may touch the times.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <vector>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"
#include "libcore/image/extract_work.h"

namespace core::image {
namespace {

/// Attribute lists of libisofs, and their release.
struct AttributeList {
  std::size_t count = 0;
  char** names = nullptr;
  std::size_t* lengths = nullptr;
  char** values = nullptr;
  AttributeList(Node node, int flags) {
    if (iso_node_get_attrs(node.handle(), &count, &names, &lengths, &values, flags) < 0) count = 0;
  }
  ~AttributeList() { iso_node_get_attrs(nullptr, &count, &names, &lengths, &values, 1 << 15); }
  AttributeList(const AttributeList&) = delete;
  AttributeList& operator=(const AttributeList&) = delete;
};

/// By the path of the descriptor, because the library takes no descriptors. No symbolic link of the tree is involved.
void apply_extended(Node node, int fd, const ExtractOptions& options, ProblemSink& problems, const std::string& disk_path) {
  AttributeList list(node, options.acl ? 1 : 0);
  std::vector<char*> names, values;
  std::vector<std::size_t> lengths;
  for (std::size_t i = 0; i < list.count; ++i) {
    const std::string_view name = list.names[i];
    const bool wanted = name.empty() ? options.acl : options.xattr_all || (options.xattr && name.starts_with("user."));
    if (!wanted || name.starts_with("isofs.")) continue;
    names.push_back(list.names[i]);
    values.push_back(list.values[i]);
    lengths.push_back(list.lengths[i]);
  }
  if (names.empty()) return;
  std::string path = strprintf("/proc/self/fd/%d", fd);
  std::vector<int> errors(names.size(), 0);
  const int flags = (options.acl ? 0 : 1) | (options.xattr_all ? 1 << 3 : 0) | 1 << 5 | 1 << 6;
  if (iso_local_set_attrs_errno(path.data(), names.size(), names.data(), lengths.data(), values.data(), errors.data(), flags) >= 0)
    return;
  int error = 0;
  for (const int e : errors)
    if (e != 0) error = e;
  problems.report({Severity::failure, "Cannot restore ACL or extended attributes of " + shell_quote(disk_path), error < 0 ? 0 : error});
}

}  // namespace

bool restores_all(const ExtractRun& run, int parent_depth) { return run.options.owner_and_times || parent_depth >= 1; }

void apply_attributes(Node node, int fd, const ExtractOptions& options, ProblemSink& problems, const std::string& disk_path) {
  const mode_t mode = options.acl ? node.permissions() : iso_node_get_perms_wo_acl(node.handle());
  if (options.owner_and_times && ::fchown(fd, node.uid(), node.gid()) != 0) {
    // Users who may not give files away get them as their own.
  }
  if (::fchmod(fd, mode & 07777) != 0)
    problems.report({Severity::warning, "Cannot restore permissions of " + shell_quote(disk_path), errno});
  if (options.acl || options.xattr || options.xattr_all) apply_extended(node, fd, options, problems, disk_path);
  if (!options.owner_and_times) return;
  const timespec times[2] = {{.tv_sec = node.atime(), .tv_nsec = 0}, {.tv_sec = node.mtime(), .tv_nsec = 0}};
  if (::futimens(fd, times) != 0)
    problems.report({Severity::warning, "Cannot restore time stamps of " + shell_quote(disk_path), errno});
}

}  // namespace core::image
