// SPDX-License-Identifier: GPL-3.0-or-later
//
// Emulation of mkisofs and cdrecord, and the style of progress messages.
#include <algorithm>
#include <cstring>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/emulation/mkisofs.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Style = FrontendSettings::Style;

constexpr Choice<Style> kPacifier[] = {
    {"xorriso", Style::xorriso},      {"default", Style::xorriso},     {"mkisofs", Style::mkisofs},
    {"genisofs", Style::mkisofs},     {"genisoimage", Style::mkisofs}, {"xorrisofs", Style::mkisofs},
    {"cdrecord", Style::cdrecord},    {"cdrskin", Style::cdrecord},    {"wodim", Style::cdrecord},
    {"xorrecord", Style::cdrecord}};

bool cmd_pacifier(Program& program, Words words) {
  constexpr double kMin = 0.1, kMax = 60;
  auto& frontend = program.settings.frontend;
  if (const auto number = value_of(words[0], "interval")) {
    if (number->empty() || !std::strchr("0123456789.+-", (*number)[0])) return true;
    const double seconds = parse_size_fraction(*number);
    if (seconds < kMin) program.report(Severity::warning, "-pacifier: interval=" + shell_quote(words[0]) + core::strprintf(" is too low. Min: %f", kMin));
    if (seconds > kMax) program.report(Severity::warning, "-pacifier: interval=" + shell_quote(words[0]) + core::strprintf(" is too high. Max: %f", kMax));
    frontend.pacifier_interval = std::clamp(seconds, kMin, kMax);
    return true;
  }
  const auto* style = find_choice(kPacifier, words[0]);
  if (style == nullptr) return program.fail(Severity::sorry, "-pacifier: unknown behavior code " + shell_quote(words[0]));
  frontend.pacifier = style->value;
  return true;
}

void status_pacifier(const Program& program, StatusLines& lines) {
  const auto& frontend = program.settings.frontend;
  lines.push_back({"-pacifier " + shell_quote(choice_word(kPacifier, frontend.pacifier)), frontend.pacifier == Style::xorriso});
  lines.push_back({core::strprintf("-pacifier interval=%f", frontend.pacifier_interval), frontend.pacifier_interval == 1.0});
}

enum class Personality { mkisofs, cdrecord };
constexpr Choice<Personality> kPersonalities[] = {
    {"mkisofs", Personality::mkisofs},      {"genisofs", Personality::mkisofs},    {"genisoimage", Personality::mkisofs},
    {"xorrisofs", Personality::mkisofs},    {"cdrecord", Personality::cdrecord},   {"cdrskin", Personality::cdrecord},
    {"xorrecord", Personality::cdrecord},   {"wodim", Personality::cdrecord}};

bool cmd_as(Program& program, Words words) {
  if (words.size() == 1 && words[0].empty())
    return program.fail(Severity::failure, "-as : Not enough arguments given. Needed: whom do_what --");
  const auto* personality = find_choice(kPersonalities, words[0]);
  if (personality == nullptr)
    return program.fail(Severity::failure, "-as : Not a known emulation personality: " + shell_quote(words[0]));
  if (personality->value == Personality::cdrecord)
    return program.fail(Severity::failure, "-as : Emulation of cdrecord is not available in this version");
  return MkisofsRun(program, words.subspan(1), words[0]).execute();
}

constexpr CommandRow kRows[] = {
    {.name = "as", .shape = list(1), .rank = 204, .arguments = "program option [...]",
     .help = "Interpret options of other programs", .handler = cmd_as},
    {.name = "pacifier", .shape = fixed(1), .rank = 199, .arguments = "behavior_code",
     .help = "Progress message style", .handler = cmd_pacifier, .status = status_pacifier},
};

}  // namespace

std::span<const CommandRow> emulation_rows() { return kRows; }

}  // namespace xorriso
