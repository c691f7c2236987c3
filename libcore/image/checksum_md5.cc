// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lane scheduler of the multi-stream MD5, its plain kernel, and the single chain. A lane works on the
// current piece of its stream; when whole 64 byte blocks run out, the padding of RFC 1321 3.1 and 3.2 is made in a small
// buffer of the lane and digested as its last piece.
#include "libcore/image/checksum_md5.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "libcore/image/checksum_md5_kernels.h"

namespace core::image {

std::string md5_text(const Md5& digest) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(32);
  for (std::byte b : digest) {
    text += kHex[std::to_integer<int>(b) >> 4];
    text += kHex[std::to_integer<int>(b) & 15];
  }
  return text;
}

void Md5LaneStates::reset(int lane) {
  static constexpr std::uint32_t kStart[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (int w = 0; w < 4; ++w) words[w][lane] = kStart[w];
}

Md5 Md5LaneStates::digest(int lane) const {
  Md5 out;
  for (std::size_t w = 0; w < 4; ++w)
    for (std::size_t i = 0; i < 4; ++i) out[w * 4 + i] = static_cast<std::byte>(words[w][lane] >> (8 * i));
  return out;
}

namespace {

/// One lane's stream and what is left of its current piece.
struct Lane {
  Md5Input* input = nullptr;
  const std::byte* at = nullptr;
  std::size_t blocks = 0;     // whole blocks left at `at`
  std::size_t rest = 0;       // bytes behind them, only in a stream's last piece
  std::uint64_t total = 0;    // bytes of the stream seen so far
  bool ending = false;        // `at` points into the padding
  alignas(64) std::byte padding[128];

  void start(Md5Input* next) {
    input = next;
    total = 0;
    rest = 0;
    blocks = 0;
    ending = false;
  }

  /// Makes `blocks` positive, unless the stream is complete: then false.
  bool refill() {
    while (blocks == 0) {
      if (ending) return false;
      if (rest == 0) {
        auto piece = input->next();
        if (!piece.empty()) {
          total += piece.size();
          at = piece.data();
          blocks = piece.size() / 64;
          rest = piece.size() % 64;
          continue;
        }
      }
      end_stream();
    }
    return true;
  }

  void end_stream() {
    if (rest != 0) std::memcpy(padding, at, rest);
    std::size_t size = rest < 56 ? 64 : 128;
    std::memset(padding + rest, 0, size - rest);
    padding[rest] = std::byte{0x80};
    for (std::size_t i = 0; i < 8; ++i) padding[size - 8 + i] = static_cast<std::byte>((total * 8) >> (8 * i));
    at = padding;
    blocks = size / 64;
    rest = 0;
    ending = true;
  }
};

/// Up to this many chains the plain kernel, one chain after the other, beats the SIMD kernels (measured).
constexpr int kFewLanes = 2;

class Md5Scheduler {
 public:
  Md5Scheduler(const Md5Kernel& kernel, Md5InputQueue& queue) : kernel_(kernel), queue_(queue) {}
  void run();

 private:
  void fill_lanes();
  void retire(int lane);            // hands over the digest; the last active lane moves to its place
  std::size_t refill_lanes();       // returns the number of blocks all active lanes have at hand
  void advance(std::size_t step);

  const Md5Kernel& kernel_;
  Md5InputQueue& queue_;
  Md5LaneStates states_;
  std::array<Lane, kMaxMd5Lanes> lanes_;
  int active_ = 0;
  bool asking_ = true;              // false after the queue had nothing, until a lane ends
};

void Md5Scheduler::fill_lanes() {
  while (asking_ && active_ < kernel_.lanes) {
    Md5Input* next = queue_.next_input();
    if (next == nullptr) {
      asking_ = false;
      return;
    }
    lanes_[active_].start(next);
    states_.reset(active_++);
  }
}

void Md5Scheduler::retire(int lane) {
  lanes_[lane].input->finish(states_.digest(lane));
  asking_ = true;
  --active_;
  if (lane == active_) return;
  const Lane& from = lanes_[active_];
  const std::ptrdiff_t in_padding = from.at - from.padding;
  lanes_[lane] = from;
  if (from.ending) lanes_[lane].at = lanes_[lane].padding + in_padding;
  for (auto& word : states_.words) word[lane] = word[active_];
}

std::size_t Md5Scheduler::refill_lanes() {
  std::size_t step = SIZE_MAX;
  for (int l = 0; l < active_; ++l) {
    while (l < active_ && !lanes_[l].refill()) {
      retire(l);
      fill_lanes();
    }
    if (l < active_) step = std::min(step, lanes_[l].blocks);
  }
  return step;
}

void Md5Scheduler::advance(std::size_t step) {
  std::array<const std::byte*, kMaxMd5Lanes> data;
  // Idle lanes of the kernel digest the bytes of lane 0 along, to no effect. See kFewLanes.
  if (active_ <= kFewLanes) {
    for (int l = 0; l < active_; ++l) {
      Md5LaneStates one;
      for (int w = 0; w < 4; ++w) one.words[w][0] = states_.words[w][l];
      data[0] = lanes_[l].at;
      md5_kernels().back().advance(one, data.data(), step);
      for (int w = 0; w < 4; ++w) states_.words[w][l] = one.words[w][0];
    }
  } else {
    for (int l = 0; l < kernel_.lanes; ++l) data[l] = lanes_[l < active_ ? l : 0].at;
    kernel_.advance(states_, data.data(), step);
  }
  for (int l = 0; l < active_; ++l) {
    lanes_[l].at += step * 64;
    lanes_[l].blocks -= step;
  }
}

void Md5Scheduler::run() {
  for (;;) {
    fill_lanes();
    const std::size_t step = refill_lanes();
    if (active_ == 0) return;
    advance(step);
  }
}

}  // namespace

void md5_digest_all(const Md5Kernel& kernel, Md5InputQueue& queue) { Md5Scheduler(kernel, queue).run(); }

// --- one chain -------------------------------------------------------------------------------------------------------

Md5 Md5Chain::peek() const {
  Md5 out{};
  Md5Digester copy = digester_;
  copy.finish(out);
  return out;
}

Md5 md5_of(std::span<const std::byte> bytes) {
  Md5Chain chain;
  chain.update(bytes);
  return chain.peek();
}

}  // namespace core::image
