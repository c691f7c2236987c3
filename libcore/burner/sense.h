// SPDX-License-Identifier: GPL-3.0-or-later
//
// The outcomes of commands, in one place: every refusal the device can give is named here and nowhere else made up of
// numbers (SPC-4 4.5, MMC-6 annex F).
#pragma once

#include <cstdint>

#include "libcore/burner/device.h"

namespace core::burner {

/// Outcome of a command. Key 0: good. Key 1: executed, with a remark.
struct Sense {
  std::uint8_t key = 0;
  std::uint8_t asc = 0;
  std::uint8_t ascq = 0;
  std::int64_t block = -1;  ///< INFORMATION field, -1 = none
  int progress = -1;        ///< 0..65535 as sense key specific progress, -1 = none

  constexpr bool good() const { return key == 0; }
  constexpr bool executed() const { return key <= 1; }
  constexpr Sense at(std::int64_t lba) const { return {key, asc, ascq, lba, progress}; }
  constexpr Sense with_progress(int p) const { return {key, asc, ascq, block, p}; }
};

namespace sense {
inline constexpr Sense good{};
inline constexpr Sense recovered{1, 0x18, 0x00};
// NOT READY
inline constexpr Sense becoming_ready{2, 0x04, 0x01};
inline constexpr Sense formatting{2, 0x04, 0x04};
inline constexpr Sense operation_in_progress{2, 0x04, 0x07};
inline constexpr Sense long_write{2, 0x04, 0x08};
inline constexpr Sense no_medium_closed{2, 0x3a, 0x01};
inline constexpr Sense no_medium_open{2, 0x3a, 0x02};
// MEDIUM ERROR, HARDWARE ERROR
inline constexpr Sense write_error{3, 0x0c, 0x00};
inline constexpr Sense read_error{3, 0x11, 0x05};
inline constexpr Sense unrecovered_read{3, 0x11, 0x00};
inline constexpr Sense medium_corrupted{3, 0x31, 0x00};
inline constexpr Sense format_failed{3, 0x31, 0x01};
inline constexpr Sense calibration_full{3, 0x73, 0x01};
inline constexpr Sense calibration_error{3, 0x73, 0x03};
inline constexpr Sense storage_failed{4, 0x44, 0x00};
// ILLEGAL REQUEST
inline constexpr Sense parameter_length{5, 0x1a, 0x00};
inline constexpr Sense invalid_opcode{5, 0x20, 0x00};
inline constexpr Sense address_out_of_range{5, 0x21, 0x00};
inline constexpr Sense invalid_write_address{5, 0x21, 0x02};
inline constexpr Sense invalid_field{5, 0x24, 0x00};
inline constexpr Sense invalid_parameter{5, 0x26, 0x00};
inline constexpr Sense sequence_error{5, 0x2c, 0x00};
inline constexpr Sense cannot_read_incompatible{5, 0x30, 0x02};
inline constexpr Sense cannot_write_incompatible{5, 0x30, 0x05};
inline constexpr Sense cannot_format_incompatible{5, 0x30, 0x06};
inline constexpr Sense saving_not_supported{5, 0x39, 0x00};
inline constexpr Sense removal_prevented{5, 0x53, 0x02};
inline constexpr Sense end_of_track{5, 0x63, 0x00};
inline constexpr Sense illegal_mode{5, 0x64, 0x00};
inline constexpr Sense session_fixation{5, 0x72, 0x00};
inline constexpr Sense incomplete_track{5, 0x72, 0x03};
inline constexpr Sense empty_reserved_track{5, 0x72, 0x04};
inline constexpr Sense no_more_reservations{5, 0x72, 0x05};
// UNIT ATTENTION, BLANK CHECK
inline constexpr Sense medium_changed{6, 0x28, 0x00};
inline constexpr Sense power_on{6, 0x29, 0x00};
inline constexpr Sense blank_check{8, 0x00, 0x00};
}  // namespace sense

/// Fixed format sense data, 18 bytes, response code 70h.
SenseBytes to_bytes(const Sense& sense);

}  // namespace core::burner
