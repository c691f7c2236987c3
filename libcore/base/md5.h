// SPDX-License-Identifier: GPL-3.0-or-later
//
// MD5 (RFC 1321) as image production needs it. Every block of a data file goes into two checksums, that of the file and
// that of the session. MD5 is one serial chain of additions, so that a processor has most of its units idle: two chains
// over the same bytes in one loop take the time of one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace core {

class Md5Digester {
 public:
  void update(std::span<const std::byte> data);
  /// Pads and yields the 16 bytes of the digest. The object is used up.
  void finish(std::span<std::byte, 16> digest);
  std::uint64_t length() const { return length_; }

  /// Same as a.update(data); b.update(data). Faster if both have got a multiple of 64 bytes up to now.
  static void update_both(Md5Digester& a, Md5Digester& b, std::span<const std::byte> data);

 private:
  std::uint32_t state_[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  std::uint64_t length_ = 0;
  std::byte rest_[64];
};

}  // namespace core
