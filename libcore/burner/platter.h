// SPDX-License-Identifier: GPL-3.0-or-later
//
// The medium under the laser: block data go to and come from the disc's storage here, and only here are defects, wear,
// faults of the medium and the map of written blocks looked after. What may be written where is decided elsewhere.
#pragma once

#include <cstdint>
#include <span>

#include "libcore/burner/disc.h"
#include "libcore/burner/faults.h"
#include "libcore/burner/sense.h"

namespace core::burner {

class Platter {
 public:
  Platter(Disc& disc, FaultPlan& faults) : disc_(disc), faults_(faults) {}

  struct Outcome {
    Sense sense;
    std::int64_t done = 0;  ///< blocks that are on the medium, or were read
  };

  /// Writes 2048 byte blocks. After an error `done` blocks are on the medium.
  Outcome write(std::int64_t lba, std::span<const std::byte> data);
  /// Writes 2352 byte sectors into the raw store.
  Outcome write_raw(std::int64_t lba, std::span<const std::byte> data);
  /// Blocks which the drive writes by itself: they read as zeros.
  void pad(std::int64_t lba, std::int64_t blocks);
  /// Reads 2048 byte blocks, all of which have to be readable().
  Outcome read(std::int64_t lba, std::span<std::byte> data);
  Outcome read_raw(std::int64_t lba, std::span<std::byte> data);

  /// How many blocks from `lba` on are recorded, at most `blocks`.
  std::int64_t readable(std::int64_t lba, std::int64_t blocks) const;

  /// Forgets all data; what was there cannot be read any more.
  Sense erase();
  /// Makes everything so far permanent.
  Sense sync();
  /// Once per command that wrote, after the tracks have been brought up to date: lets the drive's buffer reach the medium
  /// when it is full.
  Sense checkpoint();
  /// Something is written that no sync() has made permanent yet.
  bool dirty() const { return dirty_; }

  void set_opcode(int opcode) { opcode_ = opcode; }
  bool power_lost() const { return power_lost_; }

 private:
  Outcome write_healthy(std::int64_t lba, std::span<const std::byte> data);
  Sense wear_and_defects(std::int64_t lba, std::int64_t blocks);
  Sense remap(std::int64_t unit_start);
  std::int64_t unit() const;
  void lose_power(std::int64_t lba);
  void note_written(std::int64_t blocks);
  void note_map(std::int64_t lba, std::int64_t blocks);

  Disc& disc_;
  FaultPlan& faults_;
  int opcode_ = 0;
  bool power_lost_ = false;
  bool dirty_ = false;
  std::int64_t since_checkpoint_ = 0;
};

}  // namespace core::burner
