// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handlers of the commands which act on a medium as a whole, or tell about the loaded image and the space left.
#pragma once

#include "xorriso/command.h"

namespace xorriso {

bool cmd_blank(Program& program, Words words);
bool cmd_close_damaged(Program& program, Words words);
bool cmd_eject(Program& program, Words words);
bool cmd_format(Program& program, Words words);
/// Formats a medium of the output drive which can't take a session without. False: that failed, reported.
bool format_before_writing(Program& program);

bool cmd_pvd_info(Program& program, Words words);
bool cmd_rollback(Program& program, Words words);
bool cmd_truncate_overwritable(Program& program, Words words);

}  // namespace xorriso
