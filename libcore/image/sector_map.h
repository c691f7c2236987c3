// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bitmap file that remembers over several runs which blocks of a medium have been read successfully. Form: a line
// "xorriso sector bitmap v2 N" padded to 32 bytes, N bytes of readable table of content, number of blocks and block size
// as big-endian 32 bit numbers, and one bit per block, lowest bit first.
#pragma once

#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::image {

class SectorMap {
 public:
  explicit SectorMap(Blocks size = {}) : bits_(static_cast<std::size_t>(size.value), false) {}

  /// Fails if the file can't be read or is not such a map.
  static Result<SectorMap> load(const std::string& path);
  /// `text` is the table of content for human readers.
  Result<void> save(const std::string& path, const std::string& text) const;

  Blocks size() const { return {static_cast<std::int64_t>(bits_.size())}; }
  bool is_valid(Lba block) const;
  /// Grows the map if needed.
  void set(Lba start, Blocks count, bool valid);
  /// Length of the run of equal bits that starts at `start`, at most up to `end`.
  Blocks run_length(Lba start, Lba end) const;

 private:
  std::vector<bool> bits_;
};

}  // namespace core::image
