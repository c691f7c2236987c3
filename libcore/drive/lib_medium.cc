// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a medium holds and what can be done to it as a whole: table of content, choice of the session to load, blanking,
// formatting, speeds, profiles.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"
#include "libcore/drive/lib_drive.h"

namespace core::drive {
namespace {

struct TocDeleter { void operator()(isoburn_toc_disc* d) const { isoburn_toc_disc_free(d); } };
using TocHandle = std::unique_ptr<isoburn_toc_disc, TocDeleter>;

int mode_of(SessionChoice::By by) { return static_cast<int>(by); }
static_assert(static_cast<int>(SessionChoice::By::automatic) == 0 && static_cast<int>(SessionChoice::By::session) == 1 &&
              static_cast<int>(SessionChoice::By::track) == 2 && static_cast<int>(SessionChoice::By::lba) == 3 &&
              static_cast<int>(SessionChoice::By::volume_id) == 4);

/// The extended regular expression for a shell pattern; libisoburn knows only those.
std::string expression_for(const std::string& pattern) {
  std::string e = "^";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '*') {
      e += ".*";
    } else if (c == '?') {
      e += '.';
    } else if (c == '[' && pattern.find(']', i + 2) != pattern.npos) {
      const auto end = pattern.find(']', i + 2);
      e += pattern.substr(i, end - i + 1);
      if (e[e.size() - (end - i)] == '!') e[e.size() - (end - i)] = '^';
      i = end;
    } else {
      if (std::string_view("\\.+^$()|{}[]").find(c) != std::string_view::npos) e += '\\';
      e += c;
    }
  }
  return e + "$";
}

std::string value_of(const SessionChoice& choice) {
  return choice.by == SessionChoice::By::volume_id ? expression_for(choice.value) : choice.value;
}

/// Start and length of a track or lead-out entry. Entries without the DVD extension count in minutes, seconds, frames.
TrackEntry track_of(const burn_toc_entry& e) {
  TrackEntry t;
  t.number = e.point;
  if (e.extensions_valid & 1) {
    t.number = (e.point_msb << 8) + e.point;
    t.start = {e.start_lba};
    t.size = {e.track_blocks};
  } else {
    t.start = {burn::burn_msf_to_lba(e.pmin, e.psec, e.pframe)};
    t.size = {burn::burn_msf_to_lba(e.min, e.sec, e.frame)};
  }
  return t;
}

}  // namespace

/// Content that is no ISO image counts as one session; it has no address from where it could be loaded.
TableOfContent LibDrive::toc_of_unknown_content() {
  TableOfContent toc;
  const auto state = status();
  if (state != MediumStatus::appendable && state != MediumStatus::closed) return toc;
  Blocks blocks = capacity();
  if (state == MediumStatus::appendable)
    if (auto nwa = next_writable_address()) blocks = {nwa->value};
  toc.readable = blocks;
  toc.sessions.push_back({.number = 1, .start = {blocks.value}, .size = blocks});
  toc.sessions[0].tracks.push_back({1, {blocks.value}, blocks});
  return toc;
}

Result<TableOfContent> LibDrive::toc() {
  TableOfContent toc;
  const TocHandle disc(isoburn_toc_drive_get_disc(info_->drive));
  if (!disc) return toc_of_unknown_content();
  toc.readable = {std::max(isoburn_toc_disc_get_sectors(disc.get()), 0)};
  int complete = 0;
  isoburn_toc_session** sessions = isoburn_toc_disc_get_sessions(disc.get(), &complete);
  const int count = complete + isoburn_toc_disc_get_incmpl_sess(disc.get());
  for (int i = 0; sessions != nullptr && i < count; ++i) {
    SessionEntry entry;
    entry.number = i + 1;
    entry.complete = i < complete;
    int num_tracks = 0;
    isoburn_toc_track** tracks = isoburn_toc_session_get_tracks(sessions[i], &num_tracks);
    for (int k = 0; tracks != nullptr && k < num_tracks; ++k) {
      burn_toc_entry e{};
      isoburn_toc_track_get_entry(tracks[k], &e);
      entry.tracks.push_back(track_of(e));
      if (k > 0) continue;
      entry.start = entry.tracks[0].start;
      int lba = 0, blocks = 0;
      char volume_id[33] = "";
      if (isoburn_toc_track_get_emul(tracks[k], &lba, &blocks, volume_id, 0) > 0) {
        entry.start = {lba};
        entry.is_iso = true;
      } else if (isoburn_read_iso_head(info_->drive, static_cast<int>(entry.start.value), &blocks, volume_id, 1) > 0) {
        entry.is_iso = true;
      }
      if (entry.is_iso) {
        entry.iso_size = {blocks};
        entry.volume_id = volume_id;
      }
    }
    entry.size = {std::max(isoburn_toc_session_get_sectors(sessions[i]), 0)};
    toc.sessions.push_back(std::move(entry));
  }
  return toc;
}

Result<void> LibDrive::choose_session(const SessionChoice& choice) {
  std::string value = value_of(choice);
  int flags = choice.adjust_by_16 ? 1 : 0;
  if (choice.by == SessionChoice::By::volume_id) flags |= 4;
  if (isoburn_set_msc1(info_->drive, mode_of(choice.by), value.data(), flags) > 0) return {};
  return Problem{Severity::failure, "Cannot find the session to be loaded: " + shell_quote(choice.value)};
}

bool LibDrive::has_complete_session() const {
  const TocHandle disc(isoburn_toc_drive_get_disc(info_->drive));
  int complete = 0;
  return disc && isoburn_toc_disc_get_sessions(disc.get(), &complete) != nullptr && complete > 0;
}

Result<Lba> LibDrive::loaded_session() {
  int lba = 0;
  if (isoburn_disc_get_msc1(info_->drive, &lba) <= 0)
    return Problem{Severity::failure, "Cannot determine the start of the most recent session on " + shell_quote(identity_.address) +
                                          (has_complete_session() ? "" : ". The medium holds no complete session.")};
  return Lba{lba};
}

Result<SessionAddress> LibDrive::find_session(const SessionChoice& choice) {
  SessionAddress a;
  std::string value = value_of(choice);
  int lba = -1;
  char volume_id[33] = "";
  const int flags = choice.by == SessionChoice::By::volume_id ? 4 : 0;
  const int rc = isoburn_get_mount_params(info_->drive, mode_of(choice.by), value.data(), &lba, &a.track, &a.session, volume_id, flags);
  if (rc <= 0) return Problem{Severity::failure, "Cannot find session " + shell_quote(choice.value)};
  a.lba = {lba};
  a.is_iso = rc == 1;
  a.volume_id = volume_id;
  return a;
}

bool LibDrive::erasable() const { return isoburn_disc_erasable(info_->drive) != 0; }

void LibDrive::wait_until_idle(Progress& progress, Phase phase) {
  using namespace std::chrono_literals;
  progress.start(phase);
  auto pause = std::chrono::milliseconds(1);
  burn::burn_progress p{};
  while (burn::burn_drive_get_status(info_->drive, &p) != burn::BURN_DRIVE_IDLE) {
    if (p.sectors > 0) progress.permille = static_cast<int>(1000.0 * p.sector / p.sectors);
    std::this_thread::sleep_for(pause);
    pause = std::min<std::chrono::milliseconds>(pause * 2, 100ms);
  }
  progress.phase = Phase::idle;
}

Result<void> LibDrive::blank(const BlankRequest& request, Progress& progress) {
  if (auto allowed = refuse_readonly(); !allowed) return allowed;
  forget_medium();
  // libisoburn would only invalidate the image on an overwritable DVD-RW; libburn blanks it to sequential state.
  if (request.deformat && kind_ == Kind::optical) {
    burn::burn_disc_erase(info_->drive, request.fast ? 1 : 0);
  } else {
    isoburn_disc_erase(info_->drive, request.fast ? 1 : 0);
  }
  wait_until_idle(progress, Phase::blanking);
  if (burn::burn_drive_wrote_well(info_->drive)) return {};
  return Problem{Severity::failure, "Blanking failed on " + shell_quote(identity_.address)};
}

Result<void> LibDrive::format(const FormatRequest& request, Progress& progress) {
  if (auto allowed = refuse_readonly(); !allowed) return allowed;
  int flags = 0;
  off_t size = 0;
  const int profile_number = profile().number;
  const bool dvd_rw = profile_number == 0x13 || profile_number == 0x14;
  if (request.index >= 0) {
    flags |= 1 << 7 | request.index << 8 | 2 << 1;
  } else if (request.size && !dvd_rw) {
    size = request.size->value;
  } else if (request.fast && dvd_rw) {
    // Quick formatting: the first 128 MiB get written, the rest is formatted by the sessions as they come.
    size = 128 << 20;
    flags |= 1;
  } else {
    flags |= dvd_rw ? 2 << 1 : 3 << 1;  // the full or the default size
  }
  if (request.force) flags |= 1 << 4;
  if (request.without_spare) flags |= 1 << 5;
  if (request.fast) flags |= 1 << 6;
  forget_medium();
  burn::burn_disc_format(info_->drive, size, flags);
  wait_until_idle(progress, Phase::formatting);
  if (burn::burn_drive_wrote_well(info_->drive)) return {};
  return Problem{Severity::failure, "Formatting failed on " + shell_quote(identity_.address)};
}

Result<FormatList> LibDrive::formats() {
  FormatList list;
  off_t size = 0;
  unsigned block_info = 0;
  int count = 0;
  if (burn::burn_disc_get_formats(info_->drive, &list.status, &size, &block_info, &count) <= 0)
    return Problem{Severity::sorry, "Cannot obtain format list info"};
  list.size = {size};
  for (int i = 0; i < count; ++i) {
    FormatDescriptor d;
    if (burn::burn_disc_get_format_descr(info_->drive, i, &d.type, &size, &d.parameter) <= 0) continue;
    d.size = {size};
    list.formats.push_back(d);
  }
  return list;
}

std::optional<SpareInfo> LibDrive::spare_info() {
  int total = 0, free = 0;
  if (burn::burn_disc_get_bd_spare_info(info_->drive, &total, &free, 0) <= 0) return {};
  return SpareInfo{{total}, {free}};
}

Result<std::vector<SpeedDescriptor>> LibDrive::speeds() {
  std::vector<SpeedDescriptor> speeds;
  burn::burn_speed_descriptor* list = nullptr;
  if (burn::burn_drive_get_speedlist(info_->drive, &list) < 0)
    return Problem{Severity::sorry, "Cannot obtain speed list info"};
  for (const auto* d = list; d != nullptr; d = d->next)
    speeds.push_back({d->read_speed, d->write_speed, d->profile_loaded, d->profile_name, d->source, d->end_lba});
  burn::burn_drive_free_speedlist(&list);
  return speeds;
}

Result<std::vector<Profile>> LibDrive::profiles() {
  int count = 0;
  int numbers[64] = {};
  char current[64] = {};
  burn::burn_drive_get_all_profiles(info_->drive, &count, numbers, current);
  std::vector<Profile> list;
  for (int i = 0; i < count && i < 64; ++i) {
    char name[80] = "";
    burn::burn_obtain_profile_name(numbers[i], name);
    list.push_back({numbers[i], name, current[i] != 0});
  }
  return list;
}

std::string LibDrive::medium_product() const {
  char *product = nullptr, *code1 = nullptr, *code2 = nullptr, *book = nullptr;
  std::string text;
  if (burn::burn_disc_get_media_id(info_->drive, &product, &code1, &code2, &book, 0) > 0 && product != nullptr) {
    text = product;
    char* maker = burn::burn_guess_manufacturer(profile().number, code1, code2, 0);
    if (maker != nullptr) text.append(" , ").append(maker);
    std::free(maker);
  }
  for (char* p : {product, code1, code2, book}) std::free(p);
  return text;
}

std::string LibDrive::serial_number() const {
  char* text = nullptr;
  int length = 0;
  std::string serial;
  if (kind_ == Kind::optical && burn::burn_drive_get_serial_no(info_->drive, &text, &length) > 0 && text != nullptr)
    serial.assign(text, static_cast<std::size_t>(std::max(length, 0)));
  std::free(text);
  return serial;
}

Drive::Remark LibDrive::remark() const {
  if (kind_ != Kind::optical) return Remark::none;
  const auto state = status();
  if (state == MediumStatus::blank) {
    burn::burn_multi_caps* caps = nullptr;
    bool single = false;
    if (burn::burn_disc_get_multi_caps(info_->drive, burn::BURN_WRITE_NONE, &caps, 0) > 0) single = caps->multi_session == 0;
    burn::burn_disc_free_multi_caps(&caps);
    if (single && !overwritable()) return Remark::single_session_only;
  }
  if (state != MediumStatus::closed && (burn::burn_disc_next_track_is_damaged(info_->drive, 0) & 1) != 0)
    return Remark::next_track_damaged;
  return Remark::none;
}

Result<void> LibDrive::close_damaged(bool force, bool close_medium) {
  if (auto allowed = refuse_readonly(); !allowed) return allowed;
  burn::burn_write_opts* options = burn::burn_write_opts_new(info_->drive);
  if (options == nullptr) return Problem{Severity::fatal, "Out of memory"};
  burn::burn_write_opts_set_write_type(options, burn::BURN_WRITE_TAO, burn::BURN_BLOCK_MODE1);
  burn::burn_write_opts_set_multi(options, close_medium ? 0 : 1);
  burn::burn_write_opts_set_simulate(options, 0);
  burn::burn_disc_close_damaged(options, force ? 1 : 0);
  burn::burn_write_opts_free(options);
  return {};
}

bool LibDrive::has_open_session() {
  if (kind_ != Kind::optical || overwritable() || status() != MediumStatus::appendable) return false;
  int lba = 0, nwa = 0;
  const bool writable = isoburn_disc_track_lba_nwa(info_->drive, nullptr, 0, &lba, &nwa) > 0;
  if (writable && nwa > lba) return true;
  const TocHandle disc(isoburn_toc_drive_get_disc(info_->drive));
  int complete = 0;
  isoburn_toc_session** list = disc ? isoburn_toc_disc_get_sessions(disc.get(), &complete) : nullptr;
  if (list == nullptr) return false;
  const int number = profile().number;
  if (number != 0x09 && number != 0x0a) {
    // The empty session that waits for the next burn counts as incomplete, too. It begins with the next track.
    if (isoburn_toc_disc_get_incmpl_sess(disc.get()) < 1) return false;
    int tracks = 0;
    isoburn_toc_track** first = isoburn_toc_session_get_tracks(list[complete], &tracks);
    if (first == nullptr || tracks < 1) return false;
    burn_toc_entry entry{};
    isoburn_toc_track_get_entry(first[0], &entry);
    return tracks > 1 || track_of(entry).start.value < lba;
  }
  // A CD tells closed sessions only. Behind the lead-out come 11400 blocks after the first session, else 6900; the
  // shortest track has 300.
  if (!writable || complete < 1) return false;
  burn_toc_entry leadout{};
  isoburn_toc_session_get_leadout_entry(list[complete - 1], &leadout);
  return nwa >= track_of(leadout).start.value + (complete == 1 ? 11400 : 6900) + 300;
}

void LibDrive::calm_down(bool calm) { burn::burn_drive_snooze(info_->drive, calm ? 0 : 1); }

void LibDrive::set_read_speed(int kilobytes_per_second) {
  if (kind_ == Kind::optical) burn::burn_drive_set_speed(info_->drive, kilobytes_per_second, 0);
}

}  // namespace core::drive
