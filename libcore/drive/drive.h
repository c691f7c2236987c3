// SPDX-License-Identifier: GPL-3.0-or-later
//
// One interface for everything that holds a medium: optical drives by libburn, and files, block devices and pipes as
// pseudo drives. What differs between sequential, incremental and overwritable media is decided behind it. On
// overwritable media the sessions are emulated by the ISO 9660 structures themselves, so that callers see one model.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/progress.h"
#include "libcore/base/result.h"
#include "libcore/base/units.h"

namespace core::drive {

/// State of the medium as the multi-session model sees it.
enum class MediumStatus { no_medium, unready, unsuitable, blank, appendable, closed };

struct Profile {
  int number = 0;        ///< MMC profile number; 0xffff for stdio files, block devices and pipes.
  std::string name;      ///< "DVD-RW sequential recording", "stdio file", ... as libburn words it.
  bool overwritable = false;
};

/// One session of the table of content; on overwritable media an emulated one.
struct SessionEntry {
  int number = 0;          ///< From 1 on.
  int track = 0;           ///< First track of the session.
  Lba start;
  Blocks size;
  bool is_iso = false;     ///< A valid primary volume descriptor stands at start + 16.
  std::string volume_id;   ///< Only if is_iso.
  bool open = false;       ///< Incomplete session or track.
};

struct FormatDescriptor { int type = 0; Bytes size; unsigned parameter = 0; };
struct FormatList { int status = 0; Bytes size; std::vector<FormatDescriptor> formats; std::optional<Blocks> spare_used, spare_free; };
struct SpeedDescriptor { int kilobytes_per_second = 0; bool for_reading = false; int profile = -1; std::string profile_name; };

/// Who the drive is and what is in it.
struct Identity { std::string address, vendor, product, revision; };

enum class Role { input, output, both };

/// What decides how the bytes of a new session are put on the medium.
struct WriteSettings {
  bool close = false;              ///< close the medium after the session
  bool dummy = false;              ///< simulate
  int speed_kb = 0;                ///< 0 = maximum, -1 = minimum, else 1000 bytes per second
  enum class Sync { on, off, at_end } stdio_sync = Sync::on;
  Bytes sync_interval{16 << 20};
  bool stream_recording = false;
  int dvd_obs = 0;                 ///< 0 = default, 32768, 65536
  enum class Type { automatic, tao, sao } type = Type::automatic;
  std::optional<Lba> start;        ///< overwritable media: where to write; unset = next writable address
  std::optional<Bytes> expected;   ///< exact number of bytes if known in advance (SAO, DAO)
};

/// Takes the bytes of one session in order. finish() makes them durable and closes track and session as asked;
/// destroying the writer without finish() abandons the session, and the medium keeps its previous state as far as it can.
class SessionWriter {
 public:
  virtual ~SessionWriter() = default;
  /// Buffer size and alignment that suits best; callers should hand over multiples of it except at the end.
  virtual std::size_t preferred_chunk() const = 0;
  virtual Result<void> write(std::span<const std::byte> bytes) = 0;
  virtual Result<void> finish() = 0;
};

class Drive : public BlockSource {
 public:
  virtual const Identity& identity() const = 0;
  virtual Profile profile() const = 0;
  virtual MediumStatus status() const = 0;
  virtual bool is_pseudo() const = 0;                          ///< stdio: file, block device, pipe
  virtual bool writable() const = 0;
  /// Sessions, oldest first; on overwritable media found by following the emulated table of content.
  virtual Result<std::vector<SessionEntry>> sessions() = 0;
  /// First address the next session may get; fails on closed media. On overwritable media with the emulated table this
  /// is the first block behind the last session, rounded up to 32.
  virtual Result<Lba> next_writable_address() = 0;
  virtual Result<Blocks> free_space() = 0;                     ///< from the next writable address on
  virtual Result<void> blank(std::string_view mode, Progress&) = 0;
  virtual Result<void> format(std::string_view mode, Progress&) = 0;
  virtual Result<FormatList> formats() = 0;
  virtual Result<std::vector<SpeedDescriptor>> speeds() = 0;
  virtual Result<std::vector<Profile>> profiles() = 0;
  virtual Result<std::unique_ptr<SessionWriter>> start_session(const WriteSettings&, Progress&) = 0;
  /// Overwrites blocks in place, durably. Overwritable media only: this activates the emulated table of content (the
  /// new volume descriptors at block 16...) after a session is complete, and invalidates an image.
  virtual Result<void> overwrite(Lba start, std::span<const std::byte> bytes) = 0;
  virtual Result<void> eject() = 0;
  /// Learns the state of the medium anew after blank, format or a written session.
  virtual Result<void> reassess() = 0;
};

}  // namespace core::drive
