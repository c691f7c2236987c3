// SPDX-License-Identifier: GPL-3.0-or-later
//
// A CD sector as it is on the disc: READ CD can ask for any part of it (ECMA-130 14 and annex A, 22).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace core::burner {

using RawSector = std::array<std::byte, 2352>;

/// Sync, header, 2048 user bytes, EDC, zeros and ECC of a mode 1 sector.
RawSector mode1_sector(std::int64_t lba, std::span<const std::byte> user);

/// The 12 bytes of a Q sub-channel frame in mode 1, with CRC; addresses in BCD.
std::array<std::byte, 12> q_frame(int control, int track, std::int64_t lba, std::int64_t track_start);

}  // namespace core::burner
