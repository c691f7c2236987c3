// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rule that makes a disc survive anything: data reach the disk before the state that tells of them, and the state
// file is never changed, only replaced by rename(2). Nothing is synchronised per write; when the drive acknowledges
// SYNCHRONIZE CACHE, most data are already on their way because writing out is started every few megabytes.
#include "vburn/disc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cstring>
#include <optional>

#include "libcore/base/text.h"
#include "vburn/file_io.h"
#include "vburn/lock_owner.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;
using core::UniqueFd;

namespace {

constexpr std::int64_t kWriteOutStep = 16 << 20;

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

Problem cannot(const char* what, const std::string& path) {
  const int error = errno;
  return Problem{.text = core::strprintf("Cannot %s %s : %s", what, shell_quote(path).c_str(), std::strerror(error)),
                 .os_errno = error};
}

/// FNV-1a: tells a checkpoint that reached the disk from one of which only a part did.
std::uint64_t sum_of(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325u;
  for (const char c : text) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return sum;
}

/// First line of a checkpoint: which state file it goes on from. A copied or replaced state file has another change time.
std::string live_header(const std::string& state_file) {
  struct stat st;
  if (stat(state_file.c_str(), &st) != 0) return {};
  return core::strprintf("vburn-live %llu %lld.%09ld\n", static_cast<unsigned long long>(st.st_ino),
                         static_cast<long long>(st.st_ctim.tv_sec), st.st_ctim.tv_nsec);
}

std::string live_trailer(std::string_view text) {
  return core::strprintf("sum %016llx\n", static_cast<unsigned long long>(sum_of(text)));
}

/// The blob inside of a checkpoint, if it is whole and belongs to this state file.
std::optional<std::string> blob_of_live(std::string_view text, const std::string& header) {
  const std::size_t trailer = live_trailer("").size();
  if (header.empty() || !text.starts_with(header) || text.size() < header.size() + trailer) return std::nullopt;
  const std::string_view body = text.substr(0, text.size() - trailer);
  if (text.substr(body.size()) != live_trailer(body)) return std::nullopt;
  return std::string(body.substr(header.size()));
}

}  // namespace

std::string state_file_name(const std::string& path) { return path + ".vburn"; }
std::string live_file_name(const std::string& path) { return path + ".vburn.live"; }
std::string raw_file_name(const std::string& path) { return path + ".raw"; }

Problem DiscFile::problem(const char* what, const std::string& file) const { return cannot(what, file); }

Result<void> DiscFile::lock() {
  if (flock(blocks_.get(), LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return problem("lock disc", path_);
  const std::string owner = lock_owner(blocks_.get());
  return Problem{.text = "Disc " + shell_quote(path_) + " is in a drive already, owned by " +
                         (owner.empty() ? "another process" : owner)};
}

Result<std::unique_ptr<DiscFile>> DiscFile::open(const std::string& path, Access access) {
  std::unique_ptr<DiscFile> disc(new DiscFile(path));
  const int mode = access == Access::own ? O_RDWR : O_RDONLY;
  disc->blocks_.reset(::open(path.c_str(), mode | O_CLOEXEC));
  if (!disc->blocks_) return disc->problem("open disc", path);
  struct stat st;
  if (fstat(disc->blocks_.get(), &st) != 0 || !S_ISREG(st.st_mode))
    return Problem{.text = "Disc " + shell_quote(path) + " is not a regular file"};
  if (access == Access::own)
    if (auto locked = disc->lock(); !locked) return locked.problem();
  if (::access(state_file_name(path).c_str(), F_OK) != 0)
    return Problem{.text = shell_quote(path) + " is not a disc: there is no state file " +
                           shell_quote(state_file_name(path)) + " (make discs by vburn create)"};
  const std::string raw = raw_file_name(path);
  disc->raw_.reset(::open(raw.c_str(), mode | O_CLOEXEC));
  if (!disc->raw_ && errno != ENOENT) return disc->problem("open", raw);
  return disc;
}

Result<void> DiscFile::make_empty(const std::string& image) {
  if (ftruncate(blocks_.get(), 0) != 0) return problem("empty", path_);
  for (const std::string& other : {state_file_name(path_), live_file_name(path_), raw_file_name(path_)})
    if (unlink(other.c_str()) != 0 && errno != ENOENT) return problem("remove", other);
  if (image.empty()) return {};
  blocks_dirty_ = true;
  return copy_sparse(image, blocks_.get(), path_);
}

Result<std::unique_ptr<DiscFile>> DiscFile::create(const std::string& path, Existing existing,
                                                   const std::string& image) {
  // What can go wrong with the image is better known before a disc is replaced.
  if (!image.empty())
    if (auto usable = check_image(image); !usable) return usable.problem();
  std::unique_ptr<DiscFile> disc(new DiscFile(path));
  const int exclusive = existing == Existing::refuse ? O_EXCL : 0;
  disc->blocks_.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | exclusive, 0666));
  if (!disc->blocks_) {
    if (errno == EEXIST) return Problem{.text = shell_quote(path) + " exists already (--force replaces it)"};
    return disc->problem("create disc", path);
  }
  if (auto locked = disc->lock(); !locked) return locked.problem();
  if (auto made = disc->make_empty(image); !made) {
    unlink(path.c_str());
    return made.problem();
  }
  return disc;
}

Result<core::Bytes> DiscFile::size() const {
  struct stat st;
  if (fstat(blocks_.get(), &st) != 0) return problem("examine", path_);
  return core::Bytes{st.st_size};
}

Result<void> DiscFile::read(core::Lba first, std::span<std::byte> data) {
  if (!read_at(blocks_.get(), core::byte_address(first).value, data)) return problem("read disc", path_);
  return {};
}

Result<void> DiscFile::write(core::Lba first, std::span<const std::byte> data) {
  const std::int64_t offset = core::byte_address(first).value;
  blocks_dirty_ = true;
  if (!write_at(blocks_.get(), offset, data)) return problem("write to disc", path_);
  unstarted_ += static_cast<std::int64_t>(data.size());
  if (unstarted_ >= kWriteOutStep) {
    unstarted_ = 0;
    sync_file_range(blocks_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);  // a hint; the durable answer comes by fdatasync
  }
  return {};
}

Result<void> DiscFile::discard(core::Lba first, core::Blocks count) {
  const std::int64_t offset = core::byte_address(first).value;
  const std::int64_t end = offset + core::to_bytes(count).value;
  auto present = size();
  if (!present) return present.problem();
  if (offset >= present->value || count.value <= 0) return {};
  blocks_dirty_ = true;
  if (end >= present->value) {
    if (ftruncate(blocks_.get(), offset) != 0) return problem("shorten disc", path_);
    return {};
  }
  if (fallocate(blocks_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, end - offset) == 0) return {};
  if (!write_zeros(blocks_.get(), offset, end - offset)) return problem("erase on disc", path_);
  return {};
}

Result<void> DiscFile::open_raw() {
  if (raw_) return {};
  const std::string name = raw_file_name(path_);
  raw_.reset(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!raw_) return problem("create", name);
  return {};
}

Result<void> DiscFile::read_raw(core::Bytes offset, std::span<std::byte> data) {
  if (!raw_) {
    std::memset(data.data(), 0, data.size());
    return {};
  }
  if (!read_at(raw_.get(), offset.value, data)) return problem("read", raw_file_name(path_));
  return {};
}

Result<void> DiscFile::write_raw(core::Bytes offset, std::span<const std::byte> data) {
  if (auto opened = open_raw(); !opened) return opened;
  raw_dirty_ = true;
  if (!write_at(raw_.get(), offset.value, data)) return problem("write", raw_file_name(path_));
  return {};
}

Result<void> DiscFile::discard_raw() {
  if (!raw_) return {};
  if (ftruncate(raw_.get(), 0) != 0) return problem("empty", raw_file_name(path_));
  raw_dirty_ = true;
  return {};
}

Result<std::string> DiscFile::load_state() {
  const std::string name = state_file_name(path_);
  auto text = read_file(name);
  if (!text && text.problem().os_errno == ENOENT) return std::string();
  if (!text) return text;
  saved_ = *text;
  saved_durably_ = true;
  auto live = read_file(live_file_name(path_));
  if (!live) return text;
  auto blob = blob_of_live(*live, live_header(name));
  if (!blob) return text;
  saved_durably_ = false;
  return saved_ = *blob;
}

Result<void> DiscFile::save_state(std::string_view blob, core::burner::Durability durability) {
  const bool durable = durability == core::burner::Durability::durable;
  // The same state with no new data needs no work: a drive that only was read from ends without waiting for the disk.
  if (blob == saved_ && (saved_durably_ || !durable) && !blocks_dirty_ && !raw_dirty_) return {};
  if (durable) {
    if (blocks_dirty_ && fdatasync(blocks_.get()) != 0) return problem("bring to disk", path_);
    if (raw_dirty_ && fdatasync(raw_.get()) != 0) return problem("bring to disk", raw_file_name(path_));
    blocks_dirty_ = raw_dirty_ = false;
    unstarted_ = 0;
  }
  if (auto saved = durable ? replace_state(blob) : save_live(blob); !saved) return saved;
  saved_ = blob;
  saved_durably_ = durable;
  return {};
}

Result<void> DiscFile::replace_state(std::string_view blob) {
  const std::string name = state_file_name(path_);
  const std::string fresh = name + ".new";
  UniqueFd fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd) return problem("create", fresh);
  if (!write_at(fd.get(), 0, std::as_bytes(std::span(blob))) || fdatasync(fd.get()) != 0)
    return problem("write", fresh);
  if (rename(fresh.c_str(), name.c_str()) != 0) return problem("rename to its final name", fresh);
  const std::string directory = directory_of(name);
  const UniqueFd dir(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir || fsync(dir.get()) != 0) return problem("bring to disk", directory);
  unlink(live_file_name(path_).c_str());  // it went on from the former state and counts for nothing now
  return {};
}

/// A checkpoint goes into a file of its own without waiting for the disk: it survives a kill because the kernel has it,
/// and if the computer dies with it, the state file is as good as before.
Result<void> DiscFile::save_live(std::string_view blob) {
  const std::string name = live_file_name(path_);
  const std::string fresh = name + ".new";
  std::string text = live_header(state_file_name(path_));
  if (text.empty()) return replace_state(blob);
  text += blob;
  text += live_trailer(text);
  const UniqueFd fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!fd) return problem("create", fresh);
  if (!write_at(fd.get(), 0, std::as_bytes(std::span(text)))) return problem("write", fresh);
  if (rename(fresh.c_str(), name.c_str()) != 0) return problem("rename to its final name", fresh);
  return {};
}

}  // namespace vburn
