// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens on problems and on signals.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "abort_on", .shape = fixed(1), .rank = 4, .arguments = "severity",
     .help = "Lowest event severity which ends the program run"},
    {.name = "error_behavior", .shape = fixed(2), .rank = 8, .arguments = "occasion behavior",
     .help = "What to do on read errors while loading a tree or copying a file out"},
    {.name = "report_about", .shape = fixed(1), .rank = 6, .arguments = "severity",
     .help = "Lowest severity that is shown; anything >= abort_on is shown anyway"},
    {.name = "return_with", .shape = fixed(2), .rank = 5, .arguments = "severity exit_value",
     .help = "Exit value to use at normal end if an event of at least that severity occurred"},
    {.name = "signal_handling", .shape = fixed(1), .rank = 7, .arguments = "on|off|sig_dfl|sig_ign",
     .help = "Choose reaction to signals; \"off\" only works if found during argument prescan, later it degrades to sig_dfl with WARNING"},
};

}  // namespace

std::span<const CommandRow> exceptions_rows() { return kRows; }

}  // namespace xorriso
