// SPDX-License-Identifier: GPL-3.0-or-later
//
// One interface for everything that holds a medium: optical drives by libburn, and files, block devices and pipes as
// pseudo drives. What differs between sequential, incremental and overwritable media is decided behind it. On
// overwritable media the sessions are emulated by the ISO 9660 structures themselves, so that callers see one model.
//
// The libraries behind it queue messages of their own. Before a Problem returned from here gets reported,
// drain_library_messages() should be called, so that the cause is told before the consequence.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/block_source.h"
#include "libcore/base/progress.h"
#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/drive/acquire_options.h"
#include "libcore/drive/session_writer.h"

namespace burn {
struct burn_drive;
}

namespace core::drive {

/// State of the medium as the multi-session model sees it. `unsuitable` is what the library can't write or read.
enum class MediumStatus { no_medium, unready, unsuitable, blank, appendable, closed };

/// What stands behind the address.
enum class Kind {
  null,           ///< "stdio:" without path
  optical,        ///< a real MMC drive
  random_access,  ///< regular file or block device
  sequential,     ///< pipe, character device, socket: write-only
  read_only,      ///< file without write permission, only if tested for (AcquireOptions::access_test)
  write_only,     ///< file without read permission, only if tested for
};

struct Profile {
  int number = 0;            ///< MMC profile number; 0xffff for pseudo drives.
  std::string name;          ///< "DVD-RW sequential recording", "stdio file", ... as libburn words it.
  bool current = false;      ///< In the list of a drive's profiles: the one of the loaded medium.
};

struct TrackEntry { int number = 0; Lba start; Blocks size; };

/// One session of the table of content; on overwritable media an emulated one.
struct SessionEntry {
  int number = 0;          ///< From 1 on.
  Lba start;               ///< Of its first track.
  Blocks size;             ///< Of the ISO image if is_iso and emulated, else of the session.
  bool is_iso = false;     ///< A valid primary volume descriptor stands at start + 16.
  Blocks iso_size;         ///< Volume space size, only if is_iso.
  std::string volume_id;   ///< Only if is_iso.
  bool complete = true;    ///< False: the session or its track was left open.
  std::vector<TrackEntry> tracks;
};

struct TableOfContent {
  std::vector<SessionEntry> sessions;  ///< Oldest first.
  Blocks readable;                     ///< Blocks covered, gaps included.
};

struct FormatDescriptor { int type = 0; Bytes size; unsigned parameter = 0; };
struct FormatList {
  int status = 0;                      ///< BURN_FORMAT_IS_UNFORMATTED 1, IS_FORMATTED 2, IS_UNKNOWN 3.
  Bytes size;
  std::vector<FormatDescriptor> formats;
};
struct SpareInfo { Blocks total, free; };

struct SpeedDescriptor {
  int read_kb = 0, write_kb = 0;       ///< 1000 bytes per second; 0 = not told.
  int profile = -1;
  std::string profile_name;
  int source = 0;                      ///< 1 = mode page 2Ah, 2 = GET PERFORMANCE.
  std::int64_t end_lba = -1;
};

/// Who the drive is.
/// `address` is how the user called the drive, `device` what was opened.
struct Identity { std::string address, device, vendor, product, revision; };

/// Which session shall be loaded.
struct SessionChoice {
  enum class By { automatic, session, track, lba, volume_id } by = By::automatic;
  std::string value;                   ///< Number, or a search pattern with By::volume_id.
  bool adjust_by_16 = false;           ///< By::lba: the number may be 16 too high (growisofs counts so).
  bool operator==(const SessionChoice&) const = default;
};

/// The addresses that lead to one session.
struct SessionAddress { Lba lba; int track = -1, session = -1; std::string volume_id; bool is_iso = false; };

struct BlankRequest { bool fast = true; bool deformat = false; };
struct FormatRequest { std::optional<Bytes> size; int index = -1; bool fast = false, force = false, without_spare = false; };

class Drive : public BlockSource {
 public:
  virtual const Identity& identity() const = 0;
  virtual const AcquireOptions& options() const = 0;  ///< As it was acquired.
  virtual Kind kind() const = 0;
  bool is_pseudo() const { return kind() != Kind::optical; }
  virtual Profile profile() const = 0;
  virtual MediumStatus status() const = 0;
  /// True if the sessions on this medium are emulated by ISO 9660 structures: start_session() may get any start address
  /// and overwrite() works.
  virtual bool overwritable() const = 0;

  virtual Result<TableOfContent> toc() = 0;
  /// Chooses which session loaded_session() tells. Valid until the next reassess().
  virtual Result<void> choose_session(const SessionChoice& choice) = 0;
  /// Start address of the session to be loaded: the chosen one, else the most recent one (0 on overwritable media, where
  /// the volume descriptors of the newest session stand at block 16). This is msc1 of the new session.
  virtual Result<Lba> loaded_session() = 0;
  virtual Result<SessionAddress> find_session(const SessionChoice& choice) = 0;
  /// First address which the next session may get; fails on closed media. On blank overwritable media it is 32 (image data
  /// start there and overwrite() puts a copy of their first 32 blocks to 0) or 0 with AcquireOptions::emulate_toc off;
  /// on written ones it is the first block behind the newest image, rounded up to 32.
  virtual Result<Lba> next_writable_address() = 0;
  virtual Bytes free_space() = 0;                  ///< from the next writable address on
  /// Writable space of a blank medium without regard to where a session would start.
  virtual Bytes blank_space() = 0;

  virtual Result<void> blank(const BlankRequest&, Progress&) = 0;
  virtual Result<void> format(const FormatRequest&, Progress&) = 0;
  virtual bool erasable() const = 0;
  virtual Result<FormatList> formats() = 0;
  virtual std::optional<SpareInfo> spare_info() { return {}; }
  /// Serial number of the drive, empty if it tells none.
  virtual std::string serial_number() const { return {}; }
  /// What keeps a blank or appendable medium from being used like others.
  enum class Remark { none, single_session_only, next_track_damaged };
  virtual Remark remark() const { return Remark::none; }
  /// Manufacturer and id of an optical medium: "RITEKW04 , Ritek Corp". Empty if unknown.
  virtual std::string medium_product() const { return {}; }
  virtual Result<std::vector<SpeedDescriptor>> speeds() = 0;
  virtual Result<std::vector<Profile>> profiles() = 0;

  /// Begins a session. The image bytes for address WriteSettings::start (or the next writable address) follow by write().
  virtual Result<std::unique_ptr<SessionWriter>> start_session(const WriteSettings&, Progress&) = 0;
  /// Overwrites blocks in place, durably. Overwritable media only: this activates the emulated table of content (the new
  /// first 32 blocks of the medium) after a session is complete, and invalidates an image.
  virtual Result<void> overwrite(Lba start, std::span<const std::byte> bytes) = 0;
  /// Learns the state of the medium anew after blank, format or a written session. No readers may be active.
  virtual Result<void> reassess() = 0;
  /// Tries to close a track which the drive reports as damaged, or with force any open one. The drive should be given up
  /// afterwards.
  virtual Result<void> close_damaged(bool force, bool close_medium) = 0;
  /// True if a session was begun and never closed: the next track would become part of it, and readers would not find it.
  virtual bool has_open_session() = 0;
  /// Lets the drive calm down or makes it ready again.
  virtual void calm_down(bool calm) = 0;
  /// 0 = maximum, -1 = minimum, else 1000 bytes per second.
  virtual void set_read_speed(int kilobytes_per_second) = 0;
  /// Asks the drive to move its tray out when it is given up.
  virtual void eject_at_end(bool eject) = 0;

  /// For libcore and the drive commands only: the handle of libburn.
  virtual burn::burn_drive* handle() const = 0;
};

}  // namespace core::drive
