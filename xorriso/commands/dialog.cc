// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dialog with the user.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "dialog", .shape = fixed(1), .rank = 227, .arguments = "on|single_line|off",
     .help = "Enter dialog after program arguments"},
    {.name = "history", .shape = fixed(1), .rank = 205, .arguments = "text", .help = "Add text to readline history"},
    {.name = "page", .shape = fixed(2), .rank = 228, .arguments = "length width", .help = "Result pager"},
    {.name = "reassure", .shape = fixed(1), .rank = 230, .arguments = "on|tree|off",
     .help = "Ask user before destructive actions (only effective in dialog)"},
    {.name = "status_history_max", .shape = fixed(1), .rank = 206, .arguments = "number",
     .help = "Limit for history lines in status"},
    {.name = "use_readline", .shape = fixed(1), .rank = 229, .arguments = "on|off", .help = "Line editing"},
};

}  // namespace

std::span<const CommandRow> dialog_rows() { return kRows; }

}  // namespace xorriso
