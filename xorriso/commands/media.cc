// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/media.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "libcore/base/text.h"
#include "libcore/session/older_head.h"
#include "xorriso/commands/session_address.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/drive_control.h"
#include "xorriso/medium_report.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::drive::Drive;
using core::drive::MediumStatus;

constexpr int kDvdRwOverwrite = 0x13, kDvdRwSequential = 0x14, kDvdRam = 0x12, kDvdPlusRw = 0x1a, kCdRw = 0x0a, kBdR = 0x41, kBdRe = 0x43;

// --- blanking ---------------------------------------------------------------------------------------------------

enum class BlankMode { as_needed, fast, all, deformat, deformat_quickest };
constexpr Choice<BlankMode> kBlankModes[] = {
    {"as_needed", BlankMode::as_needed}, {"", BlankMode::as_needed},
    {"fast", BlankMode::fast},           {"all", BlankMode::all},
    {"full", BlankMode::all},            {"deformat", BlankMode::deformat},
    {"deformat_sequential", BlankMode::deformat},
    {"deformat_quickest", BlankMode::deformat_quickest},
    {"deformat_sequential_quickest", BlankMode::deformat_quickest}};

/// True if no drive that is to be changed holds an image with changes.
bool may_change_medium(Program& program, std::string_view command) {
  if (program.outdev == nullptr)
    return program.fail(Severity::failure, "-" + std::string(command) + ": No output drive set by -dev -or -outdev");
  if (program.indev == program.outdev && program.image != nullptr && program.image->changed())
    return program.fail(Severity::failure, "-" + std::string(command) + ": Image changes pending. -commit or -rollback first.");
  return output_is_unrestricted(program);
}

bool is_unformatted(Drive& drive) {
  auto formats = drive.formats();
  return formats && formats->status == 1;
}

/// What "as_needed" means for the medium. Nothing: it is ready already.
std::optional<BlankMode> needed_blanking(Drive& drive) {
  if (drive.status() == MediumStatus::blank) return {};
  return BlankMode::fast;
}

bool run_format(Program& program, const core::drive::FormatRequest& request);

bool conclude_job(Program& program, core::Result<void> done, std::string_view job) {
  program.drain();
  if (!done) {
    program.report(std::move(done).problem());
    program.report(Severity::note, "Gave up " + drive_title(program, *program.outdev));
    drop_drives(program, program.indev == program.outdev ? DriveRole::both : DriveRole::output);
    return false;
  }
  program.info(std::string(job) + " done\n");
  return reassess_output(program);
}

bool run_blank(Program& program, BlankMode mode, bool force) {
  Drive& drive = *program.outdev;
  const bool deformat = mode == BlankMode::deformat || mode == BlankMode::deformat_quickest;
  const int profile = drive.profile().number;
  const bool can_deformat = deformat && profile == kDvdRwOverwrite;
  if (drive.status() == MediumStatus::blank && !force && !can_deformat) {
    program.report(Severity::note, "Blank medium detected. Will leave it untouched");
    return true;
  }
  if (mode == BlankMode::fast && profile == kDvdRwSequential) {
    // What a fast blank leaves would take one session only. Who wants that says so by "deformat_quickest".
    program.report(Severity::note, "-blank: DVD-RW present. Mode 'fast' defaulted to mode 'all'.");
    program.report(Severity::hint, "Mode 'deformat_quickest' produces single-session-only media.");
    mode = BlankMode::all;
  }
  if (!drive.erasable() && !can_deformat && !drive.overwritable()) return program.fail(Severity::failure, "Media is not of erasable type");
  program.info(strprintf("Beginning to blank medium in mode '%s'.\n", choice_word(kBlankModes, mode).c_str()));
  if (program.settings.write.dummy) {
    program.info("-dummy mode prevents blanking of medium in mode '" + choice_word(kBlankModes, mode) + "'.\n");
    return true;
  }
  const bool fast = mode == BlankMode::fast || mode == BlankMode::deformat_quickest;
  return conclude_job(program, drive.blank({.fast = fast, .deformat = deformat}, program.progress), "Blanking");
}

// --- formatting -------------------------------------------------------------------------------------------------

struct FormatWish { core::drive::FormatRequest request; bool as_needed = false; };

std::optional<FormatWish> parse_format(Program& program, std::string_view mode) {
  FormatWish wish;
  auto& r = wish.request;
  const std::string_view given = mode;
  if (mode.starts_with("force:")) {
    r.force = true;
    mode.remove_prefix(6);
  }
  if (mode.starts_with("fast_by_")) {
    r.fast = true;
    mode.remove_prefix(5);
  }
  if (mode.empty() || mode == "as_needed") {
    wish.as_needed = true;
  } else if (mode == "fast") {
    r.fast = true;
  } else if (mode == "without_spare") {
    r.without_spare = true;
  } else if (mode.starts_with("by_index_")) {
    const auto index = parse_integer(mode.substr(9));
    if (!index || *index < 0 || *index > 255) {
      program.fail(Severity::failure, "-format: mode " + shell_quote(given) + " provides unusable index number");
      return {};
    }
    r.index = static_cast<int>(*index);
  } else if (mode.starts_with("by_size_")) {
    const auto size = parse_size(mode.substr(8));
    if (size <= 0) {
      program.fail(Severity::failure, "-format: mode " + shell_quote(given) + " provides unusable size value");
      return {};
    }
    r.size = core::Bytes{size};
  } else if (mode != "full" && mode != "all") {
    program.fail(Severity::failure, "-format: Unknown -format mode " + shell_quote(mode));
    return {};
  }
  return wish;
}

/// "as_needed" formats what can't be used, or not as overwritable medium, without.
bool needs_format(Drive& drive) {
  const int profile = drive.profile().number;
  if (profile == kDvdRwSequential) return true;
  if (profile == kBdR) return drive.status() == MediumStatus::blank && is_unformatted(drive);
  return (profile == kDvdRam || profile == kBdRe || profile == kDvdPlusRw) && is_unformatted(drive);
}

bool is_formattable(Program& program, Drive& drive) {
  const int profile = drive.profile().number;
  for (const int known : {kDvdRwOverwrite, kDvdRwSequential, kDvdRam, kDvdPlusRw, kBdRe})
    if (profile == known) return true;
  if (profile == kBdR && drive.status() == MediumStatus::blank) return true;
  program.report(Severity::failure, "-format: Unsuitable media detected.");
  program.report(Severity::note, strprintf("Media current: %s (%4.4xh)", drive.profile().name.c_str(), static_cast<unsigned>(profile)));
  return false;
}

bool run_format(Program& program, const core::drive::FormatRequest& request) {
  Drive& drive = *program.outdev;
  if (request.index >= 0) {
    auto list = drive.formats();
    if (!list || list->formats.empty())
      return program.fail(Severity::failure, strprintf("-format by_index_%d: no format descriptors available", request.index));
    if (static_cast<std::size_t>(request.index) >= list->formats.size())
      return program.fail(Severity::failure, strprintf("-format by_index_%d: format descriptors range from index 0 to %zu", request.index, list->formats.size() - 1));
  }
  if (!is_formattable(program, drive)) return false;
  program.info("Beginning to format medium.\n");
  if (program.settings.write.dummy) {
    program.info("-dummy mode prevents formatting of medium.\n");
    return true;
  }
  return conclude_job(program, drive.format(request, program.progress), "Formatting");
}

}  // namespace

bool cmd_blank(Program& program, Words words) {
  std::string mode_word = words[0];
  const bool force = mode_word.starts_with("force:");
  if (force) mode_word.erase(0, 6);
  const auto* mode = find_choice(kBlankModes, mode_word);
  if (mode == nullptr) return program.fail(Severity::failure, "-blank: Unknown -blank mode " + shell_quote(mode_word));
  if (!may_change_medium(program, "blank")) return false;
  if (mode->value != BlankMode::as_needed) return run_blank(program, mode->value, force);
  Drive& drive = *program.outdev;
  const int profile = drive.profile().number;
  if ((profile == kDvdRam || profile == kBdRe) && is_unformatted(drive)) return run_format(program, {});
  const auto needed = needed_blanking(drive);
  if (!needed && !force) {
    program.report(Severity::note, "-blank as_needed: no need for action detected");
    return true;
  }
  return run_blank(program, needed.value_or(BlankMode::fast), force);
}

bool cmd_format(Program& program, Words words) {
  const auto wish = parse_format(program, words[0]);
  if (!wish) return false;
  if (!may_change_medium(program, "format")) return false;
  if (!wish->as_needed) return run_format(program, wish->request);
  if (!needs_format(*program.outdev)) {
    program.report(Severity::note, "-format as_needed: no need for action detected");
    return true;
  }
  // Certification can last hours; it is done on demand only.
  auto request = wish->request;
  request.fast = program.outdev->profile().number != kDvdRwSequential;
  return run_format(program, request);
}

bool format_before_writing(Program& program) {
  Drive& drive = *program.outdev;
  const int profile = drive.profile().number;
  if ((profile != kBdRe && profile != kDvdRam) || program.settings.write.dummy || !is_unformatted(drive)) return true;
  program.report(Severity::note, "Unformatted " + drive.profile().name + " medium detected. Trying -format fast.");
  program.info("Beginning to format medium.\n");
  auto done = drive.format({.fast = true}, program.progress);
  program.drain();
  if (done) {
    program.info("Formatting done\n");
    done = drive.reassess();
    program.drain();
  }
  if (done) return true;
  program.report(std::move(done).problem());
  return false;
}

bool cmd_close_damaged(Program& program, Words words) {
  const bool force = words[0] == "force";
  if (!force && words[0] != "as_needed") return program.fail(Severity::failure, "-close_damaged: unknown mode " + shell_quote(words[0]));
  if (!no_changes_pending(program, "close_damaged")) return false;
  Drive* drive = require_output(program, "close damaged session");
  if (drive == nullptr || !output_is_unrestricted(program)) return false;
  auto done = drive->close_damaged(force, program.settings.write.close == WriteCommandSettings::Close::on);
  program.drain();
  if (!done) program.report(std::move(done).problem());
  give_up_drives(program, DriveRole::both);
  return done.ok();
}

bool cmd_eject(Program& program, Words words) {
  const bool in = !words[0].starts_with("out"), out = !words[0].starts_with("in");
  const bool same = program.indev != nullptr && program.indev == program.outdev;
  if (in && !no_changes_pending(program, "eject")) return false;
  if (same && !(in && out))
    program.report(Severity::note, "Giving up for -eject whole " + drive_title(program, *program.indev));
  const auto eject = [&](const std::shared_ptr<Drive>& drive) {
    if (drive == nullptr) return;
    if (drive->options().readonly) {
      program.report(Severity::warning, "Will not eject medium in readonly acquired drive.");
    } else {
      drive->eject_at_end(true);
    }
  };
  if (in || same) eject(program.indev);
  if (out && !same) eject(program.outdev);
  if (same || (in && out)) {
    drop_drives(program, DriveRole::both);
    return true;
  }
  return take_drive_away(program, in ? DriveRole::input : DriveRole::output);
}

namespace {

/// The size which the medium's volume shall have: words "new", "old", "+size" or "size". Never less than the session needs.
std::optional<core::Blocks> adjusted_size(Program& program, std::string_view word, core::Blocks least, core::Blocks present) {
  core::Blocks size = least;
  if (word == "old") {
    size = present;
  } else if (word.starts_with('+')) {
    size += core::blocks_for({parse_size(word.substr(1))});
  } else if (word != "new") {
    if (word.empty() || std::isdigit(static_cast<unsigned char>(word[0])) == 0) {
      program.fail(Severity::failure, "-truncate_overwritable: Unknown size adjustment " + shell_quote(word));
      return {};
    }
    size = core::blocks_for({parse_size(word)});
  }
  return std::max(size, least);
}

/// Writes the head that makes the session at `start` the current one.
bool activate_session(Program& program, Drive& drive, core::Lba start, const std::string& adjust) {
  const auto report = [&program](core::Problem p) {
    p.text = "-truncate_overwritable: " + p.text;
    program.report(std::move(p));
    return false;
  };
  auto present = core::session::volume_space(drive, core::Lba{0});
  if (!present) return report(std::move(present).problem());
  auto own = core::session::volume_space(drive, start);
  if (!own) return report({Severity::failure, "Given address does not lead to ISO 9660 Volume Descriptor"});
  const auto size = adjusted_size(program, adjust, core::Blocks{start.value} + *own, *present);
  if (!size) return false;
  auto head = core::session::head_of_session(drive, start, *size);
  if (!head) return report(std::move(head).problem());
  auto done = drive.overwrite(core::Lba{0}, *head);
  program.drain();
  if (!done) return report(std::move(done).problem());
  program.info(strprintf("Activated session at LBA %lld. The medium now offers an image of %lld blocks.\n",
                         static_cast<long long>(start.value), static_cast<long long>(size->value)));
  return true;
}

}  // namespace

bool cmd_truncate_overwritable(Program& program, Words words) {
  const auto choice = parse_session_choice(program, "truncate_overwritable", words[0], words[1]);
  if (!choice) return false;
  Drive* drive = require_output(program, "activate an older session");
  if (drive == nullptr || !output_is_unrestricted(program)) return false;
  if (!no_changes_pending(program, "truncate_overwritable")) return false;
  if (!drive->overwritable()) return program.fail(Severity::failure, "-truncate_overwritable: Medium is not overwritable");
  auto present = core::session::volume_space(*drive, core::Lba{0});
  if (!present)
    return program.fail(Severity::failure, "-truncate_overwritable: " + std::move(present).problem().text);
  auto session = drive->find_session(*choice);
  program.drain();
  if (!session) {
    if (program.worst_of_command() < Severity::failure) program.report(std::move(session).problem());
    return false;
  }
  const std::string in_address = program.indev != nullptr ? program.indev->identity().address : "";
  const bool same = program.indev == program.outdev;
  if (!activate_session(program, *drive, session->lba, words[2])) return false;
  if (!reassess_output(program)) return false;
  return !same || take_drive(program, in_address, DriveRole::both);
}

bool cmd_rollback(Program& program, Words) {
  if (program.indev == nullptr) {
    if (program.image == nullptr) return true;
    program.image->set_changed(false);
    return renew_empty_image(program);
  }
  return load_from_input(program, ChooseSession::as_set);
}

bool cmd_pvd_info(Program& program, Words) {
  if (program.image == nullptr)
    return program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
  const auto& t = program.settings.image.texts;
  const auto& loaded = program.loaded;
  std::string text;
  if (program.indev != nullptr) text += "Drive current: " + drive_title(program, *program.indev) + '\n';
  if (loaded.valid) text += strprintf("PVD address  : %llds\n", static_cast<long long>(loaded.start.value + 16));
  const std::pair<const char*, const std::string*> ids[] = {
      {"Volume Id    ", &t.volume_id},     {"Volume Set Id", &t.volume_set_id}, {"Publisher Id ", &t.publisher_id},
      {"Preparer Id  ", &t.preparer_id},   {"App Id       ", &t.application_id}, {"System Id    ", &t.system_id},
      {"CopyrightFile", &t.copyright_file}, {"Abstract File", &t.abstract_file}, {"Biblio File  ", &t.biblio_file}};
  for (const auto& [title, value] : ids) text += std::string(title) + ": " + *value + '\n';
  const char* const times[] = {"Creation Time", "Modif. Time  ", "Expir. Time  ", "Eff. Time    "};
  for (std::size_t i = 0; i < std::size(times); ++i) text += strprintf("%s: %-16s\n", times[i], loaded.times[i].c_str());
  program.result(text);
  return true;
}

}  // namespace xorriso
