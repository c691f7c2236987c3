// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "xorriso/command_table.h"
#include "xorriso/dialog.h"
#include "xorriso/emulation/mkisofs.h"
#include "xorriso/help.h"
#include "xorriso/interpreter.h"
#include "xorriso/numbers.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/logs.h"
#include "xorriso/output/pacifier.h"
#include "xorriso/output/packet.h"
#include "xorriso/prescan.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"
#include "xorriso/version.h"

namespace xorriso {
namespace {

using core::Severity;

constexpr int kExitSignal = 1, kExitUsage = 2, kExitLibrary = 4, kExitAborted = 5, kExitDialogAborted = 6;

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// A sole -help or -prog_help is answered without any other ceremony.
bool is_sole_help(const std::vector<std::string>& words) {
  if (words.size() != 1) return false;
  const std::string word = canonical_command(words[0]);
  return word == "help" || word == "prog_help";
}

/// Names by which the program shall understand the options of other programs.
constexpr std::array<std::string_view, 4> kMkisofsNames{"xorrisofs", "genisofs", "mkisofs", "genisoimage"};
constexpr std::array<std::string_view, 4> kCdrecordNames{"xorrecord", "wodim", "cdrecord", "cdrskin"};

template <typename List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool acts_as_mkisofs(const Program& program) {
  return contains(kMkisofsNames, base_name(program.settings.scripting.program_name));
}

/// osirrox may read images and write to disk, but nothing else.
void apply_personality(Program& program, const std::string& program_name) {
  if (base_name(program_name) != "osirrox") return;
  program.settings.extract.mode = ExtractSettings::Mode::on;
  program.settings.extract.o_excl = false;
  program.settings.drives.exclusive = false;
  program.settings.drives.readonly = true;
}

/// https://reproducible-builds.org/specs/source-date-epoch/
void apply_source_date_epoch(Program& program) {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr) return;
  const auto number = parse_integer(text);
  if (!number || *number < 0 || std::to_string(*number) != text) {
    program.report(Severity::sorry, "Malformed environment variable SOURCE_DATE_EPOCH encountered");
    program.report(Severity::hint, "Unset SOURCE_DATE_EPOCH before starting xorriso or see "
                                   "https://reproducible-builds.org/specs/source-date-epoch/");
    return;
  }
  program.report(Severity::note, std::string("Environment variable SOURCE_DATE_EPOCH encountered with value ") + text);
  auto& image = program.settings.image;
  image.uuid = format_uuid_time(*number, 0);
  program.settings.boot.layout.disk_guid_source = core::session::BootOptions::GuidSource::volume_uuid;
  image.all_file_dates_text = "set_to_mtime";
  image.all_file_dates_set_to_mtime = true;
  program.settings.import.iso_nowtime = *number;
  core::set_image_time(*number);
}

bool is_plain_file(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

Outcome run_startup_files(Program& program) {
  std::vector<std::string> paths{"/etc/default/xorriso", "/etc/opt/xorriso/rc", "/etc/xorriso/xorriso.conf"};
  if (const char* home = std::getenv("HOME")) paths.push_back(std::string(home) + "/.xorrisorc");
  for (const auto& path : paths) {
    if (!is_plain_file(path)) continue;
    program.begin_command();
    Outcome outcome = interpret_file(program, path);
    const Severity worst = program.worst_of_command();
    if (outcome == Outcome::go_on && worst >= program.settings.exceptions.abort_on && worst > Severity::all)
      outcome = Outcome::aborted;
    if (outcome != Outcome::go_on) return outcome;
  }
  return Outcome::go_on;
}

/// Program names of mkisofs: its options come first, native commands behind the list delimiter.
Outcome run_as_mkisofs(Program& program, const std::vector<std::string>& words) {
  const auto begin = words.begin();
  const auto end = std::find(begin, words.end(), program.settings.scripting.list_delimiter);
  program.begin_command();
  MkisofsRun(program, Words(begin, end), "genisofs").execute();
  if (must_abort(program)) return Outcome::aborted;
  return end == words.end() ? Outcome::go_on : interpret(program, Words(end + 1, words.end()), WordSource::arguments);
}

Outcome run_arguments(Program& program, const std::vector<std::string>& words, bool sort) {
  if (!check_word_settings(program, words)) return Outcome::aborted;
  return interpret(program, sort ? sort_arguments(program, words) : words, WordSource::arguments);
}

/// What a user wants to know after a signal: whether something was lost.
void tell_shutdown(Program& program) {
  program.channels().flush();
  std::string text = std::string("\nUNIX-SIGNAL:  ") + signal_name(caught_signal()) + "  errno= 0\n";
  text += "xorriso : ABORT : Trying to shut down drive and library\n";
  text += "xorriso : ABORT : Wait the normal burning time before any kill -9\n\n";
  if (program.has_pending_changes())
    text += "xorriso : ABORT : Pending changes of the image were not written. Sessions which were complete before are intact.\n";
  text += "xorriso : ABORT : Program done. Even if you do not see a shell prompt.\n\n";
  write_all(2, text);
}

int exit_value(Program& program) {
  program.errfile_log().mark("xorriso end");
  const auto& limits = program.settings.exceptions;
  const Severity worst = program.worst_of_run();
  if (worst < limits.return_severity || limits.return_value == 0) return 0;
  program.info(core::strprintf("xorriso : NOTE : -return_with %s %d triggered by problem severity %s\n",
                               std::string(core::severity_name(limits.return_severity)).c_str(), limits.return_value,
                               std::string(core::severity_name(worst)).c_str()));
  return limits.return_value;
}

int run_commands(Program& program, const std::vector<std::string>& words, const PrescanResult& scanned) {
  program.begin_command();
  apply_source_date_epoch(program);
  if (must_abort(program)) return kExitAborted;
  Outcome outcome = scanned.no_rc ? Outcome::go_on : run_startup_files(program);
  if (outcome == Outcome::go_on)
    outcome = acts_as_mkisofs(program) ? run_as_mkisofs(program, words) : run_arguments(program, words, scanned.sort);
  int aborted = kExitAborted;
  if (outcome == Outcome::go_on && program.settings.dialog.mode != DialogSettings::Mode::off) {
    aborted = kExitDialogAborted;
    outcome = run_dialog(program);
  }
  if (outcome == Outcome::aborted) return aborted;
  if (outcome != Outcome::interrupted && !program.discards_changes()) commit_at_end(program);
  if (outcome == Outcome::interrupted || caught_signal() != 0) {
    tell_shutdown(program);
    return kExitSignal;
  }
  return exit_value(program);
}

int run_scanned(Program& program, const std::vector<std::string>& words) {
  const bool mkisofs = acts_as_mkisofs(program);
  const auto scan = [&](PrescanPass pass) {
    if (!mkisofs) return prescan(program, words, pass);
    // Options of mkisofs are no commands. The image may go to stdout.
    program.channels().protect_stdout();
    return PrescanResult{.no_rc = !words.empty() && words[0] == "--no_rc"};
  };
  auto scanned = scan(PrescanPass::first);
  program.channels().flush();
  write_all(2, greeting());
  if (words.empty()) {
    write_all(2, "usage : " + program.settings.scripting.program_name + " [commands]\n        More is told by command -help\n");
    return kExitUsage;
  }
  if (!scanned.aborted) scanned = scan(PrescanPass::second);
  if (scanned.aborted) return kExitAborted;
  if (const auto started = core::start_libraries(); !started.ok()) {
    program.report(started.problem());
    return kExitLibrary;
  }
  set_signal_handling(program.settings.exceptions.signal_handling, &program.progress.cancel);
  program.set_libraries_started();
  const Pacifier pacifier(program);
  return run_commands(program, words, scanned);
}

}  // namespace

int run_program(const std::string& program_name, const std::vector<std::string>& words) {
  int value = 0;
  bool started = false;
  {
    Program program;
    program.settings.scripting.program_name = program_name;
    if (is_sole_help(words) && !acts_as_mkisofs(program)) {
      print_help(program, canonical_command(words[0]) == "help" ? program_name : "");
      return 0;
    }
    if (contains(kCdrecordNames, base_name(program_name))) {
      write_all(2, greeting());
      program.report(Severity::failure, "Program name " + core::shell_quote(base_name(program_name)) +
                                            " asks for an emulation which is not available in this version");
      return kExitAborted;
    }
    apply_personality(program, program_name);
    value = run_scanned(program, words);
    started = program.libraries_started();
    signals_off();
  }
  if (started) core::end_libraries();
  return value;
}

}  // namespace xorriso
