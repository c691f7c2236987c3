// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which session of the input medium is in memory, and what it offers.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libcore/base/units.h"

namespace xorriso {

struct LoadedSession {
  bool valid = false;          ///< false: nothing loaded, or a blank medium
  core::Lba start;
  std::string offers, trees;   ///< words of the lines "ISO offers" and "ISO loaded"
  std::array<std::string, 4> times;  ///< creation, modification, expiration, effect of the volume; 16 digits
  std::string system_area;     ///< what was recognised in the system area: "MBR isohybrid ..."
  std::vector<std::string> boot_image_options;  ///< per boot image, as status lines show them
  bool boot_record = false;
  std::string boot_catalog;
  std::vector<std::string> boot_images;
};

}  // namespace xorriso
