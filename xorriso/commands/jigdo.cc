// SPDX-License-Identifier: GPL-3.0-or-later
//
// Jigdo template extraction.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

void status_jigdo(const Program&, std::vector<StatusLine>& lines) { lines.push_back({"-jigdo clear 'all'", true}); }

constexpr CommandRow kRows[] = {
    {.name = "jigdo", .shape = fixed(2), .rank = 203, .arguments = "aspect argument",
     .help = "Jigdo template extraction", .status = status_jigdo},
};

}  // namespace

std::span<const CommandRow> jigdo_rows() { return kRows; }

}  // namespace xorriso
