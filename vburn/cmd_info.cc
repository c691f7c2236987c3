// SPDX-License-Identifier: GPL-3.0-or-later
//
// vburn info: what is on a disc, for people and for programs.
#include <cstdio>

#include "libcore/base/text.h"
#include "libcore/burner/disc.h"
#include "vburn/commands.h"
#include "vburn/disc_file.h"
#include "vburn/json.h"

namespace vburn {
namespace {

using core::burner::DiscInfo;
using LL = long long;

const char* status_word(core::burner::DiscStatus status) {
  static constexpr const char* kWords[] = {"blank", "appendable", "complete", "other"};
  return kWords[static_cast<int>(status)];
}

void put_tracks(Json& json, const DiscInfo& info) {
  json.open_list("sessions");
  for (const auto& session : info.sessions) {
    json.open_object().put("number", session.number).put("state", session.state);
    json.put("first_track", session.first_track).put("last_track", session.last_track);
    json.put("start", session.start.value).put("lead_out", session.lead_out.value).close_object();
  }
  json.close_list().open_list("tracks");
  for (const auto& track : info.tracks) {
    json.open_object().put("number", track.number).put("session", track.session);
    json.put("mode", track.audio ? "audio" : "data").put("state", track.state).put("recording", track.recording);
    json.put("start", track.start.value).put("size", track.size.value);
    if (track.nwa_valid) json.put("nwa", track.nwa.value).put("free", track.free.value);
    json.close_object();
  }
  json.close_list();
}

void put_ranges(Json& json, std::string_view key, const std::vector<core::burner::RangeInfo>& ranges) {
  json.open_list(key);
  for (const auto& range : ranges)
    json.open_object().put("first", range.first.value).put("count", range.count.value).close_object();
  json.close_list();
}

std::string as_json(const std::string& path, const DiscInfo& info) {
  Json json;
  json.open_object().put("disc", path).put("medium", info.medium_name).put("profile", info.profile);
  json.put("profile_name", info.profile_name).put("status", status_word(info.status));
  json.put("format_state", info.format_state).put("capacity", info.capacity.value).put("free", info.free.value);
  json.put("disc_id", info.disc_id);
  put_tracks(json, info);
  json.open_list("formats");
  for (const auto& format : info.formats)
    json.open_object().put("type", format.type).put("size", format.size.value).put("parameter", format.parameter)
        .close_object();
  json.close_list();
  put_ranges(json, "written", info.written);
  const auto& wear = info.wear;
  json.open_object("wear").put("limit", wear.limit).put("maximum", wear.maximum).put("mean", wear.mean);
  json.put("spare_total", wear.spare_total.value).put("spare_used", wear.spare_used.value);
  put_ranges(json, "defects", wear.defects);
  json.close_object().close_object();
  return json.text();
}

std::string size_text(core::Blocks blocks) {
  return core::strprintf("%lld blocks = %.1f m", static_cast<LL>(blocks.value),
                         static_cast<double>(core::to_bytes(blocks).value) / (1 << 20));
}

void print_tracks(const DiscInfo& info) {
  for (const auto& session : info.sessions) {
    std::printf("Session %d: %s, tracks %d to %d, start %lld", session.number, std::string(session.state).c_str(),
                session.first_track, session.last_track, static_cast<LL>(session.start.value));
    if (session.lead_out.value > 0) std::printf(", lead-out %lld", static_cast<LL>(session.lead_out.value));
    std::printf("\n");
    for (const auto& track : info.tracks) {
      if (track.session != session.number) continue;
      std::printf("  Track %d: %s, %s, %s, start %lld, size %lld", track.number, track.audio ? "audio" : "data",
                  std::string(track.state).c_str(), std::string(track.recording).c_str(),
                  static_cast<LL>(track.start.value), static_cast<LL>(track.size.value));
      if (track.nwa_valid)
        std::printf(", next writable %lld, free %lld", static_cast<LL>(track.nwa.value), static_cast<LL>(track.free.value));
      std::printf("\n");
    }
  }
}

void print_ranges(const char* label, const std::vector<core::burner::RangeInfo>& ranges) {
  for (const auto& range : ranges)
    std::printf("%s: %lld - %lld (%lld blocks)\n", label, static_cast<LL>(range.first.value),
                static_cast<LL>(range.first.value + range.count.value - 1), static_cast<LL>(range.count.value));
}

void print(const std::string& path, const DiscInfo& info) {
  std::printf("Disc: %s\n", path.c_str());
  std::printf("Medium: %s, profile %04Xh (%s)\n", std::string(info.medium_name).c_str(), info.profile,
              std::string(info.profile_name).c_str());
  std::printf("State: %s%s%s\n", status_word(info.status), info.format_state.empty() ? "" : ", ",
              std::string(info.format_state).c_str());
  std::printf("Capacity: %s\n", size_text(info.capacity).c_str());
  std::printf("Free: %s\n", size_text(info.free).c_str());
  print_tracks(info);
  for (const auto& format : info.formats)
    std::printf("Format %02Xh: %s, parameter %u\n", static_cast<unsigned>(format.type), size_text(format.size).c_str(),
                format.parameter);
  print_ranges("Written", info.written);
  const auto& wear = info.wear;
  if (wear.limit > 0)
    std::printf("Wear: at most %d, %.2f in the mean, of %d overwrites\n", wear.maximum, wear.mean, wear.limit);
  if (wear.spare_total.value > 0)
    std::printf("Spare: %lld of %lld blocks used\n", static_cast<LL>(wear.spare_used.value),
                static_cast<LL>(wear.spare_total.value));
  print_ranges("Defect", wear.defects);
}

}  // namespace

int cmd_info(const Arguments& arguments) {
  const std::string& path = arguments.operands[0];
  auto file = DiscFile::open(path, Access::look);
  if (!file) return complain(file.problem());
  const auto disc = core::burner::Disc::open(std::move(*file));
  if (!disc) return complain("State file " + core::shell_quote(state_file_name(path)) + ": " + disc.problem().text);
  const DiscInfo info = (*disc)->info();
  if (arguments.has("json"))
    std::printf("%s\n", as_json(path, info).c_str());
  else
    print(path, info);
  return kExitOk;
}

}  // namespace vburn
