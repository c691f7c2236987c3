// SPDX-License-Identifier: GPL-3.0-or-later
//
// Profile, status and free space of a disc, derived from its state (MMC-6 6.22, 6.26, 6.27; 5.3 for profiles).
#include "libcore/burner/layout.h"

#include <algorithm>

namespace core::burner {

Behaviour behaviour(const DiscState& state) {
  switch (state.medium) {
    case Medium::cd_r:
      return Behaviour::cd;
    case Medium::cd_rw:
      return state.format.state == FormatState::none ? Behaviour::cd : Behaviour::overwrite;
    case Medium::dvd_rw:
      return state.format.state == FormatState::none ? Behaviour::sequential : Behaviour::overwrite;
    case Medium::dvd_r:
    case Medium::dvd_r_dl:
    case Medium::dvd_plus_r:
    case Medium::dvd_plus_r_dl:
    case Medium::bd_r:
    case Medium::bd_r_dl:
      return Behaviour::sequential;
    case Medium::dvd_plus_rw:
    case Medium::dvd_ram:
    case Medium::bd_re:
    case Medium::bd_re_dl:
      return Behaviour::overwrite;
    case Medium::cd_rom:
    case Medium::dvd_rom:
    case Medium::bd_rom:
      break;
  }
  return Behaviour::read_only;
}

std::uint16_t profile(const DiscState& state) {
  if (state.medium == Medium::dvd_rw && state.format.state != FormatState::none) return 0x13;
  return media_row(state.medium).profile;
}

std::string_view profile_name(std::uint16_t profile) {
  switch (profile) {
    case 0x08: return "CD-ROM";
    case 0x09: return "CD-R";
    case 0x0a: return "CD-RW";
    case 0x10: return "DVD-ROM";
    case 0x11: return "DVD-R sequential recording";
    case 0x12: return "DVD-RAM";
    case 0x13: return "DVD-RW restricted overwrite";
    case 0x14: return "DVD-RW sequential recording";
    case 0x15: return "DVD-R/DL sequential recording";
    case 0x1a: return "DVD+RW";
    case 0x1b: return "DVD+R";
    case 0x2b: return "DVD+R/DL";
    case 0x40: return "BD-ROM";
    case 0x41: return "BD-R sequential recording";
    case 0x43: return "BD-RE";
    default: return "";
  }
}

bool is_formatted(const DiscState& state) { return state.format.state != FormatState::none; }

DiscStatus disc_status(const DiscState& state) {
  if (state.spoiled) return DiscStatus::complete;
  switch (behaviour(state)) {
    case Behaviour::read_only:
      return DiscStatus::complete;
    case Behaviour::overwrite:
      if (state.medium == Medium::dvd_ram) return DiscStatus::other;
      if (state.format.state == FormatState::none) return DiscStatus::blank;
      return state.format.state == FormatState::intermediate ? DiscStatus::appendable : DiscStatus::complete;
    case Behaviour::cd:
    case Behaviour::sequential:
      break;
  }
  if (state.finalized) return DiscStatus::complete;
  const bool virgin = state.sessions.size() <= 1 && state.tracks.size() <= 1 &&
                      (state.tracks.empty() || state.tracks[0].fill == Fill::invisible);
  // A formatted BD-R counts as begun (MMC-6 6.22, and real drives).
  return virgin && !is_formatted(state) ? DiscStatus::blank : DiscStatus::appendable;
}

SessionState last_session_state(const DiscState& state) {
  if (state.spoiled) return SessionState::damaged;
  switch (behaviour(state)) {
    case Behaviour::read_only:
      return SessionState::complete;
    case Behaviour::overwrite:
      if (state.medium == Medium::dvd_ram) return SessionState::complete;
      if (state.format.state == FormatState::none) return SessionState::empty;
      return state.format.state == FormatState::intermediate ? SessionState::incomplete : SessionState::complete;
    case Behaviour::cd:
    case Behaviour::sequential:
      break;
  }
  if (state.finalized) return SessionState::complete;
  const int last = static_cast<int>(state.sessions.size());
  SessionState result = SessionState::empty;
  for (const Track& t : state.tracks) {
    if (t.session != last) continue;
    if (t.damaged) return SessionState::damaged;
    if (t.fill != Fill::invisible) result = SessionState::incomplete;
  }
  return result;
}

std::int64_t user_limit(const DiscState& state) {
  return is_formatted(state) ? std::min(state.format.blocks, state.capacity) : state.capacity;
}

std::int64_t free_blocks(const DiscState& state, const Track& track) {
  if (track.complete()) return 0;
  const std::int64_t end = track.reserved ? track.start + track.size : user_limit(state);
  return std::max<std::int64_t>(0, end - track.nwa);
}

std::int64_t readable_end(const DiscState& state) {
  if (behaviour(state) == Behaviour::overwrite) return is_formatted(state) ? user_limit(state) : 0;
  // The session of a pseudo-overwrite disc stays open for ever and is read all the same.
  if (state.format.pow) return state.written.end();
  for (auto s = state.sessions.rbegin(); s != state.sessions.rend(); ++s)
    if (s->closed) return s->lead_out;
  return 0;
}

Track* invisible_track(DiscState& state) {
  if (state.tracks.empty() || state.tracks.back().fill != Fill::invisible) return nullptr;
  return &state.tracks.back();
}

const Track* invisible_track(const DiscState& state) { return invisible_track(const_cast<DiscState&>(state)); }

const Track* track_at(const DiscState& state, std::int64_t lba) {
  const Track* found = nullptr;
  for (const Track& t : state.tracks) {
    if (t.start > lba) break;
    found = &t;
  }
  if (!found) return nullptr;
  if (found->complete() || found->reserved) return lba < found->start + found->size ? found : nullptr;
  return lba < user_limit(state) ? found : nullptr;
}

const Track* find_track(const DiscState& state, int number) { return find_track(const_cast<DiscState&>(state), number); }

Track* find_track(DiscState& state, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > state.tracks.size()) return nullptr;
  return &state.tracks[static_cast<std::size_t>(number) - 1];
}

int last_closed_session(const DiscState& state) {
  for (std::size_t i = state.sessions.size(); i > 0; --i)
    if (state.sessions[i - 1].closed) return static_cast<int>(i);
  return 0;
}

void lay_out_blank(DiscState& state) {
  state.finalized = false;
  state.sessions.assign(1, Session{});
  state.tracks.assign(1, Track{});
  state.written.clear();
  state.unreadable.clear();
  state.cd_text.clear();
}

void lay_out_single(DiscState& state, Recording recording, std::int64_t blocks) {
  state.finalized = true;
  state.sessions.assign(1, Session{.closed = true, .lead_out = blocks});
  Track t;
  t.fill = Fill::complete;
  t.recording = recording;
  t.size = blocks;
  t.nwa = blocks;
  state.tracks.assign(1, t);
}

}  // namespace core::burner
