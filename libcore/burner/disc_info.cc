// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disc's state in words and numbers that people and scripts can use.
#include <algorithm>

#include "libcore/burner/disc.h"
#include "libcore/burner/layout.h"
#include "libcore/burner/state_words.h"

namespace core::burner {
namespace {

TrackInfo track_info(const DiscState& s, const Track& t) {
  TrackInfo info;
  info.number = t.number;
  info.session = t.session;
  info.audio = t.audio();
  info.state = t.damaged ? "damaged" : word_of(kFillWords, t.fill);
  info.recording = word_of(kRecordingWords, t.recording);
  info.start = Lba{t.start};
  info.size = Blocks{t.complete() || t.reserved ? t.size : t.nwa - t.start};
  info.nwa_valid = !t.complete() && !t.damaged;
  info.nwa = Lba{info.nwa_valid ? t.nwa : 0};
  info.free = Blocks{free_blocks(s, t)};
  return info;
}

std::vector<SessionInfo> session_infos(const DiscState& s) {
  std::vector<SessionInfo> list;
  for (std::size_t i = 0; i < s.sessions.size(); ++i) {
    SessionInfo info;
    info.number = static_cast<int>(i) + 1;
    info.state = s.sessions[i].closed ? "complete" : "empty";
    for (const Track& t : s.tracks) {
      if (t.session != info.number) continue;
      if (info.first_track == 0) {
        info.first_track = t.number;
        info.start = Lba{t.start};
      }
      info.last_track = t.number;
      if (!s.sessions[i].closed && t.fill != Fill::invisible) info.state = t.damaged ? "damaged" : "incomplete";
    }
    if (s.sessions[i].closed) info.lead_out = Lba{s.sessions[i].lead_out};
    list.push_back(info);
  }
  return list;
}

WearInfo wear_info(const DiscState& s) {
  const MediumRow& row = media_row(s.medium);
  WearInfo info;
  info.limit = row.rewrite_limit;
  std::int64_t used = 0;
  std::int64_t sum = 0;
  for (const std::uint16_t c : s.wear.cycles) {
    if (c == 0) continue;
    ++used;
    sum += c;
    info.maximum = std::max<int>(info.maximum, c);
  }
  if (used) info.mean = static_cast<double>(sum) / static_cast<double>(used);
  info.spare_total = Blocks{s.format.spare_clusters * row.write_unit};
  info.spare_used = Blocks{s.spare_used * row.write_unit};
  for (const std::int64_t first : s.defects) info.defects.push_back({Lba{first}, Blocks{row.write_unit}});
  return info;
}

}  // namespace

DiscInfo Disc::info() const {
  const DiscState& s = state_;
  DiscInfo info;
  info.medium = s.medium;
  info.medium_name = row().name;
  info.profile = profile(s);
  info.profile_name = profile_name(info.profile);
  info.status = disc_status(s);
  if (behaviour(s) == Behaviour::overwrite || is_formatted(s)) info.format_state = word_of(kFormatWords, s.format.state);
  if (s.spoiled) info.format_state = "interrupted";
  info.capacity = Blocks{user_limit(s)};
  for (const Track& t : s.tracks) {
    info.tracks.push_back(track_info(s, t));
    if (t.fill == Fill::invisible) info.free = info.tracks.back().free;
  }
  if (!s.tracks.empty() && info.free.value == 0) info.free = info.tracks.back().free;
  if (behaviour(s) == Behaviour::overwrite) info.free = info.capacity;
  info.sessions = session_infos(s);
  for (const FormatDescriptor& d : format_descriptors(s)) info.formats.push_back({d.type, Blocks{d.blocks}, d.parameter});
  for (const auto& [first, end] : s.written.ranges()) info.written.push_back({Lba{first}, Blocks{end - first}});
  info.wear = wear_info(s);
  info.disc_id = s.disc_id;
  return info;
}

}  // namespace core::burner
