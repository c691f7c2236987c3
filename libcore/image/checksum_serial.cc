// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks files on a source that is best read in ascending order by one reader, as optical drives are. The calling
// thread reads, a second one digests. Also the digest of a whole range of blocks, for the sum of a session.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "libcore/image/checksum_work.h"

namespace core::image {
namespace {

constexpr std::int64_t kChunk = 64 * kBlockSize;  // 64 blocks: what drives read best at once
constexpr std::size_t kQueueLimit = 16;
constexpr std::int64_t kRangeChunk = 1 << 20;

using Chunk = std::shared_ptr<std::vector<std::byte>>;

/// What the reader hands to the digesting thread.
struct Portion {
  Chunk chunk;                       // keeps `bytes` alive
  std::span<const std::byte> bytes;
  const Content* end_of = nullptr;   // the content is complete
  bool drop = false;                 // its bytes so far are worthless
};

class PortionQueue {
 public:
  void put(Portion p) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return portions_.size() < kQueueLimit; });
    portions_.push_back(std::move(p));
    filled_.notify_one();
  }
  /// False at the end.
  bool take(Portion& p) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return closed_ || !portions_.empty(); });
    if (portions_.empty()) return false;
    p = std::move(portions_.front());
    portions_.pop_front();
    room_.notify_one();
    return true;
  }
  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    filled_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_, filled_;
  std::deque<Portion> portions_;
  bool closed_ = false;
};

/// Keeps the last chunk, because small files are neighbours.
class ChunkReader {
 public:
  explicit ChunkReader(BlockSource& source) : source_(source) {}

  /// Bytes from `offset` on, at most `limit`, as many as one chunk has. Empty: unreadable, problem() tells.
  Portion read(std::int64_t offset, std::int64_t limit) {
    if (!chunk_ || offset < start_ || offset >= start_ + static_cast<std::int64_t>(chunk_->size())) {
      if (!load(offset, kChunk) && !load(offset, std::min(limit, kChunk))) return {};
    }
    const std::int64_t have = start_ + static_cast<std::int64_t>(chunk_->size()) - offset;
    return {chunk_, std::span<const std::byte>(*chunk_).subspan(static_cast<std::size_t>(offset - start_),
                                                                static_cast<std::size_t>(std::min(have, limit)))};
  }
  Problem problem() { return std::move(problem_); }

 private:
  bool load(std::int64_t offset, std::int64_t want) {
    const Lba start{offset / kBlockSize};
    Blocks count = blocks_for(Bytes{offset % kBlockSize + want});
    if (want == kChunk) count = std::min(count, source_.capacity() - Blocks{start.value});
    if (count.value <= 0) count = Blocks{1};
    auto chunk = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(to_bytes(count).value));
    auto result = source_.read(start, *chunk);
    if (!result) {
      problem_ = std::move(result).problem();
      return false;
    }
    chunk_ = std::move(chunk);
    start_ = byte_address(start).value;
    return true;
  }

  BlockSource& source_;
  Chunk chunk_;
  std::int64_t start_ = 0;
  Problem problem_;
};

/// Puts all bytes of a content into the queue. False if they can't be read, which is reported, or on cancel.
bool feed(const CheckRun& run, const Content& content, ChunkReader& reader, PortionQueue& queue, FileCheck& failure) {
  for (const Extent& extent : run.work.first_file(content).extents()) {
    std::int64_t at = byte_address(extent.start).value;
    for (std::int64_t left = extent.size.value; left > 0;) {
      if (run.progress.cancel.load(std::memory_order_relaxed)) {
        failure = FileCheck::skipped;
        return false;
      }
      Portion portion = reader.read(at, left);
      if (portion.bytes.empty()) {
        run.problems.report(reader.problem());
        run.problems.report(content_read_problem());
        failure = FileCheck::unreadable;
        return false;
      }
      const auto n = static_cast<std::int64_t>(portion.bytes.size());
      at += n;
      left -= n;
      run.progress.done.fetch_add(n, std::memory_order_relaxed);
      queue.put(std::move(portion));
    }
  }
  return true;
}

}  // namespace

Problem content_read_problem() { return {Severity::failure, "Read error occurred with IsoDataSource", 0, Origin::libisofs}; }

void report_unreadable(const CheckRun& run, Lba start, Blocks size) {
  std::vector<std::byte> blocks(static_cast<std::size_t>(to_bytes(size).value));
  auto result = run.source.read(start, blocks);
  if (!result) run.problems.report(std::move(result).problem());
  run.problems.report(content_read_problem());
}

void check_serial(const CheckRun& run) {
  PortionQueue queue;
  std::thread digester([&] {
    Md5Chain chain;
    for (Portion p; queue.take(p);) {
      if (!p.bytes.empty()) chain.update(p.bytes);
      if (p.end_of != nullptr && !p.drop) run.work.settle(run.image, *p.end_of, chain.peek(), run.results);
      if (p.end_of != nullptr) chain.restart();
    }
  });
  ChunkReader reader(run.source);
  for (const Content& content : run.work.contents) {
    if (content.lba < 0) continue;
    FileCheck failure{};
    const bool complete = feed(run, content, reader, queue, failure);
    if (!complete) run.work.settle(content, failure, run.results);
    queue.put({.end_of = &content, .drop = !complete});
    if (!complete && failure == FileCheck::skipped) break;
  }
  queue.close();
  digester.join();
}

Result<Md5> digest_blocks(BlockSource& source, Lba start, Blocks size, Progress& progress) {
  PortionQueue queue;
  Md5Chain chain;
  std::thread digester([&] {
    for (Portion p; queue.take(p);) chain.update(p.bytes);
  });
  Result<void> outcome;
  const std::int64_t piece = source.raw_file().fd >= 0 ? kRangeChunk : kChunk;
  for (std::int64_t left = to_bytes(size).value; left > 0 && outcome.ok();) {
    const std::int64_t n = std::min(left, piece);
    auto chunk = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(n));
    outcome = source.read(start, *chunk);
    if (outcome.ok() && progress.cancel) outcome = Problem{Severity::abort, "Reading of blocks was cancelled"};
    if (!outcome.ok()) break;
    const std::span<const std::byte> bytes(*chunk);
    queue.put({.chunk = std::move(chunk), .bytes = bytes});
    start += Blocks{n / kBlockSize};
    left -= n;
    progress.done.fetch_add(n, std::memory_order_relaxed);
  }
  queue.close();
  digester.join();
  if (!outcome.ok()) return std::move(outcome).problem();
  return chain.peek();
}

}  // namespace core::image
