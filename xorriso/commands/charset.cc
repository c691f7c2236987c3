// SPDX-License-Identifier: GPL-3.0-or-later
//
// Character sets of names on disk, on the terminal and in the image.
#include <iconv.h>
#include <langinfo.h>
#include <cerrno>
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

std::string locale_charset() { return ::nl_langinfo(CODESET); }

std::string local_charset(const Program& program) {
  const std::string& given = program.settings.charset.local;
  return given.empty() ? locale_charset() : given;
}

/// Whether names in the one character set can be converted to the other. Sets errno if not.
bool can_convert(const std::string& from, const std::string& to) {
  const iconv_t handle = ::iconv_open(to.c_str(), from.c_str());
  if (handle == reinterpret_cast<iconv_t>(-1)) return false;
  ::iconv_close(handle);
  return true;
}

bool check_input(Program& program, const char* command, const std::string& name) {
  if (name.empty() || can_convert(name, local_charset(program))) return true;
  return program.fail(Severity::failure, std::string(command) + ": Cannot convert from character set " + shell_quote(name), errno);
}

bool check_output(Program& program, const char* command, const std::string& name) {
  if (name.empty() || can_convert(local_charset(program), name)) return true;
  return program.fail(Severity::failure, std::string(command) + ": Cannot convert to charset " + shell_quote(name), errno);
}

void tell(Program& program, const char* what, const std::string& name) {
  program.report(Severity::note, what + shell_quote(name.empty() ? local_charset(program) : name));
}

bool cmd_charset(Program& program, Words words) {
  auto& charset = program.settings.charset;
  if (!check_input(program, "-charset", words[0]) || !check_output(program, "-charset", words[0])) return false;
  charset.in = charset.out = words[0];
  tell(program, "Character set for conversion is now: ", words[0]);
  return true;
}

bool cmd_in_charset(Program& program, Words words) {
  if (!check_input(program, "-in_charset", words[0])) return false;
  program.settings.charset.in = words[0];
  tell(program, "Character set for input conversion is now: ", words[0]);
  return true;
}

bool cmd_out_charset(Program& program, Words words) {
  if (!check_output(program, "-out_charset", words[0])) return false;
  program.settings.charset.out = words[0];
  tell(program, "Character set for output conversion is now: ", words[0]);
  return true;
}

bool cmd_local_charset(Program& program, Words words) {
  if (!words[0].empty() && !can_convert(words[0], locale_charset())) {
    program.report(Severity::note, "-local_charset: Cannot assume as local character set: " + shell_quote(words[0]));
    return true;
  }
  program.settings.charset.local = words[0];
  tell(program, "Local character set is now assumed as: ", words[0]);
  return true;
}

bool cmd_auto_charset(Program& program, Words words) {
  return choose(program, "auto_charset", words[0], kOnOff, program.settings.charset.automatic);
}

void status_local_charset(const Program& program, StatusLines& lines) {
  const std::string name = local_charset(program);
  lines.push_back({"-local_charset " + shell_quote(name), name == locale_charset()});
}

void status_charset(const Program& program, StatusLines& lines) {
  const auto& charset = program.settings.charset;
  if (charset.in == charset.out) lines.push_back({"-charset " + shell_quote(charset.in), false, StatusLine::Form::only_filter});
}

void status_in_charset(const Program& program, StatusLines& lines) {
  const std::string& name = program.settings.charset.in;
  lines.push_back({"-in_charset " + shell_quote(name), name.empty()});
}

void status_out_charset(const Program& program, StatusLines& lines) {
  const std::string& name = program.settings.charset.out;
  lines.push_back({"-out_charset " + shell_quote(name), name.empty()});
}

void status_auto_charset(const Program& program, StatusLines& lines) {
  const bool on = program.settings.charset.automatic;
  lines.push_back({std::string("-auto_charset ") + on_off(on), !on});
}

constexpr CommandRow kRows[] = {
    {.name = "auto_charset", .shape = fixed(1), .rank = 41, .arguments = "on|off",
     .help = "Record and use charset name stored in the image", .handler = cmd_auto_charset,
     .status = status_auto_charset},
    {.name = "charset", .shape = fixed(1), .rank = 56, .arguments = "name", .help = "Input and output name conversion",
     .handler = cmd_charset, .status = status_charset},
    {.name = "in_charset", .shape = fixed(1), .rank = 40, .arguments = "name", .help = "Input name conversion",
     .handler = cmd_in_charset, .status = status_in_charset},
    {.name = "local_charset", .shape = fixed(1), .rank = 57, .arguments = "name",
     .help = "Override assumed terminal charset", .handler = cmd_local_charset, .status = status_local_charset},
    {.name = "out_charset", .shape = fixed(1), .rank = 182, .arguments = "name", .help = "Output name conversion",
     .handler = cmd_out_charset, .status = status_out_charset},
};

}  // namespace

std::span<const CommandRow> charset_rows() { return kRows; }

}  // namespace xorriso
