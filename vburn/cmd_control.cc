// SPDX-License-Identifier: GPL-3.0-or-later
//
// Burners that stay up: vburn start, and the subcommands that talk to a running one.
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "libcore/base/text.h"
#include "vburn/commands.h"
#include "vburn/daemon/launch.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;

namespace {

constexpr const char* kDefaultName = "default";

/// A path that the daemon, which may work elsewhere, understands.
std::string absolute(const std::string& path) { return path.empty() ? path : std::filesystem::absolute(path).string(); }

Result<std::string> living_directory(const Arguments& arguments) {
  const std::string name = arguments.get("name", kDefaultName);
  auto dir = named_directory(name);
  if (!dir) return dir;
  if (!daemon_lives(*dir)) return Problem{.text = "No burner named " + shell_quote(name) + " is running"};
  return dir;
}

/// Sends one request and prints the answer.
int ask(const char* command, const Arguments& arguments, const std::string& text) {
  const auto dir = living_directory(arguments);
  if (!dir) return complain(dir.problem());
  const auto answer = ask_daemon(*dir, text);
  if (!answer) return complain(answer.problem(), std::strcmp(command, "fault") == 0 ? kExitUsage : kExitFailed);
  std::fputs(answer->c_str(), stdout);
  return kExitOk;
}

/// As ask(), for requests about the drive that the first operand names.
int ask_drive(const char* command, const Arguments& arguments, const std::string& more = "") {
  const auto drive = parse_drive(arguments.operands[0]);
  if (!drive) return usage_error(command, drive.problem());
  return ask(command, arguments, command + ("\n" + std::to_string(*drive)) + more);
}

}  // namespace

int cmd_start(const Arguments& arguments) {
  auto options = drive_options(arguments);
  if (!options) return usage_error("start", options.problem());
  const std::string name = arguments.get("name", kDefaultName);
  const auto dir = named_directory(name);
  if (!dir) return usage_error("start", dir.problem());
  if (daemon_lives(*dir)) return complain("A burner named " + shell_quote(name) + " is running already");
  std::error_code error;
  std::filesystem::remove_all(*dir, error);  // what a killed daemon left behind
  if (mkdir(dir->c_str(), 0700) != 0)
    return complain("Cannot make directory " + shell_quote(*dir) + " : " + std::strerror(errno));
  std::string numbers;
  for (DriveSpec& spec : options->drives) {
    spec.disc = absolute(spec.disc);
    numbers += (numbers.empty() ? "" : ",") + std::to_string(spec.number);
  }
  std::ofstream(*dir + "/drives") << numbers;
  if (keeps_sleeps(arguments)) std::ofstream(*dir + "/waits") << "";
  options->dir = *dir;
  const auto daemon = launch_daemon(std::move(*options), Life::until_stopped);
  return daemon ? kExitOk : complain(daemon.problem());
}

int cmd_stop(const Arguments& arguments) {
  const auto dir = living_directory(arguments);
  if (!dir) return complain(dir.problem());
  if (const auto answer = ask_daemon(*dir, "stop"); !answer) return complain(answer.problem());
  // The directory goes away when all discs are saved.
  while (access(dir->c_str(), F_OK) == 0 && daemon_lives(*dir)) usleep(10000);
  while (access(dir->c_str(), F_OK) == 0) usleep(10000);
  return kExitOk;
}

int cmd_status(const Arguments& arguments) { return ask("status", arguments, "status"); }

int cmd_load(const Arguments& arguments) {
  const bool disc = arguments.operands.size() > 1;
  return ask_drive("load", arguments, disc ? "\n" + absolute(arguments.operands[1]) : "");
}

int cmd_eject(const Arguments& arguments) { return ask_drive("eject", arguments); }

int cmd_power(const Arguments& arguments) { return ask_drive("power", arguments); }

int cmd_fault(const Arguments& arguments) {
  const auto& words = arguments.operands;
  if (words.size() < 2 || words[1] == "list") return ask_drive("fault", arguments, "\nlist");
  if (words[1] == "clear" && words.size() == 2) return ask_drive("fault", arguments, "\nclear");
  std::string more = "\nadd";
  for (std::size_t i = 1; i < words.size(); i++) {
    if (auto fault = core::burner::parse_fault(words[i]); !fault) return usage_error("fault", fault.problem());
    more += "\n" + words[i];
  }
  return ask_drive("fault", arguments, more);
}

int cmd_completion(const Arguments&) {
  std::fputs(bash_completion().c_str(), stdout);
  return kExitOk;
}

}  // namespace vburn
