// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which attributes are taken over from disk and from loaded images.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "acl", .shape = fixed(1), .rank = 43, .arguments = "on|off", .help = "Import and record ACLs"},
    {.name = "disk_dev_ino", .shape = fixed(1), .rank = 49, .arguments = "on|ino_only|off",
     .help = "Record device/inode numbers and use them to speed up comparison"},
    {.name = "ecma119_map", .shape = fixed(1), .rank = 47, .arguments = "stripped|unmapped|uppercase|lowercase",
     .help = "Name mapping when neither Rock Ridge nor Joliet is loaded"},
    {.name = "for_backup", .shape = fixed(0), .rank = 46, .help = "Same as hardlinks on, acl on, xattr any, md5 on"},
    {.name = "hardlinks", .shape = fixed(1), .rank = 42, .arguments = "mode[:mode...]",
     .help = "Hard link detection, recording and restore"},
    {.name = "iso_nowtime", .shape = fixed(1), .rank = 55, .arguments = "dynamic|timestring",
     .help = "Fix the time used for nodes without disk source"},
    {.name = "joliet_map", .shape = fixed(1), .rank = 48, .arguments = "stripped|unmapped",
     .help = "Name mapping when Joliet tree is loaded"},
    {.name = "md5", .shape = fixed(1), .rank = 45, .arguments = "on|all|off|load_check_off",
     .help = "Record and load MD5 sums; must be on before loading to use sums"},
    {.name = "xattr", .shape = fixed(1), .rank = 44, .arguments = "on|user|any|off",
     .help = "Import and record extended attributes"},
};

}  // namespace

std::span<const CommandRow> import_settings_rows() { return kRows; }

}  // namespace xorriso
