// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading and writing the device as a file. Calls that would let the kernel move the data itself (sendfile and its kin)
// are refused the way file systems without support refuse them, so that programs fall back to read and write.
#include "vburn/preload/io.h"

#include <errno.h>
#include <string.h>

#include "vburn/preload/client.h"
#include "vburn/preload/fds.h"
#include "vburn/preload/real.h"

namespace vburn::preload {
namespace {

/// One piece of a transfer, at most kSharedBytes.
ssize_t transfer(Op op, std::uint64_t handle, unsigned char* data, size_t size, std::int64_t offset) {
  Exchange exchange;
  unsigned char* const shared = exchange.shared();
  Request request;
  request.op = op;
  request.handle = handle;
  request.offset = offset;
  request.length = static_cast<std::uint32_t>(size < kSharedBytes ? size : kSharedBytes);
  if (op == Op::write && shared) memcpy(shared, data, request.length);
  Reply reply;
  if (!exchange.ask(request, reply)) return -1;
  if (op == Op::read) memcpy(data, shared, reply.length);
  return reply.length;
}

/// A whole transfer: as much as there is, an error only if nothing was moved before it.
ssize_t transfer_all(Op op, std::uint64_t handle, unsigned char* data, size_t size, std::int64_t offset) {
  size_t done = 0;
  while (done < size) {
    const std::int64_t at = offset == kCurrentPosition ? kCurrentPosition : offset + static_cast<std::int64_t>(done);
    const ssize_t n = transfer(op, handle, data + done, size - done, at);
    if (n < 0 && done == 0) return -1;
    if (n <= 0) break;
    done += n;
  }
  return static_cast<ssize_t>(done);
}

template <Op op>
ssize_t vector_transfer(std::uint64_t handle, const iovec* parts, int count, std::int64_t offset) {
  ssize_t done = 0;
  for (int i = 0; i < count; i++) {
    const std::int64_t at = offset == kCurrentPosition ? kCurrentPosition : offset + done;
    const ssize_t n =
        transfer_all(op, handle, static_cast<unsigned char*>(parts[i].iov_base), parts[i].iov_len, at);
    if (n < 0) return done > 0 ? done : -1;
    done += n;
    if (n < static_cast<ssize_t>(parts[i].iov_len)) break;
  }
  return done;
}

ssize_t refuse(int error) {
  errno = error;
  return -1;
}

int sync_device(std::uint64_t handle) {
  Request request;
  request.op = Op::sync;
  request.handle = handle;
  Reply reply;
  Exchange exchange;
  return exchange.ask(request, reply) ? 0 : -1;
}

/// A mapping of a device: memory filled with what is there now. Enough for readers; a shared writable one is refused.
void* map_device(std::uint64_t handle, void* address, size_t size, int protection, int flags, off_t offset) {
  if ((flags & MAP_SHARED) && (protection & PROT_WRITE)) {
    errno = EACCES;
    return MAP_FAILED;
  }
  const int kept = flags & ~(MAP_SHARED | MAP_SHARED_VALIDATE);
  void* const memory =
      real().mmap(address, size, PROT_READ | PROT_WRITE, kept | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return memory;
  if (device_read(handle, memory, size, offset) < 0) {
    const int error = errno;
    munmap(memory, size);
    errno = error;
    return MAP_FAILED;
  }
  mprotect(memory, size, protection);
  return memory;
}

}  // namespace

ssize_t device_read(std::uint64_t handle, void* data, size_t size, std::int64_t offset) {
  return transfer_all(Op::read, handle, static_cast<unsigned char*>(data), size, offset);
}

ssize_t device_write(std::uint64_t handle, const void* data, size_t size, std::int64_t offset) {
  return transfer_all(Op::write, handle, static_cast<unsigned char*>(const_cast<void*>(data)), size, offset);
}

std::int64_t device_seek(std::uint64_t handle, std::int64_t offset, int whence) {
  Request request;
  request.op = Op::seek;
  request.handle = handle;
  request.offset = offset;
  request.argument = static_cast<std::uint32_t>(whence);
  Reply reply;
  Exchange exchange;
  return exchange.ask(request, reply) ? reply.value : -1;
}

}  // namespace vburn::preload

using namespace vburn;
using namespace vburn::preload;

VBURN_HOOK ssize_t read(int fd, void* data, size_t size) {
  if (const auto handle = device_handle(fd)) return device_read(handle, data, size, kCurrentPosition);
  return real().read(fd, data, size);
}
VBURN_HOOK ssize_t __read_chk(int fd, void* data, size_t size, size_t) { return read(fd, data, size); }

VBURN_HOOK ssize_t pread(int fd, void* data, size_t size, off_t offset) {
  if (const auto handle = device_handle(fd))
    return offset < 0 ? refuse(EINVAL) : device_read(handle, data, size, offset);
  return real().pread(fd, data, size, offset);
}
VBURN_HOOK ssize_t pread64(int fd, void* data, size_t size, off64_t offset) { return pread(fd, data, size, offset); }
VBURN_HOOK ssize_t __pread_chk(int fd, void* data, size_t size, off_t offset, size_t) {
  return pread(fd, data, size, offset);
}
VBURN_HOOK ssize_t __pread64_chk(int fd, void* data, size_t size, off64_t offset, size_t) {
  return pread(fd, data, size, offset);
}

VBURN_HOOK ssize_t readv(int fd, const iovec* parts, int count) {
  if (const auto handle = device_handle(fd)) return vector_transfer<Op::read>(handle, parts, count, kCurrentPosition);
  return real().readv(fd, parts, count);
}
VBURN_HOOK ssize_t preadv(int fd, const iovec* parts, int count, off_t offset) {
  if (const auto handle = device_handle(fd))
    return offset < 0 ? refuse(EINVAL) : vector_transfer<Op::read>(handle, parts, count, offset);
  return real().preadv(fd, parts, count, offset);
}
VBURN_HOOK ssize_t preadv64(int fd, const iovec* parts, int count, off64_t offset) {
  return preadv(fd, parts, count, offset);
}

VBURN_HOOK ssize_t write(int fd, const void* data, size_t size) {
  if (const auto handle = device_handle(fd)) return device_write(handle, data, size, kCurrentPosition);
  return real().write(fd, data, size);
}
VBURN_HOOK ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  if (const auto handle = device_handle(fd))
    return offset < 0 ? refuse(EINVAL) : device_write(handle, data, size, offset);
  return real().pwrite(fd, data, size, offset);
}
VBURN_HOOK ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
  return pwrite(fd, data, size, offset);
}
VBURN_HOOK ssize_t writev(int fd, const iovec* parts, int count) {
  if (const auto handle = device_handle(fd)) return vector_transfer<Op::write>(handle, parts, count, kCurrentPosition);
  return real().writev(fd, parts, count);
}
VBURN_HOOK ssize_t pwritev(int fd, const iovec* parts, int count, off_t offset) {
  if (const auto handle = device_handle(fd))
    return offset < 0 ? refuse(EINVAL) : vector_transfer<Op::write>(handle, parts, count, offset);
  return real().pwritev(fd, parts, count, offset);
}
VBURN_HOOK ssize_t pwritev64(int fd, const iovec* parts, int count, off64_t offset) {
  return pwritev(fd, parts, count, offset);
}

VBURN_HOOK off_t lseek(int fd, off_t offset, int whence) noexcept {
  if (const auto handle = device_handle(fd)) return device_seek(handle, offset, whence);
  return real().lseek(fd, offset, whence);
}
VBURN_HOOK off64_t lseek64(int fd, off64_t offset, int whence) noexcept { return lseek(fd, offset, whence); }

VBURN_HOOK int fsync(int fd) {
  if (const auto handle = device_handle(fd)) return sync_device(handle);
  return real().fsync(fd);
}
VBURN_HOOK int fdatasync(int fd) {
  if (const auto handle = device_handle(fd)) return sync_device(handle);
  return real().fdatasync(fd);
}

VBURN_HOOK void* mmap(void* address, size_t size, int protection, int flags, int fd, off_t offset) noexcept {
  if (!(flags & MAP_ANONYMOUS))
    if (const auto handle = device_handle(fd)) return map_device(handle, address, size, protection, flags, offset);
  return real().mmap(address, size, protection, flags, fd, offset);
}
VBURN_HOOK void* mmap64(void* address, size_t size, int protection, int flags, int fd, off64_t offset) noexcept {
  return mmap(address, size, protection, flags, fd, offset);
}

VBURN_HOOK ssize_t sendfile(int out, int in, off_t* offset, size_t size) noexcept {
  if (device_handle(out) || device_handle(in)) return refuse(EINVAL);
  return real().sendfile(out, in, offset, size);
}
VBURN_HOOK ssize_t sendfile64(int out, int in, off64_t* offset, size_t size) noexcept {
  return sendfile(out, in, offset, size);
}
VBURN_HOOK ssize_t copy_file_range(int in, off64_t* in_offset, int out, off64_t* out_offset, size_t size,
                                   unsigned flags) {
  if (device_handle(out) || device_handle(in)) return refuse(EINVAL);
  return real().copy_file_range(in, in_offset, out, out_offset, size, flags);
}
VBURN_HOOK ssize_t splice(int in, off64_t* in_offset, int out, off64_t* out_offset, size_t size, unsigned flags) {
  if (device_handle(out) || device_handle(in)) return refuse(EINVAL);
  return real().splice(in, in_offset, out, out_offset, size, flags);
}
VBURN_HOOK int posix_fadvise(int fd, off_t offset, off_t length, int advice) noexcept {
  if (device_handle(fd)) return 0;
  return real().posix_fadvise(fd, offset, length, advice);
}
VBURN_HOOK int posix_fadvise64(int fd, off64_t offset, off64_t length, int advice) noexcept {
  return posix_fadvise(fd, offset, length, advice);
}
VBURN_HOOK ssize_t readahead(int fd, off64_t offset, size_t size) noexcept {
  if (device_handle(fd)) return 0;
  return real().readahead(fd, offset, size);
}
