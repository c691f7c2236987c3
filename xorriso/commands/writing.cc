// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blanking, formatting, writing sessions and how this is done.
#include "xorriso/commands/commit.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/media.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "blank", .shape = fixed(1), .rank = 211, .arguments = "as_needed|fast|all|deformat|force:...",
     .help = "Blank medium; on stdio files invalidates image",
     .reassure = "possibly make unreadable data on outdev", .handler = cmd_blank},
    {.name = "close_damaged", .shape = fixed(1), .rank = 213, .arguments = "as_needed|force",
     .help = "Close unfinished track", .handler = cmd_close_damaged},
    {.name = "commit", .shape = fixed(0), .rank = 216, .help = "Write session, then reload result as -dev",
     .reassure = "write the pending image changes to the medium", .handler = cmd_commit},
    {.name = "commit_eject", .shape = fixed(1), .rank = 217, .arguments = "in|out|all|none",
     .help = "Commit, eject, give up drives", .handler = cmd_commit_eject},
    {.name = "eject", .shape = fixed(1), .rank = 218, .arguments = "in|out|all", .help = "Eject medium", .handler = cmd_eject},
    {.name = "format", .shape = fixed(1), .rank = 210, .arguments = "as_needed|full|fast|by_index_N|by_size_S|...",
     .help = "Format medium",
     .reassure = "possibly make unreadable data on outdev", .handler = cmd_format},
    {.name = "rollback", .shape = fixed(0), .rank = 214, .help = "Drop changes and reload",
     .reassure = "revoke the pending image changes", .handler = cmd_rollback},
    {.name = "truncate_overwritable", .shape = fixed(3), .rank = 212, .arguments = "entity id adjust",
     .help = "Activate an older session on overwritable medium", .handler = cmd_truncate_overwritable},
};

}  // namespace

std::span<const CommandRow> writing_rows() { return kRows; }

}  // namespace xorriso
