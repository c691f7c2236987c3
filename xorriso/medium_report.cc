// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/medium_report.h"
#include "xorriso/boot_equipment.h"

#include <algorithm>

#include "libcore/base/text.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::kBlockSize;
using core::strprintf;
using core::drive::Drive;
using core::drive::Kind;
using core::drive::MediumStatus;

std::string_view status_text(MediumStatus status) {
  switch (status) {
    case MediumStatus::blank: return "is blank";
    case MediumStatus::appendable: return "is written , is appendable";
    case MediumStatus::closed: return "is written , is closed";
    case MediumStatus::no_medium: return "is not present";
    case MediumStatus::unsuitable: return "is not usable";
    case MediumStatus::unready: return "is not known";
  }
  return "";
}

/// A fast blanked DVD-RW and a DVD-R DL can take one session only.
std::string_view remark_text(const Drive& drive) {
  constexpr int kDvdRw = 0x14;
  switch (drive.remark()) {
    case Drive::Remark::single_session_only:
      return drive.profile().number == kDvdRw ? " , but will need -close on" : " , but will need -close \"on\"";
    case Drive::Remark::next_track_damaged: return " , but next track is damaged";
    default: return "";
  }
}

std::string access_text(const Drive& drive) {
  const auto& o = drive.options();
  return std::string(o.exclusive ? "exclusive" : "shared") + (o.readonly ? ":readonly" : ":unrestricted");
}

/// Blocks that can be read: on appendable media what stands before the next writable address.
std::int64_t readable_blocks(Drive& drive) {
  const auto status = drive.status();
  if (status != MediumStatus::appendable && status != MediumStatus::closed) return 0;
  if (drive.kind() == Kind::write_only || drive.kind() == Kind::sequential) return drive.toc().ok() ? drive.toc()->readable.value : 0;
  std::int64_t blocks = drive.capacity().value;
  if (status == MediumStatus::appendable && drive.overwritable())
    if (auto nwa = drive.next_writable_address()) blocks = std::min(blocks, nwa->value);
  return blocks;
}

std::string blocks_line(Drive& drive) {
  const bool blank = drive.status() == MediumStatus::blank;
  const std::int64_t readable = readable_blocks(drive);
  const std::int64_t writable = (blank ? drive.blank_space() : drive.free_space()).value / kBlockSize;
  std::int64_t overall = readable + writable;
  if (drive.status() == MediumStatus::appendable)
    if (auto nwa = drive.next_writable_address()) overall = nwa->value + writable;
  // A closed rewritable medium still has the room that it had when it was blank.
  if (drive.status() == MediumStatus::closed && drive.erasable() && !drive.is_pseudo())
    if (auto formats = drive.formats()) overall = std::max(overall, formats->size.value / kBlockSize);
  const char* word = drive.kind() == Kind::read_only ? "unused" : "writable";
  return strprintf("Media blocks : %lld readable , %lld %s , %lld overall\n", static_cast<long long>(readable),
                   static_cast<long long>(writable), word, static_cast<long long>(overall));
}

std::string session_lines(const core::drive::SessionEntry& s) {
  std::string text;
  bool first = true;
  for (const auto& t : s.tracks) {
    const bool iso = first && s.is_iso;
    const char* title = iso ? (s.complete ? "ISO session  " : "ISO track    ") : first ? "Other session" : "Other track  ";
    if (!s.complete && first) title = iso ? "ISO track    " : "Incmp session";
    const int number = first && s.complete ? s.number : t.number;
    const std::int64_t start = first ? s.start.value : t.start.value;
    text += strprintf("%s: %3d , %9lld , %9llds , %s\n", title, number, static_cast<long long>(start),
                      static_cast<long long>(iso ? s.iso_size.value : t.size.value), iso ? s.volume_id.c_str() : "");
    first = false;
  }
  return text;
}

std::string toc_lines(const core::drive::TableOfContent& toc) {
  if (toc.sessions.empty()) return {};
  std::string text = "TOC layout   : Idx ,  sbsector ,       Size , Volume Id\n";
  for (const auto& s : toc.sessions) text += session_lines(s);
  return text;
}

std::string summary_line(Drive& drive, const core::drive::TableOfContent& toc) {
  std::int64_t blocks = 0, sessions = 0;
  for (const auto& s : toc.sessions) {
    if (!s.complete) continue;
    ++sessions;
    blocks += s.size.value;
  }
  const std::string data = blocks > 0 ? strprintf("%5s", scaled_size(blocks * kBlockSize).c_str()) : "0";
  return strprintf("Media summary: %lld session%s, %lld data blocks, %s data, %5s free\n", static_cast<long long>(sessions),
                   sessions == 1 ? "" : "s", static_cast<long long>(blocks), data.c_str(), scaled_size(drive.free_space().value).c_str());
}

std::string type_line(const Drive& drive) {
  const auto& i = drive.identity();
  return "Drive type   : vendor '" + i.vendor + "' product '" + i.product + "' revision '" + i.revision + "'\n";
}

std::string boot_lines(const Program& program, ReportForm form) {
  const LoadedSession& session = program.loaded;
  const std::string record = boot_record_words(program);
  if (record.empty()) return {};
  std::string text = "Boot record  : " + record + '\n';
  if (form == ReportForm::brief) return text;
  if (!session.boot_catalog.empty()) text += "Boot catalog : " + core::shell_quote(session.boot_catalog) + '\n';
  for (const auto& path : session.boot_images)
    if (!path.empty()) text += "Boot image   : " + core::shell_quote(path) + '\n';
  return text;
}

}  // namespace

std::string scaled_size(std::int64_t bytes) {
  constexpr std::string_view units = "kmgtpe";
  if (bytes < 10000) return strprintf("%lld", static_cast<long long>(bytes));
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (value /= 1024; value >= 9999.5 && unit + 1 < units.size(); value /= 1024) ++unit;
  return strprintf(value < 99.95 ? "%.1f%c" : "%.f%c", value, units[unit]);
}

std::string drive_title(const Program& program, const Drive& drive) {
  const bool in = program.indev.get() == &drive, out = program.outdev.get() == &drive;
  return std::string(in && out ? "-dev " : in ? "-indev " : "-outdev ") + core::shell_quote(drive.identity().address);
}

std::string medium_name(const Drive& drive) {
  if (drive.status() == MediumStatus::no_medium) return "is not recognizable";
  const auto profile = drive.profile();
  if (profile.name.empty()) return "is not recognizable";
  switch (drive.kind()) {
    case Kind::random_access: return profile.name + ", overwriteable";
    case Kind::sequential: return profile.name + ", sequential";
    case Kind::read_only: return profile.name + ", random read-only";
    case Kind::write_only: return profile.name + ", random write-only";
    default: return profile.name;
  }
}

std::string medium_report(Program& program, Drive& drive, ReportForm form) {
  const bool complete = form == ReportForm::complete;
  const auto& options = drive.options();
  std::string text = "Drive current: " + drive_title(program, drive) + '\n';
  if (complete || !options.exclusive || options.readonly) text += "Drive access : " + access_text(drive) + '\n';
  if (complete) {
    text += type_line(drive);
    const std::string serial = drive.serial_number();
    if (!serial.empty()) text += "Drive id     : " + core::shell_quote(serial) + '\n';
  }
  text += "Media current: " + medium_name(drive) + '\n';
  if (complete && !drive.is_pseudo()) {
    const std::string product = drive.medium_product();
    if (!product.empty()) text += "Media product: " + product + '\n';
  }
  text += "Media status : " + std::string(status_text(drive.status())) + std::string(remark_text(drive)) + '\n';
  if (drive.status() == MediumStatus::no_medium) return text;
  if (complete) text += blocks_line(drive);
  if (program.indev.get() == &drive) text += boot_lines(program, form);
  auto toc = drive.toc();
  core::drive::TableOfContent content;
  if (toc) content = *std::move(toc);
  if (complete && program.indev.get() == &drive && !program.loaded.offers.empty())
    text += "ISO offers   : " + program.loaded.offers + "\nISO loaded   : " + program.loaded.trees + '\n';
  if (complete) text += toc_lines(content);
  text += summary_line(drive, content);
  if (complete && drive.status() == MediumStatus::appendable)
    if (auto nwa = drive.next_writable_address()) text += strprintf("Media nwa    : %llds\n", static_cast<long long>(nwa->value));
  return text;
}

}  // namespace xorriso
