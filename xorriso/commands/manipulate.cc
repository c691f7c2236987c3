// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changing names and attributes of what is in the image, and removing it.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "alter_date", .shape = list(2), .expansion = Expansion::iso, .rank = 144,
     .arguments = "type timestring iso_path [***]", .help = "Set timestamps"},
    {.name = "alter_date_r", .shape = list(2), .expansion = Expansion::iso, .rank = 145,
     .arguments = "type timestring iso_path [***]", .help = "Recursive alter_date"},
    {.name = "chgrp", .shape = list(1), .expansion = Expansion::iso, .rank = 134, .arguments = "gid iso_path [***]",
     .help = "Set group"},
    {.name = "chgrp_r", .shape = list(1), .expansion = Expansion::iso, .rank = 135, .arguments = "gid iso_path [***]",
     .help = "Recursive chgrp"},
    {.name = "chgrp_ri", .alias_of = "chgrp_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chgrpi", .alias_of = "chgrp", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chmod", .shape = list(1), .expansion = Expansion::iso, .rank = 136, .arguments = "mode iso_path [***]",
     .help = "Set permissions"},
    {.name = "chmod_r", .shape = list(1), .expansion = Expansion::iso, .rank = 137, .arguments = "mode iso_path [***]",
     .help = "Recursive chmod"},
    {.name = "chmod_ri", .alias_of = "chmod_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chmodi", .alias_of = "chmod", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chown", .shape = list(1), .expansion = Expansion::iso, .rank = 132, .arguments = "uid iso_path [***]",
     .help = "Set owner"},
    {.name = "chown_r", .shape = list(1), .expansion = Expansion::iso, .rank = 133, .arguments = "uid iso_path [***]",
     .help = "Recursive chown"},
    {.name = "chown_ri", .alias_of = "chown_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "chowni", .alias_of = "chown", .shape = list(1), .expansion = Expansion::iso},
    {.name = "clone", .shape = fixed(2), .rank = 102, .arguments = "iso_original iso_copy",
     .help = "Duplicate ISO tree, target must not exist"},
    {.name = "cp_clone", .shape = kTargetLast, .expansion = Expansion::iso, .rank = 103,
     .arguments = "iso_original [***] iso_path", .help = "Duplicate under rules of cp -r"},
    {.name = "hide", .shape = list(1), .expansion = Expansion::iso, .rank = 146,
     .arguments = "hide_state iso_path [***]", .help = "Omit names from selected trees, keep data"},
    {.name = "move", .shape = fixed(2), .rank = 130, .arguments = "iso_path iso_path",
     .help = "Rename one object exactly"},
    {.name = "mv", .shape = kTargetLast, .expansion = Expansion::iso, .rank = 131,
     .arguments = "iso_path [***] iso_path", .help = "Rename under rules of mv"},
    {.name = "mvi", .alias_of = "mv", .shape = kTargetLast, .expansion = Expansion::iso},
    {.name = "rm", .shape = list(0), .expansion = Expansion::iso, .rank = 127, .arguments = "iso_path [***]",
     .help = "Remove non-directories"},
    {.name = "rm_r", .shape = list(0), .expansion = Expansion::iso, .rank = 128, .arguments = "iso_path [***]",
     .help = "Remove trees"},
    {.name = "rm_ri", .alias_of = "rm_r", .shape = list(0), .expansion = Expansion::iso},
    {.name = "rmdir", .shape = list(0), .expansion = Expansion::iso, .rank = 129, .arguments = "iso_path [***]",
     .help = "Remove empty directories"},
    {.name = "rmdiri", .alias_of = "rmdir", .shape = list(0), .expansion = Expansion::iso},
    {.name = "rmi", .alias_of = "rm", .shape = list(0), .expansion = Expansion::iso},
    {.name = "setfacl", .shape = list(1), .expansion = Expansion::iso, .rank = 138,
     .arguments = "acl_text iso_path [***]", .help = "Attach ACL"},
    {.name = "setfacl_list", .shape = fixed(1), .prescan_takes_list = true, .rank = 140, .arguments = "disk_path",
     .help = "Apply getfacl-style dump (owner, group, ACL)"},
    {.name = "setfacl_listi", .alias_of = "setfacl_list", .shape = fixed(1), .prescan_takes_list = true},
    {.name = "setfacl_r", .shape = list(1), .expansion = Expansion::iso, .rank = 139,
     .arguments = "acl_text iso_path [***]", .help = "Recursive setfacl"},
    {.name = "setfacl_ri", .alias_of = "setfacl_r", .shape = list(1), .expansion = Expansion::iso},
    {.name = "setfacli", .alias_of = "setfacl", .shape = list(1), .expansion = Expansion::iso},
    {.name = "setfattr", .shape = list(2), .expansion = Expansion::iso, .rank = 141,
     .arguments = "[-]name value iso_path [***]", .help = "Set or delete xattr (--remove-all allowed)"},
    {.name = "setfattr_list", .shape = fixed(1), .prescan_takes_list = true, .rank = 143, .arguments = "disk_path",
     .help = "Apply getfattr-style dump"},
    {.name = "setfattr_listi", .alias_of = "setfattr_list", .shape = fixed(1), .prescan_takes_list = true},
    {.name = "setfattr_r", .shape = list(2), .expansion = Expansion::iso, .rank = 142,
     .arguments = "[-]name value iso_path [***]", .help = "Recursive setfattr"},
    {.name = "setfattr_ri", .alias_of = "setfattr_r", .shape = list(2), .expansion = Expansion::iso},
    {.name = "setfattri", .alias_of = "setfattr", .shape = list(2), .expansion = Expansion::iso},
};

}  // namespace

std::span<const CommandRow> manipulate_rows() { return kRows; }

}  // namespace xorriso
