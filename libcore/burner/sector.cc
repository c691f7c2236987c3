// SPDX-License-Identifier: GPL-3.0-or-later
//
// EDC: CRC with polynomial (x^16 + x^15 + x^2 + 1)(x^16 + x^2 + x + 1), least significant bit first (ECMA-130 14.3). ECC: two
// Reed-Solomon codes over GF(2^8) with x^8 + x^4 + x^3 + x^2 + 1, 86 columns of 24 and 52 diagonals of 43 (annex A).
#include "libcore/burner/sector.h"

#include <algorithm>

#include "libcore/burner/msf.h"

namespace core::burner {
namespace {

std::byte bcd(int v) { return static_cast<std::byte>((v / 10) << 4 | v % 10); }

std::uint32_t edc(std::span<const std::byte> data) {
  std::uint32_t crc = 0;
  for (const std::byte b : data) {
    crc ^= std::to_integer<std::uint32_t>(b);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ (crc & 1 ? 0xd8018001u : 0);
  }
  return crc;
}

std::uint8_t times_alpha(std::uint8_t v) { return static_cast<std::uint8_t>((v << 1) ^ (v & 0x80 ? 0x1d : 0)); }

/// v / (1 + alpha), by search: done 2*138 times per sector at most, over a table made once.
std::uint8_t over_one_plus_alpha(std::uint8_t v) {
  static const std::array<std::uint8_t, 256> table = [] {
    std::array<std::uint8_t, 256> t{};
    for (int i = 0; i < 256; ++i)
      t[static_cast<std::size_t>(i ^ times_alpha(static_cast<std::uint8_t>(i)))] = static_cast<std::uint8_t>(i);
    return t;
  }();
  return table[v];
}

/// Parities of one code: `major` code words of `minor` symbols, written behind each other to `out`.
void parity(const std::byte* data, std::size_t major, std::size_t minor, std::size_t major_step, std::size_t minor_step,
            std::byte* out) {
  const std::size_t size = major * minor;
  for (std::size_t word = 0; word < major; ++word) {
    std::size_t at = (word >> 1) * major_step + (word & 1);
    std::uint8_t a = 0;
    std::uint8_t b = 0;
    for (std::size_t i = 0; i < minor; ++i) {
      const auto v = std::to_integer<std::uint8_t>(data[at]);
      at += minor_step;
      if (at >= size) at -= size;
      a = times_alpha(static_cast<std::uint8_t>(a ^ v));
      b = static_cast<std::uint8_t>(b ^ v);
    }
    const std::uint8_t first = over_one_plus_alpha(static_cast<std::uint8_t>(times_alpha(a) ^ b));
    out[word] = static_cast<std::byte>(first);
    out[word + major] = static_cast<std::byte>(first ^ b);
  }
}

}  // namespace

RawSector mode1_sector(std::int64_t lba, std::span<const std::byte> user) {
  RawSector s{};
  std::fill(s.begin() + 1, s.begin() + 11, std::byte{0xff});
  const Msf m = to_msf(lba);
  s[12] = bcd(m.minute);
  s[13] = bcd(m.second);
  s[14] = bcd(m.frame);
  s[15] = std::byte{1};
  std::copy_n(user.begin(), std::min<std::size_t>(user.size(), 2048), s.begin() + 16);
  const std::uint32_t crc = edc(std::span(s).first(2064));
  for (std::size_t i = 0; i < 4; ++i) s[2064 + i] = static_cast<std::byte>(crc >> (8 * i) & 0xff);
  parity(s.data() + 12, 86, 24, 2, 86, s.data() + 2076);
  parity(s.data() + 12, 52, 43, 86, 88, s.data() + 2076 + 172);
  return s;
}

std::array<std::byte, 12> q_frame(int control, int track, std::int64_t lba, std::int64_t track_start) {
  std::array<std::byte, 12> q{};
  const Msf absolute = to_msf(lba);
  const Msf relative = to_msf(lba - track_start - 150);
  q[0] = static_cast<std::byte>(control << 4 | 1);
  q[1] = bcd(track);
  q[2] = bcd(1);
  q[3] = bcd(relative.minute);
  q[4] = bcd(relative.second);
  q[5] = bcd(relative.frame);
  q[7] = bcd(absolute.minute);
  q[8] = bcd(absolute.second);
  q[9] = bcd(absolute.frame);
  std::uint16_t crc = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    crc = static_cast<std::uint16_t>(crc ^ std::to_integer<unsigned>(q[i]) << 8);
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<std::uint16_t>(crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0));
  }
  q[10] = static_cast<std::byte>(~crc >> 8 & 0xff);
  q[11] = static_cast<std::byte>(~crc & 0xff);
  return q;
}

}  // namespace core::burner
