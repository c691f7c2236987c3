// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which attributes are taken over from disk and from loaded images.
#include "libcore/base/libraries.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using Import = ImportSettings;

bool cmd_acl(Program& program, Words words) {
  return choose(program, "acl", words[0], kOnOff, program.settings.import.acl);
}

void status_acl(const Program& program, StatusLines& lines) {
  const bool on = program.settings.import.acl;
  lines.push_back({std::string("-acl ") + on_off(on), !on});
}

constexpr Choice<Import::Xattr> kXattr[] = {
    {"user", Import::Xattr::user}, {"on", Import::Xattr::user}, {"any", Import::Xattr::any}, {"off", Import::Xattr::off}};

bool cmd_xattr(Program& program, Words words) {
  return choose(program, "xattr", words[0], kXattr, program.settings.import.xattr);
}

void status_xattr(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.import.xattr;
  lines.push_back({"-xattr " + choice_word(kXattr, mode), mode == Import::Xattr::off});
}

bool cmd_md5(Program& program, Words words) {
  auto& import = program.settings.import;
  if (words[0].empty()) return true;
  for (const auto& [word, rest] : split_colons(words[0])) {
    if (word == "on") import.md5 = true, import.md5_stability_check = false;
    else if (word == "off") import.md5 = false;
    else if (word == "all") import.md5 = import.md5_stability_check = true;
    else if (word == "stability_check_on") import.md5_stability_check = true;
    else if (word == "stability_check_off") import.md5_stability_check = false;
    else if (word == "load_check_on") import.md5_load_check = true;
    else if (word == "load_check_off") import.md5_load_check = false;
    else if (!word.empty()) return program.fail(Severity::failure, "-md5: unknown mode " + core::shell_quote(rest));
  }
  return true;
}

void status_md5(const Program& program, StatusLines& lines) {
  const auto& import = program.settings.import;
  std::string text = !import.md5 ? "-md5 off" : import.md5_stability_check ? "-md5 all" : "-md5 on";
  if (import.md5 && !import.md5_load_check) text += ":load_check_off";
  lines.push_back({text, !import.md5});
}

bool set_hardlinks(Program& program, const std::string& word, const std::string& list) {
  auto& import = program.settings.import;
  if (word == "on") import.hardlinks = true, import.hardlink_update = Import::HardlinkUpdate::with;
  else if (word == "off") import.hardlinks = false;
  else if (word == "without_update") import.hardlinks = true, import.hardlink_update = Import::HardlinkUpdate::without;
  else if (word == "perform_update") import.hardlink_update = Import::HardlinkUpdate::with;
  else if (word == "discard_extract") {
    if (program.image != nullptr) program.image->extracted_links = nullptr;
  }
  else if (word == "normal_extract") import.hardlink_extract = Import::HardlinkExtract::normal;
  else if (word == "cheap_sorted_extract") import.hardlink_extract = Import::HardlinkExtract::cheap_sorted;
  else if (word == "lsl_count") import.hardlinks_lsl_count = true;
  else if (word == "no_lsl_count") import.hardlinks_lsl_count = false;
  else if (word == "start_update" || word == "start_extract") {
    if (program.image == nullptr)
      return program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
  } else if (word != "end_update" && word != "end_extract")
    return program.fail(Severity::failure,
                        "-hardlinks: unknown mode " + core::shell_quote(word) + " in " + core::shell_quote(list));
  return true;
}

bool cmd_hardlinks(Program& program, Words words) {
  for (const auto& part : split_colons(words[0]))
    if (!set_hardlinks(program, part.word, words[0])) return false;
  return true;
}

void status_hardlinks(const Program& program, StatusLines& lines) {
  const auto& import = program.settings.import;
  const bool without = import.hardlink_update == Import::HardlinkUpdate::without;
  const bool sorted = import.hardlink_extract == Import::HardlinkExtract::cheap_sorted;
  std::string text = !import.hardlinks ? "-hardlinks off" : without ? "-hardlinks without_update" : "-hardlinks on";
  text += import.hardlinks_lsl_count ? ":lsl_count" : ":no_lsl_count";
  text += sorted ? ":cheap_sorted_extract" : ":normal_extract";
  lines.push_back({text, !import.hardlinks && !import.hardlinks_lsl_count && !sorted});
}

bool cmd_for_backup(Program& program, Words) {
  auto& import = program.settings.import;
  import.hardlinks = import.acl = import.md5 = true;
  import.hardlink_update = Import::HardlinkUpdate::with;
  import.xattr = Import::Xattr::any;
  return true;
}

constexpr Choice<Import::DevIno> kDevIno[] = {
    {"on", Import::DevIno::on}, {"ino_only", Import::DevIno::ino_only}, {"off", Import::DevIno::off}};

bool cmd_disk_dev_ino(Program& program, Words words) {
  return choose(program, "disk_dev_ino", words[0], kDevIno, program.settings.import.disk_dev_ino, Severity::sorry);
}

void status_disk_dev_ino(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.import.disk_dev_ino;
  lines.push_back({"-disk_dev_ino " + choice_word(kDevIno, mode), mode == Import::DevIno::off});
}

constexpr Choice<Import::Ecma119Map> kEcma119Map[] = {{"stripped", Import::Ecma119Map::stripped},
                                                      {"unmapped", Import::Ecma119Map::unmapped},
                                                      {"uppercase", Import::Ecma119Map::uppercase},
                                                      {"lowercase", Import::Ecma119Map::lowercase}};

bool cmd_ecma119_map(Program& program, Words words) {
  return choose(program, "ecma119_map", words[0], kEcma119Map, program.settings.import.ecma119_map, Severity::sorry);
}

void status_ecma119_map(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.import.ecma119_map;
  lines.push_back({"-ecma119_map " + choice_word(kEcma119Map, mode), mode == Import::Ecma119Map::stripped});
}

constexpr Choice<Import::JolietMap> kJolietMap[] = {{"stripped", Import::JolietMap::stripped},
                                                    {"unmapped", Import::JolietMap::unmapped}};

bool cmd_joliet_map(Program& program, Words words) {
  return choose(program, "joliet_map", words[0], kJolietMap, program.settings.import.joliet_map, Severity::sorry);
}

void status_joliet_map(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.import.joliet_map;
  lines.push_back({"-joliet_map " + choice_word(kJolietMap, mode), mode == Import::JolietMap::stripped});
}

bool cmd_iso_nowtime(Program& program, Words words) {
  auto& fixed_time = program.settings.import.iso_nowtime;
  if (words[0] == "dynamic") {
    fixed_time.reset();
    core::set_image_time(std::nullopt);
    program.report(Severity::note, "-iso_nowtime: Set to \"dynamic\"");
    return true;
  }
  const auto time = parse_time(words[0], std::time(nullptr));
  if (!time)
    return program.fail(Severity::sorry, "-iso_nowtime: Cannot decode timestring " + core::shell_quote(words[0]));
  fixed_time = time->time;
  core::set_image_time(fixed_time);
  program.report(Severity::note, core::strprintf("-iso_nowtime: Set to =%lld", static_cast<long long>(time->time)));
  return true;
}

void status_iso_nowtime(const Program& program, StatusLines& lines) {
  const auto& fixed_time = program.settings.import.iso_nowtime;
  if (fixed_time) lines.push_back({core::strprintf("-iso_nowtime =%lld", static_cast<long long>(*fixed_time)), false});
  else lines.push_back({"-iso_nowtime dynamic", true});
}

constexpr CommandRow kRows[] = {
    {.name = "acl", .shape = fixed(1), .rank = 43, .arguments = "on|off", .help = "Import and record ACLs",
     .handler = cmd_acl, .status = status_acl},
    {.name = "disk_dev_ino", .shape = fixed(1), .rank = 49, .arguments = "on|ino_only|off",
     .help = "Record device/inode numbers and use them to speed up comparison", .handler = cmd_disk_dev_ino,
     .status = status_disk_dev_ino},
    {.name = "ecma119_map", .shape = fixed(1), .rank = 47, .arguments = "stripped|unmapped|uppercase|lowercase",
     .help = "Name mapping when neither Rock Ridge nor Joliet is loaded", .handler = cmd_ecma119_map,
     .status = status_ecma119_map},
    {.name = "for_backup", .shape = fixed(0), .rank = 46, .help = "Same as hardlinks on, acl on, xattr any, md5 on",
     .handler = cmd_for_backup},
    {.name = "hardlinks", .shape = fixed(1), .rank = 42, .arguments = "mode[:mode...]",
     .help = "Hard link detection, recording and restore", .handler = cmd_hardlinks, .status = status_hardlinks},
    {.name = "iso_nowtime", .shape = fixed(1), .rank = 55, .arguments = "dynamic|timestring",
     .help = "Fix the time used for nodes without disk source", .handler = cmd_iso_nowtime,
     .status = status_iso_nowtime},
    {.name = "joliet_map", .shape = fixed(1), .rank = 48, .arguments = "stripped|unmapped",
     .help = "Name mapping when Joliet tree is loaded", .handler = cmd_joliet_map, .status = status_joliet_map},
    {.name = "md5", .shape = fixed(1), .rank = 45, .arguments = "on|all|off|load_check_off",
     .help = "Record and load MD5 sums; must be on before loading to use sums", .handler = cmd_md5,
     .status = status_md5},
    {.name = "xattr", .shape = fixed(1), .rank = 44, .arguments = "on|user|any|off",
     .help = "Import and record extended attributes", .handler = cmd_xattr, .status = status_xattr},
};

}  // namespace

std::span<const CommandRow> import_settings_rows() { return kRows; }

}  // namespace xorriso
