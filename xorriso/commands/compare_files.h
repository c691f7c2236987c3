// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands that compare disk and image, and that update the image from disk.
#pragma once

#include <string>

#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

bool cmd_compare(Program& program, Words words);
bool cmd_compare_l(Program& program, Words words);
bool cmd_compare_r(Program& program, Words words);
bool cmd_update(Program& program, Words words);
bool cmd_update_l(Program& program, Words words);
bool cmd_update_li(Program& program, Words words);
bool cmd_update_lxi(Program& program, Words words);
bool cmd_update_r(Program& program, Words words);

/// For actions of -find: one pair of absolute paths, without headline and summary. False: failed and reported.
bool compare_found(Program& program, const std::string& disk, const std::string& iso);
bool update_found(Program& program, const std::string& disk, const std::string& iso);

}  // namespace xorriso
