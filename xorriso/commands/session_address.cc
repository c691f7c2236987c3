// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/session_address.h"

#include <sys/stat.h>

#include <algorithm>

#include "libcore/base/text.h"
#include "libcore/drive/acquire.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/drive_control.h"
#include "xorriso/drive_rules.h"
#include "xorriso/medium_report.h"
#include "xorriso/numbers.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::drive::Drive;
using core::drive::SessionChoice;
using By = SessionChoice::By;

constexpr Choice<By> kEntities[] = {{"auto", By::automatic}, {"session", By::session}, {"track", By::track},
                                    {"lba", By::lba},        {"sbsector", By::lba},    {"volid", By::volume_id}};

std::string_view plain_path(std::string_view address) {
  for (const std::string_view prefix : {"stdio:", "mmc:"})
    if (address.starts_with(prefix)) return address.substr(prefix.size());
  return address;
}

/// The drive named "indev" or "outdev", else a drive acquired for a moment.
std::shared_ptr<Drive> drive_of_word(Program& program, const std::string& word) {
  if (word == "indev") {
    require_input(program, "perform -mount \"indev\"");
    return program.indev;
  }
  if (word == "outdev") {
    require_output(program, "perform -mount \"outdev\"");
    return program.outdev;
  }
  for (const auto& drive : {program.indev, program.outdev})
    if (drive != nullptr && drive->identity().address == word) return drive;
  const auto facts = facts_about(word);
  if (!facts.exists && !facts.is_mmc) {
    program.fail(Severity::failure, "Cannot determine properties of file " + shell_quote(plain_path(word)));
    return nullptr;
  }
  const std::string address = facts.is_mmc ? std::string(plain_path(word)) : "stdio:" + std::string(plain_path(word));
  auto options = acquire_options(program);
  options.shown_address = word;
  auto drive = core::drive::acquire(address, options);
  program.drain();
  if (drive) return *drive;
  program.report(std::move(drive).problem());
  return nullptr;
}

enum class System { linux, bsd };

enum class Loop { no, yes };

std::string mount_line(System system, Loop loop, std::string_view device, core::Lba lba, std::string_view path) {
  const auto start = static_cast<long long>(lba.value);
  if (system == System::bsd)
    return strprintf("mount_cd9660 -o noexec,nosuid -s %lld %s %s", start, shell_quote(device).c_str(), shell_quote(path).c_str());
  return strprintf("mount -t iso9660 -o %snodev,noexec,nosuid,ro,sbsector=%lld %s %s", loop == Loop::yes ? "loop," : "", start, shell_quote(device).c_str(),
                   shell_quote(path).c_str());
}

/// Files always need a loop device, block devices only to be mounted several times.
Loop loop_for_mounting(const Program& program, const std::string& device) {
  struct stat st{};
  const bool is_block = ::stat(device.c_str(), &st) == 0 && S_ISBLK(st.st_mode);
  return !is_block || program.settings.drives.mount_opts_shared ? Loop::yes : Loop::no;
}

struct Found { std::string device; core::drive::SessionAddress session; };

std::optional<Found> find(Program& program, std::string_view command, Words words) {
  if (words[3].empty()) {
    program.fail(Severity::failure, "-" + std::string(command) + ": Not enough arguments. Needed are: device entity id command");
    return {};
  }
  auto choice = parse_session_choice(program, command, words[1], words[2]);
  if (!choice) return {};
  const auto drive = drive_of_word(program, words[0]);
  if (drive == nullptr) return {};
  auto session = drive->find_session(*choice);
  program.drain();
  if (!session) {
    if (program.worst_of_command() < Severity::failure) program.report(std::move(session).problem());
    return {};
  }
  if (!session->is_iso) {
    program.fail(Severity::failure, "-mount : Given address does not point to an ISO 9660 session");
    return {};
  }
  program.info("Volume id    : " + shell_quote(session->volume_id) + '\n');
  return Found{std::string(plain_path(drive->identity().address)), *std::move(session)};
}

std::string substitute(std::string format, const Found& found) {
  const std::pair<std::string_view, std::string> words[] = {
      {"%device%", shell_quote(found.device)},
      {"%sbsector%", std::to_string(found.session.lba.value)},
      {"%track%", std::to_string(found.session.track)},
      {"%session%", std::to_string(found.session.session)},
      {"%volid%", shell_quote(found.session.volume_id)}};
  std::string text;
  for (std::size_t i = 0; i < format.size();) {
    const auto rest = std::string_view(format).substr(i);
    const auto word = std::find_if(std::begin(words), std::end(words), [&](const auto& w) { return rest.starts_with(w.first); });
    if (word == std::end(words)) {
      text += format[i++];
    } else {
      text += word->second;
      i += word->first.size();
    }
  }
  return text;
}

}  // namespace

std::optional<SessionChoice> parse_session_choice(Program& program, std::string_view command, const std::string& entity,
                                                  const std::string& id) {
  const auto* known = find_choice(kEntities, entity.empty() ? "auto" : entity);
  if (known == nullptr) {
    program.fail(Severity::failure, "-" + std::string(command) + ": unknown address mode " + shell_quote(entity));
    return {};
  }
  SessionChoice choice{known->value, id};
  if (known->value == By::session || known->value == By::track) choice.value = std::to_string(parse_integer(id).value_or(0));
  if (known->value == By::lba) choice.value = std::to_string(parse_blocks(id));
  return choice;
}

bool cmd_mount_cmd(Program& program, Words words) {
  const auto found = find(program, "mount_cmd", words);
  if (!found) return false;
  program.result(mount_line(System::linux, loop_for_mounting(program, found->device), found->device, found->session.lba, words[3]) + '\n');
  return true;
}

bool cmd_session_string(Program& program, Words words) {
  const auto found = find(program, "session_string", words);
  if (!found) return false;
  std::string_view format = words[3];
  const Loop shared = program.settings.drives.mount_opts_shared ? Loop::yes : Loop::no;
  std::string text;
  const auto after = [&](std::string_view prefix) { return format.substr(prefix.size()); };
  if (format.starts_with("linux:")) {
    text = mount_line(System::linux, shared, found->device, found->session.lba, after("linux:"));
  } else if (format.starts_with("freebsd:")) {
    text = mount_line(System::bsd, Loop::no, found->device, found->session.lba, after("freebsd:"));
  } else if (format.starts_with("netbsd:")) {
    text = mount_line(System::bsd, Loop::no, found->device, found->session.lba, after("netbsd:"));
  } else {
    if (format.starts_with("string:")) format = after("string:");
    text = substitute(std::string(format), *found);
  }
  program.result(text + '\n');
  return true;
}

namespace {

std::string speed_line(const char* title, int kb, int profile) {
  const bool cd = profile >= 0x08 && profile <= 0x0a, bd = profile >= 0x40 && profile <= 0x43;
  const double unit = cd ? kCdSpeed : bd ? kBdSpeed : kDvdSpeed;
  return strprintf("%s: %6dk , %4.1fx%c\n", title, kb, kb * 1000.0 / unit, cd ? 'C' : bd ? 'B' : 'D');
}

enum class SpeedKind { read, write };

bool print_speeds(Program& program, Drive& drive, SpeedKind kind) {
  if (drive.is_pseudo()) {
    program.report(Severity::note, "Output device is not an MMC drive. Desired operation does not apply.");
    return true;
  }
  auto speeds = drive.speeds();
  program.drain();
  if (!speeds) {
    program.report(std::move(speeds).problem());
    return false;
  }
  const int profile = drive.profile().number;
  std::vector<int> list;
  for (const auto& s : *speeds) {
    const int kb = kind == SpeedKind::write ? s.write_kb : s.read_kb;
    if (kb > 0) list.push_back(kb);
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  std::string text;
  for (auto kb = list.rbegin(); kb != list.rend(); ++kb)
    text += speed_line(kind == SpeedKind::write ? "Write speed  " : "Read speed   ", *kb, profile);
  if (!list.empty()) {
    text += speed_line(kind == SpeedKind::write ? "Write speed L" : "Read speed L ", list.front(), profile);
    text += speed_line(kind == SpeedKind::write ? "Write speed H" : "Read speed H ", list.back(), profile);
  }
  program.result(text);
  return true;
}

}  // namespace

bool cmd_list_speeds(Program& program, Words) {
  if (program.indev == nullptr && program.outdev == nullptr)
    return program.fail(Severity::failure, "No drive acquired on attempt to list speeds");
  bool ok = true;
  for (const auto& drive : {program.indev, program.outdev}) {
    if (drive == nullptr) continue;
    if (!drive->is_pseudo()) program.result(medium_report(program, *drive, ReportForm::brief));
    ok = print_speeds(program, *drive, SpeedKind::read) && ok;
    if (program.indev == program.outdev) break;
  }
  if (program.outdev != nullptr) ok = print_speeds(program, *program.outdev, SpeedKind::write) && ok;
  return ok;
}

}  // namespace xorriso
