// SPDX-License-Identifier: GPL-3.0-or-later
//
// Working directories in the image and on disk.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "cd", .shape = fixed(1), .rank = 80, .arguments = "iso_path",
     .help = "Set ISO working directory (may not exist yet: WARNING)"},
    {.name = "cdi", .alias_of = "cd", .shape = fixed(1)},
    {.name = "cdx", .shape = fixed(1), .rank = 81, .arguments = "disk_path",
     .help = "Set disk working directory inside program only"},
    {.name = "pwd", .shape = fixed(0), .rank = 82, .help = "Show ISO working directory"},
    {.name = "pwdi", .alias_of = "pwd", .shape = fixed(0)},
    {.name = "pwdx", .shape = fixed(0), .rank = 83, .help = "Show disk working directory"},
};

}  // namespace

std::span<const CommandRow> navigation_rows() { return kRows; }

}  // namespace xorriso
