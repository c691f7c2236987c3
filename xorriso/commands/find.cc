// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching trees in the image and on disk.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "find", .shape = list(0), .rank = 152, .arguments = "path [test [...]] [-exec action [params]]",
     .help = "Search ISO tree (see find_tests.tsv)"},
    {.name = "findi", .alias_of = "find", .shape = list(0)},
    {.name = "finds", .shape = list(0), .help = "Known to the argument counter only; execution rejects it"},
    {.name = "findx", .shape = list(0), .rank = 120, .arguments = "disk_path [test [...]] [-exec action [params]]",
     .help = "Search disk tree (see find_tests.tsv)"},
};

}  // namespace

std::span<const CommandRow> find_rows() { return kRows; }

}  // namespace xorriso
