// SPDX-License-Identifier: GPL-3.0-or-later
//
// The specifications of command -boot_image.
#pragma once

#include "xorriso/command.h"

namespace xorriso {

bool cmd_boot_image(Program& program, Words words);

}  // namespace xorriso
