// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blanking, formatting, writing sessions and how this is done.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "blank", .shape = fixed(1), .rank = 211, .arguments = "as_needed|fast|all|deformat|force:...",
     .help = "Blank medium; on stdio files invalidates image"},
    {.name = "changes_pending", .shape = fixed(1), .rank = 215, .arguments = "no|yes|mkisofs_printed|show_status",
     .help = "Override or show pending state"},
    {.name = "close", .shape = fixed(1), .rank = 195, .arguments = "on|off|as_needed",
     .help = "Close medium after session"},
    {.name = "close_damaged", .shape = fixed(1), .rank = 213, .arguments = "as_needed|force",
     .help = "Close unfinished track"},
    {.name = "commit", .shape = fixed(0), .rank = 216, .help = "Write session, then reload result as -dev"},
    {.name = "commit_eject", .shape = fixed(1), .rank = 217, .arguments = "in|out|all|none",
     .help = "Commit, eject, give up drives"},
    {.name = "dummy", .shape = fixed(1), .rank = 193, .arguments = "on|off", .help = "Simulate writing"},
    {.name = "dvd_obs", .shape = fixed(1), .rank = 189, .arguments = "default|32k|64k",
     .help = "Bytes per write transaction"},
    {.name = "eject", .shape = fixed(1), .rank = 218, .arguments = "in|out|all", .help = "Eject medium"},
    {.name = "format", .shape = fixed(1), .rank = 210, .arguments = "as_needed|full|fast|by_index_N|by_size_S|...",
     .help = "Format medium"},
    {.name = "fs", .shape = fixed(1), .rank = 194, .arguments = "size", .help = "Fifo size"},
    {.name = "grow_blindly", .shape = fixed(1), .rank = 198, .arguments = "off|predicted_nwa",
     .help = "Predicted next writable address for blind growing"},
    {.name = "modesty_on_drive", .shape = fixed(1), .rank = 190, .arguments = "parameter[:parameter...]",
     .help = "Keep drive buffer from filling"},
    {.name = "padding", .shape = fixed(1), .rank = 196, .arguments = "number[k|m]|included|appended",
     .help = "Zero bytes after image"},
    {.name = "rollback", .shape = fixed(0), .rank = 214, .help = "Drop changes and reload"},
    {.name = "scdbackup_tag", .shape = fixed(2), .rank = 200, .arguments = "list_path record_name",
     .help = "Write checksum tag"},
    {.name = "speed", .shape = fixed(1), .rank = 187, .arguments = "code|number[k|m|c|d|b]", .help = "Write speed"},
    {.name = "stdio_sync", .shape = fixed(1), .rank = 192, .arguments = "on|off|end|size",
     .help = "Fsync rhythm on stdio targets"},
    {.name = "stream_recording", .shape = fixed(1), .rank = 188, .arguments = "on|off|full|data|number",
     .help = "Avoid checkread on DVD-RAM/BD"},
    {.name = "truncate_overwritable", .shape = fixed(3), .rank = 212, .arguments = "entity id adjust",
     .help = "Activate an older session on overwritable medium"},
    {.name = "use_immed_bit", .shape = fixed(1), .rank = 191, .arguments = "on|off|default",
     .help = "SCSI Immed bit use"},
    {.name = "write_type", .shape = fixed(1), .rank = 197, .arguments = "auto|tao|sao/dao", .help = "Burn mode"},
};

}  // namespace

std::span<const CommandRow> writing_rows() { return kRows; }

}  // namespace xorriso
