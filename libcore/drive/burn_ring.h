// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ring between a producer of large pieces and libburn, which pulls single blocks. The consumer holds the chunk it is
// reading from without a lock; the lock is taken once per chunk.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "libcore/base/units.h"

namespace burn {
struct burn_source;
}

namespace core::drive {

class BurnRing {
 public:
  static constexpr std::size_t kChunk = 256 * 1024;
  static constexpr std::size_t kChunks = 8;

  /// Producer: copies what fits, waits at most `patience` for room. Returns the number of bytes taken.
  std::size_t put(std::span<const std::byte> bytes, std::chrono::milliseconds patience);
  /// Producer: no more bytes will come.
  void end_of_data();
  /// Producer: the consumer's next read fails.
  void cancel();
  /// True if the consumer ended before it saw the end of data.
  bool abandoned() const { return abandoned_; }

  /// Consumer: fills the buffer except at the end of data. -1 after cancel().
  int get(unsigned char* buffer, int size);
  void abandon();
  /// Waits until the thread that called get() has ended, but not for ever. True at once if nobody called it.
  bool wait_for_consumer(std::chrono::milliseconds patience);

  std::mutex& mutex() { return mutex_; }
  void wait_for_event(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds patience) { changed_.wait_for(lock, patience); }

  /// A burn_source which reads from this ring and keeps it alive. Null if there is no memory.
  static burn::burn_source* make_source(const std::shared_ptr<BurnRing>& ring, Bytes size);

 private:
  struct Chunk { std::vector<std::byte> data = std::vector<std::byte>(kChunk); std::size_t size = 0; };
  struct Presence;
  void publish_filling();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Chunk, kChunks> chunks_;
  std::size_t first_ = 0, count_ = 0;  ///< full chunks; the one behind them is being filled
  std::size_t filled_ = 0;             ///< of the chunk being filled; producer only
  std::size_t taken_ = 0;              ///< of the first full chunk; consumer only
  bool end_ = false, canceled_ = false;
  bool consumed_from_ = false;           ///< by a thread that is still there
  std::weak_ptr<BurnRing> self_;
  std::atomic<bool> abandoned_{false};
};

}  // namespace core::drive
