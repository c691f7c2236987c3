// SPDX-License-Identifier: GPL-3.0-or-later
//
// Acquiring drives, restricting access to them, and asking about drives and media.
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::shell_quote;

void status_dev(const Program& program, StatusLines& lines) {
  if (program.indev != nullptr && program.indev == program.outdev) {
    lines.push_back({"-dev " + shell_quote(program.indev->identity().address), false});
    return;
  }
  if (program.indev == nullptr && program.outdev == nullptr) lines.push_back({"-dev ''", false});
  if (program.indev != nullptr) lines.push_back({"-indev " + shell_quote(program.indev->identity().address), false});
  if (program.outdev != nullptr) lines.push_back({"-outdev " + shell_quote(program.outdev->identity().address), false});
}

constexpr CommandRow kRows[] = {
    {.name = "dev", .shape = fixed(1), .rank = 58, .arguments = "address",
     .help = "Acquire as input and output, load image, growing method", .status = status_dev},
    {.name = "device_links", .shape = fixed(0), .rank = 31, .help = "Like devices but shows persistent symlinks"},
    {.name = "devices", .shape = fixed(0), .rank = 30, .help = "Give up drives and list optical drives"},
    {.name = "indev", .shape = fixed(1), .rank = 59, .arguments = "address", .help = "Acquire as input, load image"},
    {.name = "list_formats", .shape = fixed(0), .rank = 62, .help = "List formatting descriptors of output medium"},
    {.name = "list_profiles", .shape = fixed(1), .rank = 61, .arguments = "in|out|all",
     .help = "List media profiles known by drive"},
    {.name = "list_speeds", .shape = fixed(0), .rank = 63, .help = "List write/read speeds"},
    {.name = "mount_cmd", .shape = fixed(4), .rank = 33, .arguments = "drive entity id path",
     .help = "Print a mount command for the chosen session"},
    {.name = "outdev", .shape = fixed(1), .rank = 60, .arguments = "address",
     .help = "Acquire as output; without indev an empty tree is created"},
    {.name = "session_string", .shape = fixed(4), .rank = 34, .arguments = "drive entity id format",
     .help = "Print substituted format text for the chosen session"},
    {.name = "toc", .shape = fixed(0), .rank = 64, .help = "Drive, media and session table of both drives"},
    {.name = "toc_of", .shape = fixed(1), .rank = 65, .arguments = "in|out|all[:short]",
     .help = "Toc of selected drive"},
};

}  // namespace

std::span<const CommandRow> drives_rows() { return kRows; }

}  // namespace xorriso
