// SPDX-License-Identifier: GPL-3.0-or-later
//
// The state of a disc as the device changes it and the state blob keeps it. What MMC-6 reports about a disc (READ DISC
// INFORMATION, READ TRACK INFORMATION, READ TOC, READ FORMAT CAPACITIES) is derived from these values, nothing of it is
// stored twice. Addresses and sizes are in 2048 byte blocks (on CD: sectors).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/burner/media.h"
#include "libcore/burner/range_set.h"

namespace core::burner {

inline constexpr int kStateVersion = 1;

enum class Fill {
  invisible,   ///< the next track: nothing written yet, not counted as a real track by people
  reserved,    ///< by RESERVE TRACK or a cue sheet, nothing written yet
  incomplete,  ///< being written
  complete,
};

enum class Recording { none, pressed, tao, sao, dao, incremental, fixed_packet, overwrite };

struct Track {
  int number = 1;
  int session = 1;
  Fill fill = Fill::invisible;
  Recording recording = Recording::none;
  bool reserved = false;     ///< has a size of its own before it is complete
  bool damaged = false;      ///< writing was interrupted
  std::uint8_t control = 4;  ///< Q sub-channel control nibble: 4 data, 0 audio
  int sector_size = 2048;    ///< 2352: audio, kept in the raw store
  std::int64_t start = 0;
  std::int64_t size = 0;     ///< reserved or complete
  std::int64_t nwa = 0;      ///< next writable address while not complete; one past the data afterwards
  int packet_size = 0;       ///< fixed packets: blocks per packet

  bool audio() const { return (control & 4) == 0; }
  bool complete() const { return fill == Fill::complete; }
};

struct Session {
  bool closed = false;
  std::int64_t lead_out = 0;  ///< of a closed session
};

enum class FormatState {
  none,          ///< sequential or unformatted
  intermediate,  ///< DVD-RW quick format: border not yet closed
  formatted,
  running,       ///< DVD+RW background format
  suspended,
};

/// A region of overwritable media, or a POW capable BD-R.
struct Format {
  FormatState state = FormatState::none;
  std::int64_t blocks = 0;          ///< user capacity by this format
  std::int64_t spare_clusters = 0;  ///< BD, DVD-RAM
  bool pow = false;                 ///< BD-R pseudo-overwrite
  std::int64_t background_done = 0; ///< DVD+RW: blocks de-iced
};

/// Overwrite counts per write unit, run-length encoded only in the blob.
struct Wear {
  std::vector<std::uint16_t> cycles;
  void count(std::int64_t first, std::int64_t blocks, int unit);
};

struct DiscState {
  Medium medium = Medium::cd_rom;
  std::int64_t capacity = 0;  ///< raw size: all blocks that can ever hold user data
  std::uint32_t disc_id = 0;
  bool finalized = false;
  bool incremental_ok = true; ///< DVD-RW: minimal blanking takes this away
  bool spoiled = false;       ///< blanking or formatting was interrupted: only to be blanked or formatted again
  bool simulated = false;     ///< a test write is under way: such a state is never saved
  Format format;
  std::vector<Session> sessions;
  std::vector<Track> tracks;
  RangeSet written;
  RangeSet unreadable;        ///< units that lost power while being written; rewriting heals them
  Wear wear;
  std::vector<std::int64_t> defects;  ///< first block of remapped units
  std::int64_t spare_used = 0;        ///< units
  std::int64_t layer_break = 0;
  std::string cd_text;                ///< packs of 18 bytes
};

/// The blob: text lines, first line "vburn-disc 1". See doc/disc-format.md.
std::string to_text(const DiscState& state);
/// Every value is checked: a blob that does not describe a possible disc is refused, naming the line.
Result<DiscState> parse_state(std::string_view text);

}  // namespace core::burner
