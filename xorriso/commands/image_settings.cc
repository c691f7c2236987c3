// SPDX-License-Identifier: GPL-3.0-or-later
//
// Properties of the image to be produced: identifiers, dates, extra trees, ownership.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "abstract_file", .shape = fixed(1), .rank = 178, .arguments = "text", .help = "Abstract file id"},
    {.name = "application_id", .shape = fixed(1), .rank = 174, .arguments = "text", .help = "Application id"},
    {.name = "application_use", .shape = fixed(1), .rank = 181, .arguments = "character|0xXY|disk_path",
     .help = "512 bytes application use field"},
    {.name = "biblio_file", .shape = fixed(1), .rank = 179, .arguments = "text", .help = "Biblio file id"},
    {.name = "compliance", .shape = fixed(1), .rank = 169, .arguments = "rule[:rule...]",
     .help = "Relax or tighten ISO 9660 rules"},
    {.name = "copyright_file", .shape = fixed(1), .rank = 177, .arguments = "text", .help = "Copyright file id"},
    {.name = "gid", .shape = fixed(1), .rank = 185, .arguments = "gid", .help = "One group for all files"},
    {.name = "hfsplus", .shape = fixed(1), .rank = 168, .arguments = "on|off", .help = "Produce HFS+"},
    {.name = "joliet", .shape = fixed(1), .rank = 167, .arguments = "on|off", .help = "Produce Joliet"},
    {.name = "preparer_id", .shape = fixed(1), .rank = 180, .arguments = "text", .help = "Preparer id"},
    {.name = "publisher", .shape = fixed(1), .rank = 173, .arguments = "text", .help = "Publisher id"},
    {.name = "read_mkisofsrc", .shape = fixed(0), .rank = 183,
     .help = "Read first existing .mkisofsrc and apply its ids"},
    {.name = "rockridge", .shape = fixed(1), .rank = 166, .arguments = "on|off", .help = "Produce Rock Ridge"},
    {.name = "rr_reloc_dir", .shape = fixed(1), .rank = 170, .arguments = "name",
     .help = "Relocation directory for deep trees when deep_paths is off"},
    {.name = "system_id", .shape = fixed(1), .rank = 175, .arguments = "text", .help = "System id"},
    {.name = "uid", .shape = fixed(1), .rank = 184, .arguments = "uid", .help = "One owner for all files in the image"},
    {.name = "volid", .shape = fixed(1), .rank = 171, .arguments = "text",
     .help = "Volume id; problematic characters cause WARNING"},
    {.name = "volset_id", .shape = fixed(1), .rank = 172, .arguments = "text", .help = "Volume set id"},
    {.name = "volume_date", .shape = fixed(2), .rank = 176, .arguments = "type timestring",
     .help = "Superblock timestamps and uuid"},
};

}  // namespace

std::span<const CommandRow> image_settings_rows() { return kRows; }

}  // namespace xorriso
