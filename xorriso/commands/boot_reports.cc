// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reports about loaded boot equipment: the plain facts, their explanation, or commands which would make it again.
#include "xorriso/commands/boot_reports.h"

#include <cerrno>
#include <cstdio>
#include <memory>

#include "libcore/base/text.h"
#include "libcore/image/boot.h"
#include "libcore/session/boot_options.h"
#include "xorriso/boot_equipment.h"
#include "xorriso/command_table.h"
#include "xorriso/commands/boot_replay.h"
#include "xorriso/program.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

enum class Subject { el_torito, system_area };

bool needs_image(Program& program) {
  return program.image != nullptr || program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
}

void print(Program& program, const std::vector<std::string>& lines) {
  for (const auto& line : lines) program.result(line + '\n');
}

bool report_plain(Program& program, Subject subject) {
  if (!needs_image(program)) return false;
  const auto lines = subject == Subject::el_torito ? core::image::report_el_torito(*program.image) : core::image::report_system_area(*program.image);
  program.drain();
  if (!lines || lines->empty())
    program.report(Severity::note, subject == Subject::el_torito ? "No El Torito information was loaded" : "No System Area was loaded");
  else
    print(program, *lines);
  return true;
}

bool explain(Program& program, Subject subject) {
  const std::string bar(78, '-');
  const char* command = subject == Subject::el_torito ? "-report_el_torito" : "-report_system_area";
  program.result(bar + "\nWith " + command + " \"plain\":\n" + bar + "\n\n");
  print(program, subject == Subject::el_torito ? core::image::explain_el_torito_report() : core::image::explain_system_area_report());
  return true;
}

bool report_gpt_crc(Program& program, const std::string& word) {
  const auto path = program.disk_path(word);
  if (!path) return false;
  auto area = program.image != nullptr ? core::session::read_system_area(*program.image, *path) : core::session::read_area_file(*path);
  if (!area) {
    program.report(std::move(area).problem());
    return false;
  }
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(area->bytes.data()), area->count);
  program.result(core::strprintf("0x%8.8x\n", core::image::gpt_crc(bytes)));
  return true;
}

bool report_disk_guid(Program& program) {
  if (!needs_image(program)) return false;
  constexpr std::string_view kLine = "GPT disk GUID      :      ";
  for (const auto& line : core::image::report_system_area(*program.image).value_or(std::vector<std::string>())) {
    if (!line.starts_with(kLine)) continue;
    if (const auto guid = parse_guid(std::string_view(line).substr(kLine.size()))) program.result(guid_dashed(*guid) + '\n');
  }
  return true;
}

bool report(Program& program, Subject subject, const std::string& form) {
  if (form.empty() || form == "plain") return report_plain(program, subject);
  if (form == "help") return explain(program, subject);
  if (form == "cmd" || form == "as_mkisofs") {
    if (!needs_image(program)) return false;
    print(program, replay_lines(program, form == "cmd" ? ReplayForm::native : ReplayForm::mkisofs));
    return true;
  }
  if (subject == Subject::system_area) {
    constexpr std::string_view kCrc = "gpt_crc_of:";
    if (form.starts_with(kCrc)) return report_gpt_crc(program, form.substr(kCrc.size()));
    if (form == "make_guid") {
      program.result(guid_dashed(core::image::random_guid()) + '\n');
      return true;
    }
    if (form == "gpt_disk_guid") return report_disk_guid(program);
  }
  const char* command = subject == Subject::el_torito ? "-report_el_torito" : "-report_system_area";
  return program.fail(Severity::failure, std::string(command) + " form parameter not recognized: " + shell_quote(form));
}

}  // namespace

bool cmd_report_el_torito(Program& program, Words words) { return report(program, Subject::el_torito, words[0]); }
bool cmd_report_system_area(Program& program, Words words) { return report(program, Subject::system_area, words[0]); }

bool replay_boot_equipment(Program& program) {
  const auto lines = replay_lines(program, ReplayForm::native);
  for (const auto& line : lines) {
    const auto words = split_line(line, {}).words;
    if (words.empty()) continue;
    const CommandRow* row = find_command(words[0]);
    if (row == nullptr || row->handler == nullptr || !row->handler(program, Words(words).subspan(1))) return false;
  }
  program.report(Severity::note, core::strprintf("Replayed %zu boot related commands", lines.size()));
  return true;
}

}  // namespace xorriso
