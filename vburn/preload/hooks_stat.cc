// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a virtual device looks like from outside. Two generations of the C library's interface are in use: programs
// built before glibc 2.33 call __xstat and its kin, later ones stat. On 64-bit Linux struct stat and struct stat64 are
// the same, so each pair shares one implementation.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "vburn/preload/client.h"
#include "vburn/preload/fds.h"
#include "vburn/preload/paths.h"
#include "vburn/preload/real.h"

using namespace vburn;
using namespace vburn::preload;

static_assert(sizeof(struct stat) == sizeof(struct stat64));

namespace {

void describe(int drive, Node node, struct stat* st) {
  memset(st, 0, sizeof *st);
  struct stat dev;
  if (real().stat("/dev", &dev) == 0) st->st_dev = dev.st_dev;
  st->st_ino = 0x76620000u + static_cast<unsigned>(node) * kMaxDrives + static_cast<unsigned>(drive);
  st->st_nlink = 1;
  st->st_mode = (node == Node::sg ? S_IFCHR : S_IFBLK) | 0660;
  st->st_uid = geteuid();
  st->st_gid = getegid();
  st->st_rdev = makedev(node == Node::sg ? kSgMajor : kCdromMajor, drive);
  st->st_blksize = 4096;
  st->st_atim.tv_sec = st->st_mtim.tv_sec = st->st_ctim.tv_sec = dev.st_ctim.tv_sec;
}

void describe_link(struct stat* st) {
  describe(0, Node::sr, st);
  st->st_ino += 0x1000;
  st->st_mode = S_IFLNK | 0777;
  st->st_rdev = 0;
  st->st_size = static_cast<off_t>(strlen("sr0"));
}

int stat_handle(std::uint64_t handle, struct stat* st) {
  Request request;
  request.op = Op::query;
  request.handle = handle;
  Reply reply;
  Exchange exchange;
  if (!exchange.ask(request, reply)) {
    // A drive that vanished still leaves its node open.
    reply.drive = 0;
    reply.node = Node::sr;
    errno = 0;
  }
  describe(reply.drive, reply.node, st);
  return 0;
}

bool means_descriptor(const char* path, int flags) {
  return path != nullptr && path[0] == '\0' && (flags & AT_EMPTY_PATH);
}

int stat_at(int dirfd, const char* path, struct stat* st, int flags) {
  if (means_descriptor(path, flags)) {
    if (const auto handle = device_handle(dirfd)) return stat_handle(handle, st);
    return real().fstatat(dirfd, path, st, flags);
  }
  Path target;
  classify(dirfd, path, (flags & AT_SYMLINK_NOFOLLOW) ? Links::keep : Links::follow, target);
  switch (target.kind) {
    case PathKind::device:
      describe(target.drive, target.node, st);
      return 0;
    case PathKind::link:
      describe_link(st);
      return 0;
    case PathKind::shadow:
      return real().fstatat(AT_FDCWD, target.real, st, flags);
    case PathKind::plain:
      break;
  }
  const int rc = real().fstatat(dirfd, path, st, flags);
  if (rc == 0 || errno != ENOENT || !active() || (flags & AT_SYMLINK_NOFOLLOW)) return rc;
  if (!leads_to_device(dirfd, path, target)) return rc;
  describe(target.drive, target.node, st);
  return 0;
}

int stat_fd(int fd, struct stat* st) {
  if (const auto handle = device_handle(fd)) return stat_handle(handle, st);
  return real().fstat(fd, st);
}

struct stat* same(struct stat64* st) { return reinterpret_cast<struct stat*>(st); }

void to_statx(const struct stat& st, struct statx* out) {
  memset(out, 0, sizeof *out);
  out->stx_mask = STATX_BASIC_STATS;
  out->stx_blksize = static_cast<unsigned>(st.st_blksize);
  out->stx_nlink = static_cast<unsigned>(st.st_nlink);
  out->stx_uid = st.st_uid;
  out->stx_gid = st.st_gid;
  out->stx_mode = static_cast<std::uint16_t>(st.st_mode);
  out->stx_ino = st.st_ino;
  out->stx_size = static_cast<std::uint64_t>(st.st_size);
  out->stx_rdev_major = major(st.st_rdev);
  out->stx_rdev_minor = minor(st.st_rdev);
  out->stx_dev_major = major(st.st_dev);
  out->stx_dev_minor = minor(st.st_dev);
  out->stx_atime.tv_sec = out->stx_mtime.tv_sec = out->stx_ctime.tv_sec = st.st_mtim.tv_sec;
}

/// Copies at most `size` bytes of a link's text, as readlink(2) does.
ssize_t link_text(const char* text, char* out, size_t size) {
  const size_t length = strlen(text);
  const size_t n = length < size ? length : size;
  memcpy(out, text, n);
  return static_cast<ssize_t>(n);
}

ssize_t read_link(int dirfd, const char* path, char* out, size_t size) {
  Path target;
  classify(dirfd, path, Links::keep, target);
  if (target.kind == PathKind::link) return link_text("sr0", out, size);
  if (target.kind == PathKind::device) {
    errno = EINVAL;
    return -1;
  }
  if (target.kind == PathKind::shadow) return real().readlinkat(AT_FDCWD, target.real, out, size);
  // The kernel calls an open virtual device "socket:[...]"; the program shall see its name.
  if (active() && strncmp(path, "/proc/", 6) == 0) {
    classify(dirfd, path, Links::follow, target);
    if (target.kind == PathKind::device) {
      char name[32];
      device_name(target.drive, target.node, name);
      return link_text(name, out, size);
    }
  }
  return real().readlinkat(dirfd, path, out, size);
}

char* real_path(const char* path, char* out) {
  Path target;
  classify(AT_FDCWD, path, Links::follow, target);
  if (target.kind == PathKind::shadow) return real().realpath(target.real, out);
  if (target.kind == PathKind::plain) {
    char* const result = real().realpath(path, out);
    if (result || errno != ENOENT || !leads_to_device(AT_FDCWD, path, target)) return result;
  }
  char name[32];
  device_name(target.drive, target.node, name);
  return out ? strcpy(out, name) : strdup(name);
}

int check_access(int dirfd, const char* path, int mode, int flags) {
  Path target;
  classify(dirfd, path, Links::follow, target);
  if (target.kind == PathKind::shadow) return real().faccessat(AT_FDCWD, target.real, mode, flags);
  if (target.kind == PathKind::plain) {
    const int rc = real().faccessat(dirfd, path, mode, flags);
    if (rc == 0 || errno != ENOENT || !active() || !leads_to_device(dirfd, path, target)) return rc;
  }
  if (!(mode & X_OK)) return 0;
  errno = EACCES;
  return -1;
}

/// Extended attributes: a device node of ours has none and cannot have any. `result` is what the real call said.
ssize_t attributes(const char* path, Links links, ssize_t result) {
  if (result >= 0 || errno != ENOENT || !active()) return result;
  Path target;
  classify(AT_FDCWD, path, links, target);
  if (target.kind == PathKind::plain && links == Links::follow) leads_to_device(AT_FDCWD, path, target);
  if (target.kind == PathKind::device || target.kind == PathKind::link) errno = ENOTSUP;
  return result;
}

}  // namespace

VBURN_HOOK int stat(const char* path, struct stat* st) noexcept { return stat_at(AT_FDCWD, path, st, 0); }
VBURN_HOOK int stat64(const char* path, struct stat64* st) noexcept { return stat_at(AT_FDCWD, path, same(st), 0); }
VBURN_HOOK int lstat(const char* path, struct stat* st) noexcept {
  return stat_at(AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW);
}
VBURN_HOOK int lstat64(const char* path, struct stat64* st) noexcept {
  return stat_at(AT_FDCWD, path, same(st), AT_SYMLINK_NOFOLLOW);
}
VBURN_HOOK int fstat(int fd, struct stat* st) noexcept { return stat_fd(fd, st); }
VBURN_HOOK int fstat64(int fd, struct stat64* st) noexcept { return stat_fd(fd, same(st)); }
VBURN_HOOK int fstatat(int dirfd, const char* path, struct stat* st, int flags) noexcept {
  return stat_at(dirfd, path, st, flags);
}
VBURN_HOOK int fstatat64(int dirfd, const char* path, struct stat64* st, int flags) noexcept {
  return stat_at(dirfd, path, same(st), flags);
}

VBURN_HOOK int __xstat(int, const char* path, struct stat* st) { return stat_at(AT_FDCWD, path, st, 0); }
VBURN_HOOK int __xstat64(int, const char* path, struct stat64* st) { return stat_at(AT_FDCWD, path, same(st), 0); }
VBURN_HOOK int __lxstat(int, const char* path, struct stat* st) {
  return stat_at(AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW);
}
VBURN_HOOK int __lxstat64(int, const char* path, struct stat64* st) {
  return stat_at(AT_FDCWD, path, same(st), AT_SYMLINK_NOFOLLOW);
}
VBURN_HOOK int __fxstat(int, int fd, struct stat* st) { return stat_fd(fd, st); }
VBURN_HOOK int __fxstat64(int, int fd, struct stat64* st) { return stat_fd(fd, same(st)); }
VBURN_HOOK int __fxstatat(int, int dirfd, const char* path, struct stat* st, int flags) {
  return stat_at(dirfd, path, st, flags);
}
VBURN_HOOK int __fxstatat64(int, int dirfd, const char* path, struct stat64* st, int flags) {
  return stat_at(dirfd, path, same(st), flags);
}

VBURN_HOOK int statx(int dirfd, const char* path, int flags, unsigned mask, struct statx* out) noexcept {
  Path target;
  const bool empty = means_descriptor(path, flags);
  struct stat st;
  if (empty) {
    if (!device_handle(dirfd)) return real().statx(dirfd, path, flags, mask, out);
  } else {
    classify(dirfd, path, (flags & AT_SYMLINK_NOFOLLOW) ? Links::keep : Links::follow, target);
    if (target.kind == PathKind::shadow) return real().statx(AT_FDCWD, target.real, flags, mask, out);
    if (target.kind == PathKind::plain) {
      const int rc = real().statx(dirfd, path, flags, mask, out);
      if (rc == 0 || errno != ENOENT || !active()) return rc;
    }
  }
  const int rc = stat_at(dirfd, path, &st, flags & (AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH));
  if (rc == 0) to_statx(st, out);
  return rc;
}

VBURN_HOOK int access(const char* path, int mode) noexcept { return check_access(AT_FDCWD, path, mode, 0); }
VBURN_HOOK int faccessat(int dirfd, const char* path, int mode, int flags) noexcept {
  return check_access(dirfd, path, mode, flags);
}
VBURN_HOOK int euidaccess(const char* path, int mode) noexcept {
  return check_access(AT_FDCWD, path, mode, AT_EACCESS);
}
VBURN_HOOK int eaccess(const char* path, int mode) noexcept { return check_access(AT_FDCWD, path, mode, AT_EACCESS); }

VBURN_HOOK ssize_t readlink(const char* path, char* out, size_t size) noexcept {
  return read_link(AT_FDCWD, path, out, size);
}
VBURN_HOOK ssize_t readlinkat(int dirfd, const char* path, char* out, size_t size) noexcept {
  return read_link(dirfd, path, out, size);
}
VBURN_HOOK ssize_t __readlink_chk(const char* path, char* out, size_t size, size_t) {
  return read_link(AT_FDCWD, path, out, size);
}
VBURN_HOOK ssize_t __readlinkat_chk(int dirfd, const char* path, char* out, size_t size, size_t) {
  return read_link(dirfd, path, out, size);
}
VBURN_HOOK char* realpath(const char* path, char* out) noexcept { return real_path(path, out); }
VBURN_HOOK char* __realpath_chk(const char* path, char* out, size_t) { return real_path(path, out); }
VBURN_HOOK char* canonicalize_file_name(const char* path) noexcept { return real_path(path, nullptr); }

VBURN_HOOK ssize_t getxattr(const char* path, const char* name, void* value, size_t size) noexcept {
  return attributes(path, Links::follow, real().getxattr(path, name, value, size));
}
VBURN_HOOK ssize_t lgetxattr(const char* path, const char* name, void* value, size_t size) noexcept {
  return attributes(path, Links::keep, real().lgetxattr(path, name, value, size));
}
VBURN_HOOK ssize_t listxattr(const char* path, char* list, size_t size) noexcept {
  return attributes(path, Links::follow, real().listxattr(path, list, size));
}
VBURN_HOOK ssize_t llistxattr(const char* path, char* list, size_t size) noexcept {
  return attributes(path, Links::keep, real().llistxattr(path, list, size));
}
