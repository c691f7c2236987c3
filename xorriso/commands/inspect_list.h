// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handlers of the commands that list files. They expand patterns themselves: a lone "*" is not the same as its matches.
#pragma once

#include "xorriso/command.h"

namespace xorriso {

bool cmd_ls(Program& program, Words words);
bool cmd_lsl(Program& program, Words words);
bool cmd_lsd(Program& program, Words words);
bool cmd_lsdl(Program& program, Words words);
bool cmd_lsx(Program& program, Words words);
bool cmd_lslx(Program& program, Words words);
bool cmd_lsdx(Program& program, Words words);
bool cmd_lsdlx(Program& program, Words words);
bool cmd_du(Program& program, Words words);
bool cmd_dus(Program& program, Words words);
bool cmd_dux(Program& program, Words words);
bool cmd_dusx(Program& program, Words words);

// Attributes in the text forms of getfacl and getfattr.
bool cmd_getfacl(Program& program, Words words);
bool cmd_getfacl_r(Program& program, Words words);
bool cmd_getfattr(Program& program, Words words);
bool cmd_getfattr_r(Program& program, Words words);

}  // namespace xorriso
