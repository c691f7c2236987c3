// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands for scripts and program control: help, status, printing, input from files, the end of the run.
#include <poll.h>
#include <algorithm>
#include <chrono>
#include <ctime>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/console.h"
#include "xorriso/help.h"
#include "xorriso/interpreter.h"
#include "xorriso/numbers.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/logs.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"
#include "xorriso/status.h"
#include "xorriso/version.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

bool cmd_x(Program&, Words) { return true; }     // takes effect before the first command is executed
bool cmd_test(Program&, Words) { return true; }

bool cmd_no_rc(Program& program, Words) {
  program.settings.scripting.no_rc = true;
  return true;
}

void status_no_rc(const Program& program, StatusLines& lines) {
  if (program.settings.scripting.no_rc) lines.push_back({"-no_rc", false});
}

bool cmd_help(Program& program, Words) {
  print_help(program, program.settings.scripting.program_name);
  return true;
}

bool cmd_version(Program& program, Words) {
  program.result(version_report());
  return true;
}

struct Extra { std::string_view title, code, state; };
constexpr Extra kExtras[] = {
    {"Local ACL    : ", "-acl", "yes"},       {"Local xattr  : ", "-xattr", "yes"},
    {"Jigdo files  : ", "-jigdo", "yes"},     {"zisofs       : ", "-zisofs", "yes"},
    {"Ext. filters : ", "-external_filter", "yes , setuid banned"},
    {"DVD obs 64 kB: ", "-dvd_obs", "no"},    {"Readline     : ", "-use_readline", "yes"},
};

bool cmd_list_extras(Program& program, Words words) {
  std::string_view code = words[0];
  if (code.starts_with("-")) code.remove_prefix(1);
  const bool all = code.empty() || code == "all", codes = code == "codes";
  if (codes) program.result("List of xorriso extra feature codes. Usable with or without dash.\n");
  if (all) program.result("List of xorriso extra features. yes = enabled , no = disabled\n");
  for (const auto& extra : kExtras)
    if (all || codes || extra.code.substr(1) == code)
      program.result(std::string(extra.title) + std::string(codes ? extra.code : extra.state) + "\n");
  return true;
}

bool cmd_list_arg_sorting(Program& program, Words) {
  print_arg_sorting(program);
  return true;
}

bool cmd_temp_mem_limit(Program& program, Words words) {
  const double size = parse_size_fraction(words[0]);
  if (size < 64 * 1024 || size > 1024.0 * 1024 * 1024)
    return program.fail(Severity::sorry, core::strprintf("-temp_mem_limit: wrong size %.f (allowed: 65536 - 1073741824)", size));
  program.settings.scripting.temp_mem_limit = static_cast<std::int64_t>(size);
  return true;
}

void status_temp_mem_limit(const Program& program, StatusLines& lines) {
  const auto limit = program.settings.scripting.temp_mem_limit;
  lines.push_back({"-temp_mem_limit " + format_kilo_or_mega(limit), limit == 16 << 20});
}

bool set_backslash_code(BackslashCodes& codes, const std::string& word) {
  if (word == "off") codes = {};
  else if (word == "on") codes.with_quoted_input = codes.with_program_arguments = codes.encode_results = codes.encode_infos = true;
  else if (word == "in_double_quotes") codes.in_double_quotes = true;
  else if (word == "in_quotes") codes.in_quotes = true;
  else if (word == "with_quoted_input") codes.with_quoted_input = true;
  else if (word == "with_program_arguments") codes.with_program_arguments = true;
  else if (word == "encode_output") codes.encode_results = codes.encode_infos = true;
  else if (word == "encode_results") codes.encode_results = true;
  else if (word == "encode_infos") codes.encode_infos = true;
  else return word.empty();
  return true;
}

bool cmd_backslash_codes(Program& program, Words words) {
  BackslashCodes codes;
  for (const auto& part : split_colons(words[0]))
    if (!set_backslash_code(codes, part.word))
      return program.fail(Severity::failure, "-backslash_codes: unknown mode " + shell_quote(part.rest));
  program.settings.scripting.backslash_codes = codes;
  program.apply_encoding();
  return true;
}

void status_backslash_codes(const Program& program, StatusLines& lines) {
  const auto& codes = program.settings.scripting.backslash_codes;
  std::string text;
  const auto add = [&](bool on, const char* word) { if (on) text.append(text.empty() ? "" : ":").append(word); };
  const bool both = codes.encode_results && codes.encode_infos;
  if (codes.with_quoted_input && codes.with_program_arguments && both) {
    text = "on";
  } else {
    add(codes.with_quoted_input, "with_quoted_input");
    add(!codes.with_quoted_input && codes.in_quotes, "in_quotes");
    add(!codes.with_quoted_input && !codes.in_quotes && codes.in_double_quotes, "in_double_quotes");
    add(codes.with_program_arguments, "with_program_arguments");
    add(both, "encode_output");
    add(!both && codes.encode_results, "encode_results");
    add(!both && codes.encode_infos, "encode_infos");
  }
  lines.push_back({"-backslash_codes " + (text.empty() ? "off" : text), text.empty()});
}

bool cmd_list_delimiter(Program& program, Words words) {
  const std::string& word = words[0];
  if (word.empty()) return program.fail(Severity::failure, "-list_delimiter: New delimiter text is empty");
  if (word.size() > 80) return program.fail(Severity::failure, "-list_delimiter: New delimiter text is too long");
  if (word.find_first_of("'\"") != word.npos)
    return program.fail(Severity::failure, "-list_delimiter: New delimiter text contains quotation marks");
  if (word.find_first_of(" \t\n") != word.npos)
    return program.fail(Severity::failure, "-list_delimiter: New delimiter text contains more than one word");
  program.settings.scripting.list_delimiter = word;
  return true;
}

void status_list_delimiter(const Program& program, StatusLines& lines) {
  const std::string& word = program.settings.scripting.list_delimiter;
  lines.push_back({"-list_delimiter " + word, word == "--"});
}

bool cmd_errfile_log(Program& program, Words words) {
  auto& log = program.errfile_log();
  if (words[0] != "plain" && words[0] != "marked")
    return program.fail(Severity::failure, "-errfile_log: Unknown mode " + shell_quote(words[0]));
  const auto opened = log.open(words[0] == "marked" ? ErrfileLog::Form::marked : ErrfileLog::Form::plain, words[1]);
  if (opened.ok()) return true;
  program.report(opened.problem());
  return false;
}

void status_errfile_log(const Program& program, StatusLines& lines) {
  const std::string& path = const_cast<Program&>(program).errfile_log().path();
  lines.push_back({"-errfile_log " + shell_quote(path), path.empty()});
}

bool cmd_session_log(Program& program, Words words) {
  program.settings.scripting.session_log = words[0];
  return true;
}

void status_session_log(const Program& program, StatusLines& lines) {
  const std::string& path = program.settings.scripting.session_log;
  lines.push_back({"-session_log " + shell_quote(path), path.empty()});
}

bool cmd_scsi_log(Program& program, Words words) {
  return choose(program, "scsi_log", words[0], kOnOff, program.settings.scripting.scsi_log);
}

void status_scsi_log(const Program& program, StatusLines& lines) {
  const bool on = program.settings.scripting.scsi_log;
  lines.push_back({std::string("-scsi_log ") + on_off(on), !on});
}

bool cmd_options_from_file(Program& program, Words words) {
  if (words[0].empty()) return program.fail(Severity::sorry, "Empty file name given with -options_from_file");
  interpret_file(program, words[0]);
  return true;
}

bool cmd_print(Program& program, Words words) {
  program.result(words[0] + "\n");
  return true;
}

bool cmd_print_info(Program& program, Words words) {
  program.info(words[0] + "\n");
  return true;
}

bool cmd_print_mark(Program& program, Words words) {
  if (!words[0].empty()) program.mark(words[0]);
  return true;
}

bool cmd_prompt(Program& program, Words words) {
  program.result(words[0]);
  return program.console().read_line_or_hangup().has_value();
}

bool cmd_sleep(Program& program, Words words) {
  const double seconds = parse_size_fraction(words[0]);
  const std::time_t now = std::time(nullptr);
  std::tm tm{};
  ::localtime_r(&now, &tm);
  char text[80];
  std::strftime(text, sizeof text, "%b %e %H:%M:%S %Y", &tm);
  program.report(Severity::update, text + core::strprintf(" : Will sleep for %f seconds", seconds));
  program.channels().flush();
  if (seconds <= 0) return true;
  const double whole = std::min(seconds, 1e9);
  pollfd fd{signal_pipe(), POLLIN, 0};
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(whole);
  while (caught_signal() == 0) {
    const std::chrono::duration<double, std::milli> left = end - std::chrono::steady_clock::now();
    if (left.count() <= 0) break;
    ::poll(&fd, fd.fd >= 0 ? 1 : 0, static_cast<int>(std::min(left.count() + 1, 1e6)));
  }
  return true;
}

bool cmd_sh_style_result(Program& program, Words words) {
  return choose(program, "sh_style_result", words[0], kOnOff, program.settings.scripting.sh_style_result);
}

void status_sh_style_result(const Program& program, StatusLines& lines) {
  const bool on = program.settings.scripting.sh_style_result;
  lines.push_back({std::string("-sh_style_result ") + on_off(on), !on});
}

bool cmd_status(Program& program, Words words) {
  print_status(program, words[0]);
  return true;
}

bool cmd_end(Program& program, Words) {
  const bool changes = program.has_pending_changes();
  if (!program.reassured("-end", changes ? "commit image changes and then end the program" : "end the program")) return true;
  program.request_end(Program::Changes::keep);
  return true;
}

bool cmd_rollback_end(Program& program, Words) {
  const bool changes = program.has_pending_changes();
  if (!program.reassured("-rollback_end", changes ? "end the program discarding image changes" : "end the program")) return true;
  program.request_end(Program::Changes::discard);
  return true;
}

constexpr CommandRow kRows[] = {
    {.name = "backslash_codes", .shape = fixed(1), .rank = 15, .arguments = "mode[:mode...]",
     .help = "Enable backslash escapes for input words, arguments and output encoding", .handler = cmd_backslash_codes,
     .status = status_backslash_codes},
    {.name = "end", .shape = fixed(0), .rank = 234, .help = "End program, commit changes", .handler = cmd_end},
    {.name = "errfile_log", .shape = fixed(2), .rank = 16, .arguments = "mode path",
     .help = "Record disk paths of files which caused problem events", .handler = cmd_errfile_log,
     .status = status_errfile_log},
    {.name = "help", .shape = fixed(0), .rank = 10, .help = "Print usage text", .handler = cmd_help},
    {.name = "list_arg_sorting", .shape = fixed(0), .rank = 13,
     .help = "Print the rank table used by -x, headlines prefixed by \"#\"", .handler = cmd_list_arg_sorting},
    {.name = "list_delimiter", .shape = fixed(1), .rank = 20, .arguments = "word",
     .help = "Replace the list terminator word", .handler = cmd_list_delimiter, .status = status_list_delimiter},
    {.name = "list_extras", .shape = fixed(1), .rank = 12, .arguments = "code",
     .help = "Tell compile-time feature state", .handler = cmd_list_extras},
    {.name = "no_rc", .shape = fixed(0), .rank = 9,
     .help = "As very first argument: skip startup files; elsewhere only flips the status flag", .handler = cmd_no_rc,
     .status = status_no_rc},
    {.name = "options_from_file", .shape = fixed(1), .rank = 19, .arguments = "disk_path",
     .help = "Execute command lines from a file under quoted-input rules", .handler = cmd_options_from_file},
    {.name = "print", .shape = fixed(1), .rank = 21, .arguments = "text", .help = "Write text plus newline",
     .handler = cmd_print},
    {.name = "print_info", .shape = fixed(1), .rank = 22, .arguments = "text", .help = "Write text plus newline",
     .handler = cmd_print_info},
    {.name = "print_mark", .shape = fixed(1), .rank = 23, .arguments = "text",
     .help = "Write text to mark channel (to both stdout and stderr when not in packet mode)",
     .handler = cmd_print_mark},
    {.name = "prompt", .shape = fixed(1), .rank = 24, .arguments = "text",
     .help = "Print text without newline, then wait for one input line (EOF kills program by SIGHUP)",
     .handler = cmd_prompt},
    {.name = "rollback_end", .shape = fixed(0), .rank = 233, .help = "End program, drop changes",
     .handler = cmd_rollback_end},
    {.name = "scsi_log", .shape = fixed(1), .rank = 18, .arguments = "on|off",
     .help = "Log SCSI traffic to stderr (takes effect already in prescan)", .handler = cmd_scsi_log,
     .status = status_scsi_log},
    {.name = "session_log", .shape = fixed(1), .rank = 17, .arguments = "disk_path",
     .help = "Append one line \"YYYY.MM.DD.hhmmss lba blocks volid\" per written session", .handler = cmd_session_log,
     .status = status_session_log},
    {.name = "sh_style_result", .shape = fixed(1), .rank = 26, .arguments = "on|off",
     .help = "When on, addresses in result lines are not wrapped in single quotes", .handler = cmd_sh_style_result,
     .status = status_sh_style_result},
    {.name = "sleep", .shape = fixed(1), .rank = 25, .arguments = "seconds", .help = "Pause", .handler = cmd_sleep},
    {.name = "status", .shape = fixed(1), .rank = 207, .arguments = "short|long|long_history|-filter",
     .help = "Print settings as replayable commands", .handler = cmd_status},
    {.name = "temp_mem_limit", .shape = fixed(1), .rank = 14, .arguments = "size",
     .help = "Memory cap for pattern expansion and node arrays", .handler = cmd_temp_mem_limit,
     .status = status_temp_mem_limit},
    {.name = "test", .shape = fixed(0), .help = "Does nothing", .handler = cmd_test},
    {.name = "version", .shape = fixed(0), .rank = 11, .help = "Print version report of program and libraries",
     .handler = cmd_version},
    {.name = "x", .shape = fixed(0), .rank = 1,
     .help = "Only as program argument: execute all arguments in the order of -list_arg_sorting",
     .handler = cmd_x},
};

}  // namespace

std::span<const CommandRow> scripting_rows() { return kRows; }

}  // namespace xorriso
