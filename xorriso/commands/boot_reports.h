// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xorriso/command.h"

namespace xorriso {

bool cmd_report_el_torito(Program& program, Words words);
bool cmd_report_system_area(Program& program, Words words);

/// Runs the commands which would be reported in form "cmd". -boot_image discard must have happened before.
bool replay_boot_equipment(Program& program);

}  // namespace xorriso
