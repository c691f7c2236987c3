// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands about one session of a medium: the words by which users address it, and what gets told about it.
#pragma once

#include <optional>
#include <string>

#include "libcore/drive/drive.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

/// Decodes "session" "3" and the like. Empty after a FAILURE of "-command: unknown address mode".
std::optional<core::drive::SessionChoice> parse_session_choice(Program& program, std::string_view command, const std::string& entity,
                                                               const std::string& id);

bool cmd_mount_cmd(Program& program, Words words);
bool cmd_session_string(Program& program, Words words);
bool cmd_list_speeds(Program& program, Words words);

}  // namespace xorriso
