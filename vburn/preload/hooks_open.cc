// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening, duplicating and closing. All variants of open end in one place, and all of stdio's in another.
//
// The C library's stdio reads its descriptor by internal calls that cannot be replaced, so a device opened by fopen() is
// a custom stream (fopencookie), and fileno() is taught to know it.
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include <atomic>

#include "vburn/preload/client.h"
#include "vburn/preload/fds.h"
#include "vburn/preload/io.h"
#include "vburn/preload/paths.h"
#include "vburn/preload/real.h"

using namespace vburn;
using namespace vburn::preload;

namespace {

bool takes_mode(int flags) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE; }

/// A real open may have reached the machine's own drive through a link; then the virtual one of that number it is.
int replace_real_drive(int fd, int flags) {
  struct stat st;
  if (fd < 0 || !active() || real().fstat(fd, &st) != 0 || !S_ISBLK(st.st_mode) ||
      major(st.st_rdev) != static_cast<unsigned>(kCdromMajor) || !has_drive(static_cast<int>(minor(st.st_rdev))))
    return fd;
  real().close(fd);
  return open_device(static_cast<int>(minor(st.st_rdev)), Node::sr, flags);
}

int open_any(int dirfd, const char* path, int flags, mode_t mode) {
  Path target;
  classify(dirfd, path, (flags & O_NOFOLLOW) ? Links::keep : Links::follow, target);
  if (target.kind == PathKind::device) {
    if (flags & O_DIRECTORY) {
      errno = ENOTDIR;
      return -1;
    }
    if ((flags & O_CREAT) && (flags & O_EXCL) && !(flags & O_NONBLOCK)) {
      errno = EEXIST;
      return -1;
    }
    return open_device(target.drive, target.node, flags);
  }
  if (target.kind == PathKind::link) {
    errno = ELOOP;
    return -1;
  }
  if (target.kind == PathKind::shadow) return real().openat(AT_FDCWD, target.real, flags, mode);
  const int fd = real().openat(dirfd, path, flags, mode);
  if (fd < 0 && errno == ENOENT && active() && leads_to_device(dirfd, path, target))
    return open_device(target.drive, target.node, flags);
  if (fd >= 0 && strncmp(path, "/dev/", 5) == 0) return replace_real_drive(fd, flags);
  return fd;
}

// Streams of ours, for fileno(). Few programs have more than one.
constexpr int kStreams = 64;
struct Stream {
  std::atomic<FILE*> file{nullptr};
  int fd = -1;
};
Stream g_streams[kStreams];

ssize_t stream_read(void* cookie, char* data, size_t size) {
  return ::read(static_cast<Stream*>(cookie)->fd, data, size);
}
ssize_t stream_write(void* cookie, const char* data, size_t size) {
  const ssize_t n = ::write(static_cast<Stream*>(cookie)->fd, data, size);
  return n < 0 ? 0 : n;
}
int stream_seek(void* cookie, off64_t* offset, int whence) {
  const off64_t position = ::lseek64(static_cast<Stream*>(cookie)->fd, *offset, whence);
  if (position < 0) return -1;
  *offset = position;
  return 0;
}
int stream_close(void* cookie) {
  Stream* const stream = static_cast<Stream*>(cookie);
  const int rc = ::close(stream->fd);
  stream->file.store(nullptr, std::memory_order_release);
  return rc;
}

FILE* make_stream(int fd, const char* mode) {
  static std::atomic_flag lock = ATOMIC_FLAG_INIT;
  while (lock.test_and_set(std::memory_order_acquire)) {
  }
  FILE* file = nullptr;
  for (Stream& stream : g_streams) {
    if (stream.file.load(std::memory_order_acquire)) continue;
    const cookie_io_functions_t functions{stream_read, stream_write, stream_seek, stream_close};
    stream.fd = fd;
    file = fopencookie(&stream, mode, functions);
    stream.file.store(file, std::memory_order_release);
    break;
  }
  lock.clear(std::memory_order_release);
  if (!file) errno = EMFILE;
  return file;
}

/// The stream's descriptor if it is one of ours, otherwise -1.
int stream_descriptor(FILE* file) {
  for (const Stream& stream : g_streams)
    if (stream.file.load(std::memory_order_acquire) == file) return stream.fd;
  return -1;
}

/// open(2) flags of an fopen() mode.
int flags_of(const char* mode) {
  int flags = strchr(mode, '+') ? O_RDWR : (mode[0] == 'r' ? O_RDONLY : O_WRONLY);
  if (mode[0] != 'r') flags |= O_CREAT | (mode[0] == 'w' ? O_TRUNC : O_APPEND);
  if (strchr(mode, 'e')) flags |= O_CLOEXEC;
  return flags;
}

FILE* open_stream(const char* path, const char* mode, decltype(&fopen) plain) {
  Path target;
  classify(AT_FDCWD, path, Links::follow, target);
  if (target.kind == PathKind::shadow) return plain(target.real, mode);
  if (target.kind != PathKind::device) {
    FILE* const file = plain(path, mode);
    if (file || errno != ENOENT || !leads_to_device(AT_FDCWD, path, target)) return file;
  }
  const int fd = open_device(target.drive, target.node, flags_of(mode));
  if (fd < 0) return nullptr;
  FILE* const file = make_stream(fd, mode);
  if (!file) ::close(fd);
  return file;
}

}  // namespace

#define VBURN_MODE_ARGUMENT(last)      \
  mode_t mode = 0;                     \
  if (takes_mode(flags)) {             \
    va_list arguments;                 \
    va_start(arguments, last);         \
    mode = va_arg(arguments, mode_t);  \
    va_end(arguments);                 \
  }

VBURN_HOOK int open(const char* path, int flags, ...) {
  VBURN_MODE_ARGUMENT(flags)
  return open_any(AT_FDCWD, path, flags, mode);
}
VBURN_HOOK int open64(const char* path, int flags, ...) {
  VBURN_MODE_ARGUMENT(flags)
  return open_any(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}
VBURN_HOOK int openat(int dirfd, const char* path, int flags, ...) {
  VBURN_MODE_ARGUMENT(flags)
  return open_any(dirfd, path, flags, mode);
}
VBURN_HOOK int openat64(int dirfd, const char* path, int flags, ...) {
  VBURN_MODE_ARGUMENT(flags)
  return open_any(dirfd, path, flags | O_LARGEFILE, mode);
}
VBURN_HOOK int __open_2(const char* path, int flags) { return open_any(AT_FDCWD, path, flags, 0); }
VBURN_HOOK int __open64_2(const char* path, int flags) { return open_any(AT_FDCWD, path, flags | O_LARGEFILE, 0); }
VBURN_HOOK int __openat_2(int dirfd, const char* path, int flags) { return open_any(dirfd, path, flags, 0); }
VBURN_HOOK int __openat64_2(int dirfd, const char* path, int flags) {
  return open_any(dirfd, path, flags | O_LARGEFILE, 0);
}
VBURN_HOOK int creat(const char* path, mode_t mode) {
  return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
VBURN_HOOK int creat64(const char* path, mode_t mode) {
  return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode);
}

VBURN_HOOK int close(int fd) {
  forget_device(fd);
  return real().close(fd);
}
VBURN_HOOK int dup(int fd) noexcept {
  const int copy = real().dup(fd);
  remember_copy(fd, copy);
  return copy;
}
VBURN_HOOK int dup2(int fd, int wanted) noexcept {
  const int copy = real().dup2(fd, wanted);
  remember_copy(fd, copy);
  return copy;
}
VBURN_HOOK int dup3(int fd, int wanted, int flags) noexcept {
  const int copy = real().dup3(fd, wanted, flags);
  remember_copy(fd, copy);
  return copy;
}

namespace {

int control(int fd, int command, void* argument) {
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
    const int copy = real().fcntl(fd, command, static_cast<int>(reinterpret_cast<intptr_t>(argument)));
    remember_copy(fd, copy);
    return copy;
  }
  if (command == F_GETFL) {
    if (const auto handle = device_handle(fd)) {
      Request request;
      request.op = Op::query;
      request.handle = handle;
      Reply reply;
      Exchange exchange;
      if (exchange.ask(request, reply)) return reply.flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
      return -1;
    }
  }
  // Non-blocking mode must not reach the socket that stands for the device; it means nothing to a block device.
  if (command == F_SETFL && device_handle(fd)) return 0;
  return real().fcntl(fd, command, argument);
}

}  // namespace

VBURN_HOOK int fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return control(fd, command, argument);
}
VBURN_HOOK int fcntl64(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  return control(fd, command, argument);
}

VBURN_HOOK FILE* fopen(const char* path, const char* mode) { return open_stream(path, mode, real().fopen); }
VBURN_HOOK FILE* fopen64(const char* path, const char* mode) { return open_stream(path, mode, real().fopen64); }
VBURN_HOOK FILE* fdopen(int fd, const char* mode) noexcept {
  if (device_handle(fd)) return make_stream(fd, mode);
  return real().fdopen(fd, mode);
}
VBURN_HOOK int fileno(FILE* file) noexcept {
  const int fd = stream_descriptor(file);
  return fd >= 0 ? fd : real().fileno(file);
}
VBURN_HOOK int fileno_unlocked(FILE* file) noexcept {
  const int fd = stream_descriptor(file);
  return fd >= 0 ? fd : real().fileno_unlocked(file);
}
