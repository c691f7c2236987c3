// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens on problems and on signals.
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Exceptions = ExceptionSettings;

std::optional<Severity> severity_word(Program& program, const char* command, const std::string& word, Severity complaint) {
  const auto severity = core::parse_severity(word);
  if (!severity) program.report(complaint, "-" + std::string(command) + ": Not a known severity name : " + shell_quote(word));
  return severity;
}

bool cmd_abort_on(Program& program, Words words) {
  const auto severity = severity_word(program, "abort_on", words[0], Severity::failure);
  if (!severity) return false;
  program.settings.exceptions.abort_on = *severity;
  program.settings.exceptions.abort_on_given = true;
  return true;
}

void status_abort_on(const Program& program, StatusLines& lines) {
  lines.push_back({"-abort_on " + std::string(core::severity_name(program.settings.exceptions.abort_on)), false});
}

bool cmd_report_about(Program& program, Words words) {
  const auto severity = severity_word(program, "report_about", words[0], Severity::warning);
  if (!severity) return false;
  program.settings.exceptions.report_about = *severity;
  return true;
}

void status_report_about(const Program& program, StatusLines& lines) {
  const Severity severity = program.settings.exceptions.report_about;
  lines.push_back({"-report_about " + std::string(core::severity_name(severity)), severity == Severity::update});
}

bool cmd_return_with(Program& program, Words words) {
  const auto severity = severity_word(program, "return_with", words[0], Severity::failure);
  if (!severity) return false;
  const auto value = parse_integer(words[1]).value_or(0);
  if (value != 0 && (value < 32 || value > 63))
    return program.fail(Severity::failure, "-return_with: Not an allowed exit_value. Use 0, or 32 to 63.");
  program.settings.exceptions.return_severity = *severity;
  program.settings.exceptions.return_value = static_cast<int>(value);
  return true;
}

void status_return_with(const Program& program, StatusLines& lines) {
  const auto& limits = program.settings.exceptions;
  lines.push_back({"-return_with " + std::string(core::severity_name(limits.return_severity)) + " " + std::to_string(limits.return_value),
                   limits.return_severity == Severity::sorry && limits.return_value == 32});
}

constexpr Choice<Exceptions::Loading> kLoading[] = {{"best_effort", Exceptions::Loading::best_effort},
                                                    {"failure", Exceptions::Loading::failure},
                                                    {"fatal", Exceptions::Loading::fatal}};
constexpr Choice<Exceptions::Extraction> kExtraction[] = {{"best_effort", Exceptions::Extraction::best_effort},
                                                          {"keep", Exceptions::Extraction::keep},
                                                          {"delete", Exceptions::Extraction::remove}};

bool cmd_error_behavior(Program& program, Words words) {
  auto& limits = program.settings.exceptions;
  if (words[0] != "image_loading" && words[0] != "file_extraction")
    return program.fail(Severity::failure, "-error_behavior: unknown occasion " + shell_quote(words[0]));
  const auto* loading = find_choice(kLoading, words[1]);
  const auto* extraction = find_choice(kExtraction, words[1]);
  if (words[0] == "image_loading" && loading != nullptr) return limits.image_loading = loading->value, true;
  if (words[0] == "file_extraction" && extraction != nullptr) return limits.file_extraction = extraction->value, true;
  return program.fail(Severity::failure, "-error_behavior: with " + shell_quote(words[0]) + ": unknown behavior " + shell_quote(words[1]));
}

void status_error_behavior(const Program& program, StatusLines& lines) {
  const auto& limits = program.settings.exceptions;
  lines.push_back({"-error_behavior image_loading " + choice_word(kLoading, limits.image_loading),
                   limits.image_loading == Exceptions::Loading::fatal});
  lines.push_back({"-error_behavior file_extraction " + choice_word(kExtraction, limits.file_extraction),
                   limits.file_extraction == Exceptions::Extraction::keep});
}

constexpr Choice<Exceptions::Signals> kSignals[] = {{"on", Exceptions::Signals::on},
                                                    {"libburn", Exceptions::Signals::on},
                                                    {"off", Exceptions::Signals::off},
                                                    {"sig_dfl", Exceptions::Signals::sig_dfl},
                                                    {"sig_ign", Exceptions::Signals::sig_ign}};

bool cmd_signal_handling(Program& program, Words words) {
  auto& mode = program.settings.exceptions.signal_handling;
  const auto* choice = find_choice(kSignals, words[0]);
  if (choice == nullptr) {
    program.report(Severity::failure, "-signal_handling: unknown mode " + shell_quote(words[0]));
    program.report(Severity::hint, "Use one of: \"off\",\"on\",\"sig_dfl\",\"sig_ign\"");
    return false;
  }
  const bool too_late = program.libraries_started() && choice->value == Exceptions::Signals::off && mode != Exceptions::Signals::off;
  if (too_late)
    program.report(Severity::warning, "Signal handling mode \"off\" comes too late. Defaulted to \"sig_dfl\"\n");
  mode = too_late ? Exceptions::Signals::sig_dfl : choice->value;
  if (program.libraries_started()) set_signal_handling(mode, &program.progress.cancel);
  return true;
}

void status_signal_handling(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.exceptions.signal_handling;
  lines.push_back({"-signal_handling " + choice_word(kSignals, mode), mode == Exceptions::Signals::on});
}

constexpr CommandRow kRows[] = {
    {.name = "abort_on", .shape = fixed(1), .rank = 4, .arguments = "severity",
     .help = "Lowest event severity which ends the program run", .handler = cmd_abort_on, .status = status_abort_on},
    {.name = "error_behavior", .shape = fixed(2), .rank = 8, .arguments = "occasion behavior",
     .help = "What to do on read errors while loading a tree or copying a file out", .handler = cmd_error_behavior,
     .status = status_error_behavior},
    {.name = "report_about", .shape = fixed(1), .rank = 6, .arguments = "severity",
     .help = "Lowest severity that is shown; anything >= abort_on is shown anyway", .handler = cmd_report_about,
     .status = status_report_about},
    {.name = "return_with", .shape = fixed(2), .rank = 5, .arguments = "severity exit_value",
     .help = "Exit value to use at normal end if an event of at least that severity occurred",
     .handler = cmd_return_with, .status = status_return_with},
    {.name = "signal_handling", .shape = fixed(1), .rank = 7, .arguments = "on|off|sig_dfl|sig_ign",
     .help = "Choose reaction to signals; \"off\" only works if found during argument prescan, later it degrades to sig_dfl with WARNING",
     .handler = cmd_signal_handling, .status = status_signal_handling},
};

}  // namespace

std::span<const CommandRow> exceptions_rows() { return kRows; }

}  // namespace xorriso
