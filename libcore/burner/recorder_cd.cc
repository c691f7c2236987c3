// SPDX-License-Identifier: GPL-3.0-or-later
//
// CD-R and CD-RW: track-at-once, where SYNCHRONIZE CACHE ends the track, and session-at-once by cue sheet, where the
// session closes itself after its last sector (MMC-6 4.2, 6.33; ECMA-394). Lead-out, lead-in and pregap between sessions
// take 11 400 sectors after the first session and 6 900 after the others.
#include <algorithm>
#include <optional>

#include "libcore/burner/cue_sheet.h"
#include "libcore/burner/recorders.h"

namespace core::burner {
namespace {

constexpr std::int64_t kRunOut = 2;
constexpr std::int64_t kPregap = 150;
constexpr std::int64_t kShortestTrack = 300;
constexpr std::int64_t kFirstGap = 11400;
constexpr std::int64_t kLaterGap = 6900;
constexpr std::int64_t kLeadInStart = -11640;  // 97:26:60, as ATIP tells
constexpr std::size_t kMaxTracks = 99;

class CdRecorder : public Recorder {
 public:
  using Recorder::Recorder;

  std::int64_t write_bytes(std::int64_t lba, std::int64_t blocks) const override;
  Sense write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) override;
  Sense flush() override;
  Sense close(CloseFunction function, int track) override;
  Sense reserve(std::int64_t) override { return sense::illegal_mode; }
  Sense cue_sheet(std::span<const std::byte> sheet) override;

 private:
  bool sao() const { return parameters_.write_type == WriteType::sao; }
  Sense write_sao(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data);
  Sense write_span(const CueSpan& span, std::int64_t lba, std::int64_t sectors, std::span<const std::byte> data);
  void begin_sao();
  void end_sao();
  void skip_generated();
  void finish_track(Track& track);
  Sense close_session();
  void add_invisible(std::int64_t start);

  std::optional<CuePlan> plan_;
  std::int64_t cursor_ = 0;
  std::size_t first_track_ = 0;  ///< index of the session's first track in the state
  bool sao_begun_ = false;
};

std::int64_t CdRecorder::write_bytes(std::int64_t lba, std::int64_t blocks) const {
  if (plan_) {
    std::int64_t bytes = 0;
    for (const CueSpan& s : plan_->spans) {
      const std::int64_t common = std::min(s.end, lba + blocks) - std::max(s.first, lba);
      if (common > 0) bytes += common * s.bytes;
    }
    return bytes;
  }
  return blocks * (parameters_.block_type == 0 ? 2352 : 2048);
}

Sense CdRecorder::write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) {
  DiscState& s = state();
  if (s.finalized) return sense::cannot_write_incompatible;
  if (plan_) return write_sao(lba, blocks, data);
  if (sao()) return sense::sequence_error;
  if (parameters_.write_type != WriteType::tao) return sense::illegal_mode;
  Track& track = s.tracks.back();
  if (track.complete()) return sense::address_out_of_range.at(lba);
  if (track.damaged) return sense::illegal_mode;
  if (lba != track.nwa) return (lba >= s.capacity ? sense::address_out_of_range : sense::invalid_write_address).at(lba);
  if (blocks > s.capacity - lba) return sense::end_of_track.at(s.capacity);
  const bool audio = (parameters_.track_mode & 4) == 0;
  if (audio != (parameters_.block_type == 0)) return sense::illegal_mode;
  if (track.fill == Fill::incomplete && audio != track.audio()) return sense::illegal_mode;
  const auto done = audio ? platter_.write_raw(lba, data) : platter_.write(lba, data);
  if (done.done > 0) {
    track.fill = Fill::incomplete;
    track.recording = Recording::tao;
    track.control = static_cast<std::uint8_t>(parameters_.track_mode & 15);
    track.sector_size = audio ? 2352 : 2048;
    track.nwa += done.done;
  }
  return done.sense;
}

Sense CdRecorder::flush() {
  Track& track = state().tracks.back();
  if (track.recording == Recording::tao && track.fill == Fill::incomplete && !track.damaged) finish_track(track);
  return sense::good;
}

void CdRecorder::add_invisible(std::int64_t start) {
  DiscState& s = state();
  if (start >= s.capacity || s.tracks.size() >= kMaxTracks) return;
  Track t;
  t.number = static_cast<int>(s.tracks.size()) + 1;
  t.session = static_cast<int>(s.sessions.size());
  t.start = t.nwa = start;
  s.tracks.push_back(t);
}

/// Ends a track-at-once track: filled up to four seconds, then two run-out sectors, which belong to it but cannot be read.
void CdRecorder::finish_track(Track& track) {
  const std::int64_t end = std::min(std::max(track.nwa, track.start + kShortestTrack), state().capacity);
  if (!track.audio()) platter_.pad(track.nwa, end - track.nwa);
  track.size = end + kRunOut - track.start;
  track.nwa = end;
  track.fill = Fill::complete;
  track.damaged = false;
  const std::int64_t next = track.start + track.size + kPregap;
  add_invisible(next);
}

Sense CdRecorder::close(CloseFunction function, int number) {
  DiscState& s = state();
  if (function == CloseFunction::track) {
    Track* track = number == 0xff || number == 0 ? &s.tracks.back() : find_track(s, number);
    if (!track) return sense::invalid_field;
    if (track->fill == Fill::incomplete) {
      track->reserved = false;
      finish_track(*track);
    }
    return sense::good;
  }
  if (function != CloseFunction::session) return sense::invalid_field;
  return s.finalized ? sense::good : close_session();
}

Sense CdRecorder::close_session() {
  DiscState& s = state();
  const int session = static_cast<int>(s.sessions.size());
  plan_.reset();
  sao_begun_ = false;
  for (std::size_t i = 0; i < s.tracks.size(); ++i) {
    Track& t = s.tracks[i];
    if (t.session != session || t.complete() || t.fill == Fill::invisible) continue;
    // An at-once recording that broke off ends where its data end; tracks it did not reach do not exist.
    if (t.nwa == t.start) {
      s.tracks.resize(i);
      break;
    }
    t.reserved = false;
    const bool at_once = t.recording == Recording::sao;
    finish_track(t);  // may add a track behind, and move all of them
    if (at_once) {
      s.tracks.resize(i + 1);
      break;
    }
  }
  if (invisible_track(s)) s.tracks.pop_back();
  const std::int64_t restart = s.sessions.size() > 1 ? s.sessions[s.sessions.size() - 2].lead_out : 0;
  const auto gap_after = [](int n) { return n == 0 ? 0 : n == 1 ? kFirstGap : kLaterGap; };
  if (s.tracks.empty() || s.tracks.back().session != session) {
    add_invisible(restart + gap_after(session - 1));
    return sense::good;
  }
  const Track& last = s.tracks.back();
  s.sessions.back() = Session{.closed = true, .lead_out = last.start + last.size};
  session_ended_ = true;
  const std::int64_t next = s.sessions.back().lead_out + gap_after(session);
  if (parameters_.multi_session != 3 || next + kShortestTrack > s.capacity || s.tracks.size() >= kMaxTracks) {
    s.finalized = true;
    return sense::good;
  }
  s.sessions.push_back(Session{});
  add_invisible(next);
  return sense::good;
}

Sense CdRecorder::cue_sheet(std::span<const std::byte> sheet) {
  DiscState& s = state();
  if (s.finalized) return sense::cannot_write_incompatible;
  if (!sao()) return sense::sequence_error;
  const Track* next = invisible_track(s);
  const bool session_begun = s.tracks.size() > 1 && s.tracks[s.tracks.size() - 2].session == s.tracks.back().session;
  if (!next || session_begun) return sense::sequence_error;
  CuePlan plan;
  const std::int64_t lead_in = s.sessions.size() == 1 ? kLeadInStart : next->start - kPregap - 4500;
  if (Sense why = read_cue_sheet(sheet, next->start, s.capacity, lead_in, plan); !why.good()) return why;
  if (plan.tracks.size() + s.tracks.size() - 1 > kMaxTracks) return sense::invalid_parameter;
  cursor_ = plan.spans.front().first;
  plan_ = std::move(plan);
  sao_begun_ = false;
  skip_generated();
  return sense::good;
}

/// Moves the cursor over spans that the drive writes by itself.
void CdRecorder::skip_generated() {
  for (const CueSpan* span = plan_->span_at(cursor_); span && span->bytes == 0; span = plan_->span_at(cursor_)) {
    if (sao_begun_ && span->track >= 0) {
      Track& t = state().tracks[first_track_ + static_cast<std::size_t>(span->track)];
      platter_.pad(span->first, span->end - span->first);
      t.fill = Fill::incomplete;
      t.nwa = span->end;
    }
    cursor_ = span->end;
  }
}

void CdRecorder::begin_sao() {
  DiscState& s = state();
  s.tracks.pop_back();
  first_track_ = s.tracks.size();
  for (Track t : plan_->tracks) {
    t.number = static_cast<int>(s.tracks.size()) + 1;
    t.session = static_cast<int>(s.sessions.size());
    s.tracks.push_back(t);
  }
  s.cd_text.clear();
  sao_begun_ = true;
}

void CdRecorder::end_sao() {
  for (std::size_t i = first_track_; i < state().tracks.size(); ++i) {
    Track& t = state().tracks[i];
    t.fill = Fill::complete;
    t.nwa = t.start + t.size;
  }
  (void)close_session();
}

Sense CdRecorder::write_sao(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) {
  if (lba != cursor_) return sense::invalid_write_address.at(lba);
  if (lba + blocks > plan_->lead_out) return sense::end_of_track.at(plan_->lead_out);
  if (!sao_begun_) begin_sao();
  const std::int64_t end = lba + blocks;
  while (cursor_ < end) {
    const CueSpan* span = plan_->span_at(cursor_);
    if (!span) return sense::sequence_error;
    const std::int64_t sectors = std::min(span->end, end) - cursor_;
    const auto part = data.first(static_cast<std::size_t>(sectors * span->bytes));
    data = data.subspan(part.size());
    if (Sense why = write_span(*span, cursor_, sectors, part); !why.good()) return why;
    cursor_ += sectors;
  }
  skip_generated();
  if (cursor_ >= plan_->lead_out) end_sao();
  return sense::good;
}

Sense CdRecorder::write_span(const CueSpan& span, std::int64_t lba, std::int64_t sectors, std::span<const std::byte> data) {
  if (span.bytes == 0) return sense::good;
  if (span.track < 0) {
    if (span.bytes == 96) collect_cd_text(data, state().cd_text);
    return sense::good;
  }
  Track& track = state().tracks[first_track_ + static_cast<std::size_t>(span.track)];
  Platter::Outcome done;
  if (track.audio()) {
    done = platter_.write_raw(lba, data);
  } else if (span.bytes == 2048) {
    done = platter_.write(lba, data);
  } else {
    std::vector<std::byte> user(static_cast<std::size_t>(sectors * kBlockSize));
    for (std::size_t i = 0; i < static_cast<std::size_t>(sectors); ++i)
      std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(i * 2352) + span.user_offset, kBlockSize,
                  user.begin() + static_cast<std::ptrdiff_t>(i) * kBlockSize);
    done = platter_.write(lba, user);
  }
  track.fill = Fill::incomplete;
  track.nwa = lba + done.done;
  return done.sense;
}

}  // namespace

std::unique_ptr<Recorder> make_cd_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters) {
  return std::make_unique<CdRecorder>(disc, platter, parameters);
}

}  // namespace core::burner
