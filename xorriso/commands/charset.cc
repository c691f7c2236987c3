// SPDX-License-Identifier: GPL-3.0-or-later
//
// Character sets of names on disk, on the terminal and in the image.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "auto_charset", .shape = fixed(1), .rank = 41, .arguments = "on|off",
     .help = "Record and use charset name stored in the image"},
    {.name = "charset", .shape = fixed(1), .rank = 56, .arguments = "name", .help = "Input and output name conversion"},
    {.name = "in_charset", .shape = fixed(1), .rank = 40, .arguments = "name", .help = "Input name conversion"},
    {.name = "local_charset", .shape = fixed(1), .rank = 57, .arguments = "name",
     .help = "Override assumed terminal charset"},
    {.name = "out_charset", .shape = fixed(1), .rank = 182, .arguments = "name", .help = "Output name conversion"},
};

}  // namespace

std::span<const CommandRow> charset_rows() { return kRows; }

}  // namespace xorriso
