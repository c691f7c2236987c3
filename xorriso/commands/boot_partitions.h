// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xorriso/command.h"

namespace xorriso {

bool cmd_append_partition(Program& program, Words words);
void status_append_partition(const Program& program, std::vector<StatusLine>& lines);

}  // namespace xorriso
