// SPDX-License-Identifier: GPL-3.0-or-later
//
// Emulation of mkisofs and cdrecord, and the style of progress messages.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "as", .shape = list(1), .rank = 204, .arguments = "program option [...]",
     .help = "Interpret options of other programs"},
    {.name = "pacifier", .shape = fixed(1), .rank = 199, .arguments = "behavior_code",
     .help = "Progress message style"},
};

}  // namespace

std::span<const CommandRow> emulation_rows() { return kRows; }

}  // namespace xorriso
