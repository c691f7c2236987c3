// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cue sheet of session-at-once recording on CD (MMC-6 6.33): read, checked, and turned into the plan of which
// addresses are written with how many bytes each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libcore/burner/sense.h"
#include "libcore/burner/state.h"

namespace core::burner {

/// LBA of a minute:second:frame address; minutes from 90 on lie before the first session (MMC-6 4.2.3.3).
std::int64_t msf_to_lba(int minute, int second, int frame);

struct CueSpan {
  std::int64_t first = 0;
  std::int64_t end = 0;
  int bytes = 0;       ///< per sector from the host; 0: the drive makes it up
  int user_offset = 0; ///< where the 2048 user bytes begin in a raw data sector
  int track = -1;      ///< index into tracks; -1 in lead-in and in a pregap
};

struct CuePlan {
  std::vector<CueSpan> spans;  ///< without gaps, ascending
  std::vector<Track> tracks;   ///< start, size, control; numbers counted from 1
  std::int64_t lead_out = 0;

  /// Span of this address, nullptr outside.
  const CueSpan* span_at(std::int64_t lba) const;
};

/// Reads a sheet for a session whose first track starts at `start`, on a disc with `limit` sectors, with a lead-in
/// from `lead_in` on. `plan` is valid if the sense is good.
Sense read_cue_sheet(std::span<const std::byte> sheet, std::int64_t start, std::int64_t limit, std::int64_t lead_in,
                     CuePlan& plan);

/// CD-TEXT packs out of lead-in sub-channel data: 4 packs of 18 bytes in 96 bytes of six bit symbols. Adds to `packs`
/// until they begin to repeat.
void collect_cd_text(std::span<const std::byte> sub_channel, std::string& packs);

}  // namespace core::burner
