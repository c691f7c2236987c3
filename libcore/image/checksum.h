// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verifying an image by the MD5 sums that were recorded when it was written: of each data file, and of the loaded
// session as a whole. Content is read by extents in ascending order of block addresses and in large pieces, and digested
// on all cores, many files side by side.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/image/checksum_md5.h"
#include "libcore/image/image.h"

namespace core::image {

/// The sum that the loaded image records for a data file, or that was computed for a new one. Thread safe.
std::optional<Md5> recorded_md5(const Image& image, Node file);

/// True if the loaded image brought sums of files and session, and they were asked for when it was loaded.
struct SessionMd5 {
  Lba start;
  Blocks size;
  Md5 md5;
};
std::optional<SessionMd5> recorded_session_md5(const Image& image);

/// Outcome of checking one file.
enum class FileCheck : std::uint8_t {
  match,
  mismatch,
  no_md5,      ///< nothing recorded
  unreadable,  ///< a Problem has been reported
  skipped,     ///< progress.cancel was set before the file was complete
};

/// Checks data files against their recorded sums. Result i belongs to files[i]. Read problems go to `problems` and don't
/// end the run. Publishes content bytes read in `progress.done`.
std::vector<FileCheck> check_files(const Image& image, BlockSource& source, std::span<const Node> files, Progress& progress,
                                   ProblemSink& problems);

/// Positions 0 ... files.size() - 1 in ascending order of the files' first block; equal ones keep their order.
std::vector<std::uint32_t> order_by_lba(std::span<const Node> files);

/// Digest of consecutive blocks. Publishes blocks * 2048 in `progress.done`. A Problem if a block can't be read.
Result<Md5> digest_blocks(BlockSource& source, Lba start, Blocks size, Progress& progress);

/// MD5 of the content of any data file node, from the loaded image or pending. A Problem if it can't be read.
Result<Md5> digest_content(Node file, Progress& progress);

}  // namespace core::image
