// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/interpreter.h"

#include <algorithm>

#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/commands/commit.h"
#include "xorriso/expansion.h"
#include "xorriso/input_lines.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using AddPlainly = InsertSettings::AddPlainly;

/// Hands out the words of a sequence, decoded as program arguments may have to be.
class WordStream {
 public:
  WordStream(Program& program, Words words, WordSource source) : program_(program), words_(words), source_(source) {}
  bool at_end() const { return at_ >= words_.size(); }
  std::string take() {
    const std::string& word = words_[at_++];
    const bool decode = source_ == WordSource::arguments && program_.settings.scripting.backslash_codes.with_program_arguments;
    return decode ? decode_backslashes(word) : word;
  }

 private:
  Program& program_;
  Words words_;
  WordSource source_;
  std::size_t at_ = 0;
};

struct Arguments {
  std::vector<std::string> words;
  int missing = 0;
};

Arguments take_arguments(const CommandRow& row, WordStream& stream, const std::string& delimiter) {
  Arguments arguments;
  for (int i = 0; i < row.shape.count; i++) {
    if (stream.at_end()) arguments.missing++;
    arguments.words.push_back(stream.at_end() ? std::string() : stream.take());
  }
  if (row.shape.kind == Shape::Kind::fixed) return arguments;
  while (!stream.at_end()) {
    std::string word = stream.take();
    if (word == delimiter) break;
    arguments.words.push_back(std::move(word));
  }
  return arguments;
}

void tell_debug(Program& program, const CommandRow& row, const Arguments& arguments) {
  if (!program.is_shown(Severity::debug)) return;
  program.report(Severity::debug, "Command:    -" + std::string(row.name));
  for (std::size_t i = 0; i + arguments.missing < arguments.words.size(); i++)
    program.report(Severity::debug, "Parameter:     " + arguments.words[i]);
  if (arguments.missing > 0) program.report(Severity::debug, core::strprintf("Missing arguments: %d", arguments.missing));
}

bool call(Program& program, const CommandRow& row, Arguments arguments) {
  const CommandRow& worker = resolve_alias(row);
  tell_debug(program, row, arguments);
  if (worker.handler == nullptr)
    return program.fail(Severity::failure, "Command -" + std::string(row.name) + " is not available in this version");
  if (!worker.reassure.empty() && !program.reassured("-" + std::string(worker.name), worker.reassure)) return true;
  return expand_arguments(program, worker, arguments.words) && worker.handler(program, arguments.words);
}

Outcome verdict(Program& program) {
  if (caught_signal() != 0) return Outcome::interrupted;
  if (must_abort(program)) return Outcome::aborted;
  return program.end_requested() ? Outcome::ended : Outcome::go_on;
}

/// A word which is no command: with -add_plainly it may be a path to be added.
bool call_unknown(Program& program, const std::string& word) {
  const auto mode = program.settings.insert.add_plainly;
  const bool dashed = word.starts_with("-");
  if (mode == AddPlainly::any || mode == AddPlainly::dashed || (mode == AddPlainly::unknown && !dashed)) {
    const CommandRow* add = find_command("add");
    return call(program, *add, {{word}, 0});
  }
  return program.fail(Severity::failure, "Not a known command:  " + shell_quote(word) + "\n");
}

Outcome execute(Program& program, const std::string& word, WordStream& stream, const std::string& delimiter) {
  program.begin_command();
  const CommandRow* row = find_command(word);
  const bool plain = program.settings.insert.add_plainly == AddPlainly::any;
  if (row == nullptr || canonical_command(word).empty() || plain) call_unknown(program, word);
  else call(program, *row, take_arguments(*row, stream, delimiter));
  return verdict(program);
}

}  // namespace

bool must_abort(Program& program) {
  program.drain();
  const auto& limits = program.settings.exceptions;
  const Severity worst = program.worst_of_command();
  if (worst >= limits.abort_on && worst > Severity::all) {
    program.info("xorriso : aborting : -abort_on '" + std::string(core::severity_name(limits.abort_on)) +
                 "' encountered '" + std::string(core::severity_name(worst)) + "'\n");
    return true;
  }
  if (worst >= Severity::sorry)
    program.info("xorriso : NOTE : Tolerated problem event of severity '" + std::string(core::severity_name(worst)) + "'\n");
  return false;
}

bool is_skipped_word(const std::string& word, const std::string& delimiter) {
  return word.empty() || word.front() == '#' || word == delimiter;
}

std::size_t count_arguments(const CommandRow& row, Words words, std::size_t at, const std::string& delimiter) {
  const std::size_t left = words.size() - at - 1;
  std::size_t count = std::min<std::size_t>(row.shape.count, left);
  const bool is_list = row.shape.kind != Shape::Kind::fixed || row.prescan_takes_list;
  if (!is_list) return count;
  if (row.prescan_takes_list) count = 0;
  while (count < left)
    if (words[at + 1 + count++] == delimiter) break;
  return count;
}

Outcome interpret(Program& program, Words words, WordSource source) {
  WordStream stream(program, words, source);
  while (!stream.at_end()) {
    const std::string word = stream.take();
    const std::string delimiter = program.settings.scripting.list_delimiter;
    if (is_skipped_word(word, delimiter)) continue;
    const Outcome outcome = execute(program, word, stream, delimiter);
    if (outcome != Outcome::go_on) return outcome;
  }
  return Outcome::go_on;
}

Outcome interpret_file(Program& program, const std::string& path) {
  constexpr int kDeepest = 100;
  if (program.file_depth() >= kDeepest) {
    program.report(Severity::failure, "Command files are nested too deeply at " + shell_quote(path));
    return Outcome::go_on;
  }
  const auto reader = LineReader::open(program, path);
  if (reader == nullptr) return Outcome::go_on;
  const auto deeper = program.enter_file();
  const bool in_dialog = program.in_dialog();
  if (in_dialog) program.info("+ performing command lines from file " + shell_quote(path) + " :\n");
  std::vector<std::string> words;
  while (true) {
    const auto got = reader->next_words(words);
    if (got == LineReader::Got::end) return Outcome::go_on;
    if (in_dialog) program.info(core::strprintf("+ %d:  ", reader->line_number()) + reader->text() + "\n");
    const Outcome outcome = got == LineReader::Got::line ? interpret(program, words) : Outcome::aborted;
    if (outcome == Outcome::go_on) continue;
    if (outcome == Outcome::aborted)
      program.report(Severity::note, core::strprintf("error triggered by line %d of file:\n    ", reader->line_number()) +
                                         shell_quote(path) + "\n");
    return outcome;
  }
}

void commit_at_end(Program& program) { commit_pending_changes(program); }

}  // namespace xorriso
