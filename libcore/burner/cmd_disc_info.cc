// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is on the disc: MMC-6 6.22 READ DISC INFORMATION, 6.27 READ TRACK INFORMATION, 6.16 READ CAPACITY, 6.24 READ FORMAT
// CAPACITIES.
#include "libcore/burner/handlers.h"
#include "libcore/burner/msf.h"

namespace core::burner {
namespace {

struct SessionTracks {
  int first = 1;
  int last = 1;
};

SessionTracks tracks_of_last_session(const DiscState& s) {
  SessionTracks r{static_cast<int>(s.tracks.size()), static_cast<int>(s.tracks.size())};
  while (r.first > 1 && s.tracks[static_cast<std::size_t>(r.first) - 2].session == s.tracks.back().session) --r.first;
  return r;
}

int background_state(const DiscState& s) {
  if (s.medium != Medium::dvd_plus_rw) return 0;
  switch (s.format.state) {
    case FormatState::suspended:
      return 1;
    case FormatState::running:
      return 2;
    case FormatState::formatted:
    case FormatState::intermediate:
      return 3;
    case FormatState::none:
      break;
  }
  return 0;
}

/// Start of the last session's lead-in and the last possible start of a lead-out.
void put_limits(const DiscState& s, Answer& a) {
  const bool cd = media_row(s.medium).family == Family::cd;
  if (disc_status(s) == DiscStatus::complete || disc_status(s) == DiscStatus::other) {
    a.u32(0xffffffff).u32(0xffffffff);
    return;
  }
  const Track* next = s.tracks.empty() ? nullptr : &s.tracks.back();
  if (cd) {
    const bool first = s.sessions.size() == 1;
    put_msf(a, first ? -11640 : next->start - 150 - 4500);
    put_msf(a, s.capacity);
    return;
  }
  a.u32(s.sessions.size() == 1 || !next ? 0 : next->start).u32(user_limit(s));
}

int data_mode(const DiscState& s, const Track& t) {
  if (t.fill == Fill::invisible) return 0x0f;
  if (media_row(s.medium).family == Family::cd && t.audio()) return 0x0f;
  return 1;
}

/// Bits RT, Blank, Packet, FP of byte 6.
int track_bits(const DiscState& s, const Track& t) {
  constexpr int kReserved = 0x80, kBlank = 0x40, kPacket = 0x20, kFixed = 0x10;
  const bool minus = s.medium == Medium::dvd_r || s.medium == Medium::dvd_r_dl || s.medium == Medium::dvd_rw;
  int bits = 0;
  if (t.fill == Fill::invisible || t.fill == Fill::reserved) bits |= kBlank;
  if (t.reserved && !(minus && t.recording == Recording::dao && t.fill != Fill::reserved)) bits |= kReserved;
  if (t.recording == Recording::fixed_packet) bits |= kReserved | kPacket | kFixed;
  if (!minus) return bits;
  if (t.recording == Recording::overwrite) bits |= kPacket | kFixed;
  if (t.recording == Recording::incremental) bits |= kPacket;
  if (t.recording == Recording::none && s.incremental_ok) bits |= kPacket;
  return bits;
}

std::int64_t blocking_factor(const DiscState& s, const Track& t) {
  if (t.packet_size) return t.packet_size;
  const MediumRow& row = media_row(s.medium);
  return row.family == Family::cd ? 0 : row.write_unit;
}

const Track* addressed_track(const DiscState& s, const Parameters& cdb, Sense& why) {
  const std::int64_t number = cdb.u32(2);
  const Track* t = nullptr;
  why = sense::invalid_field;
  switch (cdb.u8(1) & 3) {
    case 0:
      t = track_at(s, number);
      why = sense::address_out_of_range;
      break;
    case 1:
      if (number == 0xff && !s.tracks.back().complete()) t = &s.tracks.back();
      else if (number < 0x10000 && number != 0xff) t = find_track(s, static_cast<int>(number));
      else if (number == 0xff && s.tracks.size() >= 0xff) t = find_track(s, 0xff);
      break;
    case 2:
      for (const Track& candidate : s.tracks)
        if (!t && candidate.session == number) t = &candidate;
      break;
    default:
      break;
  }
  return t;
}

/// Of overwritable media that are not formatted yet: one empty track.
bool writable_now(const DiscState& s, const Track& t) {
  if (t.complete() || t.damaged || s.finalized) return false;
  if (behaviour(s) == Behaviour::overwrite) return false;
  return free_blocks(s, t) > 0;
}

}  // namespace

Sense cmd_disc_information(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if ((cdb.u8(1) & 7) != 0) return sense::invalid_field;  // only standard disc information
  const DiscState& s = *drive.medium();
  const SessionTracks last = tracks_of_last_session(s);
  const auto sessions = static_cast<std::int64_t>(s.sessions.size());
  Answer a;
  a.u16(32);
  a.u8((drive.row().rewritable ? 0x10 : 0) | static_cast<int>(last_session_state(s)) << 2 | static_cast<int>(disc_status(s)));
  a.u8(1).u8(sessions).u8(last.first).u8(last.last);
  const bool blank_cd = drive.row().family == Family::cd && disc_status(s) == DiscStatus::blank;
  a.u8(0x20 | background_state(s)).u8(blank_cd ? 0xff : 0);
  a.u8(sessions >> 8).u8(last.first >> 8).u8(last.last >> 8).zeros(4);
  put_limits(s, a);
  a.zeros(8).u8(0).u8(0);
  request.reply(a, cdb.u16(7));
  return sense::good;
}

Sense cmd_track_information(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const DiscState& s = *drive.medium();
  Sense why;
  const Track* t = addressed_track(s, cdb, why);
  if (!t) return why;
  const bool cd = drive.row().family == Family::cd;
  const bool nwa_valid = writable_now(s, *t);
  const bool recorded = t->nwa > t->start;
  const bool packet_cd = t->recording == Recording::fixed_packet;
  const int mode = cd ? (packet_cd ? 7 : t->control) : 4;
  const std::int64_t room = behaviour(s) == Behaviour::overwrite && !t->complete() ? user_limit(s) : free_blocks(s, *t);
  Answer a;
  a.u16(34).u8(t->number).u8(t->session).u8(0).u8((t->damaged ? 0x20 : 0) | mode);
  a.u8(track_bits(s, *t) | (packet_cd ? 2 : data_mode(s, *t)));
  a.u8((recorded && !cd ? 2 : 0) | (nwa_valid ? 1 : 0));
  a.u32(t->start).u32(nwa_valid ? t->nwa : 0).u32(room).u32(blocking_factor(s, *t));
  a.u32(t->complete() || t->reserved ? t->size : t->fill == Fill::invisible ? room : t->nwa - t->start);
  a.u32(recorded ? t->nwa - 1 : 0).u8(t->number >> 8).u8(t->session >> 8).zeros(2);
  request.reply(a, cdb.u16(7));
  return sense::good;
}

Sense cmd_capacity(Drive& drive, Request& request) {
  const std::int64_t end = readable_end(*drive.medium());
  Answer a;
  a.u32(end > 0 ? end - 1 : 0).u32(kBlockSize);
  request.reply(a, a.size());
  return sense::good;
}

Sense cmd_format_capacities(Drive& drive, Request& request) {
  const DiscState* s = drive.medium();
  const FormatDescriptor now = s ? current_capacity(*s) : FormatDescriptor{3, media_row(Medium::dvd_rw).capacity.value, 0x800};
  const auto descriptors = s ? format_descriptors(*s) : std::vector<FormatDescriptor>{};
  Answer a;
  a.u24(0).u8(static_cast<std::int64_t>(8 + 8 * descriptors.size()));
  a.u32(now.blocks).u8(now.type).u24(kBlockSize);
  for (const FormatDescriptor& d : descriptors) a.u32(d.blocks).u8(d.type << 2).u24(d.parameter);
  request.reply(a, request.cdb().u16(7));
  return sense::good;
}

}  // namespace core::burner
