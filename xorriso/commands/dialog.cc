// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dialog with the user.
#include <algorithm>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/console.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Dialog = DialogSettings;

constexpr Choice<Dialog::Mode> kMode[] = {
    {"on", Dialog::Mode::on}, {"multi_line", Dialog::Mode::on}, {"single_line", Dialog::Mode::single_line}, {"off", Dialog::Mode::off}};

bool cmd_dialog(Program& program, Words words) {
  return choose(program, "dialog", words[0], kMode, program.settings.dialog.mode, Severity::sorry);
}

void status_dialog(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.dialog.mode;
  lines.push_back({"-dialog " + choice_word(kMode, mode), mode == Dialog::Mode::off});
}

bool cmd_page(Program& program, Words words) {
  const auto number = [](const std::string& word, int standard) {
    return word.empty() ? standard : static_cast<int>(std::clamp<std::int64_t>(parse_integer(word).value_or(0), -1, 1000000));
  };
  auto& dialog = program.settings.dialog;
  dialog.page_length = std::max(0, number(words[0], 16));
  const int width = number(words[1], 80);
  dialog.page_width = width > 0 ? width : 80;
  return true;
}

void status_page(const Program& program, StatusLines& lines) {
  const auto& dialog = program.settings.dialog;
  lines.push_back({core::strprintf("-page %d %d", dialog.page_length, dialog.page_width),
                   dialog.page_length == 0 && dialog.page_width == 80});
}

bool cmd_use_readline(Program& program, Words words) {
  program.settings.dialog.use_readline = words[0] != "off";
  return true;
}

void status_use_readline(const Program& program, StatusLines& lines) {
  const bool on = program.settings.dialog.use_readline;
  lines.push_back({std::string("-use_readline ") + on_off(on), on});
}

constexpr Choice<Dialog::Reassure> kReassure[] = {
    {"on", Dialog::Reassure::on}, {"tree", Dialog::Reassure::tree}, {"off", Dialog::Reassure::off}};

bool cmd_reassure(Program& program, Words words) {
  return choose(program, "reassure", words[0], kReassure, program.settings.dialog.reassure, Severity::sorry);
}

void status_reassure(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.dialog.reassure;
  lines.push_back({"-reassure " + choice_word(kReassure, mode), mode == Dialog::Reassure::off});
}

bool cmd_history(Program& program, Words words) {
  program.console().add_history(words[0]);
  return true;
}

void status_history(const Program& program, StatusLines& lines) {
  const auto& history = const_cast<Program&>(program).console().history();
  const std::size_t most = program.settings.dialog.status_history_max;
  for (std::size_t i = history.size() > most ? history.size() - most : 0; i < history.size(); i++)
    lines.push_back({"-history " + shell_quote(history[i]), false, StatusLine::Form::only_history});
}

bool cmd_status_history_max(Program& program, Words words) {
  const auto number = parse_integer(words[0]).value_or(-1);
  if (number >= 0 && number <= 999999) program.settings.dialog.status_history_max = static_cast<int>(number);
  return true;
}

void status_status_history_max(const Program& program, StatusLines& lines) {
  const int most = program.settings.dialog.status_history_max;
  lines.push_back({core::strprintf("-status_history_max %d", most), most == Dialog().status_history_max});
}

constexpr CommandRow kRows[] = {
    {.name = "dialog", .shape = fixed(1), .rank = 227, .arguments = "on|single_line|off",
     .help = "Enter dialog after program arguments", .handler = cmd_dialog, .status = status_dialog},
    {.name = "history", .shape = fixed(1), .rank = 205, .arguments = "text", .help = "Add text to readline history",
     .handler = cmd_history, .status = status_history},
    {.name = "page", .shape = fixed(2), .rank = 228, .arguments = "length width", .help = "Result pager",
     .handler = cmd_page, .status = status_page},
    {.name = "reassure", .shape = fixed(1), .rank = 230, .arguments = "on|tree|off",
     .help = "Ask user before destructive actions (only effective in dialog)", .handler = cmd_reassure,
     .status = status_reassure},
    {.name = "status_history_max", .shape = fixed(1), .rank = 206, .arguments = "number",
     .help = "Limit for history lines in status", .handler = cmd_status_history_max,
     .status = status_status_history_max},
    {.name = "use_readline", .shape = fixed(1), .rank = 229, .arguments = "on|off", .help = "Line editing",
     .handler = cmd_use_readline, .status = status_use_readline},
};

}  // namespace

std::span<const CommandRow> dialog_rows() { return kRows; }

}  // namespace xorriso
