// SPDX-License-Identifier: GPL-3.0-or-later
//
// Working directories in the image and on disk.
#include <sys/stat.h>
#include "libcore/base/path.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

std::string shown_directory(const Program& program, const std::string& path) {
  if (program.settings.scripting.sh_style_result) return path + "\n";
  return shell_quote(path == "/" ? "" : path) + "/\n";
}

void show_iso_directory(Program& program, const char* title) {
  program.info(std::string(title) + "\n");
  program.result(shown_directory(program, program.settings.iso_cwd));
}

void show_disk_directory(Program& program, const char* title) {
  program.info(std::string(title) + "\n");
  program.result(shown_directory(program, program.settings.disk_cwd));
}

bool cmd_pwd(Program& program, Words) {
  show_iso_directory(program, "current working directory in ISO image:");
  return true;
}

bool cmd_pwdx(Program& program, Words) {
  show_disk_directory(program, "current working directory on hard disk:");
  return true;
}

bool cmd_cd(Program& program, Words words) {
  show_iso_directory(program, "previous working directory:");
  const std::string& cwd = program.settings.iso_cwd;
  const std::string raw = words[0].starts_with("/") || words[0].empty() ? words[0] : core::join_path(cwd, words[0]);
  const auto looked_up = core::normalize_path(cwd, words[0]);
  const bool is_root = looked_up.ok() && *looked_up == "/";
  if (!is_root && program.image == nullptr)
    program.report(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
  const bool findable = program.image != nullptr && looked_up.ok();
  const core::image::Node node = findable ? program.image->find(*looked_up) : core::image::Node();
  if (!is_root && !node) program.report(Severity::warning, "-cdi: not existing yet in ISO image : " + shell_quote(raw));
  else if (node && !node.is_directory()) return program.fail(Severity::failure, "-cdi: not a directory : " + shell_quote(raw));
  if (!looked_up.ok())
    return program.fail(Severity::failure, "Relative addressing in path exceeds root directory: " + shell_quote(raw));
  program.settings.iso_cwd = *looked_up;
  return cmd_pwd(program, {});
}

void status_cd(const Program& program, StatusLines& lines) {
  lines.push_back({"-cd " + shell_quote(program.settings.iso_cwd), false});
}

void status_cdi(const Program& program, StatusLines& lines) {
  lines.push_back({"-cdi " + shell_quote(program.settings.iso_cwd), false, StatusLine::Form::only_filter});
}

bool cmd_cdx(Program& program, Words words) {
  show_disk_directory(program, "previous working directory on hard disk:");
  const auto path = program.disk_path(words[0]);
  if (!path) return false;
  struct stat info {};
  if (::stat(path->c_str(), &info) != 0) return program.fail(Severity::failure, "-cdx: file not found : " + shell_quote(*path));
  if (!S_ISDIR(info.st_mode)) return program.fail(Severity::failure, "-cdx: not a directory : " + shell_quote(*path));
  program.settings.disk_cwd = *path;
  return cmd_pwdx(program, {});
}

void status_cdx(const Program& program, StatusLines& lines) { lines.push_back({"-cdx " + shell_quote(program.settings.disk_cwd), false}); }

constexpr CommandRow kRows[] = {
    {.name = "cd", .shape = fixed(1), .rank = 80, .arguments = "iso_path",
     .help = "Set ISO working directory (may not exist yet: WARNING)", .handler = cmd_cd, .status = status_cd},
    {.name = "cdi", .alias_of = "cd", .shape = fixed(1), .status = status_cdi},
    {.name = "cdx", .shape = fixed(1), .rank = 81, .arguments = "disk_path",
     .help = "Set disk working directory inside program only", .handler = cmd_cdx, .status = status_cdx},
    {.name = "pwd", .shape = fixed(0), .rank = 82, .help = "Show ISO working directory", .handler = cmd_pwd},
    {.name = "pwdi", .alias_of = "pwd", .shape = fixed(0)},
    {.name = "pwdx", .shape = fixed(0), .rank = 83, .help = "Show disk working directory", .handler = cmd_pwdx},
};

}  // namespace

std::span<const CommandRow> navigation_rows() { return kRows; }

}  // namespace xorriso
