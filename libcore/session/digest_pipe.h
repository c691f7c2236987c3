// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the MD5 work off the thread that makes the image. libisofs hands over every block twice, once for the checksum
// of the file and once for that of the session, and reuses its buffer meanwhile. The pipe copies a block once, notes which
// digests want it, and a second thread runs them over 256 KiB at a time, two digests in one pass. Digests of short files
// are computed at once instead, because their result is asked for before a second thread could have answered.
//
// Use: one thread produces; it calls add(), settle() and forget(). Digests must be settled before anybody else looks at them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "libcore/base/md5.h"

namespace core::session {

/// A digest that may have bytes under way in a pipe. Trivially copyable once settled.
struct PipedMd5 {
  Md5Digester md5;
  std::size_t first_segment = 0;     ///< in the present batch, where to begin the search for bytes of this digest
  std::size_t bytes_in_batch = 0;    ///< bytes in the present batch
  std::uint64_t last_batch = 0;      ///< number of the last batch with its bytes that was given to the other thread, 0 = none
};

class DigestPipe {
 public:
  DigestPipe();
  ~DigestPipe();
  DigestPipe(const DigestPipe&) = delete;
  DigestPipe& operator=(const DigestPipe&) = delete;

  /// Adds bytes to a digest. The bytes are copied.
  void add(PipedMd5& digest, std::span<const std::byte> data);
  /// Returns after all bytes of `digest` have been processed.
  void settle(PipedMd5& digest);

 private:
  /// Neighbouring bytes which go into the same one or two digests.
  struct Segment {
    PipedMd5* first;
    PipedMd5* second;
    std::size_t offset, length;
    const std::byte* source;  ///< where the producer had the bytes when they were added; nullptr if merged
  };
  struct Batch {
    std::vector<std::byte> data;
    std::vector<Segment> segments;
    std::size_t used = 0;
  };

  void append(PipedMd5& digest, std::span<const std::byte> data, const std::byte* source);
  bool pair_with_last(PipedMd5& digest, std::span<const std::byte>& data);
  void merge_last();
  void process_now(PipedMd5& digest);
  void dispatch();
  bool start_worker();
  void wait_for_batch(std::uint64_t number);
  void work();
  static void process(Batch& batch);

  std::unique_ptr<Batch> batch_;              ///< being filled by the producer
  std::vector<PipedMd5*> short_digests_;      ///< those with bytes in batch_ but none given away yet
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Batch>> queue_, free_;
  std::uint64_t dispatched_ = 0, processed_ = 0;
  std::size_t batches_made_ = 1;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace core::session
