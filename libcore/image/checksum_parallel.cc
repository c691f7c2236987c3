// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks files of an image that stands in a file or block device, on all cores. Each worker keeps the lanes of the
// MD5 kernel busy: large files as streams with a buffer each, small ones out of batches that are neighbours on the
// medium and come with a single read.
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "libcore/image/checksum_work.h"

namespace core::image {
namespace {

constexpr std::int64_t kLargeFile = 128 << 10;       // from here on a file is a stream of its own
constexpr std::int64_t kStreamPiece = 128 << 10;     // 16 lanes of them stay in the cache of a core
constexpr std::int64_t kBatchSpan = 256 << 10;
constexpr std::int64_t kBatchGap = 64 << 10;         // reading over a smaller gap is cheaper than a second read
constexpr std::int64_t kSmallWork = 4 << 20;         // below, starting threads costs more than it gains

/// Reads all of `buffer` at byte `offset` of the image.
bool read_raw(const BlockSource::RawFile& raw, std::int64_t offset, std::span<std::byte> buffer) {
  while (!buffer.empty()) {
    const ssize_t got = pread(raw.fd, buffer.data(), buffer.size(), offset + raw.offset.value);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    buffer = buffer.subspan(static_cast<std::size_t>(got));
    offset += got;
  }
  return true;
}

/// Hands out the work to all workers: large contents one by one, the rest in batches.
class Dealer {
 public:
  Dealer(const CheckWork& work, int workers) : contents_(work.contents), workers_(workers) {
    for (std::uint32_t i = 0; i < contents_.size(); ++i) {
      if (contents_[i].lba < 0) continue;
      (contents_[i].size >= kLargeFile || !contents_[i].single_extent ? large_ : small_).push_back(i);
    }
  }

  /// The next large content for a worker that has `active` of them, so that all workers get their share.
  const Content* next_large(int active) {
    std::lock_guard lock(mutex_);
    const int open = static_cast<int>(large_.size() - large_at_);
    if (open == 0 || active >= (open + large_active_ + workers_ - 1) / workers_) return nullptr;
    ++large_active_;
    return &contents_[large_[large_at_++]];
  }

  void large_done() {
    std::lock_guard lock(mutex_);
    --large_active_;
  }

  /// Small contents that lie close together. Empty = no more.
  std::span<const std::uint32_t> next_batch() {
    std::lock_guard lock(mutex_);
    const std::size_t first = small_at_;
    if (first == small_.size()) return {};
    const std::int64_t start = byte_address(Lba{contents_[small_[first]].lba}).value;
    std::int64_t end = start;
    while (small_at_ < small_.size()) {
      const Content& c = contents_[small_[small_at_]];
      const std::int64_t at = byte_address(Lba{c.lba}).value;
      if (small_at_ > first && (at + c.size - start > kBatchSpan || at - end > kBatchGap)) break;
      end = std::max(end, at + c.size);
      ++small_at_;
    }
    return std::span(small_).subspan(first, small_at_ - first);
  }

 private:
  const std::vector<Content>& contents_;
  const int workers_;
  std::mutex mutex_;
  std::vector<std::uint32_t> large_, small_;
  std::size_t large_at_ = 0, small_at_ = 0;
  int large_active_ = 0;
};

/// The bytes of one batch, shared by the inputs that are cut out of it.
struct Batch {
  std::int64_t start = 0;  // byte address
  std::size_t size = 0;
  std::unique_ptr<std::byte[]> bytes{new std::byte[kBatchSpan + kLargeFile]};
};

class Worker;

/// One content on its way through a lane: either a part of a batch or a stream that reads its extents itself.
class ContentInput : public Md5Input {
 public:
  explicit ContentInput(Worker& worker) : worker_(worker) {}
  void open_batched(const Content& content, std::shared_ptr<Batch> batch);
  void open_stream(const Content& content, bool counts_as_large);
  std::span<const std::byte> next() override;
  void finish(const Md5& digest) override;

 private:
  bool fill(std::span<std::byte> out);
  Worker& worker_;
  const Content* content_ = nullptr;
  std::shared_ptr<Batch> batch_;                   // batched only
  std::vector<Extent> extents_;                    // stream only
  std::size_t extent_ = 0;
  std::int64_t extent_done_ = 0, left_ = 0;
  std::unique_ptr<std::byte[]> buffer_;
  bool counts_as_large_ = false;
  FileCheck failed_ = FileCheck::match;            // anything else: the digest is worthless
};

class Worker : public Md5InputQueue {
 public:
  Worker(const CheckRun& check_run, Dealer& dealer_in) : run(check_run), raw(check_run.source.raw_file()), dealer(dealer_in) {}
  Md5Input* next_input() override;
  ContentInput* free_input();
  void recycle(ContentInput* input) { free_.push_back(input); }
  std::shared_ptr<Batch> free_batch();

  const CheckRun& run;
  const BlockSource::RawFile raw;
  Dealer& dealer;
  int large_active = 0;

 private:
  bool start_batch();
  std::vector<std::unique_ptr<ContentInput>> inputs_;
  std::vector<ContentInput*> free_;
  std::vector<std::shared_ptr<Batch>> batches_;
  std::shared_ptr<Batch> batch_;
  std::span<const std::uint32_t> batch_left_;
  bool batch_readable_ = false;
};

void ContentInput::open_batched(const Content& content, std::shared_ptr<Batch> batch) {
  content_ = &content;
  batch_ = std::move(batch);
  left_ = content.size;
  failed_ = FileCheck::match;
  counts_as_large_ = false;
}

void ContentInput::open_stream(const Content& content, bool counts_as_large) {
  content_ = &content;
  batch_ = nullptr;
  extents_ = worker_.run.work.first_file(content).extents();
  extent_ = 0;
  extent_done_ = 0;
  left_ = 0;
  for (const Extent& e : extents_) left_ += e.size.value;
  failed_ = FileCheck::match;
  counts_as_large_ = counts_as_large;
  if (!buffer_) buffer_.reset(new std::byte[kStreamPiece]);
}

bool ContentInput::fill(std::span<std::byte> out) {
  while (!out.empty()) {
    const Extent& e = extents_[extent_];
    const std::int64_t n = std::min<std::int64_t>(e.size.value - extent_done_, static_cast<std::int64_t>(out.size()));
    if (!read_raw(worker_.raw, byte_address(e.start).value + extent_done_, out.first(static_cast<std::size_t>(n)))) return false;
    out = out.subspan(static_cast<std::size_t>(n));
    extent_done_ += n;
    if (extent_done_ == e.size.value) {
      ++extent_;
      extent_done_ = 0;
    }
  }
  return true;
}

std::span<const std::byte> ContentInput::next() {
  if (left_ == 0 || failed_ != FileCheck::match) return {};
  if (batch_ != nullptr) {
    const auto size = static_cast<std::size_t>(std::exchange(left_, 0));
    return {batch_->bytes.get() + (byte_address(Lba{content_->lba}).value - batch_->start), size};
  }
  if (worker_.run.progress.cancel.load(std::memory_order_relaxed)) {
    failed_ = FileCheck::skipped;
    return {};
  }
  const std::int64_t n = std::min(left_, kStreamPiece);
  const std::span<std::byte> piece(buffer_.get(), static_cast<std::size_t>(n));
  if (!fill(piece)) {
    const Extent& e = extents_[extent_];
    const Bytes rest = std::min(e.size - Bytes{extent_done_}, Bytes{kStreamPiece});
    report_unreadable(worker_.run, e.start + Blocks{extent_done_ / kBlockSize}, blocks_for(rest));
    failed_ = FileCheck::unreadable;
    return {};
  }
  left_ -= n;
  worker_.run.progress.done.fetch_add(n, std::memory_order_relaxed);
  return piece;
}

void ContentInput::finish(const Md5& digest) {
  const CheckRun& run = worker_.run;
  if (failed_ == FileCheck::match)
    run.work.settle(run.image, *content_, digest, run.results);
  else
    run.work.settle(*content_, failed_, run.results);
  batch_ = nullptr;
  if (counts_as_large_) {
    --worker_.large_active;
    worker_.dealer.large_done();
  }
  worker_.recycle(this);
}

ContentInput* Worker::free_input() {
  if (free_.empty()) {
    inputs_.push_back(std::make_unique<ContentInput>(*this));
    return inputs_.back().get();
  }
  ContentInput* input = free_.back();
  free_.pop_back();
  return input;
}

std::shared_ptr<Batch> Worker::free_batch() {
  for (auto& batch : batches_)
    if (batch.use_count() == 1) return batch;
  batches_.push_back(std::make_shared<Batch>());
  return batches_.back();
}

/// Takes and reads the next batch. A batch that can't be read as a whole is read file by file, to find the bad ones.
bool Worker::start_batch() {
  batch_ = nullptr;
  if (run.progress.cancel.load(std::memory_order_relaxed)) return false;
  batch_left_ = dealer.next_batch();
  if (batch_left_.empty()) return false;
  batch_ = free_batch();
  const auto& contents = run.work.contents;
  batch_->start = byte_address(Lba{contents[batch_left_.front()].lba}).value;
  std::int64_t end = batch_->start, bytes = 0;
  for (std::uint32_t i : batch_left_) {
    end = std::max(end, byte_address(Lba{contents[i].lba}).value + contents[i].size);
    bytes += contents[i].size;
  }
  batch_->size = static_cast<std::size_t>(end - batch_->start);
  batch_readable_ = read_raw(raw, batch_->start, {batch_->bytes.get(), batch_->size});
  if (batch_readable_) run.progress.done.fetch_add(bytes, std::memory_order_relaxed);
  return true;
}

Md5Input* Worker::next_input() {
  if (const Content* content = dealer.next_large(large_active)) {
    ContentInput* input = free_input();
    ++large_active;
    input->open_stream(*content, true);
    return input;
  }
  if (batch_left_.empty() && !start_batch()) return nullptr;
  const Content& content = run.work.contents[batch_left_.front()];
  batch_left_ = batch_left_.subspan(1);
  ContentInput* input = free_input();
  if (batch_readable_)
    input->open_batched(content, batch_);
  else
    input->open_stream(content, false);
  return input;
}

}  // namespace

void check_parallel(const CheckRun& run) {
  std::int64_t bytes = 0;
  for (const Content& c : run.work.contents) bytes += c.size;
  const int cores = std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, 32);
  const int workers = bytes < kSmallWork ? 1 : cores;
  Dealer dealer(run.work, workers);
  auto work = [&] {
    Worker worker(run, dealer);
    md5_digest_all(md5_kernels().front(), worker);
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
}

}  // namespace core::image
