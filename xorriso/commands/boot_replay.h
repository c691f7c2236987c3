// SPDX-License-Identifier: GPL-3.0-or-later
//
// Loaded boot equipment as commands or as mkisofs options which would make it again.
#pragma once

#include <string>
#include <vector>

namespace xorriso {

class Program;

enum class ReplayForm { native, mkisofs };

/// The lines, without newline. Empty if neither El Torito nor a system area was loaded.
std::vector<std::string> replay_lines(const Program& program, ReplayForm form);

}  // namespace xorriso
