// SPDX-License-Identifier: GPL-3.0-or-later
//
// Acquiring drives, restricting access to them, and asking about drives and media.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "assert_volid", .shape = fixed(2), .rank = 39, .arguments = "pattern severity",
     .help = "Refuse images whose volume id does not match"},
    {.name = "ban_stdio_write", .shape = fixed(0), .rank = 52,
     .help = "Irrevocably allow only MMC drives as write targets"},
    {.name = "calm_drive", .shape = fixed(1), .rank = 51, .arguments = "in|out|all|revoke|on|off",
     .help = "Spin down after acquisition"},
    {.name = "data_cache_size", .shape = fixed(2), .rank = 53, .arguments = "tiles blocks",
     .help = "Read cache geometry"},
    {.name = "dev", .shape = fixed(1), .rank = 58, .arguments = "address",
     .help = "Acquire as input and output, load image, growing method"},
    {.name = "device_links", .shape = fixed(0), .rank = 31, .help = "Like devices but shows persistent symlinks"},
    {.name = "devices", .shape = fixed(0), .rank = 30, .help = "Give up drives and list optical drives"},
    {.name = "displacement", .shape = fixed(1), .rank = 37, .arguments = "[-]lba",
     .help = "Address correction when image start was moved"},
    {.name = "drive_access", .shape = fixed(1), .rank = 27, .arguments = "exclusive|shared:readonly|unrestricted",
     .help = "Locking and write permission for drives acquired afterwards"},
    {.name = "drive_class", .shape = fixed(2), .rank = 28, .arguments = "banned|caution|harmless|clear_list pattern",
     .help = "Rules which disk addresses may be used as pseudo-drives"},
    {.name = "early_stdio_test", .shape = fixed(1), .rank = 29, .arguments = "on|appendable_wo|off",
     .help = "Probe effective access rights of stdio drives at acquisition"},
    {.name = "indev", .shape = fixed(1), .rank = 59, .arguments = "address", .help = "Acquire as input, load image"},
    {.name = "list_formats", .shape = fixed(0), .rank = 62, .help = "List formatting descriptors of output medium"},
    {.name = "list_profiles", .shape = fixed(1), .rank = 61, .arguments = "in|out|all",
     .help = "List media profiles known by drive"},
    {.name = "list_speeds", .shape = fixed(0), .rank = 63, .help = "List write/read speeds"},
    {.name = "load", .shape = fixed(2), .rank = 36, .arguments = "entity id",
     .help = "Choose which session gets loaded; reloads at once if a drive is present"},
    {.name = "mount_cmd", .shape = fixed(4), .rank = 33, .arguments = "drive entity id path",
     .help = "Print a mount command for the chosen session"},
    {.name = "mount_opts", .shape = fixed(1), .rank = 32, .arguments = "option[:option...]",
     .help = "Shared keeps the drive and adds option loop for block devices"},
    {.name = "outdev", .shape = fixed(1), .rank = 60, .arguments = "address",
     .help = "Acquire as output; without indev an empty tree is created"},
    {.name = "read_fs", .shape = fixed(1), .rank = 38, .arguments = "any|norock|nojoliet|ecma119",
     .help = "Restrict which directory tree is read"},
    {.name = "read_speed", .shape = fixed(1), .rank = 35, .arguments = "code|number[k|m|c|d|b]",
     .help = "Set read speed"},
    {.name = "rom_toc_scan", .shape = fixed(1), .rank = 50, .arguments = "on|force|off[:emul_off][:emul_wide]",
     .help = "Scan for sessions on read-only profiles or emulated TOC"},
    {.name = "scsi_dev_family", .shape = fixed(1), .rank = 54, .arguments = "default|sr|scd|sg",
     .help = "Linux device file family"},
    {.name = "session_string", .shape = fixed(4), .rank = 34, .arguments = "drive entity id format",
     .help = "Print substituted format text for the chosen session"},
    {.name = "toc", .shape = fixed(0), .rank = 64, .help = "Drive, media and session table of both drives"},
    {.name = "toc_of", .shape = fixed(1), .rank = 65, .arguments = "in|out|all[:short]",
     .help = "Toc of selected drive"},
};

}  // namespace

std::span<const CommandRow> drives_rows() { return kRows; }

}  // namespace xorriso
