// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files which hold lists of paths: one per line, or as quoted words. "-" is standard input.
#pragma once

#include <functional>
#include <string>

namespace xorriso {

class Program;

/// Calls `take` for each line without its newline, until it returns false. False: the file can't be opened, reported.
bool for_each_line(Program& program, const std::string& path, const std::function<bool(const std::string&)>& take);

}  // namespace xorriso
