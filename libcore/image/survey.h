// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a session offers before and beside its tree: which kinds of directory tree its volume descriptors announce
// (ECMA-119 8, Joliet, ISO/IEC 9660:1999, SUSP), and which boot equipment a loaded image carries (El Torito).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

struct TreeOffer {
  bool is_iso = false;            ///< a primary volume descriptor stands at start + 16
  bool rock_ridge = false, joliet = false, iso_1999 = false, el_torito = false;
  std::string volume_id;
  Blocks size;                    ///< volume space size
  std::array<std::string, 4> times;  ///< ECMA-119 8.4.26 to 8.4.29, the 16 digits of each
};

/// Reads the volume descriptors of the session at `session_start`, and the first record of its root directory.
/// Addresses in the descriptors are corrected by `displacement`.
Result<TreeOffer> survey_session(BlockSource& source, Lba session_start, Blocks displacement);

struct BootEquipment {
  bool present = false;
  std::string catalog_path;       ///< empty: not in the tree
  std::vector<std::string> image_paths;
};
BootEquipment boot_equipment(const Image& image);

}  // namespace core::image
