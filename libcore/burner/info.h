// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be told about a disc and a drive: plain values for `vburn info` and for tests. Nothing here is stored; it is
// derived from the disc's state when asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/units.h"
#include "libcore/burner/media.h"

namespace core::burner {

/// Disc status of READ DISC INFORMATION (MMC-6 6.22), bits 1-0.
enum class DiscStatus { blank = 0, appendable = 1, complete = 2, other = 3 };

struct TrackInfo {
  int number = 0;
  int session = 0;
  bool audio = false;
  std::string_view state;      ///< invisible, reserved, incomplete, complete, damaged
  std::string_view recording;  ///< pressed, track-at-once, session-at-once, disc-at-once, incremental, packet, overwrite
  Lba start{0};
  Blocks size{0};
  bool nwa_valid = false;
  Lba nwa{0};
  Blocks free{0};
};

struct SessionInfo {
  int number = 0;
  std::string_view state;  ///< empty, incomplete, damaged, complete
  int first_track = 0;
  int last_track = 0;
  Lba start{0};
  Lba lead_out{0};         ///< only of a complete session
};

struct FormatInfo {
  int type = 0;            ///< format type of MMC-6 6.24.3
  Blocks size{0};
  std::uint32_t parameter = 0;
};

struct RangeInfo {
  Lba first{0};
  Blocks count{0};
};

struct WearInfo {
  int limit = 0;               ///< overwrites a unit stands, 0 = write once
  int maximum = 0;             ///< overwrites of the most used unit
  double mean = 0;             ///< over the units written at least once
  Blocks spare_total{0};
  Blocks spare_used{0};
  std::vector<RangeInfo> defects;  ///< remapped
};

struct DiscInfo {
  Medium medium = Medium::cd_rom;
  std::string_view medium_name;
  std::uint16_t profile = 0;
  std::string_view profile_name;
  DiscStatus status = DiscStatus::blank;
  std::string_view format_state;  ///< unformatted, formatted, intermediate, or of DVD+RW: suspended, running; interrupted; "" if no matter
  Blocks capacity{0};             ///< all that could be written, with the present format
  Blocks free{0};                 ///< writable now
  std::vector<SessionInfo> sessions;
  std::vector<TrackInfo> tracks;
  std::vector<FormatInfo> formats;
  std::vector<RangeInfo> written;
  WearInfo wear;
  std::uint32_t disc_id = 0;
};

struct DriveInfo {
  std::string vendor, product, revision, serial;
  bool tray_open = false;
  bool locked = false;
  bool medium = false;
  std::int64_t busy_us = 0;       ///< background job: time left
  std::int64_t commands = 0;      ///< executed since power on
};

}  // namespace core::burner
