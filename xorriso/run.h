// SPDX-License-Identifier: GPL-3.0-or-later
//
// One run of the program, from its arguments to its exit value.
#pragma once

#include <string>
#include <vector>

namespace xorriso {

/// `program_name` is argv[0], `words` are the arguments behind it.
int run_program(const std::string& program_name, const std::vector<std::string>& words);

}  // namespace xorriso
