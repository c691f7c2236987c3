// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starting the daemon as a process of its own, and talking to a running one.
#pragma once

#include <sys/types.h>

#include <string>

#include "libcore/base/result.h"
#include "libcore/base/unique_fd.h"
#include "vburn/daemon/server.h"

namespace vburn {

enum class Life {
  with_starter,  ///< ends when the starter lets go of its Launched and no device is open any more
  until_stopped,
};

struct Launched {
  pid_t pid = -1;
  core::UniqueFd control;  ///< Life::with_starter: closing it lets the daemon finish
  core::UniqueFd report;   ///< one byte if devices are still open then; its end is the end of the daemon
};

/// Starts a daemon over options.dir and waits until its drives can be used. It removes the directory when it ends.
core::Result<Launched> launch_daemon(ServerOptions options, Life life);

/// Asks the daemon in `dir`, see admin_command(). A complaint of the daemon comes back as problem.
core::Result<std::string> ask_daemon(const std::string& dir, const std::string& text);

/// Is there a living daemon in `dir`?
bool daemon_lives(const std::string& dir);

}  // namespace vburn
