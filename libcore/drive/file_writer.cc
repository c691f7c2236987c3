// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/drive/file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "libcore/base/text.h"
#include "libcore/base/unique_fd.h"

namespace core::drive {
namespace {

constexpr std::size_t kChunk = 1 << 20;
constexpr std::size_t kDirectAlignment = 4096;
/// Below this size the page cache is faster than waiting for the device chunk by chunk.
constexpr std::int64_t kDirectFrom = 32 << 20;

struct FreeDeleter { void operator()(std::byte* p) const { std::free(p); } };
using AlignedBuffer = std::unique_ptr<std::byte, FreeDeleter>;

AlignedBuffer aligned_buffer(std::size_t size) {
  return AlignedBuffer(static_cast<std::byte*>(std::aligned_alloc(kDirectAlignment, size)));
}

Problem write_problem(const std::string& path, Bytes offset, int error) {
  return {Severity::sorry, strprintf("Write error in %s at block %lld", shell_quote(path).c_str(),
                                     static_cast<long long>(offset.value / kBlockSize)), error};
}

Problem open_problem(const std::string& path, int error) {
  return {Severity::sorry, "Failed to open device (a pseudo-drive) : " + shell_quote(path), error, Origin::libburn};
}

UniqueFd open_for_writing(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!fd && errno == EACCES) fd.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  return fd;
}

/// Writes all bytes at `offset`, or with offset -1 at the file's own position.
Result<void> write_all(int fd, const std::string& path, std::span<const std::byte> bytes, std::int64_t offset, Bytes told) {
  while (!bytes.empty()) {
    const ssize_t n = offset < 0 ? ::write(fd, bytes.data(), bytes.size()) : ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return write_problem(path, told, n < 0 ? errno : ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
    told.value += n;
    if (offset >= 0) offset += n;
  }
  return {};
}

class FileWriter final : public SessionWriter {
 public:
  FileWriter(std::string path, UniqueFd own, int fd, const WriteSettings& settings, Lba start)
      : path_(std::move(path)), own_(std::move(own)), fd_(fd), settings_(settings), start_(start), position_(byte_address(start)) {
    synced_ = position_;
    if (settings.expected && settings.expected->value >= kDirectFrom && position_.value % kDirectAlignment == 0) {
      preallocate(*settings.expected);
      set_direct(true);
    }
  }
  ~FileWriter() override { set_direct(false); }

  std::size_t preferred_chunk() const override { return kChunk; }
  std::size_t alignment() const override { return kDirectAlignment; }
  Lba start() const override { return start_; }
  Blocks written() const override { return blocks_for(position_ - byte_address(start_)); }

  Result<void> write(std::span<const std::byte> bytes) override {
    while (direct_ && !bytes.empty()) {
      const std::size_t whole = bytes.size() / kDirectAlignment * kDirectAlignment;
      if (whole == 0) {
        set_direct(false);
        break;
      }
      auto done = write_direct(bytes.first(whole));
      if (!done) return done;
      bytes = bytes.subspan(whole);
    }
    if (bytes.empty()) return {};
    auto done = write_all(fd_, path_, bytes, position_.value, position_);
    if (!done) return done;
    position_.value += static_cast<std::int64_t>(bytes.size());
    return keep_rhythm();
  }

  Result<void> finish() override {
    set_direct(false);
    if (settings_.stdio_sync != WriteSettings::Sync::off && ::fdatasync(fd_) != 0 && errno != EINVAL && errno != EROFS)
      return Problem{Severity::fatal, "Cannot synchronize " + shell_quote(path_) + " to its storage device", errno};
    return {};
  }

 private:
  /// Reserves the blocks at once: fewer extents, and less work per chunk. The file's size stays what was written.
  void preallocate(Bytes expected) {
    struct stat st{};
    if (::fstat(fd_, &st) == 0 && S_ISREG(st.st_mode))
      (void)!::fallocate(fd_, FALLOC_FL_KEEP_SIZE, position_.value, expected.value);
  }

  void set_direct(bool on) {
    if (on == direct_) return;
    const int flags = ::fcntl(fd_, F_GETFL);
    if (flags < 0) return;
    if (::fcntl(fd_, F_SETFL, on ? flags | O_DIRECT : flags & ~O_DIRECT) == 0) direct_ = on;
  }

  Result<void> write_direct(std::span<const std::byte> bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % kDirectAlignment == 0) return write_aligned(bytes);
    if (!bounce_) bounce_ = aligned_buffer(kChunk);
    if (!bounce_) return Problem{Severity::fatal, "Out of memory", ENOMEM};
    while (!bytes.empty()) {
      const std::size_t n = std::min(kChunk, bytes.size());
      std::memcpy(bounce_.get(), bytes.data(), n);
      auto done = write_aligned({bounce_.get(), n});
      if (!done) return done;
      bytes = bytes.subspan(n);
    }
    return {};
  }

  /// A file system may refuse direct output late, or only for this size: then the page cache takes over.
  Result<void> write_aligned(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), position_.value);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EINVAL && direct_) {
        set_direct(false);
        continue;
      }
      if (n <= 0) return write_problem(path_, position_, n < 0 ? errno : ENOSPC);
      position_.value += n;
      bytes = bytes.subspan(static_cast<std::size_t>(n));
      if (n % static_cast<ssize_t>(kDirectAlignment) != 0) set_direct(false);
    }
    return {};
  }

  /// Keeps the amount of data that wait for their device below the limit. Starting the transfer of one interval while the
  /// one before gets waited for keeps the device busy, other than a full synchronisation would.
  Result<void> keep_rhythm() {
    if (settings_.stdio_sync != WriteSettings::Sync::on || settings_.sync_interval.value <= 0) return {};
    if ((position_ - synced_) < settings_.sync_interval) return {};
    ::sync_file_range(fd_, synced_.value, position_.value - synced_.value, SYNC_FILE_RANGE_WRITE);
    if (synced_ > waited_)
      ::sync_file_range(fd_, waited_.value, synced_.value - waited_.value,
                        SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    waited_ = synced_;
    synced_ = position_;
    return {};
  }

  std::string path_;
  UniqueFd own_;
  int fd_;
  WriteSettings settings_;
  Lba start_;
  Bytes position_, synced_, waited_;  ///< handed to the kernel; on its way to the device; arrived there
  bool direct_ = false;
  AlignedBuffer bounce_;
};

class StreamWriter final : public SessionWriter {
 public:
  StreamWriter(std::string path, UniqueFd own, int fd, Lba start) : path_(std::move(path)), own_(std::move(own)), fd_(fd), start_(start) {}
  std::size_t preferred_chunk() const override { return kChunk / 4; }
  Lba start() const override { return start_; }
  Blocks written() const override { return blocks_for(count_); }
  Result<void> write(std::span<const std::byte> bytes) override {
    auto done = write_all(fd_, path_, bytes, -1, count_);
    if (done) count_.value += static_cast<std::int64_t>(bytes.size());
    return done;
  }
  Result<void> finish() override {
    // Pipes and character devices have nothing to synchronise and say EINVAL; a device that tells a loss is heard.
    if (::fsync(fd_) != 0 && errno == EIO) return write_problem(path_, count_, errno);
    return {};
  }

 private:
  std::string path_;
  UniqueFd own_;
  int fd_;
  Lba start_;
  Bytes count_;
};

class Discarder final : public SessionWriter {
 public:
  explicit Discarder(Lba start) : start_(start) {}
  std::size_t preferred_chunk() const override { return kChunk; }
  Lba start() const override { return start_; }
  Blocks written() const override { return blocks_for(count_); }
  Result<void> write(std::span<const std::byte> bytes) override {
    count_.value += static_cast<std::int64_t>(bytes.size());
    return {};
  }
  Result<void> finish() override { return {}; }

 private:
  Lba start_;
  Bytes count_;
};

}  // namespace

Result<std::unique_ptr<SessionWriter>> write_file(const std::string& path, int fd, const WriteSettings& settings, Lba start) {
  UniqueFd own;
  if (fd < 0) {
    own = open_for_writing(path);
    if (!own) return open_problem(path, errno);
    fd = own.get();
  }
  if (settings.truncate) {
    struct stat st{};
    if (::fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && ::ftruncate(fd, byte_address(start).value) != 0)
      return Problem{Severity::fatal, "Cannot truncate " + shell_quote(path), errno};
  }
  return std::unique_ptr<SessionWriter>(new FileWriter(path, std::move(own), fd, settings, start));
}

Result<std::unique_ptr<SessionWriter>> write_stream(const std::string& path, int fd, Lba start) {
  UniqueFd own;
  if (fd < 0) {
    own.reset(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!own) return open_problem(path, errno);
    fd = own.get();
  }
  return std::unique_ptr<SessionWriter>(new StreamWriter(path, std::move(own), fd, start));
}

std::unique_ptr<SessionWriter> discard_output(Lba start) { return std::make_unique<Discarder>(start); }

Result<void> overwrite_file(const std::string& path, int fd, Lba start, std::span<const std::byte> bytes) {
  UniqueFd own;
  if (fd < 0) {
    own = open_for_writing(path);
    if (!own) return open_problem(path, errno);
    fd = own.get();
  }
  auto done = write_all(fd, path, bytes, byte_address(start).value, byte_address(start));
  if (!done) return done;
  if (::fdatasync(fd) != 0 && errno != EINVAL)
    return Problem{Severity::fatal, "Cannot synchronize " + shell_quote(path) + " to its storage device", errno};
  return {};
}

}  // namespace core::drive
