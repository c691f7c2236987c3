// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules by which files are brought into the image.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "add_plainly", .shape = fixed(1), .rank = 85, .arguments = "none|unknown|dashed|any",
     .help = "Treat words which are no commands as -add arguments"},
    {.name = "disk_pattern", .shape = fixed(1), .rank = 84, .arguments = "on|ls|off",
     .help = "Wildcard expansion for disk paths"},
    {.name = "file_name_limit", .shape = fixed(1), .rank = 69, .arguments = "[+]number",
     .help = "Truncate longer names, \"+\" tolerates collisions"},
    {.name = "file_size_limit", .shape = list(0), .rank = 70, .arguments = "size [size [...]]",
     .help = "Reject or split larger files"},
    {.name = "follow", .shape = fixed(1), .rank = 76, .arguments = "occasion[:occasion...]",
     .help = "Symlink and mount point policy on disk side"},
    {.name = "iso_rr_pattern", .shape = fixed(1), .rank = 126, .arguments = "on|ls|off",
     .help = "Wildcard expansion for iso paths"},
    {.name = "not_leaf", .shape = fixed(1), .rank = 73, .arguments = "pattern", .help = "Exclude by file name"},
    {.name = "not_list", .shape = fixed(1), .rank = 74, .arguments = "disk_path",
     .help = "Read exclusions, one raw line each; with \"/\" path else leaf pattern"},
    {.name = "not_mgt", .shape = fixed(1), .rank = 71, .arguments = "code[:code...]",
     .help = "Control exclusion lists"},
    {.name = "not_paths", .shape = list(0), .expansion = Expansion::disk, .rank = 72, .arguments = "disk_path [***]",
     .help = "Exclude these paths"},
    {.name = "overwrite", .shape = fixed(1), .rank = 78, .arguments = "on|nondir|off",
     .help = "Replace existing nodes"},
    {.name = "pathspecs", .shape = fixed(1), .rank = 77, .arguments = "on|off|as_mkisofs",
     .help = "Allow target=source words with -add"},
    {.name = "quoted_not_list", .shape = fixed(1), .rank = 75, .arguments = "disk_path",
     .help = "Same with quoted words"},
    {.name = "split_size", .shape = fixed(1), .rank = 79, .arguments = "size",
     .help = "Split big files into part files"},
};

}  // namespace

std::span<const CommandRow> insert_settings_rows() { return kRows; }

}  // namespace xorriso
