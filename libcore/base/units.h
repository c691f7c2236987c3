// SPDX-License-Identifier: GPL-3.0-or-later
//
// The three quantities that must not be mixed up: where a block is, how many blocks, how many bytes.
// A block is always the 2048 byte logical block of ECMA-119 6.1.2 and of MMC data media.
#pragma once

#include <compare>
#include <cstdint>

namespace core {

inline constexpr std::int64_t kBlockSize = 2048;

/// A number of bytes. May be negative only as a difference.
struct Bytes {
  std::int64_t value = 0;
  auto operator<=>(const Bytes&) const = default;
  constexpr Bytes& operator+=(Bytes b) { value += b.value; return *this; }
  constexpr Bytes& operator-=(Bytes b) { value -= b.value; return *this; }
};
constexpr Bytes operator+(Bytes a, Bytes b) { return {a.value + b.value}; }
constexpr Bytes operator-(Bytes a, Bytes b) { return {a.value - b.value}; }

/// A number of 2048 byte blocks.
struct Blocks {
  std::int64_t value = 0;
  auto operator<=>(const Blocks&) const = default;
  constexpr Blocks& operator+=(Blocks b) { value += b.value; return *this; }
  constexpr Blocks& operator-=(Blocks b) { value -= b.value; return *this; }
};
constexpr Blocks operator+(Blocks a, Blocks b) { return {a.value + b.value}; }
constexpr Blocks operator-(Blocks a, Blocks b) { return {a.value - b.value}; }
constexpr Bytes to_bytes(Blocks b) { return {b.value * kBlockSize}; }
/// Blocks needed to hold `b` bytes (rounded up).
constexpr Blocks blocks_for(Bytes b) { return {(b.value + kBlockSize - 1) / kBlockSize}; }

/// A logical block address.
struct Lba {
  std::int64_t value = 0;
  auto operator<=>(const Lba&) const = default;
  constexpr Lba& operator+=(Blocks b) { value += b.value; return *this; }
};
constexpr Lba operator+(Lba a, Blocks b) { return {a.value + b.value}; }
constexpr Lba operator-(Lba a, Blocks b) { return {a.value - b.value}; }
constexpr Blocks operator-(Lba a, Lba b) { return {a.value - b.value}; }
/// Byte offset of a block in an image that starts at block 0.
constexpr Bytes byte_address(Lba a) { return {a.value * kBlockSize}; }

}  // namespace core
