// SPDX-License-Identifier: GPL-3.0-or-later
//
// Minute:second:frame addresses of CD (MMC-6 4.2.3.3): LBA 0 is 00:02:00; the lead-in before it counts from 97:xx on.
#pragma once

#include "libcore/burner/request.h"

namespace core::burner {

struct Msf {
  int minute, second, frame;
};

constexpr Msf to_msf(std::int64_t lba) {
  const std::int64_t n = lba + 150 + (lba < -150 ? 450000 : 0);
  return {static_cast<int>(n / 4500), static_cast<int>(n / 75 % 60), static_cast<int>(n % 75)};
}

/// Four bytes: 0, M, S, F. Minutes beyond 255 (no CD has them) are cut.
inline void put_msf(Answer& a, std::int64_t lba) {
  const Msf m = to_msf(lba);
  a.u8(0).u8(m.minute).u8(m.second).u8(m.frame);
}

}  // namespace core::burner
