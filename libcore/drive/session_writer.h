// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the bytes of one session get onto a medium: in order, once, and durable at the end.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::drive {

/// What decides how the bytes of a new session are put on the medium.
struct WriteSettings {
  bool close = false;                ///< close the medium after the session
  bool dummy = false;                ///< simulate
  int speed_kb = 0;                  ///< 0 = maximum, -1 = minimum, else 1000 bytes per second
  enum class Sync { on, off, at_end } stdio_sync = Sync::on;
  Bytes sync_interval{16 << 20};     ///< upper limit of unsynced data with Sync::on; direct output needs none
  enum class Stream { off, full, from_start } stream_recording = Stream::off;
  Lba stream_start{16};              ///< with Stream::from_start: first block that is streamed
  int dvd_obs = 0;                   ///< 0 = default, 32768, 65536
  int obs_pad = 0;                   ///< pad the last output chunk to full size
  enum class Type { automatic, tao, sao } type = Type::automatic;
  std::optional<Lba> start;          ///< overwritable media: where to write; unset = next writable address
  std::optional<Bytes> expected;     ///< exact number of bytes if known in advance (SAO, DAO)
  bool truncate = false;             ///< regular files: cut the file at `start` before writing
};

/// Takes the bytes of one session in order. Destroying the writer without finish() abandons the session: the data are
/// incomplete, and what was readable on the medium before stays so as far as the medium allows.
class SessionWriter {
 public:
  virtual ~SessionWriter() = default;
  /// Number of bytes which suits best: hand over multiples of it except at the end.
  virtual std::size_t preferred_chunk() const = 0;
  /// Alignment of the buffer's address which avoids a copy; a power of 2.
  virtual std::size_t alignment() const { return 1; }
  /// May block. On failure the Problem names drive and block; further calls fail too.
  virtual Result<void> write(std::span<const std::byte> bytes) = 0;
  /// Makes everything durable, closes track and session. Blocks until the medium can be used again.
  virtual Result<void> finish() = 0;
  /// Address of the first block of the session; known from the beginning.
  virtual Lba start() const = 0;
  /// Blocks on the medium, padding of the last one included.
  virtual Blocks written() const = 0;
};

}  // namespace core::drive
