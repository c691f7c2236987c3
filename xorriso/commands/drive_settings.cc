// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which drives may be used, how they are accessed, and what is loaded from them.
#include <algorithm>
#include <cctype>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/drive_control.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Drives = DriveSettings;
using Rule = Drives::Rule;

bool cmd_drive_access(Program& program, Words words) {
  auto& drives = program.settings.drives;
  for (const auto& [word, rest] : split_colons(words[0])) {
    if (word == "exclusive") drives.exclusive = true;
    else if (word == "shared") drives.exclusive = false;
    else if (word == "readonly") drives.readonly = true;
    else if (word == "unrestricted") drives.readonly = false;
    else return program.fail(Severity::failure, "-drive_access: unknown mode " + shell_quote(word));
  }
  return true;
}

void status_drive_access(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  lines.push_back({std::string("-drive_access ") + (drives.exclusive ? "exclusive:" : "shared:") +
                       (drives.readonly ? "readonly" : "unrestricted"),
                   drives.exclusive && !drives.readonly});
}

constexpr Choice<Rule::Class> kDriveClass[] = {
    {"banned", Rule::Class::banned}, {"caution", Rule::Class::caution}, {"harmless", Rule::Class::harmless}};

bool cmd_drive_class(Program& program, Words words) {
  auto& rules = program.settings.drives.classes;
  if (words[0] == "clear_list") {
    const auto* kind = find_choice(kDriveClass, words[1]);
    if (kind == nullptr && words[1] != "all")
      return program.fail(Severity::failure, "-drive_class clear : unknown class " + shell_quote(words[1]));
    std::erase_if(rules, [&](const Rule& rule) { return kind == nullptr || rule.kind == kind->value; });
    return true;
  }
  const auto* kind = find_choice(kDriveClass, words[0]);
  if (kind == nullptr) return program.fail(Severity::failure, "-drive_class: unknown class " + shell_quote(words[0]));
  rules.insert(rules.begin(), {kind->value, words[1]});
  return true;
}

void status_drive_class(const Program& program, StatusLines& lines) {
  const auto& rules = program.settings.drives.classes;
  const bool is_default = rules == Drives().classes;
  for (const auto& kind : kDriveClass)
    for (const Rule& rule : rules)
      if (rule.kind == kind.value) {
        const std::string name = shell_quote(kind.word);
        const std::string pad(11 - name.size(), ' ');
        lines.push_back({"-drive_class " + name + pad + shell_quote(rule.pattern), is_default});
      }
}

constexpr Choice<Drives::StdioTest> kStdioTest[] = {{"on", Drives::StdioTest::on},
                                                    {"off", Drives::StdioTest::off},
                                                    {"appendable_wo", Drives::StdioTest::appendable_wo}};

bool cmd_early_stdio_test(Program& program, Words words) {
  return choose(program, "early_stdio_test", words[0], kStdioTest, program.settings.drives.early_stdio_test,
                Severity::sorry);
}

void status_early_stdio_test(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.drives.early_stdio_test;
  lines.push_back({"-early_stdio_test " + choice_word(kStdioTest, mode), mode == Drives::StdioTest::off});
}

constexpr Choice<bool> kMountOpts[] = {{"shared", true}, {"exclusive", false}};

bool cmd_mount_opts(Program& program, Words words) {
  for (const auto& [word, rest] : split_colons(words[0])) {
    const auto* option = find_choice_by_prefix(kMountOpts, word);
    if (option == nullptr) return program.fail(Severity::failure, "-mount_opts: unknown option " + shell_quote(rest));
    program.settings.drives.mount_opts_shared = option->value;
  }
  return true;
}

void status_mount_opts(const Program& program, StatusLines& lines) {
  const bool shared = program.settings.drives.mount_opts_shared;
  lines.push_back({"-mount_opts " + choice_word(kMountOpts, shared), !shared});
}

bool cmd_read_speed(Program& program, Words words) {
  auto& drives = program.settings.drives;
  const std::string_view word = words[0];
  if (word.starts_with("soft_corr:")) {
    const auto usec = parse_integer(word.substr(10));
    if (!usec || *usec < 0 || *usec > 1000000000)
      return program.fail(Severity::sorry, "-read_speed soft_corr: Value too small or too large (0 to 1e9): " +
                                               shell_quote(word.substr(10)));
    drives.read_speed_soft_corr = static_cast<int>(*usec);
  } else if (word.starts_with("soft_force:")) {
    drives.read_speed_soft_force = std::max(0, parse_speed(word.substr(11)));
  } else {
    drives.read_speed = parse_speed(word);
  }
  return true;
}

void status_read_speed(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  lines.push_back({"-read_speed " + format_speed(drives.read_speed), drives.read_speed == kSpeedNone});
  const int force = drives.read_speed_soft_force;
  lines.push_back({"-read_speed soft_force:" + (force > 0 ? format_speed(force) : "0"), force == 0});
  lines.push_back({core::strprintf("-read_speed soft_corr:%d", drives.read_speed_soft_corr),
                   drives.read_speed_soft_corr == Drives().read_speed_soft_corr});
}

bool cmd_load(Program& program, Words words) {
  if (!no_changes_pending(program, "load")) return false;
  auto& drives = program.settings.drives;
  const std::string entity = words[0] == "volid" && words[1].empty() ? "auto" : words[0];
  if (entity == "auto") {
    drives.load_id.clear();
  } else if (entity == "session" || entity == "track") {
    drives.load_id = std::to_string(parse_integer(words[1]).value_or(0));
  } else if (entity == "lba" || entity == "sbsector") {
    drives.load_id = std::to_string(parse_blocks(words[1]));
  } else if (entity == "volid") {
    drives.load_id = words[1];
  } else {
    return program.fail(Severity::failure, "-load: unknown address mode " + shell_quote(entity));
  }
  drives.load_entity = entity == "sbsector" ? "lba" : entity;
  drives.load_pending = program.indev == nullptr;
  return program.indev == nullptr || load_from_input(program, ChooseSession::yes);
}

void status_load(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  const bool quoted = drives.load_entity == "auto" || drives.load_entity == "volid";
  lines.push_back({"-load " + drives.load_entity + " " + (quoted ? shell_quote(drives.load_id) : drives.load_id),
                   drives.load_entity == "auto"});
}

bool cmd_displacement(Program& program, Words words) {
  program.settings.drives.displacement = parse_blocks(words[0]);
  return true;
}

void status_displacement(const Program& program, StatusLines& lines) {
  const auto blocks = program.settings.drives.displacement;
  lines.push_back({"-displacement " + std::to_string(blocks), blocks == 0});
}

constexpr Choice<Drives::ReadFs> kReadFs[] = {{"any", Drives::ReadFs::any},
                                              {"norock", Drives::ReadFs::norock},
                                              {"nojoliet", Drives::ReadFs::nojoliet},
                                              {"ecma119", Drives::ReadFs::ecma119}};

bool cmd_read_fs(Program& program, Words words) {
  return choose(program, "read_fs", words[0], kReadFs, program.settings.drives.read_fs);
}

void status_read_fs(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.drives.read_fs;
  lines.push_back({"-read_fs " + choice_word(kReadFs, mode), mode == Drives::ReadFs::any});
}

bool cmd_assert_volid(Program& program, Words words) {
  auto& drives = program.settings.drives;
  std::string severity = words[1];
  if (severity.empty()) {
    if (!words[0].empty()) severity = "FAILURE";
  } else {
    const auto known = core::parse_severity(severity);
    if (!known)
      return program.fail(Severity::failure, "-assert_volid: Not a known severity name : " + shell_quote(severity));
    for (char& c : severity) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  drives.assert_volid_pattern = words[0];
  drives.assert_volid_severity = severity;
  return true;
}

void status_assert_volid(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  lines.push_back({"-assert_volid " + shell_quote(drives.assert_volid_pattern) + " " +
                       shell_quote(drives.assert_volid_severity),
                   drives.assert_volid_pattern.empty()});
}

bool cmd_calm_drive(Program& program, Words words) {
  if (words[0] == "off" || words[0] == "on") {
    program.settings.drives.calm = words[0] == "on";
    return true;
  }
  const bool calm = words[0] != "revoke";
  if (program.indev != nullptr && words[0] != "out") program.indev->calm_down(calm);
  if (program.outdev != nullptr && words[0] != "in") program.outdev->calm_down(calm);
  return true;
}

void status_calm_drive(const Program& program, StatusLines& lines) {
  const bool calm = program.settings.drives.calm;
  lines.push_back({std::string("-calm_drive ") + on_off(calm), calm});
}

bool cmd_ban_stdio_write(Program& program, Words) {
  program.settings.drives.ban_stdio_write = true;
  return true;
}

void status_ban_stdio_write(const Program& program, StatusLines& lines) {
  if (program.settings.drives.ban_stdio_write) lines.push_back({"-ban_stdio_write", false});
}

enum class RomToc { off, on, force, emul_off, emul_on, emul_wide, emul_narrow };
constexpr Choice<RomToc> kRomToc[] = {
    {"off", RomToc::off},           {"on", RomToc::on},               {"force", RomToc::force},
    {"emul_off", RomToc::emul_off}, {"emul_on", RomToc::emul_on},     {"emul_wide", RomToc::emul_wide},
    {"emul_narrow", RomToc::emul_narrow}};

bool cmd_rom_toc_scan(Program& program, Words words) {
  auto& drives = program.settings.drives;
  if (words[0].empty()) return true;
  for (const auto& [word, rest] : split_colons(words[0])) {
    if (word.empty()) continue;
    const auto* mode = find_choice_by_prefix(kRomToc, word);
    if (mode == nullptr) return program.fail(Severity::failure, "-rom_toc_scan: unknown mode in " + shell_quote(words[0]));
    switch (mode->value) {
      case RomToc::off: drives.rom_toc_scan = drives.rom_toc_scan_force = false; break;
      case RomToc::on: drives.rom_toc_scan = true, drives.rom_toc_scan_force = false; break;
      case RomToc::force: drives.rom_toc_scan = drives.rom_toc_scan_force = true; break;
      case RomToc::emul_off: drives.emul_toc_scan = false; break;
      case RomToc::emul_on: drives.emul_toc_scan = true; break;
      case RomToc::emul_wide: drives.emul_toc_wide = true; break;
      case RomToc::emul_narrow: drives.emul_toc_wide = false; break;
    }
  }
  return true;
}

void status_rom_toc_scan(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  std::string text = drives.rom_toc_scan_force ? "-rom_toc_scan force" : drives.rom_toc_scan ? "-rom_toc_scan on" : "-rom_toc_scan off";
  text += drives.emul_toc_scan ? ":emul_on" : ":emul_off";
  text += drives.emul_toc_wide ? ":emul_wide" : ":emul_narrow";
  lines.push_back({text, !drives.rom_toc_scan && drives.emul_toc_scan && !drives.emul_toc_wide});
}

bool refuse_cache_size(Program& program, std::string text) {
  program.report({Severity::sorry, std::move(text), 0, core::Origin::libisoburn});
  return false;
}

bool cmd_data_cache_size(Program& program, Words words) {
  constexpr int kDefaultTiles = 32, kDefaultBlocks = 32, kMaxBlocks = 524288;
  const bool default_tiles = words[0] == "default" || words[0].empty();
  const bool default_blocks = words[1] == "default" || words[1].empty();
  const auto tiles = default_tiles ? kDefaultTiles : parse_integer(words[0]).value_or(0);
  const auto blocks = default_blocks ? kDefaultBlocks : parse_integer(words[1]).value_or(0);
  if (tiles < 1) return refuse_cache_size(program, "Requested number of data cache tiles is too small (< 1)");
  if (tiles > kMaxBlocks || blocks > kMaxBlocks || tiles * blocks > kMaxBlocks)
    return refuse_cache_size(program, "Requested size of data cache exceeds limit of 524288 blocks");
  if (blocks < 1 || (blocks & (blocks - 1)) != 0)
    return refuse_cache_size(program, "Requested number of blocks per data cache tiles is not a power of 2");
  program.settings.drives.cache_tiles = default_tiles ? 0 : static_cast<int>(tiles);
  program.settings.drives.cache_tile_blocks = default_blocks ? 0 : static_cast<int>(blocks);
  return true;
}

void status_data_cache_size(const Program& program, StatusLines& lines) {
  const auto& drives = program.settings.drives;
  const auto word = [](int n) { return n == 0 ? std::string("default") : std::to_string(n); };
  lines.push_back({"-data_cache_size " + word(drives.cache_tiles) + " " + word(drives.cache_tile_blocks),
                   drives.cache_tiles == 0 && drives.cache_tile_blocks == 0});
}

constexpr Choice<Drives::DevFamily> kDevFamily[] = {{"default", Drives::DevFamily::standard},
                                                    {"sr", Drives::DevFamily::sr},
                                                    {"scd", Drives::DevFamily::scd},
                                                    {"sg", Drives::DevFamily::sg}};

bool cmd_scsi_dev_family(Program& program, Words words) {
  const auto* family = find_choice(kDevFamily, words[0]);
  if (family == nullptr) return program.fail(Severity::failure, "-scsi_dev_family: unknown family " + shell_quote(words[0]));
  program.settings.drives.scsi_dev_family = family->value;
  return true;
}

void status_scsi_dev_family(const Program& program, StatusLines& lines) {
  const auto family = program.settings.drives.scsi_dev_family;
  lines.push_back({"-scsi_dev_family " + choice_word(kDevFamily, family), family == Drives::DevFamily::standard});
}

constexpr CommandRow kRows[] = {
    {.name = "assert_volid", .shape = fixed(2), .rank = 39, .arguments = "pattern severity",
     .help = "Refuse images whose volume id does not match", .handler = cmd_assert_volid,
     .status = status_assert_volid},
    {.name = "ban_stdio_write", .shape = fixed(0), .rank = 52,
     .help = "Irrevocably allow only MMC drives as write targets", .handler = cmd_ban_stdio_write,
     .status = status_ban_stdio_write},
    {.name = "calm_drive", .shape = fixed(1), .rank = 51, .arguments = "in|out|all|revoke|on|off",
     .help = "Spin down after acquisition", .handler = cmd_calm_drive, .status = status_calm_drive},
    {.name = "data_cache_size", .shape = fixed(2), .rank = 53, .arguments = "tiles blocks",
     .help = "Read cache geometry", .handler = cmd_data_cache_size, .status = status_data_cache_size},
    {.name = "displacement", .shape = fixed(1), .rank = 37, .arguments = "[-]lba",
     .help = "Address correction when image start was moved", .handler = cmd_displacement,
     .status = status_displacement},
    {.name = "drive_access", .shape = fixed(1), .rank = 27, .arguments = "exclusive|shared:readonly|unrestricted",
     .help = "Locking and write permission for drives acquired afterwards", .handler = cmd_drive_access,
     .status = status_drive_access},
    {.name = "drive_class", .shape = fixed(2), .rank = 28, .arguments = "banned|caution|harmless|clear_list pattern",
     .help = "Rules which disk addresses may be used as pseudo-drives", .handler = cmd_drive_class,
     .status = status_drive_class},
    {.name = "early_stdio_test", .shape = fixed(1), .rank = 29, .arguments = "on|appendable_wo|off",
     .help = "Probe effective access rights of stdio drives at acquisition", .handler = cmd_early_stdio_test,
     .status = status_early_stdio_test},
    {.name = "load", .shape = fixed(2), .rank = 36, .arguments = "entity id",
     .help = "Choose which session gets loaded; reloads at once if a drive is present", .handler = cmd_load,
     .status = status_load},
    {.name = "mount_opts", .shape = fixed(1), .rank = 32, .arguments = "option[:option...]",
     .help = "Shared keeps the drive and adds option loop for block devices", .handler = cmd_mount_opts,
     .status = status_mount_opts},
    {.name = "read_fs", .shape = fixed(1), .rank = 38, .arguments = "any|norock|nojoliet|ecma119",
     .help = "Restrict which directory tree is read", .handler = cmd_read_fs, .status = status_read_fs},
    {.name = "read_speed", .shape = fixed(1), .rank = 35, .arguments = "code|number[k|m|c|d|b]",
     .help = "Set read speed", .handler = cmd_read_speed, .status = status_read_speed},
    {.name = "rom_toc_scan", .shape = fixed(1), .rank = 50, .arguments = "on|force|off[:emul_off][:emul_wide]",
     .help = "Scan for sessions on read-only profiles or emulated TOC", .handler = cmd_rom_toc_scan,
     .status = status_rom_toc_scan},
    {.name = "scsi_dev_family", .shape = fixed(1), .rank = 54, .arguments = "default|sr|scd|sg",
     .help = "Linux device file family", .handler = cmd_scsi_dev_family, .status = status_scsi_dev_family},
};

}  // namespace

std::span<const CommandRow> drive_settings_rows() { return kRows; }

}  // namespace xorriso
