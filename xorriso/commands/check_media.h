// SPDX-License-Identifier: GPL-3.0-or-later
//
// The check of a medium's blocks and how damage is told.
#pragma once

#include <span>
#include <vector>

#include "libcore/image/media_check.h"
#include "libcore/image/node.h"
#include "xorriso/command.h"

namespace xorriso {

class Program;

bool cmd_check_media(Program& program, Words words);
/// Prints the damaged byte ranges of a data file, one per line. `bad` is ascending by start.
void report_file_damage(Program& program, core::image::Node file, std::span<const core::image::Region> bad);

}  // namespace xorriso
