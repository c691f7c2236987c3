// SPDX-License-Identifier: GPL-3.0-or-later
//
// Content filters between data files and image.
#include <cstdlib>
#include "xorriso/commands/filter_files.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Zisofs = ZisofsSettings;

constexpr Choice<Zisofs::ByMagic> kByMagic[] = {
    {"on", Zisofs::ByMagic::on}, {"off", Zisofs::ByMagic::off}, {"v2", Zisofs::ByMagic::v2}};
constexpr Choice<Zisofs::Version2> kVersion2[] = {
    {"on", Zisofs::Version2::on}, {"off", Zisofs::Version2::off}, {"as_needed", Zisofs::Version2::as_needed}};

template <typename T, std::size_t N>
bool set_zisofs_choice(Program& program, const Choice<T> (&choices)[N], const std::string& word, T& target, const char* complaint) {
  const auto* choice = find_choice(choices, word);
  if (choice == nullptr) return program.fail(Severity::failure, complaint);
  target = choice->value;
  return true;
}

bool set_block_size(Program& program, const std::string& word, std::int64_t largest, std::int64_t& target) {
  const auto size = parse_size(word);
  if (size < 32 << 10 || size > largest || (size & (size - 1)) != 0)
    return program.fail(Severity::failure, std::string("-zisofs: Unsupported block size (allowed 32k, 64k, 128k") +
                                               (largest > 128 << 10 ? ", ... 1024k)" : ")"));
  target = size;
  return true;
}

bool set_zisofs(Program& program, Zisofs& zisofs, const ListPart& part) {
  const std::string& word = part.word;
  if (word == "default") return zisofs = Zisofs(), true;
  if (const auto level = value_of(word, "level")) {
    const auto number = parse_integer(*level).value_or(0);
    if (number < 0 || number > 9)
      return program.fail(Severity::failure, "-zisofs: Wrong zlib compression level " + shell_quote(*level) + " (allowed 0...9)");
    return zisofs.level = static_cast<int>(number), true;
  }
  if (const auto size = value_of(word, "block_size")) return set_block_size(program, *size, 128 << 10, zisofs.block_size);
  if (const auto size = value_of(word, "block_size_v2")) return set_block_size(program, *size, 1024 << 10, zisofs.block_size_v2);
  if (const auto mode = value_of(word, "by_magic"))
    return set_zisofs_choice(program, kByMagic, *mode, zisofs.by_magic, "-zisofs: Unrecognized by_magic mode (allowed: on, off, v2)");
  if (const auto mode = value_of(word, "version_2"))
    return set_zisofs_choice(program, kVersion2, *mode, zisofs.version_2, "-zisofs: Unrecognized version_2 mode (allowed: on, off, as_needed)");
  if (const auto mode = value_of(word, "susp_z2"))
    return set_zisofs_choice(program, kOnOff, *mode, zisofs.susp_z2, "-zisofs: Unrecognized susp_z2 mode (allowed: on, off)");
  if (const auto count = value_of(word, "max_bpt")) return zisofs.max_bpt = zisofs.max_bpt_f = parse_size(*count), true;
  if (const auto count = value_of(word, "max_bpt_f")) return zisofs.max_bpt_f = parse_size(*count), true;
  if (const auto count = value_of(word, "bpt_target")) return zisofs.bpt_target = parse_size(*count), true;
  if (const auto ratio = value_of(word, "bpt_free_ratio")) {
    const double number = std::strtod(ratio->c_str(), nullptr);
    if (number != -1.0 && !(number >= 0.0 && number <= 1.0))
      return program.fail(Severity::failure, "-zisofs: Unsupported free blockpointer ratio (allowed -1 or 0.0 to 1.0)");
    return zisofs.bpt_free_ratio = number, true;
  }
  for (const char* counter : {"bpt_used", "bpt_ratio_used", "ziso_used", "osiz_used", "gzip_used", "gunzip_used"})
    if (value_of(word, counter)) return true;  // output of -status, not a setting
  return program.fail(Severity::failure, "-zisofs: unknown mode " + shell_quote(part.rest));
}

bool cmd_zisofs(Program& program, Words words) {
  Zisofs chosen = program.settings.zisofs;
  for (const auto& part : split_colons(words[0]))
    if (!set_zisofs(program, chosen, part)) return false;
  program.settings.zisofs = chosen;
  return true;
}

void status_zisofs(const Program& program, StatusLines& lines) {
  const auto& zisofs = program.settings.zisofs;
  const auto add = [&](const std::string& text, const std::string& standard) { lines.push_back({"-zisofs " + text, text == standard}); };
  add(core::strprintf("level=%d:block_size=%lldk:by_magic=%s", zisofs.level, static_cast<long long>(zisofs.block_size / 1024),
                      choice_word(kByMagic, zisofs.by_magic).c_str()),
      "level=6:block_size=32k:by_magic=off");
  add(core::strprintf("version_2=%s:block_size_v2=%lldk:susp_z2=%s:bpt_target=%lld", choice_word(kVersion2, zisofs.version_2).c_str(),
                      static_cast<long long>(zisofs.block_size_v2 / 1024), on_off(zisofs.susp_z2), static_cast<long long>(zisofs.bpt_target)),
      "version_2=off:block_size_v2=128k:susp_z2=off:bpt_target=-1");
  add(core::strprintf("max_bpt=%lld:max_bpt_f=%lld:bpt_free_ratio=%.3f", static_cast<long long>(zisofs.max_bpt),
                      static_cast<long long>(zisofs.max_bpt_f), zisofs.bpt_free_ratio),
      "max_bpt=268435456:max_bpt_f=268435456:bpt_free_ratio=-1.000");
  lines.push_back({"-zisofs bpt_used=0:bpt_ratio_used=0.000", true});
  lines.push_back({"-zisofs ziso_used=0:osiz_used=0:gzip_used=0:gunzip_used=0", true});
}

bool cmd_close_filter_list(Program& program, Words) {
  program.settings.filter_list_closed = true;
  return true;
}

void status_close_filter_list(const Program& program, StatusLines& lines) {
  if (program.settings.filter_list_closed) lines.push_back({"-close_filter_list", false});
}

constexpr CommandRow kRows[] = {
    {.name = "close_filter_list", .shape = fixed(0), .rank = 149, .help = "Irrevocably forbid register/unregister",
     .handler = cmd_close_filter_list, .status = status_close_filter_list},
    {.name = "external_filter", .shape = list(0), .rank = 147,
     .arguments = "name options program_path [argument [...]]", .help = "Register an external filter",
     .handler = cmd_external_filter,
     .status = status_external_filter},
    {.name = "set_filter", .shape = list(1), .expansion = Expansion::iso, .rank = 150,
     .arguments = "name iso_path [***]", .help = "Attach content filter to data files",
     .handler = cmd_set_filter},
    {.name = "set_filter_r", .shape = list(1), .expansion = Expansion::iso, .rank = 151,
     .arguments = "name iso_path [***]", .help = "Recursive set_filter for data files",
     .handler = cmd_set_filter_r},
    {.name = "show_stream", .shape = list(0), .expansion = Expansion::iso, .rank = 124, .arguments = "iso_path [***]",
     .help = "Show filter/source chain of data files", .handler = cmd_show_stream},
    {.name = "show_stream_r", .shape = list(0), .expansion = Expansion::iso, .rank = 125, .arguments = "iso_path [***]",
     .help = "Recursive show_stream", .handler = cmd_show_stream_r},
    {.name = "unregister_filter", .shape = fixed(1), .rank = 148, .arguments = "name",
     .help = "Drop an unused external filter", .handler = cmd_unregister_filter},
    {.name = "zisofs", .shape = fixed(1), .rank = 186, .arguments = "option[:option...]",
     .help = "Zisofs compression parameters", .handler = cmd_zisofs, .status = status_zisofs},
};

}  // namespace

std::span<const CommandRow> filters_rows() { return kRows; }

}  // namespace xorriso
