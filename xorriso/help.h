// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts made from the command table: -help and -list_arg_sorting.
#pragma once

#include <string>

namespace xorriso {

class Program;

void print_help(Program& program, const std::string& program_name);
void print_arg_sorting(Program& program);

}  // namespace xorriso
