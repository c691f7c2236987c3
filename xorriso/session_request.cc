// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/session_request.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "libcore/base/text.h"
#include "libcore/session/commit.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

constexpr std::size_t kApplicationUseSize = 512;

core::session::Relaxations relaxations(const Compliance& c) {
  return {.iso_level = c.iso_level,
          .untranslated_name_length = c.untranslated_name_len,
          .allow_dir_id_ext = c.allow_dir_id_ext,
          .omit_version = c.omit_version,
          .only_iso_version = c.only_iso_version,
          .deep_paths = c.deep_paths,
          .long_paths = c.long_paths,
          .long_names = c.long_names,
          .no_force_dots = c.no_force_dots,
          .no_j_force_dots = c.no_j_force_dots,
          .lowercase = c.lowercase,
          .full_ascii = c.full_ascii,
          .seven_bit_ascii = c.seven_bit_ascii,
          .joliet_long_paths = c.joliet_long_paths,
          .joliet_long_names = c.joliet_long_names,
          .joliet_utf16 = c.joliet_utf16,
          .always_gmt = c.always_gmt,
          .rec_mtime = c.rec_mtime,
          .new_rr = c.new_rr,
          .aaip_susp_1_10 = c.aaip_susp_1_10,
          .iso_9660_1999 = c.iso_9660_1999,
          .old_empty = c.old_empty};
}

bool records_identity(const ImportSettings& s) { return s.hardlinks || s.disk_dev_ino != ImportSettings::DevIno::off; }

bool records_attributes(const Settings& s) {
  return s.import.acl || s.import.xattr != ImportSettings::Xattr::off || s.import.md5 || records_identity(s.import) ||
         s.charset.automatic;
}

/// YYMMDD.hhmmss, where the first letter counts decades from A for 2000 on: C61120.080500 is November 20, 2026.
std::string scdbackup_time(time_t time) {
  std::tm t{};
  if (::localtime_r(&time, &t) == nullptr) return {};
  const int year = t.tm_year - 100;
  return core::strprintf("%c%d%02d%02d.%02d%02d%02d", 'A' + year / 10, year % 10, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

struct FileCloser { void operator()(std::FILE* f) const { std::fclose(f); } };

/// One character or "0xXY": 512 times that byte. Else: the first 512 bytes of a file.
std::optional<std::string> application_use(Program& program) {
  const std::string& word = program.settings.image.application_use;
  if (word.empty()) return std::string(kApplicationUseSize, '\0');
  if (word.size() == 1) return std::string(kApplicationUseSize, word[0]);
  if (word.size() == 4 && word.starts_with("0x")) {
    char* end = nullptr;
    const long value = std::strtol(word.c_str() + 2, &end, 16);
    if (*end == 0) return std::string(kApplicationUseSize, static_cast<char>(value));
  }
  const auto path = program.disk_path(word);
  if (!path) return std::nullopt;
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path->c_str(), "rb"));
  std::string content(kApplicationUseSize, '\0');
  if (file != nullptr) content.resize(std::fread(content.data(), 1, content.size(), file.get()));
  if (file == nullptr || std::ferror(file.get())) {
    program.report(Severity::failure, "Failed to open file " + shell_quote(word) + " in rb mode", errno);
    return std::nullopt;
  }
  return content;
}

}  // namespace

core::session::ImageOptions image_options(const Program& program) {
  const Settings& s = program.settings;
  core::session::ImageOptions o;
  o.relaxations = relaxations(s.image.compliance);
  o.times = {.created = s.image.created.time,
             .modified = s.image.modified.time,
             .expires = s.image.expires.time,
             .effective = s.image.effective.time,
             .uuid = s.image.uuid};
  o.rockridge = s.image.rockridge;
  o.joliet = s.image.joliet;
  o.hfsplus = s.image.hfsplus;
  o.hardlinks = s.import.hardlinks;
  o.extended_attributes = records_attributes(s);
  o.md5 = s.import.md5;
  o.md5_stability_check = s.import.md5_stability_check;
  o.uid = s.image.uid;
  o.gid = s.image.gid;
  o.output_charset = s.charset.out;
  o.relocation_directory = s.image.rr_reloc_dir;
  if (s.write.padding_mode == WriteCommandSettings::PadMode::included) o.tail = core::blocks_for({s.write.padding_bytes});
  o.fifo = {s.write.fifo_bytes};
  o.boot = s.boot.layout;
  o.scdbackup_name = s.write.scdbackup_record;
  o.scdbackup_time = scdbackup_time(std::time(nullptr));
  return o;
}

std::optional<core::session::Imprint> image_imprint(Program& program) {
  const Settings& s = program.settings;
  auto use = application_use(program);
  if (!use) return std::nullopt;
  core::session::Imprint imprint;
  imprint.texts = s.image.texts;
  if (imprint.texts.volume_id.empty()) imprint.texts.volume_id = "ISOIMAGE";
  imprint.application_use = *std::move(use);
  imprint.all_file_dates = s.image.all_file_dates;
  imprint.dates_from_mtime = s.image.all_file_dates_set_to_mtime;
  // One second less: a file that changed in the second in which the work began may have been read before the change.
  if (records_identity(s.import)) imprint.start_stamp = program.image->created_at() - 1;
  if (s.charset.automatic) imprint.charset_name = s.charset.out.empty() ? s.charset.local : s.charset.out;
  return imprint;
}

core::drive::WriteSettings write_settings(const Program& program) {
  const WriteCommandSettings& s = program.settings.write;
  using Out = core::drive::WriteSettings;
  Out w;
  w.close = s.close == WriteCommandSettings::Close::on;
  w.dummy = s.dummy;
  w.speed_kb = s.speed == -2 ? 0 : s.speed;
  switch (s.stdio_sync) {
    case 0: break;
    case -1: w.stdio_sync = Out::Sync::off; break;
    case -2: w.stdio_sync = Out::Sync::at_end; break;
    default: w.sync_interval = core::to_bytes(core::Blocks{s.stdio_sync});
  }
  if (s.stream_recording_start == 0) w.stream_recording = Out::Stream::full;
  if (s.stream_recording_start > 0) {
    w.stream_recording = Out::Stream::from_start;
    w.stream_start = core::Lba{s.stream_recording_start};
  }
  w.dvd_obs = s.dvd_obs;
  using Type = WriteCommandSettings::Type;
  w.type = s.write_type == Type::tao ? Out::Type::tao : s.write_type == Type::sao ? Out::Type::sao : Out::Type::automatic;
  return w;
}

core::Bytes padding_behind(const Program& program) {
  const WriteCommandSettings& s = program.settings.write;
  return {s.padding_mode == WriteCommandSettings::PadMode::included ? 0 : s.padding_bytes};
}

core::session::Situation situation(const Program& program) {
  std::optional<core::Lba> blind;
  if (program.settings.write.grow_blindly >= 0) blind = core::Lba{program.settings.write.grow_blindly};
  auto seen = core::session::look_at(*program.image, program.indev.get(), *program.outdev, program.settings.image.compliance.emul_toc, blind);
  seen.partition_offset = core::Blocks{program.settings.boot.layout.partition_offset};
  return seen;
}

}  // namespace xorriso
