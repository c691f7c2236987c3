// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sense data as bytes: SPC-4 4.5.3 (fixed format), progress by SPC-4 4.5.2.4.4.
#include "libcore/burner/sense.h"

namespace core::burner {

SenseBytes to_bytes(const Sense& s) {
  SenseBytes b{};
  const auto put = [&b](std::size_t at, std::int64_t value) { b[at] = static_cast<std::byte>(value & 0xff); };
  put(0, s.block >= 0 ? 0xf0 : 0x70);
  put(2, s.key);
  if (s.block >= 0)
    for (int i = 0; i < 4; ++i) put(static_cast<std::size_t>(3 + i), s.block >> (24 - 8 * i));
  put(7, 10);
  put(12, s.asc);
  put(13, s.ascq);
  if (s.progress >= 0) {
    put(15, 0x80);
    put(16, s.progress >> 8);
    put(17, s.progress);
  }
  return b;
}

}  // namespace core::burner
