// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a session goes and what it may refer to. All address arithmetic of writing is here.
//
// Growing adds a session to the medium from which the image was loaded, and leaves the old content where it is.
// Modifying writes a complete new image to a blank medium, old content included. Blind growing makes a session for a medium
// that somebody else will write: its addresses are made for there, its bytes go to the start of the output.
#pragma once

#include <optional>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/drive/drive.h"

namespace core::session {

enum class Method { fresh, growing, modifying, blind_growing };

/// Size of the area at the start of overwritable media that points to the newest session, and the alignment of sessions there.
inline constexpr Blocks kHeadBlocks{32};

/// What is known before the plan is made.
struct Situation {
  bool same_drive = false;                     ///< the image was loaded from the output drive, or would have been
  bool image_loaded = false;                   ///< the tree stems from a session on the input drive
  drive::MediumStatus status = drive::MediumStatus::blank;  ///< of the output medium
  bool overwritable = false;                   ///< the output medium has no sessions of its own
  bool readable = true;                        ///< what is written can be read back; not so through write-only descriptors
  bool emulate_toc = true;                     ///< preserve the session history on overwritable media
  std::optional<Lba> next_writable;            ///< of the output medium; unset if it has none (pipes)
  Blocks partition_offset;                     ///< a second set of descriptors will stand there
  std::optional<Lba> blind_address;            ///< where a blindly grown session will finally stand
};

struct Plan {
  Method method = Method::fresh;
  Lba image_start;               ///< the addresses inside the session are made for this start
  Lba write_start;               ///< where the bytes go on the output medium
  bool refers_to_older = false;  ///< content of older sessions is not copied
  bool activates_head = false;   ///< blocks 0 to 31 have to be overwritten after the session is complete
  Blocks head{kHeadBlocks};      ///< size of the head, if it gets activated
  Blocks granularity{1};         ///< the number of written blocks is a multiple of this
};

/// Fails if the output medium can't take this session.
Result<Plan> make_plan(const Situation& situation);

/// Number of blocks to be written for an image of `produced` blocks followed by `padding`.
Blocks blocks_on_medium(const Plan& plan, Blocks produced, Bytes padding);

}  // namespace core::session
