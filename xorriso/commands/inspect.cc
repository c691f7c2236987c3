// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking at the image, at disk directories and at the medium.
#include "xorriso/commands/commit.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/inspect_list.h"
#include "xorriso/commands/media.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "du", .shape = list(0), .rank = 116, .arguments = "[iso_path [***]]",
     .help = "Block usage of directories below (2 KiB units)", .handler = cmd_du},
    {.name = "dui", .alias_of = "du", .shape = list(0)},
    {.name = "dus", .shape = list(0), .rank = 117, .arguments = "[iso_path [***]]",
     .help = "Block usage sums", .handler = cmd_dus},
    {.name = "dusi", .alias_of = "dus", .shape = list(0)},
    {.name = "dusx", .shape = list(0), .rank = 119, .arguments = "[disk_path [***]]",
     .help = "Block usage sums on disk", .handler = cmd_dusx},
    {.name = "dux", .shape = list(0), .rank = 118, .arguments = "[disk_path [***]]",
     .help = "Block usage on disk", .handler = cmd_dux},
    {.name = "getfacl", .shape = list(0), .expansion = Expansion::iso, .rank = 112, .arguments = "iso_path [***]",
     .help = "Print ACL or permission bits in getfacl style", .handler = cmd_getfacl},
    {.name = "getfacl_r", .shape = list(0), .expansion = Expansion::iso, .rank = 113, .arguments = "iso_path [***]",
     .help = "Recursive getfacl", .handler = cmd_getfacl_r},
    {.name = "getfacl_ri", .alias_of = "getfacl_r", .shape = list(0), .expansion = Expansion::iso},
    {.name = "getfacli", .alias_of = "getfacl", .shape = list(0), .expansion = Expansion::iso},
    {.name = "getfattr", .shape = list(0), .expansion = Expansion::iso, .rank = 114, .arguments = "iso_path [***]",
     .help = "Print user xattr in getfattr style", .handler = cmd_getfattr},
    {.name = "getfattr_r", .shape = list(0), .expansion = Expansion::iso, .rank = 115, .arguments = "iso_path [***]",
     .help = "Recursive getfattr", .handler = cmd_getfattr_r},
    {.name = "getfattr_ri", .alias_of = "getfattr_r", .shape = list(0), .expansion = Expansion::iso},
    {.name = "getfattri", .alias_of = "getfattr", .shape = list(0), .expansion = Expansion::iso},
    {.name = "ls", .shape = list(0), .rank = 104, .arguments = "[iso_path [***]]",
     .help = "List names, directories by content in ISO", .handler = cmd_ls},
    {.name = "lsd", .shape = list(0), .rank = 105, .arguments = "[iso_path [***]]",
     .help = "List names, directories as themselves in ISO", .handler = cmd_lsd},
    {.name = "lsdi", .alias_of = "lsd", .shape = list(0)},
    {.name = "lsdl", .shape = list(0), .rank = 107, .arguments = "[iso_path [***]]",
     .help = "Long list of entries themselves in ISO", .handler = cmd_lsdl},
    {.name = "lsdli", .alias_of = "lsdl", .shape = list(0)},
    {.name = "lsdlx", .shape = list(0), .rank = 111, .arguments = "[disk_path [***]]",
     .help = "List disk files: long list, dirs themselves", .handler = cmd_lsdlx},
    {.name = "lsdx", .shape = list(0), .rank = 109, .arguments = "[disk_path [***]]",
     .help = "List disk files: names, dirs themselves", .handler = cmd_lsdx},
    {.name = "lsi", .alias_of = "ls", .shape = list(0)},
    {.name = "lsl", .shape = list(0), .rank = 106, .arguments = "[iso_path [***]]",
     .help = "Long list of content in ISO", .handler = cmd_lsl},
    {.name = "lsli", .alias_of = "lsl", .shape = list(0)},
    {.name = "lslx", .shape = list(0), .rank = 110, .arguments = "[disk_path [***]]",
     .help = "List disk files: long list", .handler = cmd_lslx},
    {.name = "lsx", .shape = list(0), .rank = 108, .arguments = "[disk_path [***]]",
     .help = "List disk files: names", .handler = cmd_lsx},
    {.name = "print_size", .shape = fixed(0), .rank = 208, .help = "Predicted size of next session in 2 KiB blocks",
     .handler = cmd_print_size},
    {.name = "pvd_info", .shape = fixed(0), .rank = 66, .help = "Print volume descriptor strings of loaded image",
     .handler = cmd_pvd_info},
    {.name = "tell_media_space", .shape = fixed(0), .rank = 209, .help = "Free blocks before and after next session",
     .handler = cmd_tell_media_space},
};

}  // namespace

std::span<const CommandRow> inspect_rows() { return kRows; }

}  // namespace xorriso
