// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands for programs that steer this one: packet output, log files, message tools, named pipes.
#include "xorriso/commands/groups.h"
#include "xorriso/commands/msg_op.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/output/channels.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

bool cmd_prog(Program& program, Words words) {
  program.settings.scripting.program_name = words[0];
  return true;
}

void status_prog(const Program& program, StatusLines& lines) {
  lines.push_back({"-prog " + shell_quote(program.settings.scripting.program_name), false});
}

// Only the start of the program knows this command, as sole argument.
bool cmd_prog_help(Program& program, Words) {
  return program.fail(Severity::failure, "Not a known command:  '-prog_help'\n");
}

bool cmd_pkt_output(Program& program, Words words) {
  program.channels().set_packet_mode(words[0] != "off");
  return true;
}

void status_pkt_output(const Program& program, StatusLines& lines) {
  const bool on = const_cast<Program&>(program).channels().packet_mode();
  lines.push_back({std::string("-pkt_output ") + on_off(on), !on});
}

constexpr Choice<LogSlot> kLogs[] = {{".", LogSlot::packets}, {"R", LogSlot::result}, {"I", LogSlot::info}, {"M", LogSlot::mark}};

bool cmd_logfile(Program& program, Words words) {
  const auto* slot = find_choice(kLogs, std::string_view(words[0]).substr(0, 1));
  if (slot == nullptr)
    return program.fail(Severity::sorry, "Wrong form. Correct would be: -logfile \".\"|\"R\"|\"I\"|\"M\" file_address");
  const auto opened = program.channels().open_log(slot->value, words[1]);
  if (opened.ok()) return true;
  program.report(opened.problem());
  return false;
}

void status_logfile(const Program& program, StatusLines& lines) {
  for (const auto& [letter, slot] : kLogs) {
    const std::string path = const_cast<Program&>(program).channels().log_path(slot);
    lines.push_back({"-logfile " + std::string(letter) + " " + shell_quote(path), path.empty()});
  }
}

bool cmd_mark(Program& program, Words words) {
  program.settings.frontend.mark = words[0];
  return true;
}

void status_mark(const Program& program, StatusLines& lines) {
  const std::string& text = program.settings.frontend.mark;
  lines.push_back({"-mark " + shell_quote(text), text.empty()});
}

constexpr CommandRow kRows[] = {
    {.name = "launch_frontend", .shape = list(0), .rank = 231, .arguments = "[program [argument [...]]]",
     .help = "Start program connected to stdin/stdout+stderr; only once per run"},
    {.name = "logfile", .shape = fixed(2), .rank = 224, .arguments = "channel path",
     .help = "Append copy of channel to file", .handler = cmd_logfile, .status = status_logfile},
    {.name = "mark", .shape = fixed(1), .rank = 225, .arguments = "text",
     .help = "Text emitted on mark channel before each prompt", .handler = cmd_mark, .status = status_mark},
    {.name = "msg_op", .shape = fixed(2), .rank = 226, .arguments = "opcode parameter_text",
     .help = "Message sieve, word parser, severity helper", .handler = cmd_msg_op},
    {.name = "named_pipe_loop", .shape = fixed(4), .rank = 232,
     .arguments = "mode[:mode] stdin_pipe stdout_pipe stderr_pipe",
     .help = "Serve commands from named pipes until end_named_pipe_loop"},
    {.name = "pkt_output", .shape = fixed(1), .rank = 223, .arguments = "on|off",
     .help = "Multiplex channels on stdout with 5-byte prefix", .handler = cmd_pkt_output, .status = status_pkt_output},
    {.name = "prog", .shape = fixed(1), .rank = 2, .arguments = "text",
     .help = "Change the program name used in -status, help and signal messages", .handler = cmd_prog,
     .status = status_prog},
    {.name = "prog_help", .shape = fixed(1), .rank = 3, .arguments = "text",
     .help = "Only honoured when it is the sole program argument: sets (empty) name and prints help; any other use is rejected as unknown command",
     .handler = cmd_prog_help},
};

}  // namespace

std::span<const CommandRow> frontend_rows() { return kRows; }

}  // namespace xorriso
