// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells for the blocks of a medium whether they can be read, how fast, and whether the checksum tags that libisofs
// writes into sessions confirm what was read. Needs no image tree.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/image/sector_map.h"

namespace core::image {

/// What is known about a block, from best to worst.
enum class Quality { good, md5_match, slow, partial, valid, untested, md5_mismatch, invalid, tao_end, off_track, unreadable };

std::string_view quality_name(Quality q);
/// Empty if there is no such word.
std::optional<Quality> parse_quality(std::string_view word);
/// '+' readable, '-' damaged, '0' neither: untested, or not meant to be read. `bad_limit` is the best of the bad ones.
char quality_class(Quality q, Quality bad_limit);

struct Region {
  Lba start;
  Blocks size;
  Quality quality;
};

/// A range of blocks to be read. Digesting starts at `session_start`, if that is inside.
struct CheckRange {
  Lba start;
  Blocks size;
  Lba session_start;
};

struct MediaCheckOptions {
  Blocks chunk{};                        ///< Of one read; 0 = automatic.
  enum class Retry { by_medium, on, off } retry = Retry::by_medium;
  Blocks retry_unit{1};                  ///< Smallest sensible read: 1 on CD and files, 16 on DVD, 32 on BD.
  bool retry_by_medium = false;          ///< What Retry::by_medium means here.
  std::chrono::duration<double> slow{1.0};
  std::chrono::seconds time_limit{-1};   ///< Negative = none.
  std::int64_t item_limit = -1;          ///< Regions; negative = none.
  std::string abort_file;                ///< Ends the run if it appears or is touched; empty = none.
  bool check_md5 = false;                ///< Look out for checksum tags.
};

struct MediaCheck {
  std::vector<Region> regions;           ///< Ascending within each range.
  std::vector<Region> md5_ranges;        ///< md5_match or md5_mismatch.
  Blocks blocks_read;
};

/// Reads the ranges one after the other. Blocks that `map` knows as valid are not read again; blocks read now are not
/// entered. `take` gets what was read, in ascending order within a range, and may be empty; a Problem from it ends the
/// run. Publishes blocks in `progress.done`.
Result<MediaCheck> check_media(BlockSource& source, std::span<const CheckRange> ranges, const SectorMap& map, const MediaCheckOptions& options,
                               const std::function<Result<void>(Lba, std::span<const std::byte>)>& take, Progress& progress,
                               ProblemSink& problems);

}  // namespace core::image
