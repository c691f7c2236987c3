// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bringing files into the image, and the rules by which this happens.
#include "xorriso/commands/groups.h"
#include "xorriso/commands/insert_files.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "add", .shape = list(0), .expansion = Expansion::disk_unless_pathspecs, .rank = 88,
     .arguments = "pathspec [...]", .help = "Graft files and trees at equally named iso paths below cd", .handler = cmd_add},
    {.name = "cpr", .shape = kTargetLast, .expansion = Expansion::disk_list_iso_target, .rank = 101,
     .arguments = "disk_path [***] iso_path", .help = "Insert under rules of cp -r", .handler = cmd_cpr},
    {.name = "cpri", .alias_of = "cpr", .shape = kTargetLast, .expansion = Expansion::disk_list_iso_target},
    {.name = "cut_out", .shape = fixed(4), .rank = 100, .arguments = "disk_path offset count iso_path",
     .help = "Map byte range of a disk file", .handler = cmd_cut_out},
    {.name = "lns", .shape = fixed(2), .rank = 87, .arguments = "target_text iso_path",
     .help = "Create symlink; error if address exists", .handler = cmd_lns},
    {.name = "lnsi", .alias_of = "lns", .shape = fixed(2)},
    {.name = "map", .shape = fixed(2), .rank = 91, .arguments = "disk_path iso_path",
     .help = "Graft one file or tree at a given address", .handler = cmd_map},
    {.name = "map_l", .shape = list(2), .expansion = Expansion::disk, .rank = 93,
     .arguments = "disk_prefix iso_prefix disk_path [***]", .help = "Map many by prefix exchange", .handler = cmd_map_l},
    {.name = "map_single", .shape = fixed(2), .rank = 92, .arguments = "disk_path iso_path",
     .help = "Graft without descending", .handler = cmd_map_single},
    {.name = "mkdir", .shape = list(0), .rank = 86, .arguments = "iso_path [...]", .help = "Create directories", .handler = cmd_mkdir},
    {.name = "mkdiri", .alias_of = "mkdir", .shape = list(0)},
    {.name = "path_list", .shape = fixed(1), .rank = 89, .arguments = "disk_path",
     .help = "Raw lines as -add arguments", .handler = cmd_path_list},
    {.name = "quoted_path_list", .shape = fixed(1), .rank = 90, .arguments = "disk_path",
     .help = "Quoted words as -add arguments", .handler = cmd_quoted_path_list},
};

}  // namespace

std::span<const CommandRow> insert_rows() { return kRows; }

}  // namespace xorriso
