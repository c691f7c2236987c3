// SPDX-License-Identifier: GPL-3.0-or-later
//
// BLANK and FORMAT UNIT: what they do to each medium.
#pragma once

#include <cstdint>

#include "libcore/burner/disc.h"
#include "libcore/burner/platter.h"
#include "libcore/burner/sense.h"

namespace core::burner {

/// BLANK (MMC-6 6.2), type 0 whole disc, 1 minimal.
Sense blank_medium(Disc& disc, Platter& platter, int type);

struct FormatRequest {
  int code = 1;         ///< format code of the command block: 1, or 7 (CD-RW only, old)
  int type = 0;
  int subtype = 0;
  std::int64_t blocks = 0;
  std::uint32_t parameter = 0;
};

/// FORMAT UNIT (MMC-6 6.5). DVD+RW is left in state `running`: finishing the background is up to the caller.
Sense format_medium(Disc& disc, Platter& platter, const FormatRequest& request);

}  // namespace core::burner
