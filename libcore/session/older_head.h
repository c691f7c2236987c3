// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes an older session of an overwritable medium the current one again. The volume descriptors at block 16 of the medium
// tell which tree is in effect; each emulated session keeps its own set of them behind its own start.
#pragma once

#include <cstddef>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::session {

/// Size of the emulated table of content's head at block 0.
inline constexpr Blocks kHeadSize{32};

/// Volume space size (ECMA-119 8.4.8) told by the primary volume descriptor of the session at `start`.
Result<Blocks> volume_space(BlockSource& source, Lba start);

/// The 64 KiB for block 0 which make the session at `start` the current one and let the medium's volume be `total` blocks
/// long. Checksum tags are replaced by the form for relocated heads.
Result<std::vector<std::byte>> head_of_session(BlockSource& source, Lba start, Blocks total);

}  // namespace core::session
