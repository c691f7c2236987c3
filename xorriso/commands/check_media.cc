// SPDX-License-Identifier: GPL-3.0-or-later
//
// -check_media: reads the blocks of a medium, tells their quality, copies them to a file if wanted, and remembers in a
// map file what has been readable.
#include "xorriso/commands/check_media.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "libcore/base/text.h"
#include "libcore/base/unique_fd.h"
#include "libcore/session/older_head.h"
#include "xorriso/commands/check_media_options.h"
#include "xorriso/commands/verify.h"
#include "xorriso/medium_report.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Blocks;
using core::Lba;
using core::Severity;
using core::strprintf;
using core::image::CheckRange;
using core::image::MediaCheck;
using core::image::MediaCheckOptions;
using core::image::Quality;
using core::image::Region;
using core::image::SectorMap;

double number(Blocks b) { return static_cast<double>(b.value); }
double number(Lba a) { return static_cast<double>(a.value); }

/// Where the copied blocks go.
class DataTarget {
 public:
  bool open(Program& program, const std::string& word) {
    if (word.empty()) return true;
    to_stdout_ = word == "-";
    if (to_stdout_) {
      fd_.reset(::dup(1));
      return true;
    }
    const auto path = program.disk_path(word);
    if (!path) return false;
    path_ = *path;
    fd_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    return fd_ || program.fail(Severity::failure, "Cannot open path " + core::shell_quote(path_), errno);
  }
  bool wanted() const { return static_cast<bool>(fd_); }

  core::Result<void> take(Lba start, std::span<const std::byte> bytes) {
    std::int64_t at = core::byte_address(start).value;
    while (!bytes.empty()) {
      const ssize_t n = to_stdout_ ? ::write(fd_.get(), bytes.data(), bytes.size()) : ::pwrite(fd_.get(), bytes.data(), bytes.size(), at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return core::Problem{Severity::failure, "Cannot write to data_to= target " + core::shell_quote(to_stdout_ ? "-" : path_), errno};
      bytes = bytes.subspan(static_cast<std::size_t>(n));
      at += n;
    }
    return {};
  }

 private:
  core::UniqueFd fd_;
  std::string path_;
  bool to_stdout_ = false;
};

/// One run of the command.
class MediaChecking {
 public:
  MediaChecking(Program& program, const CheckMediaSettings& settings) : program_(program), s_(settings) {}
  bool run();

 private:
  bool prepare();
  bool load_map();
  bool plan_ranges();
  bool read();
  bool save_map();
  bool patch_head();
  void complete_regions();
  void from_map();
  void report_blocks();
  void report_files();
  void tell_count(std::chrono::steady_clock::time_point start);
  bool conclude();
  MediaCheckOptions options() const;
  void line(const std::string& text) { s_.data_to == "-" ? program_.info(text) : program_.result(text); }
  char class_of(Quality q) const { return core::image::quality_class(q, *core::image::parse_quality(s_.bad_limit)); }
  /// Blocks that were not to be read are never bad.
  char class_of(const Region& r) const {
    const bool outside = r.start >= planned_end_ || r.start < planned_;
    return r.quality == Quality::untested && outside ? '0' : class_of(r.quality);
  }
  bool by_tracks() const { return s_.what == "tracks" && s_.max_lba < 0; }
  std::int64_t patch_start() const;

  Program& program_;
  const CheckMediaSettings& s_;
  core::drive::Drive* drive_ = nullptr;
  std::string map_path_;
  SectorMap map_;
  DataTarget target_;
  std::vector<CheckRange> ranges_;
  MediaCheck outcome_;
  Blocks total_{};
  Lba planned_{}, planned_end_{};   ///< What was to be read.
};

bool MediaChecking::run() {
  if (!prepare()) return false;
  if (s_.use == "sector_map") {
    from_map();
  } else {
    if (!plan_ranges() || !read()) return false;
    complete_regions();
    if (!save_map() || !patch_head()) return false;
  }
  if (s_.report != "files") report_blocks();
  if (s_.report != "blocks") report_files();
  return conclude();
}

bool MediaChecking::prepare() {
  if (s_.use == "sector_map" && s_.sector_map.empty())
    return program_.fail(Severity::failure, "-check_media: option use=sector_map but sector_map=''");
  drive_ = s_.use == "outdev" ? program_.outdev.get() : program_.indev.get();
  if (drive_ == nullptr && s_.use != "sector_map")
    return program_.fail(Severity::failure, strprintf("No %s drive acquired on attempt to check media readability", s_.use == "outdev" ? "output" : "input"));
  if (patch_start() != 0 && (s_.data_to.empty() || s_.data_to == "-"))
    return program_.fail(Severity::failure, std::string("-check_media: cannot apply patch_lba0= while data_to= ") + (s_.data_to.empty() ? "has empty value" : "is \"-\""));
  if (drive_ != nullptr) {
    const auto status = drive_->status();
    if (status != core::drive::MediumStatus::appendable && status != core::drive::MediumStatus::closed)
      return program_.fail(Severity::sorry, "-check_media: No readable medium found");
    total_ = drive_->capacity();
  }
  return load_map() && target_.open(program_, s_.data_to);
}

/// A map file that is not there yet is an empty map.
bool MediaChecking::load_map() {
  map_ = SectorMap(total_);
  if (s_.sector_map.empty()) return true;
  const auto path = program_.disk_path(s_.sector_map);
  if (!path) return false;
  map_path_ = *path;
  if (::access(map_path_.c_str(), F_OK) != 0 && s_.use != "sector_map") return true;
  auto loaded = SectorMap::load(map_path_);
  if (!loaded) {
    program_.report(std::move(loaded).problem());
    return false;
  }
  map_ = std::move(*loaded);
  return true;
}

bool MediaChecking::plan_ranges() {
  auto toc = drive_->toc();
  if (!toc) {
    program_.report(std::move(toc).problem());
    return false;
  }
  const Lba from{std::max<std::int64_t>(s_.min_lba, 0)};
  Lba image_end{};
  for (const auto& session : toc->sessions) image_end = std::max(image_end, session.start + session.size);
  if (!by_tracks() || toc->sessions.empty()) {
    Lba end = s_.what == "image" ? image_end : Lba{total_.value};
    if (s_.max_lba >= 0) end = Lba{s_.max_lba + 1};
    if (end > from) ranges_.push_back({from, end - from, from});
    return true;
  }
  for (const auto& session : toc->sessions) {
    // On overwritable media the first session is preceded by the head that makes the last one current.
    const bool with_head = ranges_.empty() && drive_->overwritable() && session.start == Lba{32};
    const Lba start = std::max(from, with_head ? Lba{0} : session.start);
    const Lba end = session.start + session.size;
    if (end > start) ranges_.push_back({start, end - start, session.start});
  }
  return true;
}

MediaCheckOptions MediaChecking::options() const {
  MediaCheckOptions options;
  options.chunk = Blocks{s_.chunk_size / core::kBlockSize};
  options.retry = s_.retry == "on" ? MediaCheckOptions::Retry::on : s_.retry == "off" ? MediaCheckOptions::Retry::off : MediaCheckOptions::Retry::by_medium;
  const int profile = drive_->profile().number;
  const bool cd = profile >= 0x08 && profile <= 0x0a, bd = profile >= 0x40 && profile <= 0x43;
  options.retry_by_medium = cd;
  options.retry_unit = Blocks{cd || profile == 0xffff ? 1 : bd ? 32 : 16};
  options.slow = std::chrono::duration<double>(s_.slow_limit);
  options.time_limit = std::chrono::seconds(s_.time_limit);
  options.item_limit = s_.item_limit;
  options.abort_file = s_.abort_file;
  options.check_md5 = program_.settings.import.md5 && s_.max_lba < 0;
  return options;
}

bool MediaChecking::read() {
  Blocks all{};
  for (const CheckRange& range : ranges_) all += range.size;
  const core::PhaseScope scope(program_.progress, core::Phase::checking, all.value);
  const auto start = std::chrono::steady_clock::now();
  std::function<core::Result<void>(Lba, std::span<const std::byte>)> take;
  if (target_.wanted()) take = [this](Lba at, std::span<const std::byte> bytes) { return target_.take(at, bytes); };
  auto outcome = core::image::check_media(*drive_, ranges_, map_, options(), take, program_.progress, program_);
  if (!outcome) {
    program_.report(std::move(outcome).problem());
    return false;
  }
  outcome_ = std::move(*outcome);
  program_.drain();
  if (outcome_.blocks_read.value > 0) tell_count(start);
  return true;
}

void MediaChecking::tell_count(std::chrono::steady_clock::time_point start) {
  const double elapsed = std::max(1.0, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  const double speed = number(outcome_.blocks_read) * core::kBlockSize / elapsed / kDvdSpeed;
  const int seconds = static_cast<int>(elapsed);
  Blocks all{};
  for (const CheckRange& range : ranges_) all += range.size;
  const std::string text =
      by_tracks() ? strprintf("%7.f blocks read in %d seconds = %.1fxD", number(outcome_.blocks_read), seconds, speed)
                  : strprintf("%.f of %.f blocks read in %d s = %.1fxD", number(outcome_.blocks_read), number(all), seconds, speed);
  program_.report(Severity::update, text);
}

/// Adds what lies before, between and behind the ranges.
void MediaChecking::complete_regions() {
  std::vector<Region> complete;
  Lba end{};
  if (!outcome_.regions.empty()) planned_ = outcome_.regions.front().start;
  for (const Region& region : outcome_.regions) {
    if (region.start > end) complete.push_back({end, region.start - end, complete.empty() ? Quality::untested : Quality::off_track});
    complete.push_back(region);
    end = region.start + region.size;
  }
  planned_end_ = end;
  if (end < Lba{total_.value}) complete.push_back({end, Lba{total_.value} - end, Quality::untested});
  outcome_.regions = std::move(complete);
}

void MediaChecking::from_map() {
  const Lba end{map_.size().value};
  for (Lba at{}; at < end;) {
    const Blocks run = map_.run_length(at, end);
    outcome_.regions.push_back({at, run, map_.is_valid(at) ? Quality::valid : Quality::invalid});
    at += run;
  }
}

/// The table of content in the form of sector maps: volume ids only on demand.
std::string map_text(Program& program, core::drive::Drive& drive, bool with_volume_ids) {
  const std::string report = medium_report(program, drive, ReportForm::complete);
  if (with_volume_ids) return report;
  std::string text;
  for (std::size_t at = 0; at < report.size();) {
    const auto end = std::min(report.find('\n', at), report.size());
    std::string line = report.substr(at, end - at);
    if (line.starts_with("TOC layout")) line = line.substr(0, line.rfind(" ,"));
    if (line.starts_with("ISO session  :")) {
      std::size_t comma = 0;
      for (int i = 0; i < 3 && comma != line.npos; ++i) comma = line.find(" ,", comma + 1);
      if (comma != line.npos) line = "Session      :" + line.substr(14, comma - 14) + " , ";
    }
    text += line + '\n';
    at = end + 1;
  }
  return text;
}

bool MediaChecking::save_map() {
  if (map_path_.empty()) return true;
  for (const Region& r : outcome_.regions) {
    if (class_of(r) == '+') map_.set(r.start, r.size, true);
  }
  for (const Region& r : outcome_.md5_ranges)
    if (class_of(r) == '-') map_.set(r.start, r.size, false);
  auto saved = map_.save(map_path_, map_text(program_, *drive_, s_.map_with_volid));
  if (!saved) program_.report(std::move(saved).problem());
  return saved.ok();
}

/// Address of the session whose head is to be copied to block 0; 0 = none, -1 = the loaded one.
std::int64_t MediaChecking::patch_start() const {
  if (!s_.patch_lba0) return 0;
  if (s_.patch_lba0_msc1 < 0) return -1;
  return s_.patch_lba0_msc1 >= 32 ? s_.patch_lba0_msc1 : 0;
}

bool MediaChecking::patch_head() {
  std::int64_t start = patch_start();
  if (start < 0) {
    const auto loaded = drive_->loaded_session();
    start = loaded ? loaded->value : 0;
  }
  if (start < 32) return true;
  const auto size = core::session::volume_space(*drive_, Lba{start});
  if (!size) return program_.fail(Severity::failure, "Alleged session start does not look like ISO 9660.");
  auto head = core::session::head_of_session(*drive_, Lba{start}, Blocks{start} + *size);
  if (!head) {
    program_.report(std::move(head).problem());
    return false;
  }
  // The checksum tag would not hold for the copied blocks: it is made illegible, as users of such files know it.
  std::vector<std::byte> block(core::kBlockSize);
  for (std::int64_t i = 16; i < core::session::kHeadSize.value; ++i) {
    auto got = drive_->read(Lba{start + i}, block);
    if (!got || std::memcmp(block.data(), "libisofs_sb_", 12) != 0) continue;
    std::memset(block.data(), 0, 8);
    std::copy(block.begin(), block.end(), head->begin() + static_cast<std::ptrdiff_t>(i * core::kBlockSize));
  }
  auto written = target_.take(Lba{0}, *head);
  if (!written) {
    program_.report(std::move(written).problem());
    return false;
  }
  program_.report(Severity::note, strprintf("Overwrote LBA 0 to 31 by 64 KiB from LBA %.f", static_cast<double>(start)));
  return true;
}

void MediaChecking::report_blocks() {
  auto print = [this](const char* title, const Region& r) {
    line(strprintf("%s %10.f , %10.f , %c ", title, number(r.start), number(r.size), class_of(r)) +
         std::string(core::image::quality_name(r.quality)) + "\n");
  };
  line("Media checks :        lba ,       size , quality\n");
  for (const Region& r : outcome_.regions) print("Media region :", r);
  if (outcome_.md5_ranges.empty()) return;
  line("MD5 checks   :        lba ,       size , result\n");
  for (const Region& r : outcome_.md5_ranges) print("MD5 tag range:", r);
}

void MediaChecking::report_files() {
  if (program_.image == nullptr || s_.use == "outdev") return;
  std::vector<Region> bad;
  for (const auto* list : {&outcome_.regions, &outcome_.md5_ranges})
    std::copy_if(list->begin(), list->end(), std::back_inserter(bad), [this](const Region& r) { return class_of(r) == '-'; });
  std::sort(bad.begin(), bad.end(), [](const Region& a, const Region& b) { return a.start < b.start; });
  line("Report layout:  at byte ,    Range , Filesize , ISO image path\n");
  for (const auto file : data_files_below(program_.image->root())) report_file_damage(program_, file, bad);
}

bool MediaChecking::conclude() {
  auto is_bad = [this](const Region& r) { return class_of(r) == '-' || r.quality == Quality::md5_mismatch; };
  const bool bad = std::any_of(outcome_.regions.begin(), outcome_.regions.end(), is_bad) ||
                   std::any_of(outcome_.md5_ranges.begin(), outcome_.md5_ranges.end(), is_bad);
  const auto severity = core::parse_severity(s_.event).value_or(Severity::all);
  if (bad && severity > Severity::all) program_.report(severity, "Event triggered by media read error or MD5 comparison mismatch");
  return true;
}

}  // namespace

bool cmd_check_media(Program& program, Words words) {
  CheckMediaSettings settings = program.settings.check_media;
  return parse_check_media_options(program, words, settings) && MediaChecking(program, settings).run();
}

void report_file_damage(Program& program, core::image::Node file, std::span<const Region> bad) {
  const std::int64_t size = file.size().value;
  std::int64_t done = 0, from = -1, to = -1;  // bytes of the file; [from, to) is the damaged range at hand
  auto flush = [&] {
    if (from >= 0)
      program.result(strprintf("File damaged : %8.f , %8.f , %8.f , ", static_cast<double>(from), static_cast<double>(to - from), static_cast<double>(size)) +
                     core::shell_quote(file.path()) + "\n");
    from = -1;
  };
  for (const core::image::Extent& extent : file.extents()) {
    const Lba end = extent.start + core::blocks_for(extent.size);
    for (const Region& r : bad) {
      const Lba first = std::max(r.start, extent.start), behind = std::min(r.start + r.size, end);
      if (first >= behind) continue;
      const std::int64_t start_byte = done + core::to_bytes(first - extent.start).value;
      const std::int64_t end_byte = done + std::min(core::to_bytes(behind - extent.start).value, extent.size.value);
      if (from >= 0 && start_byte > to) flush();
      if (from < 0) from = to = start_byte;
      to = std::max(to, end_byte);
    }
    done += extent.size.value;
  }
  flush();
}

}  // namespace xorriso
