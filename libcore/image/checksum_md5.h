// SPDX-License-Identifier: GPL-3.0-or-later
//
// MD5 (RFC 1321) of many byte streams at once. One digest is a serial chain that leaves most of a processor core idle;
// here up to 16 independent chains go through the SIMD lanes side by side. Plain chains are left to Md5Digester.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "libcore/base/md5.h"

namespace core::image {

using Md5 = std::array<std::byte, 16>;

/// 32 lower case hex digits.
std::string md5_text(const Md5& digest);

/// Most chains that any kernel takes side by side.
inline constexpr int kMaxMd5Lanes = 16;

/// Chaining values of all lanes: word w of lane l stands at words[w][l].
struct alignas(64) Md5LaneStates {
  std::uint32_t words[4][kMaxMd5Lanes];
  void reset(int lane);
  Md5 digest(int lane) const;
};

/// One way to advance `lanes` chains by `blocks` blocks of 64 bytes each, lane l reading from data[l].
struct Md5Kernel {
  const char* name;
  int lanes;
  void (*advance)(Md5LaneStates& states, const std::byte* const* data, std::size_t blocks);
};

/// All kernels this processor can run, best first; the last one is plain C++ and always there.
std::span<const Md5Kernel> md5_kernels();

/// Where the bytes of a stream come from, piece by piece.
class Md5Input {
 public:
  virtual ~Md5Input() = default;
  /// The next piece, valid until the next call. All pieces but the last are multiples of 64 bytes. Empty = end.
  virtual std::span<const std::byte> next() = 0;
  /// Takes the digest of the whole stream.
  virtual void finish(const Md5& digest) = 0;
};

/// Hands out streams: the next one to digest, or nullptr if there is none now. Asked again whenever a stream has ended,
/// where nullptr ends the work if no other stream is being digested. Stays owner.
class Md5InputQueue {
 public:
  virtual ~Md5InputQueue() = default;
  virtual Md5Input* next_input() = 0;
};

/// Digests all streams of the queue, keeping the lanes of `kernel` busy as long as there is more than one.
void md5_digest_all(const Md5Kernel& kernel, Md5InputQueue& queue);

/// MD5 of bytes that come in pieces, as one chain. Copyable in the middle (peek).
class Md5Chain {
 public:
  Md5Chain() = default;
  Md5Chain(const Md5Chain&) = delete;
  Md5Chain& operator=(const Md5Chain&) = delete;
  void restart() { digester_ = {}; }
  void update(std::span<const std::byte> bytes) { digester_.update(bytes); }
  /// Digest of what came so far; the chain can go on.
  Md5 peek() const;

 private:
  Md5Digester digester_;
};

/// MD5 of one buffer.
Md5 md5_of(std::span<const std::byte> bytes);

}  // namespace core::image
