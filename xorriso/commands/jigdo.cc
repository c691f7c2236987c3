// SPDX-License-Identifier: GPL-3.0-or-later
//
// Jigdo template extraction.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "jigdo", .shape = fixed(2), .rank = 203, .arguments = "aspect argument",
     .help = "Jigdo template extraction"},
};

}  // namespace

std::span<const CommandRow> jigdo_rows() { return kRows; }

}  // namespace xorriso
