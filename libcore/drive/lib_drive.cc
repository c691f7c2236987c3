// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/drive/lib_drive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"
#include "libcore/drive/burn_writer.h"
#include "libcore/drive/file_writer.h"

namespace core::drive {
namespace {

constexpr std::string_view kStdio = "stdio:";
constexpr std::string_view kFdPrefix = "/dev/fd/";

Kind kind_of_role(int role) {
  switch (role) {
    case 1: return Kind::optical;
    case 2: return Kind::random_access;
    case 3: return Kind::sequential;
    case 4: return Kind::read_only;
    case 5: return Kind::write_only;
    default: return Kind::null;
  }
}

/// The number N of "/dev/fd/N" and of "-" (1), or -1.
int descriptor_of(std::string_view path) {
  if (path == "-") return 1;
  if (!path.starts_with(kFdPrefix)) return -1;
  path.remove_prefix(kFdPrefix.size());
  if (path.empty() || path.size() > 6 || !std::all_of(path.begin(), path.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return -1;
  return std::atoi(std::string(path).c_str());
}

}  // namespace

int acquire_flags(const AcquireOptions& o) {
  int flags = 0;
  if (o.load_tray) flags |= 1;
  if (o.regard_as_blank) flags |= 1 << 1;
  if (o.truncate) flags |= 1 << 2;
  if (o.scan_rom_toc) flags |= 1 << 3;
  if (!o.emulate_toc) flags |= 1 << 4;
  if (o.no_acl) flags |= 1 << 5;
  if (o.no_xattr) flags |= 1 << 6;
  if (o.force_rom_toc_scan) flags |= 1 << 7;
  if (o.wide_toc_search) flags |= 1 << 9;
  if (o.all_xattr) flags |= 1 << 10;
  return flags;
}

LibDrive::LibDrive(burn::burn_drive_info* info, std::string address, const AcquireOptions& options)
    : info_(info), options_(options) {
  identity_ = {options.shown_address.empty() ? address : options.shown_address, address, info_->vendor, info_->product,
               info_->revision};
  kind_ = kind_of_role(burn::burn_drive_get_drive_role(info_->drive));
  if (kind_ == Kind::optical) return;
  path_ = identity_.device;
  if (path_.starts_with(kStdio)) path_.erase(0, kStdio.size());
  inherited_fd_ = descriptor_of(path_);
}

LibDrive::~LibDrive() {
  isoburn_drive_release(info_->drive, eject_ ? 1 : 0);
  burn::burn_drive_info_free(info_);
}

burn::burn_drive* LibDrive::handle() const { return info_->drive; }

Profile LibDrive::profile() const {
  Profile p;
  char name[80] = "";
  if (burn::burn_disc_get_profile(info_->drive, &p.number, name) > 0) p.name = name;
  p.current = true;
  return p;
}

MediumStatus LibDrive::status() const {
  switch (isoburn_disc_get_status(info_->drive)) {
    case burn::BURN_DISC_BLANK: return MediumStatus::blank;
    case burn::BURN_DISC_EMPTY: return MediumStatus::no_medium;
    case burn::BURN_DISC_APPENDABLE: return MediumStatus::appendable;
    case burn::BURN_DISC_FULL: return MediumStatus::closed;
    case burn::BURN_DISC_UNSUITABLE: return MediumStatus::unsuitable;
    default: return MediumStatus::unready;
  }
}

bool LibDrive::overwritable() const { return isoburn_needs_emulation(info_->drive) == 1; }

int LibDrive::read_fd() const {
  const std::lock_guard lock(mutex_);
  if (inherited_fd_ >= 0) return inherited_fd_;
  if (!fd_) fd_.reset(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  return fd_.get();
}

Blocks LibDrive::capacity() const {
  if (kind_ == Kind::random_access || kind_ == Kind::read_only) {
    const int fd = read_fd();
    struct stat st{};
    if (fd < 0 || ::fstat(fd, &st) != 0) return {};
    if (S_ISREG(st.st_mode)) return blocks_for({st.st_size});
    const std::lock_guard lock(mutex_);
    if (capacity_ < 0) capacity_ = ::lseek(fd, 0, SEEK_END) / kBlockSize;
    return {std::max<std::int64_t>(capacity_, 0)};
  }
  if (kind_ != Kind::optical) return {};
  const std::lock_guard lock(mutex_);
  if (capacity_ < 0) {
    int blocks = 0;
    capacity_ = burn::burn_get_read_capacity(info_->drive, &blocks, 0) > 0 ? blocks : 0;
  }
  return {capacity_};
}

BlockSource::RawFile LibDrive::raw_file() const {
  if (kind_ != Kind::random_access && kind_ != Kind::read_only) return {};
  return {read_fd(), {}};
}

Result<void> LibDrive::read(Lba start, std::span<std::byte> buffer) {
  if (kind_ == Kind::random_access || kind_ == Kind::read_only) return read_file(start, buffer);
  if (kind_ == Kind::optical) return read_medium(start, buffer);
  return Problem{Severity::failure, "Drive address " + shell_quote(identity_.address) + " is not readable"};
}

Result<void> LibDrive::read_file(Lba start, std::span<std::byte> buffer) {
  const int fd = read_fd();
  if (fd < 0) return Problem{Severity::failure, "Cannot open " + shell_quote(path_) + " for reading", errno};
  std::size_t done = 0;
  while (done < buffer.size()) {
    const auto offset = static_cast<off_t>(byte_address(start).value + static_cast<std::int64_t>(done));
    const ssize_t n = ::pread(fd, buffer.data() + done, buffer.size() - done, offset);
    if (n > 0) {
      done += static_cast<std::size_t>(n);
      continue;
    }
    if (n < 0 && errno == EINTR) continue;
    if (n == 0 && offset % kBlockSize != 0) {
      // The last block of a file may be shorter than others.
      const std::size_t rest = kBlockSize - static_cast<std::size_t>(offset % kBlockSize);
      std::memset(buffer.data() + done, 0, rest);
      done += rest;
      continue;
    }
    const long long block = start.value + static_cast<long long>(done / kBlockSize);
    if (n == 0)
      return Problem{Severity::failure, strprintf("Read past the end of %s at block %lld", shell_quote(path_).c_str(), block)};
    return Problem{Severity::failure, strprintf("Read error in %s at block %lld", shell_quote(path_).c_str(), block), errno};
  }
  return {};
}

Result<void> LibDrive::read_medium(Lba start, std::span<std::byte> buffer) {
  const std::lock_guard lock(mutex_);
  off_t count = 0;
  const int rc = burn::burn_read_data(info_->drive, byte_address(start).value, reinterpret_cast<char*>(buffer.data()),
                                      static_cast<off_t>(buffer.size()), &count, 2);
  if (rc > 0) return {};
  const long long block = start.value + std::max<off_t>(count, 0) / kBlockSize;
  return Problem{Severity::failure,
                 strprintf("Read error on medium in %s at block %lld", shell_quote(identity_.address).c_str(), block)};
}

Result<Lba> LibDrive::next_writable_address() {
  int lba = 0, nwa = 0;
  if (isoburn_disc_track_lba_nwa(info_->drive, nullptr, 0, &lba, &nwa) <= 0)
    return Problem{Severity::failure, "Cannot determine the next writable address of " + shell_quote(identity_.address)};
  return Lba{nwa};
}

Bytes LibDrive::free_space() { return {isoburn_disc_available_space(info_->drive, nullptr)}; }

Bytes LibDrive::blank_space() { return {burn::burn_disc_available_space(info_->drive, nullptr)}; }

void LibDrive::forget_medium() {
  const std::lock_guard lock(mutex_);
  capacity_ = -1;
  fd_.reset();
}

Result<void> LibDrive::reassess() {
  forget_medium();
  if (isoburn_drive_aquire(&info_, identity_.device.data(), acquire_flags(options_) | 1 << 8) > 0) return {};
  return Problem{Severity::failure, "Cannot re-assess drive " + shell_quote(identity_.address)};
}

Result<void> LibDrive::refuse_readonly() const {
  if (!options_.readonly) return {};
  return Problem{Severity::failure, "Drive " + shell_quote(identity_.address) + " was acquired readonly"};
}

Result<std::unique_ptr<SessionWriter>> LibDrive::start_session(const WriteSettings& settings, Progress& progress) {
  if (auto allowed = refuse_readonly(); !allowed) return std::move(allowed).problem();
  Lba start{};
  if (settings.start) {
    start = *settings.start;
  } else if (kind_ != Kind::sequential) {
    auto nwa = next_writable_address();
    if (!nwa) return std::move(nwa).problem();
    start = *nwa;
  }
  if (kind_ == Kind::optical) return start_burning(*this, settings, start, progress);
  if (settings.dummy) return discard_output(start);
  if (kind_ == Kind::sequential) return write_stream(path_, inherited_fd_, start);
  if (kind_ == Kind::random_access || kind_ == Kind::write_only) return write_file(path_, inherited_fd_, settings, start);
  return Problem{Severity::failure, "Drive address " + shell_quote(identity_.address) + " is not writable"};
}

Result<void> LibDrive::overwrite(Lba start, std::span<const std::byte> bytes) {
  if (auto allowed = refuse_readonly(); !allowed) return allowed;
  if (kind_ == Kind::optical) {
    // The library wants a non-const pointer but does not write to it.
    auto* data = const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));
    bool written = false;
    {
      const std::lock_guard lock(mutex_);
      written = burn::burn_random_access_write(info_->drive, byte_address(start).value, data, static_cast<off_t>(bytes.size()), 1) > 0;
    }
    // A failure of the final flush is not told by the return value. These blocks decide whether a session is found at
    // all, so they are read back.
    std::vector<std::byte> back(bytes.size());
    if (written && read(start, back).ok() && std::equal(back.begin(), back.end(), bytes.begin())) return {};
    return Problem{Severity::failure, strprintf("Failed to overwrite %lld blocks at LBA %lld of %s",
                                                static_cast<long long>(bytes.size() / kBlockSize),
                                                static_cast<long long>(start.value), shell_quote(identity_.address).c_str())};
  }
  if (kind_ == Kind::random_access || kind_ == Kind::write_only) return overwrite_file(path_, inherited_fd_, start, bytes);
  return Problem{Severity::failure, "Drive address " + shell_quote(identity_.address) + " is not overwritable"};
}

}  // namespace core::drive
