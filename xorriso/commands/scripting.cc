// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands for scripts and program control: help, status, printing, input from files, the end of the run.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "backslash_codes", .shape = fixed(1), .rank = 15, .arguments = "mode[:mode...]",
     .help = "Enable backslash escapes for input words, arguments and output encoding"},
    {.name = "end", .shape = fixed(0), .rank = 234, .help = "End program, commit changes"},
    {.name = "errfile_log", .shape = fixed(2), .rank = 16, .arguments = "mode path",
     .help = "Record disk paths of files which caused problem events"},
    {.name = "help", .shape = fixed(0), .rank = 10, .help = "Print usage text"},
    {.name = "list_arg_sorting", .shape = fixed(0), .rank = 13,
     .help = "Print the rank table used by -x, headlines prefixed by \"#\""},
    {.name = "list_delimiter", .shape = fixed(1), .rank = 20, .arguments = "word",
     .help = "Replace the list terminator word"},
    {.name = "list_extras", .shape = fixed(1), .rank = 12, .arguments = "code",
     .help = "Tell compile-time feature state"},
    {.name = "no_rc", .shape = fixed(0), .rank = 9,
     .help = "As very first argument: skip startup files; elsewhere only flips the status flag"},
    {.name = "options_from_file", .shape = fixed(1), .rank = 19, .arguments = "disk_path",
     .help = "Execute command lines from a file under quoted-input rules"},
    {.name = "print", .shape = fixed(1), .rank = 21, .arguments = "text", .help = "Write text plus newline"},
    {.name = "print_info", .shape = fixed(1), .rank = 22, .arguments = "text", .help = "Write text plus newline"},
    {.name = "print_mark", .shape = fixed(1), .rank = 23, .arguments = "text",
     .help = "Write text to mark channel (to both stdout and stderr when not in packet mode)"},
    {.name = "prompt", .shape = fixed(1), .rank = 24, .arguments = "text",
     .help = "Print text without newline, then wait for one input line (EOF kills program by SIGHUP)"},
    {.name = "rollback_end", .shape = fixed(0), .rank = 233, .help = "End program, drop changes"},
    {.name = "scsi_log", .shape = fixed(1), .rank = 18, .arguments = "on|off",
     .help = "Log SCSI traffic to stderr (takes effect already in prescan)"},
    {.name = "session_log", .shape = fixed(1), .rank = 17, .arguments = "disk_path",
     .help = "Append one line \"YYYY.MM.DD.hhmmss lba blocks volid\" per written session"},
    {.name = "sh_style_result", .shape = fixed(1), .rank = 26, .arguments = "on|off",
     .help = "When on, addresses in result lines are not wrapped in single quotes"},
    {.name = "sleep", .shape = fixed(1), .rank = 25, .arguments = "seconds", .help = "Pause"},
    {.name = "status", .shape = fixed(1), .rank = 207, .arguments = "short|long|long_history|-filter",
     .help = "Print settings as replayable commands"},
    {.name = "temp_mem_limit", .shape = fixed(1), .rank = 14, .arguments = "size",
     .help = "Memory cap for pattern expansion and node arrays"},
    {.name = "test", .shape = fixed(0), .help = "Does nothing"},
    {.name = "version", .shape = fixed(0), .rank = 11, .help = "Print version report of program and libraries"},
    {.name = "x", .shape = fixed(0), .rank = 1,
     .arguments = "only literal single-dash \"-x\" counts; effective only as program argument, anywhere on the line",
     .help = "Run all program arguments in the fixed rank order instead of the given order; as an executed command it is a no-op"},
};

}  // namespace

std::span<const CommandRow> scripting_rows() { return kRows; }

}  // namespace xorriso
