// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comparing disk and image, updating the image from disk.
#include "xorriso/commands/compare_files.h"
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "compare", .shape = fixed(2), .rank = 121, .arguments = "disk_path iso_path",
     .help = "Compare attributes and content; a difference is not an error", .handler = cmd_compare},
    {.name = "compare_l", .shape = list(2), .expansion = Expansion::disk, .rank = 123,
     .arguments = "disk_prefix iso_prefix disk_path [***]", .help = "Compare_r over list", .handler = cmd_compare_l},
    {.name = "compare_r", .shape = fixed(2), .rank = 122, .arguments = "disk_path iso_path",
     .help = "Compare trees in both directions", .handler = cmd_compare_r},
    {.name = "update", .shape = fixed(2), .rank = 94, .arguments = "disk_path iso_path",
     .help = "Compare and re-map one object if different", .handler = cmd_update},
    {.name = "update_l", .shape = list(2), .expansion = Expansion::disk, .rank = 96,
     .arguments = "disk_prefix iso_prefix disk_path [***]", .help = "Update_r over a list", .handler = cmd_update_l},
    {.name = "update_li", .shape = list(2), .expansion = Expansion::iso, .rank = 97,
     .arguments = "iso_prefix disk_prefix iso_path [***]", .help = "Update_r over iso paths", .handler = cmd_update_li},
    {.name = "update_lx", .alias_of = "update_l", .shape = list(2), .expansion = Expansion::disk, .rank = 98},
    {.name = "update_lxi", .shape = list(2), .expansion = Expansion::disk_and_iso, .rank = 99,
     .arguments = "disk_prefix iso_prefix path [***]", .help = "Update_r over union of disk and iso matches", .handler = cmd_update_lxi},
    {.name = "update_r", .shape = fixed(2), .rank = 95, .arguments = "disk_path iso_path",
     .help = "Synchronise ISO tree to disk tree incl. deletion", .handler = cmd_update_r},
};

}  // namespace

std::span<const CommandRow> compare_rows() { return kRows; }

}  // namespace xorriso
