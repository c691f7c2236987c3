// SPDX-License-Identifier: GPL-3.0-or-later
//
// statx() relative to the directory's descriptor saves the walk along the path. ACLs and extended attributes are only
// noticed here; one call per file tells whether there are any.
#include "libcore/image/disk_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "libcore/base/unique_fd.h"

namespace core::image {
namespace {

constexpr std::size_t kMostEntriesAhead = 100000;

int query(int dir, const char* name, Links links, DiskFile& file) {
  struct statx s;
  const int flags = links == Links::keep ? AT_SYMLINK_NOFOLLOW : 0;
  if (::statx(dir, name, flags, STATX_BASIC_STATS, &s) != 0) return errno;
  file.mode = s.stx_mode;
  file.uid = s.stx_uid;
  file.gid = s.stx_gid;
  file.device = makedev(s.stx_dev_major, s.stx_dev_minor);
  file.special = makedev(s.stx_rdev_major, s.stx_rdev_minor);
  file.inode = s.stx_ino;
  file.size = static_cast<std::int64_t>(s.stx_size);
  file.atime = s.stx_atime.tv_sec;
  file.mtime = s.stx_mtime.tv_sec;
  file.ctime = s.stx_ctime.tv_sec;
  file.links = s.stx_nlink;
  return 0;
}

bool is_wanted_xattr(std::string_view name, const DiskLook& look) {
  if (name.starts_with("system.posix_acl_")) return false;
  return look.xattr_all || (look.xattr && name.starts_with("user."));
}

/// Notices ACLs and xattr. Returns false if the file system has none at all, so that the next file need not be asked.
bool notice_attributes(const char* path, Links links, DiskFile& file, const DiskLook& look) {
  if (S_ISLNK(file.mode)) return true;
  char names[4096];
  ssize_t size = links == Links::keep ? ::llistxattr(path, names, sizeof(names)) : ::listxattr(path, names, sizeof(names));
  if (size < 0 && errno == ERANGE) {
    file.has_acl = look.acl;
    file.has_xattr = look.xattr || look.xattr_all;
    return true;
  }
  if (size < 0) return errno != EOPNOTSUPP;
  for (std::string_view list(names, static_cast<std::size_t>(size)); !list.empty();) {
    const std::string_view name(list.data());
    if (name.starts_with("system.posix_acl_")) file.has_acl = look.acl;
    if (is_wanted_xattr(name, look)) file.has_xattr = true;
    list.remove_prefix(std::min(list.size(), name.size() + 1));
  }
  return true;
}

bool is_group_member(gid_t gid) {
  static thread_local std::vector<gid_t> groups = [] {
    std::vector<gid_t> list(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
    list.resize(static_cast<std::size_t>(std::max(0, ::getgroups(static_cast<int>(list.size()), list.data()))));
    list.push_back(::getegid());
    return list;
  }();
  return std::find(groups.begin(), groups.end(), gid) != groups.end();
}

}  // namespace

DiskFile look_at(const std::string& path, Links links, const DiskLook& look) {
  DiskFile file;
  file.error = query(AT_FDCWD, path.c_str(), links, file);
  if (file.error == 0 && (look.acl || look.xattr || look.xattr_all)) notice_attributes(path.c_str(), links, file, look);
  return file;
}

bool may_read(const std::string& path, const DiskFile& file) {
  if (!file.has_acl) {
    static thread_local const uid_t user = ::geteuid();
    const mode_t bit = file.uid == user ? S_IRUSR : is_group_member(file.gid) ? S_IRGRP : S_IROTH;
    if ((file.mode & bit) != 0) return true;
  }
  return ::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) == 0;
}

DiskListing list_directory(std::string path, const DiskLook& look) {
  DiskListing listing;
  listing.path = std::move(path);
  UniqueFd fd(::open(listing.path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  DIR* dir = fd ? ::fdopendir(fd.get()) : nullptr;
  if (dir == nullptr) {
    listing.error = errno;
    return listing;
  }
  fd.release();
  bool attributes = look.acl || look.xattr || look.xattr_all;
  std::string file_path = listing.path == "/" ? "/" : listing.path + '/';
  const std::size_t prefix = file_path.size();
  errno = 0;
  while (const dirent* d = ::readdir(dir)) {
    if (std::strcmp(d->d_name, ".") == 0 || std::strcmp(d->d_name, "..") == 0) continue;
    DiskEntry& entry = listing.entries.emplace_back();
    entry.name_at = static_cast<std::uint32_t>(listing.names.size());
    listing.names.append(d->d_name).push_back('\0');
    entry.error = query(::dirfd(dir), d->d_name, Links::keep, entry);
    if (entry.error == 0 && attributes) {
      file_path.resize(prefix);
      file_path.append(d->d_name);
      attributes = notice_attributes(file_path.c_str(), Links::keep, entry, look);
    }
    errno = 0;
  }
  listing.error = errno;
  ::closedir(dir);
  const char* names = listing.names.c_str();
  std::sort(listing.entries.begin(), listing.entries.end(), [names](const DiskEntry& a, const DiskEntry& b) {
    return std::strcmp(names + a.name_at, names + b.name_at) < 0;
  });
  return listing;
}

struct DirectoryReader::Task {
  enum class State { waiting, running, done } state = State::waiting;
  std::string path;
  DiskListing listing;
};

DirectoryReader::DirectoryReader(const DiskLook& look) : look_(look) {
  if (std::thread::hardware_concurrency() > 1) thread_ = std::thread([this] { run(); });
}

DirectoryReader::~DirectoryReader() {
  {
    const std::lock_guard<std::mutex> guard(lock_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::vector<std::shared_ptr<DirectoryReader::Task>> DirectoryReader::announce(std::vector<std::string> paths) {
  std::vector<std::shared_ptr<Task>> tasks;
  tasks.reserve(paths.size());
  for (std::string& path : paths) {
    tasks.push_back(std::make_shared<Task>());
    tasks.back()->path = std::move(path);
  }
  if (thread_.joinable() && !tasks.empty()) {
    const std::lock_guard<std::mutex> guard(lock_);
    waiting_.insert(waiting_.begin(), tasks.begin(), tasks.end());
    changed_.notify_all();
  }
  return tasks;
}

DiskListing DirectoryReader::take(const std::shared_ptr<Task>& task) {
  std::unique_lock<std::mutex> guard(lock_);
  if (task->state == Task::State::waiting) {
    task->state = Task::State::running;  // the thread skips it
    guard.unlock();
    return list_directory(std::move(task->path), look_);
  }
  changed_.wait(guard, [&task] { return task->state == Task::State::done; });
  entries_ahead_ -= std::min(entries_ahead_, task->listing.entries.size());
  changed_.notify_all();
  return std::move(task->listing);
}

void DirectoryReader::run() {
  std::unique_lock<std::mutex> guard(lock_);
  while (true) {
    changed_.wait(guard, [this] { return stop_ || (!waiting_.empty() && entries_ahead_ < kMostEntriesAhead); });
    if (stop_) return;
    const std::shared_ptr<Task> task = std::move(waiting_.front());
    waiting_.pop_front();
    if (task->state != Task::State::waiting) continue;
    task->state = Task::State::running;
    std::string path = std::move(task->path);
    guard.unlock();
    DiskListing listing = list_directory(std::move(path), look_);
    guard.lock();
    task->listing = std::move(listing);
    entries_ahead_ += task->listing.entries.size();
    task->state = Task::State::done;
    changed_.notify_all();
  }
}

}  // namespace core::image
