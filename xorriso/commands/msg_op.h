// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xorriso/command.h"

namespace xorriso {

/// -msg_op: helpers for frontends.
bool cmd_msg_op(Program& program, Words words);

}  // namespace xorriso
