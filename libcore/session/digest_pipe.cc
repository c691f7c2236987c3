// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/digest_pipe.h"

#include <algorithm>
#include <cstring>
#include <system_error>

namespace core::session {
namespace {

constexpr std::size_t kBatchSize = 256 << 10;
constexpr std::size_t kMaxBatches = 8;
/// A digest with fewer bytes in a batch is computed by the producer.
constexpr std::size_t kShort = 64 << 10;

}  // namespace

DigestPipe::DigestPipe() : batch_(std::make_unique<Batch>()) { batch_->data.resize(kBatchSize); }

DigestPipe::~DigestPipe() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
}

void DigestPipe::add(PipedMd5& digest, std::span<const std::byte> data) {
  if (data.size() > kBatchSize / 2) {  // not what an image maker does; no reason to copy
    settle(digest);
    digest.md5.update(data);
    return;
  }
  if (pair_with_last(digest, data) && data.empty()) return;
  if (batch_->used + data.size() > kBatchSize) dispatch();
  append(digest, data, data.data());
}

/// The same bytes for a second digest: true if the last segment took them. `data` is what is left of them then.
bool DigestPipe::pair_with_last(PipedMd5& digest, std::span<const std::byte>& data) {
  if (batch_->segments.empty()) return false;
  Segment& last = batch_->segments.back();
  if (last.source != data.data() || last.second != nullptr || last.first == &digest || last.length > data.size()) return false;
  if (std::memcmp(batch_->data.data() + last.offset, data.data(), last.length) != 0) return false;
  if (digest.bytes_in_batch == 0) {
    digest.first_segment = batch_->segments.size() - 1;
    if (digest.last_batch == 0) short_digests_.push_back(&digest);
  }
  digest.bytes_in_batch += last.length;
  last.second = &digest;
  last.source = nullptr;
  data = data.subspan(last.length);
  merge_last();
  return true;
}

void DigestPipe::append(PipedMd5& digest, std::span<const std::byte> data, const std::byte* source) {
  if (data.empty()) return;
  if (digest.bytes_in_batch == 0) {
    digest.first_segment = batch_->segments.size();
    if (digest.last_batch == 0) short_digests_.push_back(&digest);
  }
  digest.bytes_in_batch += data.size();
  std::copy(data.begin(), data.end(), batch_->data.begin() + static_cast<std::ptrdiff_t>(batch_->used));
  batch_->segments.push_back({&digest, nullptr, batch_->used, data.size(), source});
  batch_->used += data.size();
}

/// Joins the last segment with the one before it if both go to the same digests, so that long runs stay one segment.
void DigestPipe::merge_last() {
  auto& segments = batch_->segments;
  if (segments.size() < 2) return;
  Segment& before = segments[segments.size() - 2];
  const Segment& last = segments.back();
  if (before.first != last.first || before.second != last.second) return;
  before.length += last.length;
  segments.pop_back();
}

void DigestPipe::settle(PipedMd5& digest) {
  if (digest.bytes_in_batch > 0) {
    if (digest.last_batch == 0)
      process_now(digest);
    else
      dispatch();
  }
  if (digest.last_batch != 0) wait_for_batch(digest.last_batch);
  std::erase(short_digests_, &digest);
  digest.last_batch = 0;
}

/// Runs a digest over its bytes in the present batch and takes it out of the segments.
void DigestPipe::process_now(PipedMd5& digest) {
  for (std::size_t i = digest.first_segment; i < batch_->segments.size(); ++i) {
    Segment& s = batch_->segments[i];
    if (s.first != &digest && s.second != &digest) continue;
    digest.md5.update(std::span(batch_->data).subspan(s.offset, s.length));
    (s.first == &digest ? s.first : s.second) = nullptr;
    s.source = nullptr;
  }
  digest.bytes_in_batch = 0;
}

void DigestPipe::dispatch() {
  if (batch_->used == 0) return;
  for (PipedMd5* digest : short_digests_)
    if (digest->bytes_in_batch > 0 && digest->bytes_in_batch < kShort) process_now(*digest);
  short_digests_.clear();
  std::unique_lock lock(mutex_);
  const std::uint64_t number = ++dispatched_;
  for (const Segment& s : batch_->segments)
    for (PipedMd5* digest : {s.first, s.second})
      if (digest != nullptr) digest->bytes_in_batch = 0, digest->last_batch = number;
  if (!start_worker()) {
    process(*batch_);
    processed_ = number;
    return;
  }
  queue_.push_back(std::move(batch_));
  changed_.notify_all();
  if (free_.empty() && batches_made_ < kMaxBatches) {
    ++batches_made_;
    free_.push_back(std::make_unique<Batch>());
    free_.back()->data.resize(kBatchSize);
  }
  changed_.wait(lock, [this] { return !free_.empty(); });
  batch_ = std::move(free_.back());
  free_.pop_back();
}

/// False if the system has no thread to spare: then the producer has to do the work.
bool DigestPipe::start_worker() {
  if (worker_.joinable()) return true;
  try {
    worker_ = std::thread([this] { work(); });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

void DigestPipe::wait_for_batch(std::uint64_t number) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return processed_ >= number; });
}

void DigestPipe::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    std::unique_ptr<Batch> batch = std::move(queue_.front());
    queue_.erase(queue_.begin());
    lock.unlock();
    process(*batch);
    lock.lock();
    ++processed_;
    free_.push_back(std::move(batch));
    changed_.notify_all();
  }
}

void DigestPipe::process(Batch& batch) {
  for (const Segment& s : batch.segments) {
    const auto data = std::span<const std::byte>(batch.data).subspan(s.offset, s.length);
    if (s.first != nullptr && s.second != nullptr)
      Md5Digester::update_both(s.first->md5, s.second->md5, data);
    else if (s.first != nullptr || s.second != nullptr)
      (s.first != nullptr ? s.first : s.second)->md5.update(data);
  }
  batch.segments.clear();
  batch.used = 0;
}

}  // namespace core::session
