// SPDX-License-Identifier: GPL-3.0-or-later
//
// Copying content of the image to disk.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "concat", .shape = list(2), .expansion = Expansion::iso, .rank = 164,
     .arguments = "mode target iso_path [***]",
     .help = "Write file contents in sequence to file, stdout (-) or program"},
    {.name = "cp_rax", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 162,
     .arguments = "iso_path [***] disk_path", .help = "Copy trees with attributes"},
    {.name = "cp_rx", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 161,
     .arguments = "iso_path [***] disk_path", .help = "Copy trees, default permissions"},
    {.name = "cpax", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 160,
     .arguments = "iso_path [***] disk_path", .help = "Copy leaf files with attributes"},
    {.name = "cpx", .shape = kTargetLast, .expansion = Expansion::iso_list_disk_target, .rank = 159,
     .arguments = "iso_path [***] disk_path", .help = "Copy leaf files, default permissions"},
    {.name = "extract", .shape = fixed(2), .rank = 154, .arguments = "iso_path disk_path",
     .help = "Copy object or tree to exactly that disk path"},
    {.name = "extract_boot_images", .shape = fixed(1), .rank = 158, .arguments = "disk_path",
     .help = "Dump catalog, boot images and system area as files"},
    {.name = "extract_cut", .shape = fixed(4), .rank = 157, .arguments = "iso_path offset count disk_path",
     .help = "Extract byte range into new file"},
    {.name = "extract_l", .shape = list(2), .expansion = Expansion::iso, .rank = 156,
     .arguments = "iso_prefix disk_prefix iso_path [***]", .help = "Extract list by prefix exchange"},
    {.name = "extract_single", .shape = fixed(2), .rank = 155, .arguments = "iso_path disk_path",
     .help = "Extract without descending"},
    {.name = "mount", .shape = fixed(4), .rank = 165, .arguments = "drive entity id path",
     .help = "Run the mount command (needs osirrox on, no pending changes)"},
    {.name = "paste_in", .shape = fixed(4), .rank = 163, .arguments = "iso_path disk_path offset count",
     .help = "Copy content into a range of an existing disk file"},
};

}  // namespace

std::span<const CommandRow> extract_rows() { return kRows; }

}  // namespace xorriso
