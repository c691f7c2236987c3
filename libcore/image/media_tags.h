// SPDX-License-Identifier: GPL-3.0-or-later
//
// Follows the checksum tags of libisofs through a stream of blocks: superblock, directory tree, session, and the
// relocated head at block 0 of overwritable media. doc/checksums.txt of libisofs describes their chain.
#pragma once

#include <span>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/image/checksum_md5.h"
#include "libcore/image/media_check.h"

namespace core::image {

class TagWatcher {
 public:
  explicit TagWatcher(ProblemSink& problems) : problems_(problems) {}

  /// A new range of blocks begins; its first session is supposed to start at `start`.
  void begin(Lba start);
  /// Blocks in ascending order. There may be gaps: then no digest will match.
  void take(Lba start, std::span<const std::byte> blocks);
  /// The range is over: announced tags that did not come are missing.
  void end();

  const std::vector<Region>& ranges() const { return ranges_; }

 private:
  struct Tag;
  bool look_at(Lba lba, std::span<const std::byte> block);
  void judge(const Tag& tag);

  ProblemSink& problems_;
  std::vector<Region> ranges_;
  Md5Chain chain_;
  Lba session_{};         ///< Where digesting started or will start.
  Lba announced_{};       ///< Address of the next tag; 0 = none announced.
  bool head_failed_ = false;
  bool active_ = false;   ///< Waiting for blocks from session_ on.
};

}  // namespace core::image
