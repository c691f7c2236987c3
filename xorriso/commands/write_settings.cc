// SPDX-License-Identifier: GPL-3.0-or-later
//
// How sessions are written.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "changes_pending", .shape = fixed(1), .rank = 215, .arguments = "no|yes|mkisofs_printed|show_status",
     .help = "Override or show pending state"},
    {.name = "close", .shape = fixed(1), .rank = 195, .arguments = "on|off|as_needed",
     .help = "Close medium after session"},
    {.name = "dummy", .shape = fixed(1), .rank = 193, .arguments = "on|off", .help = "Simulate writing"},
    {.name = "dvd_obs", .shape = fixed(1), .rank = 189, .arguments = "default|32k|64k",
     .help = "Bytes per write transaction"},
    {.name = "fs", .shape = fixed(1), .rank = 194, .arguments = "size", .help = "Fifo size"},
    {.name = "grow_blindly", .shape = fixed(1), .rank = 198, .arguments = "off|predicted_nwa",
     .help = "Predicted next writable address for blind growing"},
    {.name = "modesty_on_drive", .shape = fixed(1), .rank = 190, .arguments = "parameter[:parameter...]",
     .help = "Keep drive buffer from filling"},
    {.name = "padding", .shape = fixed(1), .rank = 196, .arguments = "number[k|m]|included|appended",
     .help = "Zero bytes after image"},
    {.name = "scdbackup_tag", .shape = fixed(2), .rank = 200, .arguments = "list_path record_name",
     .help = "Write checksum tag"},
    {.name = "speed", .shape = fixed(1), .rank = 187, .arguments = "code|number[k|m|c|d|b]", .help = "Write speed"},
    {.name = "stdio_sync", .shape = fixed(1), .rank = 192, .arguments = "on|off|end|size",
     .help = "Fsync rhythm on stdio targets"},
    {.name = "stream_recording", .shape = fixed(1), .rank = 188, .arguments = "on|off|full|data|number",
     .help = "Avoid checkread on DVD-RAM/BD"},
    {.name = "use_immed_bit", .shape = fixed(1), .rank = 191, .arguments = "on|off|default",
     .help = "SCSI Immed bit use"},
    {.name = "write_type", .shape = fixed(1), .rank = 197, .arguments = "auto|tao|sao/dao", .help = "Burn mode"},
};

}  // namespace

std::span<const CommandRow> write_settings_rows() { return kRows; }

}  // namespace xorriso
