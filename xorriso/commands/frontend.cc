// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands for programs that steer this one: packet output, log files, message tools, named pipes.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "launch_frontend", .shape = list(0), .rank = 231, .arguments = "[program [argument [...]]]",
     .help = "Start program connected to stdin/stdout+stderr; only once per run"},
    {.name = "logfile", .shape = fixed(2), .rank = 224, .arguments = "channel path",
     .help = "Append copy of channel to file"},
    {.name = "mark", .shape = fixed(1), .rank = 225, .arguments = "text",
     .help = "Text emitted on mark channel before each prompt"},
    {.name = "msg_op", .shape = fixed(2), .rank = 226, .arguments = "opcode parameter_text",
     .help = "Message sieve, word parser, severity helper"},
    {.name = "named_pipe_loop", .shape = fixed(4), .rank = 232,
     .arguments = "mode[:mode] stdin_pipe stdout_pipe stderr_pipe",
     .help = "Serve commands from named pipes until end_named_pipe_loop"},
    {.name = "pkt_output", .shape = fixed(1), .rank = 223, .arguments = "on|off",
     .help = "Multiplex channels on stdout with 5-byte prefix"},
    {.name = "prog", .shape = fixed(1), .rank = 2, .arguments = "text",
     .help = "Change the program name used in -status, help and signal messages"},
    {.name = "prog_help", .shape = fixed(1), .rank = 3, .arguments = "text",
     .help = "Only honoured when it is the sole program argument: sets (empty) name and prints help; any other use is rejected as unknown command"},
};

}  // namespace

std::span<const CommandRow> frontend_rows() { return kRows; }

}  // namespace xorriso
