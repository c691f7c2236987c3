// SPDX-License-Identifier: GPL-3.0-or-later
//
// From words to deeds: finds the command row of a word, collects its arguments, expands wildcards, calls the handler and
// judges the outcome by -abort_on. The only place which compares severities with thresholds to end the run.
#pragma once

#include <span>
#include <string>

#include "xorriso/command.h"

namespace xorriso {

class Program;

enum class Outcome {
  go_on,        ///< all words were executed
  ended,        ///< -end or -rollback_end
  aborted,      ///< an event reached -abort_on
  interrupted,  ///< a signal was caught
};

/// Where words come from: program arguments are subject to -backslash_codes with_program_arguments.
enum class WordSource { arguments, line };

/// Executes a sequence of words.
Outcome interpret(Program& program, Words words, WordSource source = WordSource::line);

/// Executes a file of command lines; "-" is stdin. A NOTE names the line which caused a problem.
Outcome interpret_file(Program& program, const std::string& path);

/// Commits pending changes if there are any, as the program does at its end.
void commit_at_end(Program& program);

/// Compares the worst event of the present command with -abort_on, and says on the info channel what comes of it.
bool must_abort(Program& program);

/// Number of the words behind words[at], which is a command, that the argument counter of the early scan and of -x
/// gives to it. The delimiter of a list counts too.
std::size_t count_arguments(const CommandRow& row, Words words, std::size_t at, const std::string& delimiter);

/// True for words in command position that mean nothing: empty ones, comments, orphaned delimiters.
bool is_skipped_word(const std::string& word, const std::string& delimiter);

}  // namespace xorriso
