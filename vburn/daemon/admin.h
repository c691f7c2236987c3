// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vburn/daemon/drive.h"

namespace vburn {

/// Executes what the command line asks of a running daemon: words separated by newlines, the first one being
/// status | stop | load N PATH | eject N | power N | fault N list | fault N clear | fault N add FAULT...
/// Returns text for the user; `ok` becomes false if it is a complaint.
std::string admin_command(const std::string& text, std::vector<std::unique_ptr<Drive>>& drives, bool& ok);

}  // namespace vburn
