// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/drive_control.h"
#include "libcore/image/boot.h"
#include "xorriso/boot_equipment.h"

#include <fnmatch.h>

#include <chrono>

#include "libcore/base/text.h"
#include "libcore/drive/acquire.h"
#include "libcore/image/load.h"
#include "libcore/image/survey.h"
#include "xorriso/drive_rules.h"
#include "xorriso/medium_report.h"
#include "xorriso/output/channels.h"
#include "xorriso/output/pacifier.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::drive::Drive;
using core::drive::MediumStatus;

bool has_input(DriveRole role) { return role != DriveRole::output; }
bool has_output(DriveRole role) { return role != DriveRole::input; }

void show_medium(Program& program, Drive& drive) {
  const std::string text = medium_report(program, drive, ReportForm::brief);
  program.drain();
  program.info(text);
}

bool new_empty_image(Program& program) {
  program.loaded = {};
  program.settings.boot.attached.clear();
  auto image = core::image::Image::create("ISOIMAGE");
  if (!image) {
    program.image = nullptr;
    program.report(std::move(image).problem());
    return false;
  }
  program.image = *std::move(image);
  return true;
}

void only_output_remains(Program& program) {
  auto& texts = program.settings.image.texts;
  texts = {.volume_id = "ISOIMAGE", .preparer_id = texts.preparer_id};
  new_empty_image(program);
  program.info("Only the output drive remains. Created empty ISO image.\n");
  show_medium(program, *program.outdev);
}

/// What remains after the input drive was lost: an empty image for the output drive, or nothing.
void lose_input(Program& program) {
  program.indev = nullptr;
  program.loaded = {};
  if (program.outdev != nullptr) {
    only_output_remains(program);
  } else {
    program.image = nullptr;
  }
}

/// "-" and its long form stand for the stdout which the program was started with. It must have been put aside then.
bool redirect_stdout_address(Program& program, std::string& address) {
  if (address == "-") address = "stdio:/dev/fd/1";
  if (address != "stdio:/dev/fd/1" || program.channels().stdout_is_protected()) return true;
  return program.fail(Severity::failure, "-*dev \"stdio:/dev/fd/1\" was not a start argument. Cannot use it now.");
}

std::shared_ptr<Drive> open_drive(Program& program, std::string address) {
  if (!redirect_stdout_address(program, address)) return nullptr;
  core::drive::AcquireOptions options = acquire_options(program);
  options.shown_address = address;
  std::string device;
  if (address == "stdio:/dev/fd/1") {
    device = strprintf("stdio:/dev/fd/%d", program.channels().real_stdout());
    if (program.settings.drives.ban_stdio_write) {
      program.fail(Severity::failure, "Drive address banned by -ban_stdio_write : " + shell_quote(address));
      return nullptr;
    }
  } else {
    auto verdict = judge_address(address, facts_about(address), program.settings.drives);
    for (auto& p : verdict.refusal) program.report(std::move(p));
    if (verdict.address.empty()) return nullptr;
    device = std::move(verdict.address);
  }
  options.regard_as_blank = options.truncate = program.settings.drives.regard_output_as_blank;
  auto drive = core::drive::acquire(device, options);
  program.drain();
  if (drive) return *std::move(drive);
  program.report(std::move(drive).problem());
  return nullptr;
}

core::drive::SessionChoice session_choice(const DriveSettings& s) {
  using By = core::drive::SessionChoice::By;
  static constexpr std::pair<std::string_view, By> words[] = {
      {"auto", By::automatic}, {"session", By::session}, {"track", By::track},
      {"lba", By::lba}, {"sbsector", By::lba}, {"volid", By::volume_id}};
  for (const auto& [word, by] : words)
    if (word == s.load_entity) return {by, s.load_id, s.load_adjust_by_16};
  return {};
}

core::image::LoadOptions load_options(const Program& program) {
  const Settings& s = program.settings;
  core::image::LoadOptions o;
  o.tree = static_cast<core::image::TreeChoice>(s.drives.read_fs);
  static_assert(static_cast<int>(DriveSettings::ReadFs::ecma119) == static_cast<int>(core::image::TreeChoice::ecma119));
  using Ecma = ImportSettings::Ecma119Map;
  switch (s.import.ecma119_map) {
    case Ecma::stripped: o.ecma119_names = core::image::Ecma119Names::stripped; break;
    case Ecma::unmapped: o.ecma119_names = core::image::Ecma119Names::unmapped; break;
    case Ecma::uppercase: o.ecma119_names = core::image::Ecma119Names::uppercase; break;
    case Ecma::lowercase: o.ecma119_names = core::image::Ecma119Names::lowercase; break;
  }
  if (s.import.joliet_map == ImportSettings::JolietMap::unmapped) o.joliet_names = core::image::JolietNames::unmapped;
  o.md5 = !s.import.md5             ? core::image::Md5Loading::ignore
          : s.import.md5_load_check ? core::image::Md5Loading::load_and_check_tags
                                    : core::image::Md5Loading::load_only;
  o.attributes.acl = s.import.acl;
  o.attributes.xattr = s.import.xattr != ImportSettings::Xattr::off;
  o.attributes.xattr_all = s.import.xattr == ImportSettings::Xattr::any;
  o.attributes.hard_links = s.import.hardlinks;
  o.attributes.disk_identity = s.import.disk_dev_ino != ImportSettings::DevIno::off;
  using Loading = ExceptionSettings::Loading;
  o.strictness = s.exceptions.image_loading == Loading::best_effort ? core::image::LoadStrictness::best_effort
                 : s.exceptions.image_loading == Loading::fatal     ? core::image::LoadStrictness::fatal
                                                                    : core::image::LoadStrictness::failure;
  o.input_charset = s.charset.in;
  o.auto_charset = s.charset.automatic;
  o.displacement = {s.drives.displacement};
  o.name_limit = s.insert.file_name_limit;
  return o;
}

std::string offered_words(const core::image::TreeOffer& o) {
  std::string words;
  if (o.rock_ridge) words += " Rock_Ridge";
  if (o.joliet) words += " Joliet";
  if (o.iso_1999) words += " ISO_9660_1999";
  return words.empty() ? "Only_ECMA_119" : words.substr(1);
}

std::string loaded_word(const core::image::TreeOffer& o, DriveSettings::ReadFs choice) {
  using Fs = DriveSettings::ReadFs;
  if (o.rock_ridge && (choice == Fs::any || choice == Fs::nojoliet)) return "Rock_Ridge";
  if (o.joliet && (choice == Fs::any || choice == Fs::norock)) return "Joliet";
  return "Only_ECMA_119";
}

bool volume_id_is_asserted(Program& program, const std::string& volume_id) {
  const auto& s = program.settings.drives;
  if (s.assert_volid_pattern.empty() || ::fnmatch(s.assert_volid_pattern.c_str(), volume_id.c_str(), 0) == 0) return true;
  const auto severity = core::parse_severity(s.assert_volid_severity).value_or(Severity::failure);
  return program.fail(severity, "-assert_volid: Volume id does not match pattern: " + shell_quote(s.assert_volid_pattern) + " <> " +
                                    shell_quote(volume_id));
}

void learn_boot_equipment(Program& program) {
  for (const auto& line : core::image::report_system_area(*program.image).value_or(std::vector<std::string>()))
    if (line.starts_with("System area summary: ")) program.loaded.system_area = line.substr(21);
  for (const auto& boot : core::image::loaded_boot_images(*program.image)) {
    std::string text;
    if (boot.platform_id != 0) text += strprintf(" , platform_id=0x%2.2X ", static_cast<unsigned>(boot.platform_id));
    if (boot.boot_info_table) text += " , boot_info_table=on";
    if (boot.grub2_boot_info) text += " , grub2_boot_info=on";
    program.loaded.boot_image_options.push_back(text);
  }
}

enum class Loaded { tree, blank, refused, failed };

/// Loads the tree of the session at `start` into program.image.
Loaded load_tree(Program& program, core::Lba start) {
  program.report(Severity::note, strprintf("Loading ISO image tree from LBA %lld", static_cast<long long>(start.value)));
  const core::Blocks displacement{program.settings.drives.displacement};
  auto offer = core::image::survey_session(*program.indev, start + displacement, displacement);
  const bool unreadable = program.indev->kind() == core::drive::Kind::write_only;
  if (unreadable || (offer && !offer->is_iso)) {
    program.report({Severity::warning, strprintf("No ISO 9660 image at LBA %lld. Creating blank image.", static_cast<long long>(start.value)),
                    0, core::Origin::libisoburn});
    return new_empty_image(program) ? Loaded::blank : Loaded::failed;
  }
  if (offer && !volume_id_is_asserted(program, offer->volume_id)) return Loaded::refused;
  const auto began = std::chrono::steady_clock::now();
  program.image = core::image::load_image(program.indev, start, load_options(program), program.progress, program);
  if (program.image == nullptr) return Loaded::failed;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  if (const auto nodes = program.progress.done.load(); nodes > 0)
    program.report(Severity::update, counter_line(program.settings.frontend, nodes, "nodes read", seconds));
  auto boot = core::image::boot_equipment(*program.image);
  program.loaded = {};
  program.loaded.valid = true;
  program.loaded.start = start;
  if (offer) {
    program.loaded.offers = offered_words(*offer);
    program.loaded.trees = loaded_word(*offer, program.settings.drives.read_fs);
    program.loaded.times = offer->times;
  }
  program.settings.boot.attached.clear();
  learn_boot_equipment(program);
  program.loaded.boot_record = boot.present;
  program.loaded.boot_catalog = boot.catalog_path;
  program.loaded.boot_images = boot.image_paths;
  if (boot.present) program.report(Severity::note, "Detected El-Torito boot information which currently is set to be " + std::string(fate_of_loaded_boot_images(program)));
  return Loaded::tree;
}

/// The texts of the image become settings. A volume id that was given by the user stays, and the preparer of the next
/// session is never the one of the last.
void take_over_texts(Program& program) {
  auto& s = program.settings.image;
  auto texts = program.image->texts();
  texts.preparer_id = s.texts.preparer_id;
  if (s.volume_id_given && !s.texts.volume_id.empty() && s.texts.volume_id != "ISOIMAGE")
    texts.volume_id = s.texts.volume_id;
  else
    s.volume_id_given = false;
  s.texts = std::move(texts);
}

/// Shows the medium, the volume id if an image was there to be loaded, and the one that will replace it.
void show_loaded(Program& program) {
  show_medium(program, *program.indev);
  const auto status = program.indev->status();
  const bool written = status == MediumStatus::appendable || status == MediumStatus::closed;
  const std::string loaded = program.image->texts().volume_id, next = program.settings.image.texts.volume_id;
  if (written) program.info("Volume id    : " + shell_quote(loaded) + '\n');
  if (program.settings.image.volume_id_given && next != (written ? loaded : "ISOIMAGE"))
    program.info("New volume id: " + shell_quote(next) + '\n');
}

void calm(Program& program, DriveRole role) {
  if (!program.settings.drives.calm) return;
  if (has_input(role) && program.indev) program.indev->calm_down(true);
  if (has_output(role) && program.outdev && program.outdev != program.indev) program.outdev->calm_down(true);
}

void note_unwritable(Program& program, const Drive& drive) {
  const auto status = drive.status();
  if (status != MediumStatus::blank && status != MediumStatus::appendable)
    program.report(Severity::note, "Disc status unsuitable for writing");
}

}  // namespace

std::string_view role_word(DriveRole role) {
  return role == DriveRole::both ? "dev" : role == DriveRole::input ? "indev" : "outdev";
}

core::drive::AcquireOptions acquire_options(const Program& program) {
  const auto& s = program.settings;
  core::drive::AcquireOptions o;
  o.readonly = s.drives.readonly;
  o.exclusive = s.drives.exclusive;
  o.scan_rom_toc = s.drives.rom_toc_scan;
  o.force_rom_toc_scan = s.drives.rom_toc_scan_force;
  o.emulate_toc = s.drives.emul_toc_scan;
  o.wide_toc_search = s.drives.emul_toc_wide;
  o.no_acl = !s.import.acl;
  o.no_xattr = s.import.xattr == ImportSettings::Xattr::off;
  o.all_xattr = s.import.xattr == ImportSettings::Xattr::any;
  o.family = static_cast<core::drive::AcquireOptions::Family>(s.drives.scsi_dev_family);
  o.access_test = static_cast<core::drive::AcquireOptions::AccessTest>(s.drives.early_stdio_test);
  return o;
}

bool no_changes_pending(Program& program, std::string_view command) {
  if (program.image == nullptr || !program.image->changed()) return true;
  return program.fail(Severity::failure, "-" + std::string(command) + ": Image changes pending. -commit or -rollback first");
}

void drop_drives(Program& program, DriveRole role) {
  if (has_input(role)) {
    program.indev = nullptr;
    program.loaded = {};
  }
  if (has_output(role)) program.outdev = nullptr;
  if (program.indev == nullptr && program.outdev == nullptr && has_input(role)) program.image = nullptr;
}

void give_up_drives(Program& program, DriveRole role) {
  const bool same = program.indev == program.outdev;
  const bool told_in = has_input(role) && program.indev != nullptr;
  if (told_in) program.report(Severity::note, "Giving up " + drive_title(program, *program.indev));
  if (has_output(role) && program.outdev != nullptr && !same)
    program.report(Severity::note, "Giving up " + drive_title(program, *program.outdev));
  drop_drives(program, role);
}

bool take_drive_away(Program& program, DriveRole role) {
  const bool had_input = has_input(role) && program.indev != nullptr;
  drop_drives(program, role);
  if (had_input && program.outdev != nullptr) only_output_remains(program);
  return true;
}

bool renew_empty_image(Program& program) {
  if (program.outdev == nullptr) return new_empty_image(program);
  only_output_remains(program);
  return program.image != nullptr;
}

bool load_from_input(Program& program, ChooseSession choose) {
  if (program.indev == nullptr) return new_empty_image(program);
  const auto status = program.indev->status();
  if (status == MediumStatus::blank) {
    if (!new_empty_image(program)) return false;
    take_over_texts(program);
    show_loaded(program);
    return true;
  }
  if (status != MediumStatus::appendable && status != MediumStatus::closed) {
    program.fail(Severity::failure, "Disc status not blank and unsuitable for reading");
    lose_input(program);
    return false;
  }
  if (program.settings.drives.read_speed != -2) program.indev->set_read_speed(program.settings.drives.read_speed);
  const auto choice = session_choice(program.settings.drives);
  core::Result<void> chosen;
  // Without any choice the volume descriptors at block 0 of overwritable media lead to the newest session.
  if (choose == ChooseSession::yes || choice.by != core::drive::SessionChoice::By::automatic)
    chosen = program.indev->choose_session(choice);
  auto start = program.indev->loaded_session();
  program.drain();
  if (!chosen || !start) {
    // The library has told the cause, mostly. Nothing is loaded from a drive whose session can't be found.
    if (program.worst_of_command() < Severity::failure)
      program.report(!chosen ? std::move(chosen).problem() : std::move(start).problem());
    drop_drives(program, program.indev == program.outdev ? DriveRole::both : DriveRole::input);
    return false;
  }
  switch (load_tree(program, *start)) {
    case Loaded::refused: drop_drives(program, program.indev == program.outdev ? DriveRole::both : DriveRole::input); return false;
    case Loaded::failed: lose_input(program); return false;
    default: break;
  }
  take_over_texts(program);
  show_loaded(program);
  return true;
}

bool take_drive(Program& program, std::string_view address, DriveRole role) {
  if (has_input(role) && !no_changes_pending(program, role_word(role))) return false;
  if (address.empty()) {
    const bool had_input = has_input(role) && program.indev != nullptr;
    give_up_drives(program, role);
    if (had_input && program.outdev != nullptr) only_output_remains(program);
    return true;
  }
  const DriveRole other = role == DriveRole::input ? DriveRole::output : DriveRole::input;
  const auto& partner = role == DriveRole::both ? std::shared_ptr<Drive>() : other == DriveRole::output ? program.outdev : program.indev;
  std::shared_ptr<Drive> drive = partner != nullptr && partner->identity().address == address ? partner : nullptr;
  if (has_input(role)) program.indev = nullptr, program.loaded = {};
  if (has_output(role)) program.outdev = nullptr;
  if (drive == nullptr) drive = open_drive(program, std::string(address));
  if (drive == nullptr) {
    if (has_input(role)) lose_input(program);
    return false;
  }
  bool choose_again = false;
  if (has_input(role)) {
    // A choice of session lives until the next drive is taken.
    auto& s = program.settings.drives;
    choose_again = s.load_pending || (partner == drive && s.load_entity != "auto");
    if (!s.load_pending) s.load_entity = "auto", s.load_id.clear();
    s.load_pending = false;
    program.indev = drive;
  }
  if (has_output(role)) program.outdev = drive;
  if (has_output(role)) note_unwritable(program, *drive);
  bool ok = true;
  if (has_input(role)) {
    ok = load_from_input(program, choose_again ? ChooseSession::yes : ChooseSession::as_set);
  } else {
    if (program.image == nullptr) ok = new_empty_image(program);
    show_medium(program, *drive);
  }
  calm(program, role);
  return ok;
}

core::drive::Drive* require_output(Program& program, std::string_view action) {
  if (program.outdev == nullptr)
    program.fail(Severity::failure, "No output drive acquired on attempt to " + std::string(action));
  return program.outdev.get();
}

core::drive::Drive* require_input(Program& program, std::string_view action) {
  if (program.indev == nullptr) program.fail(Severity::failure, "No input drive acquired on attempt to " + std::string(action));
  return program.indev.get();
}

bool output_is_unrestricted(Program& program) {
  if (program.outdev == nullptr || !program.outdev->options().readonly) return true;
  program.report(Severity::failure, "The output drive was acquired readonly.");
  program.report(Severity::hint,
                 "Possible remedy: -drive_access \"exclusive:unrestricted\". Then give up and re-acquire the drive.");
  if (!program.outdev->options().exclusive)
    program.report(Severity::hint,
                   "If you insist in -drive_access \"shared:unrestricted\", first read man xorriso about the risks.");
  return false;
}

bool reassess_output(Program& program) {
  Drive& drive = *program.outdev;
  program.report(Severity::note, "Re-assessing -outdev " + shell_quote(drive.identity().address));
  auto done = drive.reassess();
  program.drain();
  if (!done) {
    program.report(std::move(done).problem());
    return false;
  }
  if (program.indev.get() == &drive) new_empty_image(program);
  show_medium(program, drive);
  return true;
}

}  // namespace xorriso
