// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command -status: the present settings as commands that would recreate them, from the status printers of the rows.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace xorriso {

class Program;

/// "short", "long", "long_history", or a filter: text which the lines to be shown begin with. Other words mean "short".
void print_status(Program& program, const std::string& mode);

/// The names of the rows in the order in which -status asks them. A test compares it with the command table.
std::span<const std::string_view> status_order();

}  // namespace xorriso
