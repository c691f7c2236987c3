// SPDX-License-Identifier: GPL-3.0-or-later
//
// The subcommands of vburn. Each returns the exit value of the program.
#pragma once

#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "vburn/command_line.h"
#include "vburn/daemon/server.h"

namespace vburn {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
/// vburn run shares its exit values with the program it runs; its own failures are these, as those of env(1).
inline constexpr int kExitRunFailed = 125;
inline constexpr int kExitNotExecutable = 126;
inline constexpr int kExitNotFound = 127;

int cmd_create(const Arguments& arguments);
int cmd_info(const Arguments& arguments);
int cmd_media(const Arguments& arguments);
int cmd_run(const Arguments& arguments);
int cmd_start(const Arguments& arguments);
int cmd_stop(const Arguments& arguments);
int cmd_status(const Arguments& arguments);
int cmd_load(const Arguments& arguments);
int cmd_eject(const Arguments& arguments);
int cmd_power(const Arguments& arguments);
int cmd_fault(const Arguments& arguments);
int cmd_completion(const Arguments& arguments);

/// Prints "vburn: text" to standard error and returns `exit_value`.
int complain(const std::string& text, int exit_value = kExitFailed);
int complain(const core::Problem& problem, int exit_value = kExitFailed);
/// As complain, for words that cannot be used: adds where to find help.
int usage_error(std::string_view command, const core::Problem& problem, int exit_value = kExitUsage);

/// "650m", "4700372992", "2298496s": bytes, or with suffix k m g t (binary) or s (2048 byte blocks).
core::Result<core::Bytes> parse_size(std::string_view text);
/// "/dev/sr1", "sr1" or "1".
core::Result<int> parse_drive(std::string_view text);
/// The options --drive, --fault and --realtime, which run and start share.
core::Result<ServerOptions> drive_options(const Arguments& arguments);
/// Whether programs shall sleep as long as they want: --waits or --realtime.
bool keeps_sleeps(const Arguments& arguments);
/// Directory of the drive named by --name; made safe to use. The problem tells what is wrong with it.
core::Result<std::string> named_directory(const std::string& name);

}  // namespace vburn
