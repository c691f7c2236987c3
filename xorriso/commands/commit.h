// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handlers of the commands which write sessions, or predict what writing one would need.
#pragma once

#include <optional>

#include "libcore/base/units.h"
#include "xorriso/command.h"

namespace xorriso {

bool cmd_commit(Program& program, Words words);
bool cmd_commit_eject(Program& program, Words words);
bool cmd_print_size(Program& program, Words words);
bool cmd_tell_media_space(Program& program, Words words);

/// Size of the session that would be written now; 0 if there is nothing to write. Empty: reported.
std::optional<core::Blocks> predicted_session(Program& program);

/// Writes pending changes at the end of the program run. Nothing is loaded afterwards.
void commit_pending_changes(Program& program);

}  // namespace xorriso
