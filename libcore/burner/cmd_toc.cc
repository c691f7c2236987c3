// SPDX-License-Identifier: GPL-3.0-or-later
//
// READ TOC/PMA/ATIP (MMC-6 6.25). CD lists its tracks and sessions as they are; a DVD-R shows at most two sessions, all
// earlier borders folded into the first; overwritable media show one track.
#include "libcore/burner/handlers.h"
#include "libcore/burner/msf.h"

namespace core::burner {
namespace {

constexpr int kLeadOut = 0xaa;

struct TocTrack {
  int number, session, control;
  std::int64_t start;
};

struct Toc {
  std::vector<TocTrack> tracks;  ///< of closed sessions
  int sessions = 0;
  std::int64_t lead_out = 0;
};

bool is_dvd_minus(const DiscState& s) {
  return s.medium == Medium::dvd_r || s.medium == Medium::dvd_r_dl || s.medium == Medium::dvd_rw;
}

Toc make_toc(const DiscState& s) {
  Toc toc;
  if (behaviour(s) == Behaviour::overwrite) {
    if (!is_formatted(s)) return toc;
    toc.tracks.push_back({1, 1, 4, 0});
    toc.sessions = 1;
    toc.lead_out = user_limit(s);
    return toc;
  }
  const int closed = last_closed_session(s);
  for (const Track& t : s.tracks)
    if (t.session <= closed && t.fill != Fill::invisible) toc.tracks.push_back({t.number, t.session, t.control, t.start});
  toc.sessions = closed;
  toc.lead_out = readable_end(s);
  if (!is_dvd_minus(s) || closed < 2) return toc;
  const auto last = std::find_if(toc.tracks.begin(), toc.tracks.end(), [&](const TocTrack& t) { return t.session == closed; });
  const std::int64_t start = last == toc.tracks.end() ? 0 : last->start;
  toc.tracks = {{1, 1, 4, 0}, {2, 2, 4, start}};
  toc.sessions = 2;
  return toc;
}

struct Form {
  bool msf;
  unsigned format;
  unsigned number;  ///< starting track or session
};

void put_address(Answer& a, const Form& form, std::int64_t lba) {
  if (form.msf) put_msf(a, lba);
  else a.u32(lba);
}

Sense put_tracks(const Toc& toc, const Form& form, Answer& a) {
  const int last = toc.tracks.back().number;
  if (static_cast<int>(form.number) > last && form.number != kLeadOut) return sense::invalid_field;
  a.u8(toc.tracks.front().number).u8(last);
  for (const TocTrack& t : toc.tracks) {
    if (t.number < static_cast<int>(form.number) || t.number > 99) continue;
    a.u8(0).u8(0x10 | t.control).u8(t.number).u8(0);
    put_address(a, form, t.start);
  }
  a.u8(0).u8(0x10 | toc.tracks.back().control).u8(kLeadOut).u8(0);
  put_address(a, form, toc.lead_out);
  return sense::good;
}

void put_last_session(const Toc& toc, const Form& form, Answer& a) {
  const auto first = std::find_if(toc.tracks.begin(), toc.tracks.end(),
                                  [&](const TocTrack& t) { return t.session == toc.tracks.back().session; });
  a.u8(1).u8(toc.sessions).u8(0).u8(0x10 | first->control).u8(first->number).u8(0);
  put_address(a, form, first->start);
}

void put_point(Answer& a, int session, int control, int point, int m, int s, int f) {
  a.u8(session).u8(control).u8(0).u8(point).zeros(4).u8(m).u8(s).u8(f);
}

/// One session of the full TOC: A0, A1, A2, its tracks, and where a next session may go.
void put_session(const DiscState& s, int session, Answer& a) {
  const Track* first = nullptr;
  const Track* last = nullptr;
  for (const Track& t : s.tracks)
    if (t.session == session) {
      if (!first) first = &t;
      last = &t;
    }
  if (!first) return;
  const int control = 0x10 | first->control;
  const Msf lead_out = to_msf(s.sessions[static_cast<std::size_t>(session) - 1].lead_out);
  put_point(a, session, control, 0xa0, first->number, 0, 0);
  put_point(a, session, 0x10 | last->control, 0xa1, last->number, 0, 0);
  put_point(a, session, 0x10 | last->control, 0xa2, lead_out.minute, lead_out.second, lead_out.frame);
  for (const Track& t : s.tracks) {
    if (t.session != session) continue;
    const Msf start = to_msf(t.start);
    put_point(a, session, 0x10 | t.control, t.number, start.minute, start.second, start.frame);
  }
  const bool another = !s.finalized || session < last_closed_session(s);
  if (!another) return;
  const std::int64_t gap = session == 1 ? 11250 : 6750;
  const Msf next = to_msf(s.sessions[static_cast<std::size_t>(session) - 1].lead_out + gap);
  const Msf limit = to_msf(s.capacity);
  a.u8(session).u8(0x54).u8(0).u8(0xb0).u8(next.minute).u8(next.second).u8(next.frame).u8(0);
  a.u8(limit.minute).u8(limit.second).u8(limit.frame);
}

void put_full(const DiscState& s, const Form& form, Answer& a) {
  const int closed = last_closed_session(s);
  a.u8(1).u8(closed);
  for (int session = std::max(1, static_cast<int>(form.number)); session <= closed; ++session) put_session(s, session, a);
}

void put_atip(const DiscState& s, Answer& a) {
  const bool rw = s.medium == Medium::cd_rw;
  const Msf lead_in = to_msf(-11640);
  const Msf lead_out = to_msf(s.capacity);
  a.u16(0).u8(0xd0).u8(0x40).u8(rw ? 0xc0 : 0x80).u8(0);
  a.u8(lead_in.minute).u8(lead_in.second).u8(lead_in.frame).u8(0);
  a.u8(lead_out.minute).u8(lead_out.second).u8(lead_out.frame).u8(0);
  a.zeros(12);
}

Sense fill(const DiscState& s, const Form& form, Answer& a) {
  const bool cd = media_row(s.medium).family == Family::cd;
  const Toc toc = make_toc(s);
  if (form.format == 4) {
    if (s.medium != Medium::cd_r && s.medium != Medium::cd_rw) return sense::invalid_field;
    put_atip(s, a);
    return sense::good;
  }
  if (toc.tracks.empty()) return sense::invalid_field;
  switch (form.format) {
    case 0:
      return put_tracks(toc, form, a);
    case 1:
      put_last_session(toc, form, a);
      return sense::good;
    case 2:
      if (!cd || behaviour(s) == Behaviour::overwrite) return sense::invalid_field;
      put_full(s, form, a);
      return sense::good;
    case 5:
      if (!cd) return sense::invalid_field;
      a.u16(0);
      for (const char c : s.cd_text) a.u8(c);
      return sense::good;
    default:
      return sense::invalid_field;
  }
}

}  // namespace

Sense cmd_read_toc(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  unsigned format = cdb.u8(2) & 15;
  if (format == 0) format = cdb.u8(9) >> 6;  // where SFF-8020 had it
  const Form form{cdb.bit(1, 0x02), format, cdb.u8(6)};
  Answer a;
  a.u16(0);
  if (Sense why = fill(*drive.medium(), form, a); !why.good()) return why;
  a.set16(0, static_cast<std::int64_t>(a.size()) - 2);
  request.reply(a, cdb.u16(7));
  return sense::good;
}

}  // namespace core::burner
