// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a virtual disc is kept in. Three stores belong to one disc:
//   blocks  user data, block n at byte n*2048; what was never written or was discarded reads as zeros,
//   raw     a second sparse byte store for what does not fit into 2048 byte blocks (audio sectors, sector n at n*2352),
//   state   one text blob (see doc/disc-format.md) that tells what the blocks mean.
// The device writes blocks as the client's WRITE commands arrive and the blob when something has become permanent, so
// the rule that makes a disc survive anything is in save_state(): once a blob is durable, all data written before are.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::burner {

/// How permanent a saved state has to be when save_state() returns.
enum class Durability {
  checkpoint,  ///< atomic, seen by whoever opens the disc after a kill of this process; the host may still lose it
  durable,     ///< atomic, and it and all earlier data survive a power loss of the host
};

class Storage {
 public:
  virtual ~Storage() = default;

  /// Reads whole blocks. `data.size()` is a multiple of 2048.
  virtual Result<void> read(Lba first, std::span<std::byte> data) = 0;
  /// Writes whole blocks. `data.size()` is a multiple of 2048.
  virtual Result<void> write(Lba first, std::span<const std::byte> data) = 0;
  /// Forgets blocks: they read as zeros and occupy no space.
  virtual Result<void> discard(Lba first, Blocks count) = 0;

  /// The raw store, by byte offset. Absent bytes read as zeros.
  virtual Result<void> read_raw(Bytes offset, std::span<std::byte> data) = 0;
  virtual Result<void> write_raw(Bytes offset, std::span<const std::byte> data) = 0;
  virtual Result<void> discard_raw() = 0;

  /// The blob of the last save_state(), or an empty string if there never was one.
  virtual Result<std::string> load_state() = 0;
  /// Replaces the blob as a whole: a reader sees the old or the new one, never a mixture. All data that were written
  /// or discarded before are ordered before it (data first, then the blob).
  virtual Result<void> save_state(std::string_view blob, Durability durability) = 0;
};

}  // namespace core::burner
