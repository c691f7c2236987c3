// SPDX-License-Identifier: GPL-3.0-or-later
//
// How everything above a drive reads a medium: by block address. The image module loads trees and reads file content
// through this interface and never learns what is behind it; a drive, a cache or a test's memory implements it.
#pragma once

#include <cstddef>
#include <span>

#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core {

class BlockSource {
 public:
  virtual ~BlockSource() = default;

  /// Reads `buffer.size() / 2048` consecutive blocks starting at `start`. The size is a multiple of 2048. All or
  /// nothing: if any block can't be read, the Problem names the first such block. Safe to call from several threads.
  virtual Result<void> read(Lba start, std::span<std::byte> buffer) = 0;

  /// Number of readable blocks.
  virtual Blocks capacity() const = 0;

  /// A file descriptor on which block n stands at byte n * 2048 + offset and which may be used with pread by several
  /// threads, or fd -1 if there is none (optical drives). Lets large readers choose their own way (O_DIRECT, readahead).
  struct RawFile { int fd = -1; Bytes offset{}; };
  virtual RawFile raw_file() const { return {}; }
};

}  // namespace core
