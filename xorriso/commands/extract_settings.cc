// SPDX-License-Identifier: GPL-3.0-or-later
//
// The permission to write files to disk and the ways it is done.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "osirrox", .shape = fixed(1), .rank = 153, .arguments = "setting[:option...]",
     .help = "Permit writing files to disk"},
};

}  // namespace

std::span<const CommandRow> extract_settings_rows() { return kRows; }

}  // namespace xorriso
