// SPDX-License-Identifier: GPL-3.0-or-later
//
// Content filters between data files and image.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "close_filter_list", .shape = fixed(0), .rank = 149, .help = "Irrevocably forbid register/unregister"},
    {.name = "external_filter", .shape = list(2), .rank = 147,
     .arguments = "name options program_path [argument [...]]", .help = "Register an external filter"},
    {.name = "set_filter", .shape = list(1), .expansion = Expansion::iso, .rank = 150,
     .arguments = "name iso_path [***]", .help = "Attach content filter to data files"},
    {.name = "set_filter_r", .shape = list(1), .expansion = Expansion::iso, .rank = 151,
     .arguments = "name iso_path [***]", .help = "Recursive set_filter for data files"},
    {.name = "show_stream", .shape = list(0), .expansion = Expansion::iso, .rank = 124, .arguments = "iso_path [***]",
     .help = "Show filter/source chain of data files"},
    {.name = "show_stream_r", .shape = list(0), .expansion = Expansion::iso, .rank = 125, .arguments = "iso_path [***]",
     .help = "Recursive show_stream"},
    {.name = "unregister_filter", .shape = fixed(1), .rank = 148, .arguments = "name",
     .help = "Drop an unused external filter"},
    {.name = "zisofs", .shape = fixed(1), .rank = 186, .arguments = "option[:option...]",
     .help = "Zisofs compression parameters"},
};

}  // namespace

std::span<const CommandRow> filters_rows() { return kRows; }

}  // namespace xorriso
