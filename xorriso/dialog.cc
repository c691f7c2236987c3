// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/dialog.h"

#include <algorithm>
#include <optional>
#include <string>

#include "xorriso/console.h"
#include "xorriso/output/pager.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;

constexpr const char* kShortBar = "============================\n";
constexpr const char* kLongBar = "==============================================================\n";
constexpr const char* kMoreBar = "---------------------------------------------------------------\n";

class Dialog {
 public:
  explicit Dialog(Program& program) : program_(program) {}

  Outcome run() {
    while (true) {  // "-dialog off" does not end it
      auto line = program_.pager().take_next_line();
      if (!line) line = ask();
      if (!line) return Outcome::interrupted;
      program_.info(kLongBar);
      if (!stays_out_of_history(*line)) program_.console().add_history(*line);
      const Outcome outcome = execute(*line);
      if (outcome != Outcome::aborted && outcome != Outcome::interrupted) program_.info(kShortBar);
      if (outcome != Outcome::go_on) return outcome;
    }
  }

 private:
  bool stays_out_of_history(const std::string& line) const {
    const auto& history = program_.console().history();
    if (line.empty() || (!history.empty() && history.back() == line)) return true;
    return line.starts_with("-history ") || line.starts_with("-history:");
  }

  /// One line, joined if quotes are open or a backslash stands at its end. Empty optional: end of input or a signal.
  std::optional<std::string> ask() {
    program_.info("enter option and arguments :\n");
    print_mark();
    std::string text;
    while (true) {
      const auto line = program_.console().read_line_or_hangup();
      if (!line) return std::nullopt;
      if (*line == "@@@" && !text.empty()) {
        program_.report(Severity::note, "Incomplete input line cleared by @@@");
        program_.info("-------------------------------------\nEnter new text for empty input line :\n");
        text.clear();
        continue;
      }
      text += *line;
      if (text.starts_with("#") || program_.settings.dialog.mode == DialogSettings::Mode::single_line) return text;
      const auto end = split_line(text, program_.settings.scripting.backslash_codes).end;
      if (end == SplitLine::End::complete) return text;
      program_.info(kMoreBar);
      if (end == SplitLine::End::open_quote) {
        text += '\n';
        program_.info("Quoted newline char : Enter rest of line (or @@@ to clear it) :\n");
      } else {
        text.pop_back();
        program_.info("Trailing backslash  : Enter rest of line (or @@@ to clear it) :\n");
      }
    }
  }

  void print_mark() {
    const std::string& text = program_.settings.frontend.mark;
    if (!text.empty()) program_.mark(text);
  }

  Outcome execute(const std::string& line) {
    if (line.starts_with("#")) return Outcome::go_on;
    const auto split = split_line(line, program_.settings.scripting.backslash_codes);
    if (split.end == SplitLine::End::open_quote) {
      program_.report(Severity::failure, "Incomplete quotation in command line: " + line);
      return Outcome::go_on;
    }
    return interpret(program_, split.words);
  }

  Program& program_;
};

}  // namespace

Outcome run_dialog(Program& program) {
  auto& limits = program.settings.exceptions;
  if (!limits.abort_on_given) limits.abort_on = Severity::never;
  program.set_in_dialog(true);
  program.info(kShortBar);
  const Outcome outcome = Dialog(program).run();
  program.set_in_dialog(false);
  return caught_signal() != 0 ? Outcome::interrupted : outcome;
}

}  // namespace xorriso
