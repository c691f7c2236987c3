// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sequential DVD and BD media: DVD-R, DVD-RW before formatting, DVD+R, BD-R. They share one model: tracks (RZones,
// fragments, SRRs) are filled at their next writable address, and closed with their session (border). What differs is
// in SequentialRules (MMC-6 5.3.6 ff.; ECMA-279, 338, 349; the gaps of borders are measured, see doc/burner.md).
#include <algorithm>

#include "libcore/burner/recorders.h"

namespace core::burner {
namespace {

enum class Kin { dvd_minus, dvd_plus, bd };

struct SequentialRules {
  Kin kin;
  std::int64_t unit;        ///< blocks per ECC block
  std::int64_t track_gap;   ///< between tracks of a session
  std::int64_t first_gap;   ///< after the first session
  std::int64_t later_gap;
  int max_sessions;
  int max_open_tracks;      ///< reserved and invisible together
};

constexpr SequentialRules kMinus{Kin::dvd_minus, 16, 16, 28688, 6160, 0xffff, 100};
constexpr SequentialRules kPlus{Kin::dvd_plus, 16, 16, 2048, 2048, 153, 16};
constexpr SequentialRules kPlusDl{Kin::dvd_plus, 16, 16, 2048, 2048, 127, 16};
constexpr SequentialRules kBd{Kin::bd, 32, 0, 0, 0, 0xffff, 16};

const SequentialRules& rules_of(Medium medium) {
  switch (medium) {
    case Medium::dvd_plus_r:
      return kPlus;
    case Medium::dvd_plus_r_dl:
      return kPlusDl;
    case Medium::bd_r:
    case Medium::bd_r_dl:
      return kBd;
    default:
      return kMinus;
  }
}

class SequentialRecorder : public Recorder {
 public:
  SequentialRecorder(Disc& disc, Platter& platter, const WriteParameters& parameters)
      : Recorder(disc, platter, parameters), rules_(rules_of(disc.state().medium)) {}

  Sense write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) override;
  Sense close(CloseFunction function, int track) override;
  Sense reserve(std::int64_t blocks) override;
  Sense flush() override;

 private:
  bool minus() const { return rules_.kin == Kin::dvd_minus; }
  bool at_once() const { return minus() && parameters_.write_type == WriteType::sao; }

  Track* writable_track(std::int64_t lba);
  Sense refuse_address(std::int64_t lba) const;
  Sense check_mode(const Track& track) const;
  Sense pseudo_overwrite(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data);
  void close_track(Track& track);
  Sense close_session(bool final);
  Sense check_closable() const;
  void start_session();
  void add_invisible(std::int64_t start);
  bool room_for_session(std::int64_t start) const;
  std::int64_t next_start() const;

  const SequentialRules& rules_;
};

Track* SequentialRecorder::writable_track(std::int64_t lba) {
  for (Track& t : state().tracks)
    if (!t.complete() && t.nwa == lba) return &t;
  return nullptr;
}

Sense SequentialRecorder::refuse_address(std::int64_t lba) const {
  if (lba < 0 || lba >= user_limit(state())) return sense::address_out_of_range.at(lba);
  return sense::invalid_write_address.at(lba);
}

/// DVD-R and -RW: does the write type of mode page 05 fit the track?
Sense SequentialRecorder::check_mode(const Track& track) const {
  if (track.damaged) return sense::illegal_mode;
  if (!minus()) return sense::good;
  if (at_once()) {
    if (track.recording == Recording::dao) return sense::good;
    return track.fill == Fill::invisible ? sense::sequence_error : sense::illegal_mode;
  }
  if (track.recording == Recording::dao || !state().incremental_ok) return sense::illegal_mode;
  return sense::good;
}

Sense SequentialRecorder::write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) {
  if (state().finalized) return sense::cannot_write_incompatible;
  Track* track = writable_track(lba);
  if (!track) {
    if (state().format.pow && platter_.readable(lba, blocks) > 0) return pseudo_overwrite(lba, blocks, data);
    return refuse_address(lba);
  }
  if (Sense s = check_mode(*track); !s.good()) return s;
  const std::int64_t room = free_blocks(state(), *track);
  if (blocks > room) return (track->reserved ? sense::end_of_track : sense::address_out_of_range).at(lba + room);
  const auto done = platter_.write(lba, data);
  track->nwa += done.done;
  if (done.done > 0) {
    track->fill = Fill::incomplete;
    if (track->recording == Recording::none) track->recording = Recording::incremental;
  }
  if (!done.sense.good()) return done.sense;
  // The whole disc was announced, so nobody is going to say that it is complete.
  if (track->recording == Recording::dao && free_blocks(state(), *track) == 0)
    return close_session(parameters_.multi_session != 3);
  return sense::good;
}

/// BD-R with pseudo-overwrite: the drive writes the new content at the next writable address and redirects the old
/// cluster. Seen from outside the block changes in place, and free space shrinks by the clusters touched.
Sense SequentialRecorder::pseudo_overwrite(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) {
  Track* next = &state().tracks.back();
  const std::int64_t clusters = (round_up(lba + blocks, rules_.unit) - round_down(lba, rules_.unit)) / rules_.unit;
  if (platter_.readable(lba, blocks) < blocks) return sense::invalid_write_address.at(lba);
  if (next->complete() || free_blocks(state(), *next) < clusters * rules_.unit) return sense::end_of_track;
  const auto done = platter_.write(lba, data);
  next->nwa = round_up(next->nwa, rules_.unit) + clusters * rules_.unit;
  next->fill = Fill::incomplete;
  return done.sense;
}

Sense SequentialRecorder::flush() {
  for (Track& t : state().tracks)
    if (t.recording == Recording::dao && t.fill == Fill::incomplete && free_blocks(state(), t) == 0)
      return close_session(parameters_.multi_session != 3);
  // A last unit that is not full is padded on DVD+R and BD-R; incremental DVD-R continues in the middle of it.
  return sense::good;
}

void SequentialRecorder::add_invisible(std::int64_t start) {
  if (start >= user_limit(state()) || state().tracks.size() >= 0xfffe) return;
  Track t;
  t.number = static_cast<int>(state().tracks.size()) + 1;
  t.session = static_cast<int>(state().sessions.size());
  t.start = t.nwa = start;
  state().tracks.push_back(t);
}

void SequentialRecorder::close_track(Track& track) {
  if (track.complete() || track.fill == Fill::invisible) return;
  const std::int64_t end = track.reserved ? track.start + track.size
                                          : std::min(round_up(track.nwa, rules_.unit), user_limit(state()));
  platter_.pad(track.nwa, end - track.nwa);
  track.size = end - track.start;
  track.nwa = end;
  track.fill = Fill::complete;
  track.damaged = false;
  if (track.recording == Recording::none) track.recording = Recording::incremental;
  const bool last = &track == &state().tracks.back();
  if (last) add_invisible(round_up(end, rules_.unit) + rules_.track_gap);
}

Sense SequentialRecorder::check_closable() const {
  const int session = static_cast<int>(state().sessions.size());
  for (const Track& t : state().tracks) {
    if (t.session != session || t.complete() || t.fill == Fill::invisible) continue;
    if (t.damaged) continue;  // closing is what repairs it
    // A reservation counts as filled when only the rest of its last ECC block is missing.
    if (t.reserved && round_up(t.nwa, rules_.unit) < t.start + t.size) return sense::empty_reserved_track;
    // DVD-R wants its track closed first; DVD+R and BD-R drives do that by themselves.
    if (!t.reserved && minus()) return sense::incomplete_track;
  }
  return sense::good;
}

bool SequentialRecorder::room_for_session(std::int64_t start) const {
  const std::int64_t least = rules_.kin == Kin::dvd_plus ? 65 * rules_.unit : rules_.unit;
  return start + least <= user_limit(state()) &&
         state().sessions.size() < static_cast<std::size_t>(rules_.max_sessions) && state().tracks.size() < 0xfffe;
}

Sense SequentialRecorder::close_session(bool final) {
  DiscState& s = state();
  if (Sense why = check_closable(); !why.good()) return why;
  const int session = static_cast<int>(s.sessions.size());
  for (std::size_t i = 0; i < s.tracks.size(); ++i)
    if (s.tracks[i].session == session) {
      if (s.tracks[i].damaged) s.tracks[i].reserved = false;
      close_track(s.tracks[i]);
    }
  if (invisible_track(s)) s.tracks.pop_back();
  const bool empty = s.tracks.empty() || s.tracks.back().session != session;
  if (empty) {
    // Nothing to close: only the announcement that nothing may follow has an effect.
    if (final && session > 1) {
      s.sessions.pop_back();
      s.finalized = true;
      return sense::good;
    }
    add_invisible(session > 1 ? next_start() : 0);
    return sense::good;
  }
  s.sessions.back() = Session{.closed = true, .lead_out = s.tracks.back().start + s.tracks.back().size};
  session_ended_ = true;
  const std::int64_t start = next_start();
  if (final || !room_for_session(start)) {
    s.finalized = true;
    return sense::good;
  }
  s.sessions.push_back(Session{});
  add_invisible(start);
  return sense::good;
}

/// Where the session after the last closed one begins.
std::int64_t SequentialRecorder::next_start() const {
  const int closed = last_closed_session(state());
  if (closed == 0) return 0;
  return round_up(state().sessions[static_cast<std::size_t>(closed) - 1].lead_out, rules_.unit) +
         (closed == 1 ? rules_.first_gap : rules_.later_gap);
}

Sense SequentialRecorder::close(CloseFunction function, int number) {
  switch (function) {
    case CloseFunction::track: {
      Track* track = number == 0xff && !state().tracks.empty() ? &state().tracks.back() : find_track(state(), number);
      if (!track) return sense::invalid_field;
      close_track(*track);
      return sense::good;
    }
    case CloseFunction::session:
    case CloseFunction::border:
      if (state().finalized) return sense::good;
      return close_session(minus() && parameters_.multi_session != 3);
    case CloseFunction::dl_final:
      if (state().medium != Medium::dvd_plus_r_dl) return sense::invalid_field;
      [[fallthrough]];
    case CloseFunction::final_radius:
      if (rules_.kin == Kin::bd) return sense::invalid_field;
      [[fallthrough]];
    case CloseFunction::final_any:
      if (minus()) return sense::invalid_field;
      if (state().finalized) return sense::good;
      return close_session(true);
    case CloseFunction::stop_format:
      break;
  }
  return sense::invalid_field;
}

Sense SequentialRecorder::reserve(std::int64_t blocks) {
  DiscState& s = state();
  if (s.finalized) return sense::cannot_write_incompatible;
  if (blocks <= 0) return sense::invalid_field;
  Track* track = &s.tracks.back();
  const bool again = track->fill == Fill::reserved && track->recording == Recording::dao;
  if (track->fill != Fill::invisible && !again) return sense::no_more_reservations;
  if (blocks > user_limit(s) - track->start) return sense::invalid_field;
  if (minus() && !at_once() && !s.incremental_ok) return sense::illegal_mode;
  const auto open_tracks = std::count_if(s.tracks.begin(), s.tracks.end(), [](const Track& t) { return !t.complete(); });
  if (open_tracks >= rules_.max_open_tracks) return sense::no_more_reservations;
  track->reserved = true;
  track->fill = Fill::reserved;
  track->size = at_once() ? blocks : std::min(round_up(blocks, rules_.unit), user_limit(s) - track->start);
  track->recording = at_once() ? Recording::dao : Recording::incremental;
  const std::int64_t end = track->start + track->size;
  if (!at_once()) add_invisible(round_up(end, rules_.unit) + rules_.track_gap);
  return sense::good;
}

}  // namespace

std::unique_ptr<Recorder> make_sequential_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters) {
  return std::make_unique<SequentialRecorder>(disc, platter, parameters);
}

}  // namespace core::burner
