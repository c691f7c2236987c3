// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dialog: reads lines from the user and executes them until -end, or until the input
// ends, which is taken as a hangup of the terminal.
#pragma once

#include "xorriso/interpreter.h"

namespace xorriso {

Outcome run_dialog(Program& program);

}  // namespace xorriso
