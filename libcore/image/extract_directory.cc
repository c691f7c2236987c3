// SPDX-License-Identifier: GPL-3.0-or-later
//
// Directories on disk during extraction: entering or making them below an open parent, never through a symbolic link,
// and finishing them with their attributes when everything in them is complete.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "libcore/base/text.h"
#include "libcore/image/extract_work.h"

namespace core::image {
namespace {

constexpr int kOpenFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// A directory that exists but may not be opened: with auto_chmod our own ones get rwx first.
UniqueFd open_with_grant(TargetDirectory& parent, const std::string& name, TargetDirectory& directory) {
  const UniqueFd handle(::openat(parent.fd.get(), name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info;
  if (!handle || ::fstat(handle.get(), &info) != 0 || info.st_uid != parent.run.uid) return {};
  const std::string handle_path = strprintf("/proc/self/fd/%d", handle.get());
  if (::chmod(handle_path.c_str(), info.st_mode | 0700) != 0) return {};
  directory.granted = true;
  directory.granted_over = info.st_mode & 07777;
  return UniqueFd(::openat(parent.fd.get(), name.c_str(), kOpenFlags));
}

bool fail_directory(ExtractRun& run, Node node, const std::string& disk_path, int error) {
  run.fail(Severity::failure, "Cannot restore directory to disk filesystem: " + shell_quote(node.path()), error);
  if (run.stopped) return false;
  return run.fail(Severity::sorry, "Restoring failed:  " + shell_quote(node.path()) + " = " + shell_quote(disk_path));
}

/// Opens what exists or makes a new one. errno tells if neither is possible; 0 = reported already.
bool open_or_make(ExtractRun& run, TargetDirectory& parent, const std::string& name, TargetDirectory& directory) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (::mkdirat(parent.fd.get(), name.c_str(), 0700) == 0) {
      directory.created = true;
    } else if (errno != EEXIST) {
      return false;
    }
    directory.fd.reset(::openat(parent.fd.get(), name.c_str(), kOpenFlags));
    if (directory.fd) return true;
    const int error = errno;
    if (error == EACCES && run.options.auto_chmod) directory.fd = open_with_grant(parent, name, directory);
    if (directory.fd) return true;
    errno = error;
    if (error != ENOTDIR && error != ELOOP) return false;
    if (clear_way(run, parent, name, directory.node.path()) != Clearing::cleared) {
      errno = 0;
      return false;
    }
  }
  return false;
}

}  // namespace

bool is_safe_leaf(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos && name.find('\0') == name.npos;
}

std::shared_ptr<TargetDirectory> enter_directory(ExtractRun& run, const std::shared_ptr<TargetDirectory>& parent, Node node,
                                                 const std::string& name) {
  auto directory = std::make_shared<TargetDirectory>(run, parent, node, name);
  directory->depth = parent->depth + 1;
  if (!is_safe_leaf(name)) {
    run.fail(Severity::failure, "File name in the image would lead out of the target directory: " + shell_quote(node.path()));
    return nullptr;
  }
  if (!open_or_make(run, *parent, name, *directory)) {
    if (errno != 0) fail_directory(run, node, directory->disk_path(), errno);
    return nullptr;
  }
  if (directory->created) run.count_file();
  grant_access(*directory);
  return directory;
}

void grant_access(TargetDirectory& directory) {
  struct stat info;
  if (::fstat(directory.fd.get(), &info) != 0) return;
  directory.new_gid = (info.st_mode & S_ISGID) != 0 ? info.st_gid : directory.run.gid;
  if (directory.created || directory.granted || !directory.run.options.auto_chmod) return;
  if ((info.st_mode & 0700) == 0700 || info.st_uid != directory.run.uid) return;
  if (::fchmod(directory.fd.get(), info.st_mode | 0700) != 0) return;
  directory.granted = true;
  directory.granted_over = info.st_mode & 07777;
}

TargetDirectory::~TargetDirectory() {
  if (!fd) return;
  if (created) {
    ExtractOptions options = run.options;
    options.owner_and_times = restores_all(run, depth - 1);
    apply_attributes(node, fd.get(), options, run.env.problems, disk_path());
  } else if (granted && ::fchmod(fd.get(), granted_over) != 0) {
    run.fail(Severity::warning, "Cannot give back old permissions to directory " + shell_quote(disk_path()), errno);
  }
}

Clearing clear_way(ExtractRun& run, TargetDirectory& directory, const std::string& name, const std::string& iso_path) {
  struct stat info;
  if (::fstatat(directory.fd.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return Clearing::cleared;
  const std::string disk_path = directory.disk_path() + "/" + name;
  if (S_ISDIR(info.st_mode)) {
    run.fail(Severity::failure, "Attempt to replace DISK directory " + shell_quote(disk_path) + " by ISO file " + shell_quote(iso_path));
    return Clearing::problem_seen;
  }
  if (!run.options.replace_files) {
    run.fail(Severity::failure, "While restoring " + shell_quote(disk_path) + " : file object exists and may not be overwritten");
    return Clearing::problem_seen;
  }
  if (::unlinkat(directory.fd.get(), name.c_str(), 0) != 0 && errno != ENOENT) {
    run.fail(Severity::failure, "Cannot remove " + shell_quote(disk_path) + " to make place for a file from the image", errno);
    return Clearing::problem_seen;
  }
  return Clearing::cleared;
}

}  // namespace core::image
