// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked for in all program arguments before the first command gets executed: unknown words, so that nothing is
// done if there are any; a few settings that have to govern already the start of the program; and option -x.
#pragma once

#include <string>
#include <vector>

#include "xorriso/command.h"

namespace xorriso {

class Program;

struct PrescanResult {
  bool aborted = false;
  bool sort = false;     ///< -x was among the words
  bool no_rc = false;    ///< the first word was -no_rc
};

enum class PrescanPass {
  first,   ///< silent about unknown words
  second,  ///< reports them
};

PrescanResult prescan(Program& program, Words words, PrescanPass pass);

/// The words in the order of -x: commands with their arguments, sorted by the ranks of the command table. Words which
/// are no commands are dropped.
std::vector<std::string> sort_arguments(Program& program, Words words);

/// Goes through the program arguments for -list_delimiter and -backslash_codes with bad values, which spoil the
/// understanding of all words behind them. False: reported, nothing may be executed.
bool check_word_settings(Program& program, Words words);

}  // namespace xorriso
