// SPDX-License-Identifier: GPL-3.0-or-later
//
// The permission to write files to disk and the ways it is done.
#include <algorithm>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Extract = ExtractSettings;

constexpr Choice<Extract::Mode> kModes[] = {{"off", Extract::Mode::off},         {"on", Extract::Mode::on},
                                            {"device_files", Extract::Mode::device_files},
                                            {"banned", Extract::Mode::banned},   {"blocked", Extract::Mode::blocked},
                                            {"unblock", Extract::Mode::on}};

/// The options with _on and _off in the two lines of -status.
struct Option { std::string_view word; bool Extract::*member; };
constexpr Option kOptions[] = {{"concat_split", &Extract::concat_split}, {"auto_chmod", &Extract::auto_chmod},
                               {"sort_lba", &Extract::sort_lba},         {"o_excl", &Extract::o_excl},
                               {"strict_acl", &Extract::strict_acl}};

bool is_enabled(const Extract& extract) {
  return extract.mode == Extract::Mode::on || extract.mode == Extract::Mode::device_files;
}

bool set_osirrox(Program& program, Extract& extract, const ListPart& part) {
  const std::string& word = part.word;
  if (const auto* mode = find_choice(kModes, word)) {
    extract.mode = mode->value;
    return true;
  }
  for (const auto& option : kOptions) {
    const std::string name(option.word);
    if (word != name + "_on" && word != name + "_off") continue;
    extract.*option.member = word == name + "_on";
    return true;
  }
  if (word == "check_md5_on") extract.check_md5 = Extract::CheckMd5::on;
  else if (word == "check_md5_off") extract.check_md5 = Extract::CheckMd5::off;
  else if (word == "check_md5_force") extract.check_md5 = Extract::CheckMd5::force;
  else if (const auto size = value_of(word, "sparse")) extract.sparse = std::max<std::int64_t>(parse_size(*size), 0);
  else return program.fail(Severity::failure, "-osirrox: unknown mode " + shell_quote(part.rest));
  return true;
}

bool cmd_osirrox(Program& program, Words words) {
  Extract chosen = program.settings.extract;
  const bool unblocks = words[0].find("unblock") != std::string::npos;
  if (chosen.mode == Extract::Mode::banned)
    return program.fail(Severity::failure, "-osirrox: was already permanently disabled by setting 'banned'");
  if (chosen.mode == Extract::Mode::blocked && !unblocks)
    return program.fail(Severity::failure, "-osirrox: is currently disabled by setting 'blocked'");
  if (words[0].empty()) {
    chosen.mode = Extract::Mode::on;
  } else {
    for (const auto& part : split_colons(words[0]))
      if (!set_osirrox(program, chosen, part)) return false;
  }
  program.settings.extract = chosen;
  program.info(std::string("Copying of file objects from ISO image to disk filesystem is: ") +
               (is_enabled(chosen) ? "Enabled\n" : "Disabled\n"));
  return true;
}

void status_osirrox(const Program& program, StatusLines& lines) {
  const auto& extract = program.settings.extract;
  std::string text = choice_word(kModes, extract.mode);
  if (extract.mode != Extract::Mode::banned)
    for (const auto& option : std::span(kOptions).first(4)) text.append(":").append(option.word).append("_").append(on_off(extract.*option.member));
  lines.push_back({"-osirrox " + text, text == "off:concat_split_on:auto_chmod_off:sort_lba_off:o_excl_on"});
  const char* check = extract.check_md5 == Extract::CheckMd5::on ? "on" : extract.check_md5 == Extract::CheckMd5::off ? "off" : "force";
  lines.push_back({std::string("-osirrox strict_acl_") + on_off(extract.strict_acl) + ":check_md5_" + check + ":sparse=" +
                       (extract.sparse > 0 ? std::to_string(extract.sparse) : "off"),
                   false});
}

constexpr CommandRow kRows[] = {
    {.name = "osirrox", .shape = fixed(1), .rank = 153, .arguments = "setting[:option...]",
     .help = "Permit writing files to disk", .handler = cmd_osirrox, .status = status_osirrox},
};

}  // namespace

std::span<const CommandRow> extract_settings_rows() { return kRows; }

}  // namespace xorriso
