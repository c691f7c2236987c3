// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the arguments of a program run to its exit value.
#include <string>
#include <vector>

#include "libcore/base/libraries.h"
#include "xorriso/interpreter.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/pacifier.h"
#include "xorriso/program.h"

int main(int argc, char** argv) {
  using namespace xorriso;
  const std::vector<std::string> words(argv + 1, argv + argc);
  int exit_value = 0;
  {
    Program program;
    if (const auto started = core::start_libraries(); !started.ok()) {
      program.report(started.problem());
      return 4;
    }
    Outcome outcome;
    {
      const Pacifier pacifier(program);
      outcome = interpret(program, words);
      if (outcome == Outcome::go_on) commit_at_end(program);
    }
    const auto& limits = program.settings.exceptions;
    if (outcome == Outcome::aborted) exit_value = 5;
    else if (program.worst_of_run() >= limits.return_severity) exit_value = limits.return_value;
  }
  core::end_libraries();
  return exit_value;
}
