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
  go_on,    ///< all words were executed
  ended,    ///< -end or -rollback_end
  aborted,  ///< an event reached -abort_on
};

/// Executes a sequence of words: program arguments, or the words of one input line.
Outcome interpret(Program& program, Words words);

/// Commits pending changes if there are any, as the program does at its end.
void commit_at_end(Program& program);

}  // namespace xorriso
