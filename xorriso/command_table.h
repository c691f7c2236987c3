// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one table of commands: the rows of all groups, with look-up by the word a user typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xorriso/command.h"

namespace xorriso {

/// All rows, sorted by name.
const std::vector<const CommandRow*>& all_commands();

/// The row of a command word: leading dashes, none included, are ignored and inner "-" count as "_".
/// nullptr if there is no such command.
const CommandRow* find_command(std::string_view word);

/// The row that does the work: the row itself, or the one it is an alias of.
const CommandRow& resolve_alias(const CommandRow& row);

/// A command word in the form of the table: "--path-list" becomes "path_list".
std::string canonical_command(std::string_view word);

}  // namespace xorriso
