// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bytes of one data file of the tree, wherever they come from: extents of the loaded image, a filter on them, a
// pending file on disk, the boot catalog in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// Fills `buffer` from byte `offset` of the medium. Neither has to be aligned to blocks.
Result<void> read_bytes(BlockSource& source, Bytes offset, std::span<std::byte> buffer);

class FileContent {
 public:
  /// Fails if the node has no content or its source can't be opened.
  static Result<std::unique_ptr<FileContent>> open(const Image& image, BlockSource& source, Node node);
  virtual ~FileContent() = default;

  Bytes size() const { return size_; }

  /// Reads from `offset` on until `buffer` is full or the content ends, and returns the number of bytes. Offsets must not
  /// go backwards, unless is_stored().
  virtual Result<std::size_t> read(Bytes offset, std::span<std::byte> buffer) = 0;

  /// True if the bytes stand as they are in the loaded image.
  virtual bool is_stored() const { return false; }

 protected:
  Bytes size_{};
};

/// True if the bytes of a data file stand as they are in the loaded image, in one piece. Then `extent` tells where.
bool stored_in_one_extent(Node file, Extent& extent);

}  // namespace core::image
