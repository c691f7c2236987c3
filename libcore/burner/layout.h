// SPDX-License-Identifier: GPL-3.0-or-later
//
// What follows from a disc's state: profile, behaviour, disc status, free space, format descriptors. And the few ways to
// lay out a disc: virgin, pressed, formatted. All of it is a pure function of the state.
#pragma once

#include <cstdint>
#include <vector>

#include "libcore/burner/info.h"
#include "libcore/burner/state.h"

namespace core::burner {

/// How a disc is written.
enum class Behaviour { read_only, cd, sequential, overwrite };
Behaviour behaviour(const DiscState& state);

std::uint16_t profile(const DiscState& state);
std::string_view profile_name(std::uint16_t profile);

DiscStatus disc_status(const DiscState& state);

/// State of last session as in READ DISC INFORMATION (MMC-6 6.22).
enum class SessionState { empty = 0, incomplete = 1, damaged = 2, complete = 3 };
SessionState last_session_state(const DiscState& state);

bool is_formatted(const DiscState& state);
/// One past the last address that can be written with the present format.
std::int64_t user_limit(const DiscState& state);
/// Blocks a track can still take.
std::int64_t free_blocks(const DiscState& state, const Track& track);
/// Last readable address + 1 as READ CAPACITY counts, 0 if there is nothing.
std::int64_t readable_end(const DiscState& state);

/// The track that is written next; nullptr if there is none.
Track* invisible_track(DiscState& state);
const Track* invisible_track(const DiscState& state);
/// The track that holds this address, be it written or not; nullptr in gaps.
const Track* track_at(const DiscState& state, std::int64_t lba);
const Track* find_track(const DiscState& state, int number);
Track* find_track(DiscState& state, int number);
int last_closed_session(const DiscState& state);  ///< number, 0 if none

constexpr std::int64_t round_up(std::int64_t n, std::int64_t unit) { return (n + unit - 1) / unit * unit; }
constexpr std::int64_t round_down(std::int64_t n, std::int64_t unit) { return n / unit * unit; }

/// Makes a disc blank: one empty session with its invisible track.
void lay_out_blank(DiscState& state);
/// One complete track over the whole disc.
void lay_out_single(DiscState& state, Recording recording, std::int64_t blocks);

/// A descriptor of READ FORMAT CAPACITIES (MMC-6 6.24).
struct FormatDescriptor {
  int type = 0;  ///< format type; in the current/maximum descriptor: 1 unformatted, 2 formatted, 3 none
  std::int64_t blocks = 0;
  std::uint32_t parameter = 0;
};
FormatDescriptor current_capacity(const DiscState& state);
std::vector<FormatDescriptor> format_descriptors(const DiscState& state);

/// BD: sizes of spare areas in clusters for a disc of this size.
struct SpareSizes {
  std::int64_t minimum, standard, large;
};
SpareSizes bd_spare_sizes(const DiscState& state);
/// Fixed packet CD-RW: user blocks of a formatted disc.
std::int64_t cd_packet_capacity(std::int64_t capacity);
/// DVD-RAM as sold: user blocks of a disc of this raw size.
std::int64_t ram_default_blocks(std::int64_t capacity);

}  // namespace core::burner
