// SPDX-License-Identifier: GPL-3.0-or-later
//
// vburn: a virtual optical drive for any program.
#include <cstdio>
#include <string>
#include <vector>

#include "config.h"
#include "libcore/base/text.h"
#include "vburn/command_line.h"
#include "vburn/commands.h"

namespace {

int unknown_command(const std::string& word) {
  std::string allowed;
  for (const auto& row : vburn::command_table()) allowed += " " + std::string(row.name);
  return vburn::usage_error("", core::Problem{.text = "Unknown command " + core::shell_quote(word) + " , allowed are:" + allowed});
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return vburn::usage_error("", core::Problem{.text = "No command given"});
  if (words[0] == "--help" || words[0] == "help") return std::fputs(vburn::general_help().c_str(), stdout) < 0;
  if (words[0] == "--version") return std::printf("vburn %s\n", PACKAGE_VERSION) < 0;
  const vburn::CommandRow* const row = vburn::find_command(words[0]);
  if (!row) return unknown_command(words[0]);
  const int usage_exit = row->program ? vburn::kExitRunFailed : vburn::kExitUsage;
  auto arguments = vburn::parse_arguments(*row, std::span(words).subspan(1));
  if (!arguments) return vburn::usage_error(row->name, arguments.problem(), usage_exit);
  if (arguments->has("help")) return std::fputs(vburn::command_help(*row).c_str(), stdout) < 0;
  const int exit_value = row->handler(*arguments);
  if (std::fflush(stdout) != 0 || std::ferror(stdout))
    return vburn::complain("Cannot write to standard output", row->program ? vburn::kExitRunFailed : vburn::kExitFailed);
  return exit_value;
}
