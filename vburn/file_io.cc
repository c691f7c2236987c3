// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/file_io.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "libcore/base/text.h"
#include "libcore/base/unique_fd.h"
#include "libcore/base/units.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;

bool read_at(int fd, std::int64_t offset, std::span<std::byte> data) {
  while (!data.empty()) {
    const ssize_t n = pread(fd, data.data(), data.size(), offset);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    if (n == 0) {
      std::memset(data.data(), 0, data.size());
      return true;
    }
    data = data.subspan(static_cast<std::size_t>(n));
    offset += n;
  }
  return true;
}

bool write_at(int fd, std::int64_t offset, std::span<const std::byte> data) {
  while (!data.empty()) {
    const ssize_t n = pwrite(fd, data.data(), data.size(), offset);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    data = data.subspan(static_cast<std::size_t>(n));
    offset += n;
  }
  return true;
}

bool write_zeros(int fd, std::int64_t offset, std::int64_t count) {
  const std::vector<std::byte> zeros(1 << 20);
  while (count > 0) {
    const std::int64_t n = std::min<std::int64_t>(count, static_cast<std::int64_t>(zeros.size()));
    if (!write_at(fd, offset, std::span(zeros).first(static_cast<std::size_t>(n)))) return false;
    offset += n;
    count -= n;
  }
  return true;
}

Result<std::string> read_file(const std::string& path) {
  const core::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text;
  ssize_t n = fd ? 1 : -1;
  while (n > 0) {
    const std::size_t used = text.size();
    text.resize(used + 65536);
    n = ::read(fd.get(), text.data() + used, 65536);
    text.resize(used + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  }
  if (n == 0) return text;
  const int error = errno;
  return Problem{.text = "Cannot read " + shell_quote(path) + " : " + std::strerror(error), .os_errno = error};
}

namespace {

/// Copies one run of data. False and errno on failure.
bool copy_run(int from, int to, std::int64_t offset, std::int64_t end, std::vector<std::byte>& buffer) {
  while (offset < end) {
    const auto n = static_cast<std::size_t>(std::min<std::int64_t>(end - offset, static_cast<std::int64_t>(buffer.size())));
    const auto part = std::span(buffer).first(n);
    if (!read_at(from, offset, part) || !write_at(to, offset, part)) return false;
    offset += static_cast<std::int64_t>(n);
  }
  return true;
}

}  // namespace

namespace {

Problem failed(const char* what, const std::string& name) {
  const int error = errno;
  return Problem{.text = core::strprintf("Cannot %s %s : %s", what, shell_quote(name).c_str(), std::strerror(error)),
                 .os_errno = error};
}

Result<core::UniqueFd> open_image(const std::string& path, struct stat& st) {
  core::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd || fstat(fd.get(), &st) != 0) return failed("open image", path);
  if (!S_ISREG(st.st_mode)) return Problem{.text = "Image " + shell_quote(path) + " is not a regular file"};
  if (st.st_size == 0) return Problem{.text = "Image " + shell_quote(path) + " is empty"};
  return fd;
}

}  // namespace

Result<void> check_image(const std::string& path) {
  struct stat st;
  const auto fd = open_image(path, st);
  if (!fd) return fd.problem();
  return {};
}

Result<void> copy_sparse(const std::string& from_name, int to, const std::string& to_name) {
  struct stat st;
  const auto image = open_image(from_name, st);
  if (!image) return image.problem();
  const int from = image->get();
  const std::int64_t padded = core::to_bytes(core::blocks_for(core::Bytes{st.st_size})).value;
  if (ftruncate(to, padded) != 0) return failed("write", to_name);
  std::vector<std::byte> buffer(1 << 20);
  std::int64_t offset = 0;
  while (offset < st.st_size) {
    const off_t data = lseek(from, offset, SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;  // nothing but a hole up to the end
    const off_t start = data < 0 ? offset : data;
    const off_t hole = data < 0 ? -1 : lseek(from, start, SEEK_HOLE);
    const off_t end = hole < 0 ? st.st_size : std::min<off_t>(hole, st.st_size);
    if (!copy_run(from, to, start, end, buffer)) return failed("copy image", from_name);
    offset = end;
  }
  return {};
}

}  // namespace vburn
