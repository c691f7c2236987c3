// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/interpreter.h"

#include <algorithm>

#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/commands/commit.h"
#include "xorriso/expansion.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;

/// Takes the arguments of a command from words[at...]; `at` moves behind them.
std::vector<std::string> take_arguments(const CommandRow& row, Words words, std::size_t& at, const std::string& delimiter) {
  std::vector<std::string> arguments;
  for (int i = 0; i < row.shape.count; i++) arguments.push_back(at < words.size() ? words[at++] : std::string());
  if (row.shape.kind == Shape::Kind::fixed) return arguments;
  while (at < words.size()) {
    const std::string& word = words[at++];
    if (word == delimiter) break;
    arguments.push_back(word);
  }
  return arguments;
}

bool call(Program& program, const CommandRow& row, Words arguments) {
  const CommandRow& worker = resolve_alias(row);
  if (worker.handler == nullptr)
    return program.fail(Severity::failure, "Command -" + std::string(row.name) + " is not available in this version");
  return worker.handler(program, arguments);
}

/// Judges a command that has just ended; says why if the run has to end.
Outcome verdict(Program& program) {
  program.drain();
  const Severity worst = program.worst_of_command();
  const auto& limits = program.settings.exceptions;
  if (worst >= limits.abort_on) {
    program.info("xorriso : aborting : -abort_on '" + std::string(core::severity_name(limits.abort_on)) +
                 "' encountered '" + std::string(core::severity_name(worst)) + "'\n");
    return Outcome::aborted;
  }
  if (worst >= Severity::sorry)
    program.info("xorriso : NOTE : Tolerated problem event of severity '" + std::string(core::severity_name(worst)) + "'\n");
  return Outcome::go_on;
}

bool is_skipped(const std::string& word, const std::string& delimiter) {
  return word.empty() || word.front() == '#' || word == delimiter;
}

}  // namespace

Outcome interpret(Program& program, Words words) {
  std::size_t at = 0;
  while (at < words.size()) {
    const std::string word = words[at++];
    const std::string delimiter = program.settings.scripting.list_delimiter;
    if (is_skipped(word, delimiter)) continue;
    program.begin_command();
    const CommandRow* row = find_command(word);
    if (row == nullptr) {
      program.report(Severity::failure, "Not a known command:  " + core::shell_quote(word) + "\n");
    } else {
      if (row->name == "end" || row->name == "rollback_end") return Outcome::ended;
      std::vector<std::string> arguments = take_arguments(*row, words, at, delimiter);
      if (expand_arguments(program, resolve_alias(*row), arguments)) call(program, *row, arguments);
    }
    if (verdict(program) == Outcome::aborted) return Outcome::aborted;
  }
  return Outcome::go_on;
}

void commit_at_end(Program& program) { commit_pending_changes(program); }

}  // namespace xorriso
