// SPDX-License-Identifier: GPL-3.0-or-later
//
// The content of one data file on its way to disk: small ones in one write, large ones past the page cache in aligned
// pieces, holes for zeros if wanted, the recorded MD5 compared on the way, and the rescue of what is readable from a
// damaged medium.
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "libcore/base/text.h"
#include "libcore/image/checksum.h"
#include "libcore/image/content.h"
#include "libcore/image/extract_work.h"

namespace core::image {
namespace {

constexpr std::int64_t kPiece = 1 << 20;
constexpr std::int64_t kDirectFrom = 4 << 20;
constexpr std::int64_t kDirectUnit = 4096;
constexpr std::int64_t kSparseUnit = 32 << 10;
constexpr std::int64_t kRescueBlocks = 16;

/// Page aligned memory for direct writing.
struct AlignedBuffer {
  AlignedBuffer() : bytes(static_cast<std::byte*>(::operator new(kPiece, std::align_val_t{kDirectUnit}))) {}
  ~AlignedBuffer() { ::operator delete(bytes, std::align_val_t{kDirectUnit}); }
  AlignedBuffer(const AlignedBuffer&) = delete;
  AlignedBuffer& operator=(const AlignedBuffer&) = delete;
  std::byte* bytes;
};

/// Writes a new file from start to end.
class FileWriter {
 public:
  FileWriter(int fd, std::int64_t expected, std::int64_t sparse) : fd_(fd), sparse_(sparse) {
    if (expected < kDirectFrom || sparse > 0 || stands_in_memory()) return;
    const int flags = ::fcntl(fd_, F_GETFL);
    direct_ = flags >= 0 && ::fcntl(fd_, F_SETFL, flags | O_DIRECT) == 0;
    if (direct_) (void)!::fallocate(fd_, FALLOC_FL_KEEP_SIZE, 0, expected);
  }

  /// False with errno. Direct writing needs `bytes` aligned, with room behind it up to the next unit.
  bool write(std::span<std::byte> bytes) {
    if (sparse_ > 0) return write_sparse(bytes);
    if (direct_ && bytes.size() % kDirectUnit != 0) leave_direct();
    return write_plain(bytes);
  }

  /// Makes the file as long as what was written, if it ends by a hole.
  bool finish() {
    if (sparse_ > 0 && !flush_zeros()) return false;
    return !hole_at_end_ || ::ftruncate(fd_, at_) == 0;
  }

 private:
  /// There is nothing to bypass, and allocating in advance would touch every page twice.
  bool stands_in_memory() const {
    struct statfs info;
    return ::fstatfs(fd_, &info) == 0 && info.f_type == TMPFS_MAGIC;
  }

  void leave_direct() {
    const int flags = ::fcntl(fd_, F_GETFL);
    ::fcntl(fd_, F_SETFL, flags & ~O_DIRECT);
    direct_ = false;
  }

  bool write_plain(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), at_);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EINVAL && direct_) {
        leave_direct();
        continue;
      }
      if (n <= 0) {
        if (n == 0) errno = ENOSPC;
        return false;
      }
      at_ += n;
      if (direct_ && n % kDirectUnit != 0) leave_direct();
      bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    hole_at_end_ = false;
    return true;
  }

  bool write_sparse(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const auto unit = bytes.first(std::min(bytes.size(), static_cast<std::size_t>(kSparseUnit)));
      bytes = bytes.subspan(unit.size());
      if (std::all_of(unit.begin(), unit.end(), [](std::byte b) { return b == std::byte{0}; })) {
        zeros_ += static_cast<std::int64_t>(unit.size());
      } else if (!flush_zeros() || !write_plain(unit)) {
        return false;
      }
    }
    return true;
  }

  /// Zeros that were held back become a hole or are written.
  bool flush_zeros() {
    if (zeros_ >= sparse_) {
      at_ += zeros_;
      hole_at_end_ = hole_at_end_ || zeros_ > 0;
      zeros_ = 0;
      return true;
    }
    static const std::byte kZeros[kSparseUnit] = {};
    for (; zeros_ > 0; zeros_ -= std::min(zeros_, kSparseUnit))
      if (!write_plain({kZeros, static_cast<std::size_t>(std::min(zeros_, kSparseUnit))})) return false;
    return true;
  }

  int fd_;
  std::int64_t sparse_, at_ = 0, zeros_ = 0;
  bool direct_ = false, hole_at_end_ = false;
};

/// What became of the comparison with the recorded sum.
void report_digest(ExtractRun& run, Node node, bool matches) {
  if (!matches) run.fail(Severity::sorry, "MD5 of extracted data does not match recorded MD5 of file " + shell_quote(node.path()));
}

void report_missing_digest(ExtractRun& run, Node node) {
  if (run.options.md5_check == ExtractOptions::Md5Check::force)
    run.fail(Severity::sorry, "No MD5 recorded with file: " + shell_quote(node.path()));
}

CopyOutcome write_failed(ExtractRun& run, const std::string& disk_path, int error) {
  run.fail(Severity::failure, "Cannot write content to disk file " + shell_quote(disk_path), error);
  return CopyOutcome::failed;
}

class Copy {
 public:
  Copy(ExtractRun& run, Node node, int fd, const std::string& disk_path) : run_(run), node_(node), fd_(fd), disk_path_(disk_path) {}

  CopyOutcome from_memory(const ReadAhead& ahead) {
    FileWriter writer(fd_, 0, run_.options.sparse.value);
    // The writer never changes bytes; they come from a buffer of the caller.
    const std::span<std::byte> bytes(const_cast<std::byte*>(ahead.bytes.data()), ahead.bytes.size());
    if (!writer.write(bytes) || !writer.finish()) return write_failed(run_, disk_path_, errno);
    run_.env.progress.bytes.fetch_add(static_cast<std::int64_t>(bytes.size()), std::memory_order_relaxed);
    if (ahead.digest_checked) report_digest(run_, node_, ahead.digest_matches);
    if (run_.options.md5_check != ExtractOptions::Md5Check::off && !ahead.digest_checked) report_missing_digest(run_, node_);
    return CopyOutcome::complete;
  }

  CopyOutcome from(FileContent& content) {
    if (run_.options.md5_check != ExtractOptions::Md5Check::off) {
      recorded_ = recorded_md5(run_.env.image, node_);
      if (!recorded_) report_missing_digest(run_, node_);
    }
    FileWriter writer(fd_, content.size().value, run_.options.sparse.value);
    AlignedBuffer buffer;
    std::int64_t at = 0;
    while (at < content.size().value) {
      if (run_.over()) return CopyOutcome::failed;
      const std::int64_t n = std::min(kPiece, content.size().value - at);
      const std::span<std::byte> piece(buffer.bytes, static_cast<std::size_t>(n));
      auto got = content.read(Bytes{at}, piece);
      if (!got || static_cast<std::int64_t>(*got) < n) return unreadable(content, got, writer, at, piece);
      if (recorded_) chain_.update(piece);
      if (!writer.write(piece)) return write_failed(run_, disk_path_, errno);
      at += n;
      run_.env.progress.bytes.fetch_add(n, std::memory_order_relaxed);
    }
    if (!writer.finish()) return write_failed(run_, disk_path_, errno);
    if (recorded_) report_digest(run_, node_, chain_.peek() == *recorded_);
    return CopyOutcome::complete;
  }

 private:
  /// Saves what is readable of the piece, block by block, or of the whole rest if best effort is wanted.
  CopyOutcome unreadable(FileContent& content, Result<std::size_t>& got, FileWriter& writer, std::int64_t at, std::span<std::byte> piece) {
    if (!got) run_.env.problems.report(std::move(got).problem());
    if (content.is_stored()) run_.env.problems.report({Severity::failure, "Read error occurred with IsoDataSource", 0, Origin::libisofs});
    const bool rescue = run_.options.incomplete == ExtractOptions::Incomplete::best_effort && content.is_stored();
    std::int64_t good = content.is_stored() ? 0 : got ? static_cast<std::int64_t>(*got) : 0;
    while (content.is_stored() && good < static_cast<std::int64_t>(piece.size())) {
      const auto block = piece.subspan(static_cast<std::size_t>(good), std::min<std::size_t>(kBlockSize, piece.size() - static_cast<std::size_t>(good)));
      if (!content.read(Bytes{at + good}, block)) break;
      good += static_cast<std::int64_t>(block.size());
    }
    if (good > 0 && !writer.write(piece.first(static_cast<std::size_t>(good)))) return write_failed(run_, disk_path_, errno);
    run_.env.progress.bytes.fetch_add(good, std::memory_order_relaxed);
    if (!writer.finish()) return write_failed(run_, disk_path_, errno);
    if (rescue) salvage(content, at + good);
    run_.fail(Severity::failure, "Cannot read all bytes from ISO file " + shell_quote(node_.path()));
    if (recorded_) report_digest(run_, node_, false);
    return rescue ? CopyOutcome::partial : CopyOutcome::failed;
  }

  /// Tries every block from `from` on and writes the readable ones to their place.
  void salvage(FileContent& content, std::int64_t from) {
    run_.fail(Severity::note, "Starting best_effort handling on ISO file " + shell_quote(node_.path()) + strprintf(" at byte %.f", static_cast<double>(from)));
    std::vector<std::byte> chunk(static_cast<std::size_t>(kRescueBlocks * kBlockSize));
    std::int64_t bad_start = -1;
    const std::int64_t size = content.size().value;
    for (std::int64_t at = from; at < size && !run_.over();) {
      auto part = std::span(chunk).first(static_cast<std::size_t>(std::min<std::int64_t>(size - at, static_cast<std::int64_t>(chunk.size()))));
      bool good = content.read(Bytes{at}, part).ok();
      if (!good && bad_start < 0) {
        part = part.first(std::min<std::size_t>(part.size(), kBlockSize));
        good = content.read(Bytes{at}, part).ok();
      }
      if (good && ::pwrite(fd_, part.data(), part.size(), at) != static_cast<ssize_t>(part.size())) {
        write_failed(run_, disk_path_, errno);
        return;
      }
      if (good && bad_start >= 0) note_bad(std::exchange(bad_start, -1), at);
      if (!good && bad_start < 0) bad_start = at;
      at += static_cast<std::int64_t>(good ? part.size() : std::min<std::size_t>(part.size(), kBlockSize));
    }
    if (bad_start >= 0) note_bad(bad_start, size);
  }

  void note_bad(std::int64_t start, std::int64_t end) {
    if (run_.env.note)
      run_.env.note(strprintf("Bad extract  : %14.f , %14.f , ", static_cast<double>(start), static_cast<double>(end - start)) + shell_quote(disk_path_) + "\n");
  }

  ExtractRun& run_;
  Node node_;
  int fd_;
  const std::string& disk_path_;
  std::optional<Md5> recorded_;
  Md5Chain chain_;
};

}  // namespace

CopyOutcome copy_content(ExtractRun& run, Node node, int fd, const std::string& disk_path, const ReadAhead* ahead) {
  Copy copy(run, node, fd, disk_path);
  if (ahead != nullptr) return copy.from_memory(*ahead);
  Extent extent;
  std::unique_lock lock(run.stream_mutex, std::defer_lock);
  if (!stored_in_one_extent(node, extent)) lock.lock();
  auto content = FileContent::open(run.env.image, run.env.source, node);
  if (!content) {
    run.fail(std::move(content).problem());
    return CopyOutcome::failed;
  }
  return copy.from(**content);
}

}  // namespace core::image
