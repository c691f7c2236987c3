// SPDX-License-Identifier: GPL-3.0-or-later
//
// Acquiring drives and asking about drives and media.
#include <algorithm>

#include "libcore/base/text.h"
#include "libcore/drive/acquire.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/session_address.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/drive_control.h"
#include "xorriso/medium_report.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::drive::Drive;

bool cmd_dev(Program& program, Words words) { return take_drive(program, words[0], DriveRole::both); }
bool cmd_indev(Program& program, Words words) { return take_drive(program, words[0], DriveRole::input); }
bool cmd_outdev(Program& program, Words words) { return take_drive(program, words[0], DriveRole::output); }

void status_dev(const Program& program, StatusLines& lines) {
  if (program.indev != nullptr && program.indev == program.outdev) {
    lines.push_back({"-dev " + shell_quote(program.indev->identity().address), false});
    return;
  }
  if (program.indev == nullptr && program.outdev == nullptr) lines.push_back({"-dev ''", false});
  if (program.indev != nullptr) lines.push_back({"-indev " + shell_quote(program.indev->identity().address), false});
  if (program.outdev != nullptr) lines.push_back({"-outdev " + shell_quote(program.outdev->identity().address), false});
}

// --- tables of content ------------------------------------------------------------------------------------------

void print_medium(Program& program, Drive& drive, ReportForm form) {
  const std::string text = medium_report(program, drive, form);
  program.drain();
  program.result(text);
}

/// Both drives if they differ. The short form applies to the output drive only.
void print_all_media(Program& program, ReportForm output_form) {
  const bool both = program.indev != nullptr && program.outdev != nullptr && program.indev != program.outdev;
  if (program.indev != nullptr) print_medium(program, *program.indev, ReportForm::complete);
  if (both) program.result("-------------: ---------------------------------------------------------------\n");
  if (program.outdev != nullptr && (both || program.indev == nullptr)) print_medium(program, *program.outdev, output_form);
}

bool cmd_toc(Program& program, Words) {
  if (program.indev == nullptr && program.outdev == nullptr)
    return require_input(program, "print Table Of Content") != nullptr;
  print_all_media(program, ReportForm::complete);
  return true;
}

bool cmd_toc_of(Program& program, Words words) {
  const std::string& word = words[0];
  const auto form = word.find(":short") != word.npos ? ReportForm::brief : ReportForm::complete;
  const std::string which = word.substr(0, word.find(':'));
  if (which != "in" && which != "out" && which != "all")
    return program.fail(Severity::sorry, "-toc_of: Unknown drive code " + shell_quote(word));
  const auto missing = [&](const char* what) {
    program.report(Severity::note, "-toc_of " + shell_quote(which) + " : No " + what + "drive acquired");
    return true;
  };
  if (which == "in") {
    if (program.indev == nullptr) return missing("input ");
    print_medium(program, *program.indev, form);
  } else if (which == "out") {
    if (program.outdev == nullptr) return missing("output ");
    print_medium(program, *program.outdev, form);
  } else {
    if (program.indev == nullptr && program.outdev == nullptr) return missing("");
    print_all_media(program, form);
  }
  return true;
}

// --- lists of drives --------------------------------------------------------------------------------------------

bool list_drives(Program& program, std::string_view command, bool links) {
  if (!no_changes_pending(program, command)) return false;
  const bool same = program.indev == program.outdev;
  if (program.indev != nullptr) program.report(Severity::note, "Gave up " + drive_title(program, *program.indev));
  if (program.outdev != nullptr && !same) program.report(Severity::note, "Gave up " + drive_title(program, *program.outdev));
  drop_drives(program, DriveRole::both);
  program.info("Beginning to scan for devices ...\n");
  auto found = core::drive::scan_drives(acquire_options(program), links);
  program.drain();
  if (!found) {
    program.report(std::move(found).problem());
    return false;
  }
  if (found->empty()) return program.fail(Severity::sorry, "No drives found");
  const std::string rule(77, '-');
  program.info("Full drive scan done\n" + rule + '\n');
  std::string text;
  int number = 0;
  for (const auto& d : *found) {
    const std::string& address = links && !d.link.empty() ? d.link : d.identity.address;
    text += strprintf("%d  -dev %s %s :  '%-8.8s' '%s' \n", number++, shell_quote(address).c_str(), d.permissions.c_str(),
                      d.identity.vendor.c_str(), d.identity.product.c_str());
  }
  program.result(text);
  program.info(rule + '\n');
  return true;
}

bool cmd_devices(Program& program, Words) { return list_drives(program, "devices", false); }
bool cmd_device_links(Program& program, Words) { return list_drives(program, "device_links", true); }

// --- what drive and medium can do -------------------------------------------------------------------------------

bool is_mmc(Program& program, const Drive& drive) {
  if (!drive.is_pseudo()) return true;
  program.report(Severity::note, "Output device is not an MMC drive. Desired operation does not apply.");
  return false;
}

std::string type_lines(Program& program, const Drive& drive) {
  const auto& i = drive.identity();
  return "Drive current: " + drive_title(program, drive) + "\nDrive type   : vendor '" + i.vendor + "' product '" + i.product +
         "' revision '" + i.revision + "'\n";
}

bool print_profiles(Program& program, Drive& drive) {
  program.result(type_lines(program, drive));
  if (!is_mmc(program, drive)) return true;
  auto profiles = drive.profiles();
  if (!profiles) {
    program.report(std::move(profiles).problem());
    return false;
  }
  std::string text;
  for (const auto& p : *profiles)
    text += strprintf("Profile      : 0x%4.4X (%s)%s\n", static_cast<unsigned>(p.number), p.name.c_str(), p.current ? " (current)" : "");
  program.result(text);
  return true;
}

bool cmd_list_profiles(Program& program, Words words) {
  const bool in = !words[0].starts_with("out"), out = !words[0].starts_with("in");
  bool ok = true;
  if (in && program.indev != nullptr) ok = print_profiles(program, *program.indev);
  if (out && program.outdev != nullptr && (!in || program.outdev != program.indev)) ok = print_profiles(program, *program.outdev) && ok;
  return ok;
}

/// Sequential media report what was written as if it was formatted.
std::string_view format_status_word(int status, int profile) {
  const bool sequential = profile == 0x09 || profile == 0x0a || profile == 0x11 || profile == 0x14 || profile == 0x15 ||
                          profile == 0x1b || profile == 0x2b;
  if (status == 1) return "unformatted, up to";
  if (status == 2) return sequential ? "written, with" : "formatted, with";
  return "intermediate or unknown, up to";
}

bool cmd_list_formats(Program& program, Words) {
  Drive* drive = require_output(program, "obtain format descriptor list");
  if (drive == nullptr) return false;
  if (!is_mmc(program, *drive)) return true;
  auto list = drive->formats();
  program.drain();
  if (!list) {
    program.report(std::move(list).problem());
    return false;
  }
  constexpr double kMebi = 1024.0 * 1024.0;
  std::string text = medium_report(program, *drive, ReportForm::brief);
  if (drive->status() != core::drive::MediumStatus::no_medium)
    text += strprintf("Format status: %s %.1f MiB\n", std::string(format_status_word(list->status, drive->profile().number)).c_str(),
                      static_cast<double>(list->size.value) / kMebi);
  if (auto spare = drive->spare_info())
    text += strprintf("BD Spare Area: %lld blocks consumed, %lld blocks available\n",
                      static_cast<long long>((spare->total - spare->free).value), static_cast<long long>(spare->free.value));
  int index = 0;
  for (const auto& f : list->formats)
    text += strprintf("Format idx %-2d: %2.2Xh , %llds , %.1f MiB\n", index++, static_cast<unsigned>(f.type),
                      static_cast<long long>(f.size.value / core::kBlockSize), static_cast<double>(f.size.value) / kMebi);
  program.result(text);
  return true;
}

constexpr CommandRow kRows[] = {
    {.name = "dev", .shape = fixed(1), .rank = 58, .arguments = "address",
     .help = "Acquire as input and output, load image, growing method", .handler = cmd_dev, .status = status_dev},
    {.name = "device_links", .shape = fixed(0), .rank = 31, .help = "Like devices but shows persistent symlinks",
     .handler = cmd_device_links},
    {.name = "devices", .shape = fixed(0), .rank = 30, .help = "Give up drives and list optical drives", .handler = cmd_devices},
    {.name = "indev", .shape = fixed(1), .rank = 59, .arguments = "address", .help = "Acquire as input, load image",
     .handler = cmd_indev},
    {.name = "list_formats", .shape = fixed(0), .rank = 62, .help = "List formatting descriptors of output medium",
     .handler = cmd_list_formats},
    {.name = "list_profiles", .shape = fixed(1), .rank = 61, .arguments = "in|out|all",
     .help = "List media profiles known by drive", .handler = cmd_list_profiles},
    {.name = "list_speeds", .shape = fixed(0), .rank = 63, .help = "List write/read speeds", .handler = cmd_list_speeds},
    {.name = "mount_cmd", .shape = fixed(4), .rank = 33, .arguments = "drive entity id path",
     .help = "Print a mount command for the chosen session", .handler = cmd_mount_cmd},
    {.name = "outdev", .shape = fixed(1), .rank = 60, .arguments = "address",
     .help = "Acquire as output; without indev an empty tree is created", .handler = cmd_outdev},
    {.name = "session_string", .shape = fixed(4), .rank = 34, .arguments = "drive entity id format",
     .help = "Print substituted format text for the chosen session", .handler = cmd_session_string},
    {.name = "toc", .shape = fixed(0), .rank = 64, .help = "Drive, media and session table of both drives", .handler = cmd_toc},
    {.name = "toc_of", .shape = fixed(1), .rank = 65, .arguments = "in|out|all[:short]",
     .help = "Toc of selected drive", .handler = cmd_toc_of},
};

}  // namespace

std::span<const CommandRow> drives_rows() { return kRows; }

}  // namespace xorriso
