// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each specification of -boot_image is a row: a name, and a function which gets the value behind "=".
#include "xorriso/commands/boot_specs.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "libcore/base/text.h"
#include "xorriso/boot_equipment.h"
#include "xorriso/commands/boot_reports.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::image::BootImageSpec;
using core::session::BootOptions;
using Machine = BootOptions::Machine;

/// The words of one command.
struct Spec {
  Program& program;
  const std::string& form;   ///< any, isolinux, grub
  const std::string& word;   ///< the whole specification
  std::string value;         ///< what is behind "=", if the row wants that
  BootSettings& boot = program.settings.boot;
  bool isolinux() const { return form == "isolinux"; }
  bool named() const { return isolinux() || form == "grub"; }
  bool unknown() const { return program.fail(Severity::failure, "Unrecognized options with -boot_image: " + form + " " + word); }
};

bool set_switch(Spec& s, bool& target) {
  if (s.value != "on" && s.value != "off") return s.unknown();
  target = s.value == "on";
  return true;
}

bool set_switch_or_sorry(Spec& s, bool& target, const char* name) {
  if (s.value != "on" && s.value != "off")
    return s.program.fail(Severity::sorry, "-boot_image " + s.form + " " + name + ": unknown mode : " + s.value);
  target = s.value == "on";
  return true;
}

struct Occupant { const char* name; const char* revoke; };

/// What already owns the first sector.
std::optional<Occupant> occupant(const BootOptions& layout) {
  switch (layout.machine) {
    case Machine::mips_big_endian: return Occupant{"MIPS Big Endian Volume Header", "mips_discard"};
    case Machine::mips_little_endian: return Occupant{"MIPS Little Endian Boot Block", "mips_discard"};
    case Machine::sun_sparc: return Occupant{"SUN Disk Label", "sparc_discard"};
    case Machine::hppa_4: return Occupant{"HP-PA PALO v4", nullptr};
    case Machine::hppa_5: return Occupant{"HP-PA PALO v5", nullptr};
    case Machine::dec_alpha: return Occupant{"DEC Alpha SRM boot sector", nullptr};
    case Machine::pc: break;
  }
  if (layout.isohybrid) return Occupant{"MBR for ISOLINUX isohybrid", "discard"};
  if (layout.protective_label) return Occupant{"protective-msdos-label", "discard"};
  return std::nullopt;
}

bool refuse_occupied(Spec& s, const std::string& what) {
  const auto owner = occupant(s.boot.layout);
  if (!owner) return true;
  s.program.report(Severity::failure, what + " : First sector already occupied by " + owner->name);
  if (owner->revoke != nullptr) s.program.report(Severity::hint, std::string("Revokable by -boot_image any ") + owner->revoke);
  return false;
}

/// Claims the first sector for one kind of machine.
bool claim(Spec& s, Machine machine, const std::string& what) {
  if (s.boot.layout.machine != machine && !refuse_occupied(s, what)) return false;
  s.boot.layout.machine = machine;
  return true;
}

bool needs_image(Spec& s) {
  return s.program.image != nullptr || s.program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
}

/// Takes up a path in the image, or an interval, or nothing.
bool set_iso_path(Spec& s, std::string& target) {
  if (s.value.empty() || s.value.starts_with("--interval:")) {
    target = s.value;
    return true;
  }
  auto path = s.program.iso_path(s.value);
  if (!path) return false;
  target = *std::move(path);
  return true;
}

// --- loaded equipment ----------------------------------------------------------------------------------------------

void forget_other_machines(BootSettings& boot) {
  boot.foreign = {};
  boot.layout.machine = Machine::pc;
  boot.layout.sparc_label.clear();
  boot.hppa_header_version = 5;
}

bool discard(Spec& s) {
  if (!s.boot.attached.empty() && s.program.image != nullptr) core::image::discard_boot_images(*s.program.image);
  s.boot.loaded = BootSettings::Loaded::discard;
  s.boot.patch_partition_table = false;
  s.boot.attached.clear();
  s.boot.pending = {};
  s.boot.catalog.clear();
  s.boot.catalog_hidden = {};
  s.boot.layout.protective_label = s.boot.layout.isohybrid = false;
  return true;
}

bool set_fate(Spec& s, BootSettings::Loaded fate) {
  if (!s.boot.attached.empty())
    return s.program.fail(Severity::failure, "Loaded boot image has already been replaced. Cannot keep or patch it.");
  s.boot.loaded = s.named() ? BootSettings::Loaded::patch : fate;
  s.boot.patch_partition_table = s.named();
  s.boot.pending.path.clear();
  s.boot.pending.boot_info_table = s.boot.loaded == BootSettings::Loaded::patch;
  return true;
}

bool keep(Spec& s) { return set_fate(s, BootSettings::Loaded::keep); }
bool patch(Spec& s) { return set_fate(s, BootSettings::Loaded::patch); }

bool replay(Spec& s) {
  if (!needs_image(s)) return false;
  discard(s);
  return replay_boot_equipment(s.program);
}

bool next(Spec& s) {
  if (s.boot.pending.path.empty()) return true;
  return needs_image(s) && attach_pending_boot_image(s.program);
}

bool show_status(Spec& s) {
  const std::string bar(36, '-');
  std::string text = bar + "\nStatus of loaded boot image        :\n" + bar + '\n';
  const LoadedSession& loaded = s.program.loaded;
  if (!s.boot.attached.empty()) {
    text += "Boot record  : (overridden by -boot_image any next)\n";
  } else if (const std::string record = boot_record_words(s.program); record.empty()) {
    text += "Boot record  : none\n";
  } else {
    text += "Boot record  : " + record + '\n';
    if (loaded.boot_record) {
      text += "Boot catalog : " + (loaded.boot_catalog.empty() ? "-not-found-at-load-time-" : shell_quote(loaded.boot_catalog)) + '\n';
      for (std::size_t i = 0; i < loaded.boot_images.size(); ++i) {
        const std::string& path = loaded.boot_images[i];
        text += "Boot image   : " + (path.empty() ? "-not-found-at-load-time-" : shell_quote(path));
        if (i < loaded.boot_image_options.size()) text += loaded.boot_image_options[i];
        text += '\n';
      }
    }
  }
  text += bar + "\nBoot image settings for next commit:\n" + bar + '\n';
  check_pending_boot_image(s.program);
  std::vector<StatusLine> lines;
  boot_status_lines(s.program, lines);
  for (const auto& line : lines) text += line.text + '\n';
  s.program.result(text + bar + '\n');
  return s.program.worst_of_command() < Severity::failure;
}

// --- El Torito -----------------------------------------------------------------------------------------------------

/// ISOLINUX and GRUB boot images need the boot info table, and loaded ones get patched.
void apply_habits(Spec& s) {
  if (!s.named() || s.boot.pending.path.empty()) return;
  s.boot.loaded = BootSettings::Loaded::patch;
  s.boot.pending.boot_info_table = true;
  s.boot.pending.load_size = 2048;
  s.boot.pending.full_load = false;
}

bool dir(Spec& s) {
  if (!s.isolinux()) return s.unknown();
  std::string directory = s.value.starts_with('/') ? s.value : "/" + s.value;
  if (directory == "/boot") directory = "/boot/isolinux";
  if (directory != "/" && directory != "/isolinux" && directory != "/boot/isolinux") {
    s.program.report(Severity::failure, "Unrecognized keyword with -boot_image " + s.form + " " + s.word);
    s.program.report(Severity::hint, "Allowed with dir= are / , /isolinux . /boot/isolinux");
    return false;
  }
  if (directory != "/") directory += '/';
  s.boot.pending.path = directory + "isolinux.bin";
  s.boot.catalog = directory + "boot.cat";
  apply_habits(s);
  return true;
}

bool bin_path(Spec& s) {
  if (!set_iso_path(s, s.boot.pending.path)) return false;
  apply_habits(s);
  return true;
}

bool efi_path(Spec& s) {
  if (!set_iso_path(s, s.boot.pending.path)) return false;
  s.boot.pending.efi = !s.boot.pending.path.empty();
  s.boot.pending.boot_info_table = false;
  return true;
}

bool cat_path(Spec& s) { return set_iso_path(s, s.boot.catalog); }

bool cat_hidden(Spec& s) {
  core::image::HiddenIn hidden = s.boot.catalog_hidden;
  for (const auto& part : split_colons(s.value)) {
    if (part.word == "on") hidden = {true, true, true};
    else if (part.word == "off") hidden = {};
    else if (part.word == "iso_rr") hidden.rock_ridge = true;
    else if (part.word == "joliet") hidden.joliet = true;
    else if (part.word == "hfsplus") hidden.hfsplus = true;
    else return s.unknown();
  }
  s.boot.catalog_hidden = hidden;
  return true;
}

bool boot_info_table(Spec& s) { return set_switch(s, s.boot.pending.boot_info_table); }
bool grub2_boot_info(Spec& s) { return set_switch(s, s.boot.pending.grub2_boot_info); }

bool load_size(Spec& s) {
  s.boot.pending.full_load = s.value == "full";
  if (s.boot.pending.full_load) return true;
  const std::int64_t size = parse_size(s.value);
  if (s.named() && size < 512)
    return s.program.fail(Severity::failure, strprintf("-boot_image %s : load_size too small (%s < 512)", s.form.c_str(), s.value.c_str()));
  s.boot.pending.load_size = size;
  return true;
}

bool platform_id(Spec& s) {
  unsigned number = 256;
  if (s.value.starts_with("0x")) std::sscanf(s.value.c_str() + 2, "%x", &number);
  else std::sscanf(s.value.c_str(), "%u", &number);
  if (number > 255)
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " : platform_id too large (" + s.value + " > 0xff)");
  s.boot.pending.platform_id = static_cast<int>(number);
  return true;
}

bool emul_type(Spec& s) {
  using E = BootImageSpec::Emulation;
  static constexpr Choice<E> kChoices[] = {{"none", E::none}, {"no_emulation", E::none}, {"hard_disk", E::hard_disk},
                                           {"floppy", E::diskette}, {"diskette", E::diskette}};
  const auto* choice = find_choice(kChoices, s.value);
  if (choice == nullptr) return s.program.fail(Severity::failure, "-boot_image " + s.form + " : Unknown media_type : " + s.value);
  s.boot.pending.emulation = choice->value;
  return true;
}

bool id_string(Spec& s) {
  auto& id = s.boot.pending.id_string;
  id.fill(0);
  const auto bytes = s.value.size() == 2 * id.size() ? parse_hex(s.value) : std::nullopt;
  if (bytes) std::copy(bytes->begin(), bytes->end(), id.begin());
  else std::copy_n(s.value.begin(), std::min(s.value.size(), id.size()), id.begin());
  return true;
}

bool sel_crit(Spec& s) {
  auto& criteria = s.boot.pending.selection;
  const auto bytes = parse_hex(s.value);
  if (!bytes || bytes->empty() || bytes->size() > criteria.size())
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " sel_crit= : Wrong form. Need even number of hex digits.");
  criteria.fill(0);
  std::copy(bytes->begin(), bytes->end(), criteria.begin());
  return true;
}

bool partition_entry(Spec& s) {
  if (!s.isolinux())
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " " + s.word + " : Wrong type. Need \"isolinux\".");
  auto& pending = s.boot.pending;
  using Entry = BootImageSpec::GptEntry;
  if (s.value == "gpt_basdat") pending.gpt_entry = Entry::basic_data;
  else if (s.value == "gpt_hfsplus") pending.gpt_entry = Entry::hfsplus;
  else if (s.value == "apm_hfsplus") pending.apm_entry = true;
  else if (s.value == "off") pending.gpt_entry = Entry::none, pending.apm_entry = false;
  else return s.unknown();
  return true;
}

bool isohybrid(Spec& s) {
  if (!s.isolinux()) return s.unknown();
  if (s.value == "off") return true;
  s.program.report(Severity::failure, "isohybrid MBR generation has been disabled on request of its inventor H. Peter Anvin on 31 Mar 2010");
  s.program.report(Severity::hint, "It has been replaced by -boot_image isolinux system_area=External-File");
  return false;
}

// --- system area ---------------------------------------------------------------------------------------------------

/// Sets the source of the system area. It has to exist already.
bool set_area_source(Spec& s) {
  std::string& area = s.boot.layout.system_area;
  if (s.value.empty() || s.value == ".") {
    area.clear();
    return true;
  }
  if (s.value.starts_with("--interval:")) {
    area = s.value;
    return true;
  }
  const auto path = s.program.disk_path(s.value);
  if (!path) return false;
  struct stat info;
  if (::stat(path->c_str(), &info) != 0)
    return s.program.fail(Severity::failure, "Given path does not exist on disk: -boot_image system_area=" + shell_quote(*path));
  area = *path;
  return true;
}

bool system_area(Spec& s) {
  if (!set_area_source(s)) return false;
  s.boot.layout.grub2_mbr = false;
  if (s.isolinux()) s.boot.layout.isohybrid = true, s.boot.layout.protective_label = false;
  return true;
}

bool grub2_mbr(Spec& s) {
  if (s.boot.layout.isohybrid && !refuse_occupied(s, "")) return false;
  if (!set_area_source(s)) return false;
  s.boot.layout.grub2_mbr = !s.value.empty();
  return true;
}

bool partition_table(Spec& s) {
  BootOptions& layout = s.boot.layout;
  if (s.value != "on" && s.value != "off") return s.unknown();
  if (layout.machine != Machine::pc && !refuse_occupied(s, "-boot_image " + s.form + " partition_table=")) return false;
  layout.isohybrid = s.value == "on" && s.isolinux();
  layout.protective_label = s.value == "on" && !s.isolinux();
  return true;
}

bool partition_offset(Spec& s) {
  const std::int64_t blocks = parse_blocks(s.value);
  if (blocks > 0 && blocks < 16)
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " partition_offset= : Non-zero number too small (<16).");
  if (blocks < 0 || blocks > 0xffffffff)
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " partition_offset= : Number too large (>0xffffffff).");
  s.boot.layout.partition_offset = static_cast<std::uint32_t>(blocks);
  return true;
}

bool set_geometry(Spec& s, const char* name, int limit, int& target) {
  const std::int64_t number = parse_integer(s.value).value_or(0);
  if (number < 0 || number > limit)
    return s.program.fail(Severity::failure, strprintf("-boot_image %s %s= : Number too large (>%d).", s.form.c_str(), name, limit));
  target = static_cast<int>(number);
  return true;
}

bool partition_hd_cyl(Spec& s) { return set_geometry(s, "partition_hd_cyl", 255, s.boot.layout.heads_per_cylinder); }
bool partition_sec_hd(Spec& s) { return set_geometry(s, "partition_sec_hd", 63, s.boot.layout.sectors_per_head); }

bool partition_cyl_align(Spec& s) {
  using A = BootOptions::Align;
  static constexpr Choice<A> kChoices[] = {{"auto", A::automatic}, {"on", A::on}, {"off", A::off}, {"all", A::all}};
  const auto* choice = find_choice(kChoices, s.value);
  if (choice == nullptr)
    return s.program.fail(Severity::sorry, "-boot_image " + s.form + " partition_cyl_align: unknown mode : " + s.value);
  s.boot.layout.align = choice->value;
  return true;
}

bool mbr_force_bootable(Spec& s) { return set_switch_or_sorry(s, s.boot.layout.force_bootable, "mbr_force_bootable="); }
bool chrp_boot_part(Spec& s) { return set_switch_or_sorry(s, s.boot.layout.chrp, "chrp_boot_part"); }
bool part_like_isohybrid(Spec& s) { return set_switch(s, s.boot.layout.like_isohybrid); }

bool appended_part_as(Spec& s) {
  BootOptions& layout = s.boot.layout;
  if (s.value == "gpt") layout.appended_as_gpt = true;
  else if (s.value == "apm") layout.appended_as_apm = true;
  else if (s.value == "mbr") layout.appended_as_gpt = layout.appended_as_apm = false;
  else return s.unknown();
  return true;
}

bool iso_mbr_part_type(Spec& s) {
  BootOptions& layout = s.boot.layout;
  unsigned number = 0;
  if (s.value.starts_with("de")) {
    layout.iso_mbr_type = -1;
    layout.iso_type_guid.reset();
    return true;
  }
  if (const auto guid = parse_guid(s.value)) {
    layout.iso_type_guid = guid;
    return true;
  }
  if (s.value.starts_with("0x")) std::sscanf(s.value.c_str() + 2, "%x", &number);
  else std::sscanf(s.value.c_str(), "%u", &number);
  if (number > 255)
    return s.program.fail(Severity::failure, "-boot_image " + s.form + " : iso_mbr_part_type=" + shell_quote(s.value) +
                                                 " wrong (\"default\", 0 ... 255, 0x00 ... 0xff)");
  layout.iso_mbr_type = static_cast<int>(number);
  layout.iso_type_guid.reset();
  return true;
}

bool gpt_disk_guid(Spec& s) {
  BootOptions& layout = s.boot.layout;
  using Source = BootOptions::GuidSource;
  if (s.value == "random") layout.disk_guid_source = Source::random;
  else if (s.value == "volume_date_uuid" || s.value == "modification-date") layout.disk_guid_source = Source::volume_uuid;
  else if (const auto guid = parse_guid(s.value)) layout.disk_guid_source = Source::given, layout.disk_guid = *guid;
  else return s.program.fail(Severity::failure, "Malformed GUID string: " + shell_quote(s.value));
  return true;
}

bool prep_boot_part(Spec& s) { s.boot.layout.prep_image = s.value; return true; }
bool efi_boot_part(Spec& s) { s.boot.layout.efi_image = s.value; return true; }

// --- other machines ------------------------------------------------------------------------------------------------

bool mips_file(Spec& s, Machine machine, const char* name, std::size_t limit) {
  if (!needs_image(s) || !claim(s, machine, "-boot_image " + s.form + " " + name + "=")) return false;
  if (s.boot.foreign.mips.size() >= limit)
    return s.program.fail(Severity::failure, limit == 1 ? "There is already a boot image file registered."
                                                        : "Too many MIPS boot files: -boot_image " + s.form + " " + s.word);
  std::string path;
  if (!set_iso_path(s, path)) return false;
  s.boot.foreign.mips.push_back(std::move(path));
  return true;
}

bool mips_path(Spec& s) { return mips_file(s, Machine::mips_big_endian, "mips_path", 15); }
bool mipsel_path(Spec& s) { return mips_file(s, Machine::mips_little_endian, "mipsel_path", 1); }

bool sparc_label(Spec& s) {
  if (!claim(s, Machine::sun_sparc, "-boot_image " + s.form + " sparc_label=")) return false;
  s.boot.layout.sparc_label = s.value.substr(0, 128);
  return true;
}

bool grub2_sparc_core(Spec& s) { return set_iso_path(s, s.boot.foreign.sparc_core); }

bool claim_hppa(Spec& s, int version) {
  if (!needs_image(s)) return false;
  const Machine machine = s.boot.layout.machine;
  const bool mine = machine == Machine::hppa_4 || machine == Machine::hppa_5;
  if (!mine && !refuse_occupied(s, "-boot_image " + s.form + " " + s.word)) return false;
  s.boot.hppa_header_version = version;
  s.boot.layout.machine = version == 4 ? Machine::hppa_4 : Machine::hppa_5;
  return true;
}

bool set_hppa(Spec& s, std::string core::image::ForeignBootFiles::*member) {
  if (!claim_hppa(s, s.boot.hppa_header_version)) return false;
  s.boot.foreign.*member = s.value;
  return true;
}

using Foreign = core::image::ForeignBootFiles;
bool hppa_cmdline(Spec& s) { return set_hppa(s, &Foreign::hppa_cmdline); }
bool hppa_bootloader(Spec& s) { return set_hppa(s, &Foreign::hppa_bootloader); }
bool hppa_kernel_32(Spec& s) { return set_hppa(s, &Foreign::hppa_kernel_32); }
bool hppa_kernel_64(Spec& s) { return set_hppa(s, &Foreign::hppa_kernel_64); }
bool hppa_ramdisk(Spec& s) { return set_hppa(s, &Foreign::hppa_ramdisk); }

bool hppa_hdrversion(Spec& s) {
  if (!needs_image(s)) return false;
  if (s.value != "4" && s.value != "5") return s.program.fail(Severity::failure, "Unsupported HP-PA PALO header version " + shell_quote(s.value));
  return claim_hppa(s, s.value == "4" ? 4 : 5);
}

bool alpha_boot(Spec& s) {
  if (!needs_image(s) || !claim(s, Machine::dec_alpha, "-boot_image " + s.form + " " + s.word)) return false;
  return set_iso_path(s, s.boot.foreign.alpha_boot);
}

bool other_discard(Spec& s) {
  forget_other_machines(s.boot);
  return true;
}

bool hfsplus_serial(Spec& s) {
  const auto bytes = s.value.size() == 16 ? parse_hex(s.value) : std::nullopt;
  if (!bytes) {
    s.program.report(Severity::failure, "boot_image " + s.form + " : Malformed hfsplus_serial : " + s.value);
    s.program.report(Severity::hint, "Expected is a string of 16 hex digits [0-9a-fA-F]");
    return false;
  }
  std::copy(bytes->begin(), bytes->end(), s.boot.layout.hfsplus_serial.begin());
  return true;
}

bool set_block_size(Spec& s, const char* name, int& target) {
  if (s.value != "0" && s.value != "512" && s.value != "2048") {
    s.program.report(Severity::failure, "boot_image " + s.form + " : Malformed " + name + " : " + s.value);
    s.program.report(Severity::hint, "Expected are 0, 512, or 2048");
    return false;
  }
  target = std::atoi(s.value.c_str());
  return true;
}

bool hfsplus_block_size(Spec& s) { return set_block_size(s, "hfsplus_block_size", s.boot.layout.hfsplus_block_size); }
bool apm_block_size(Spec& s) { return set_block_size(s, "apm_block_size", s.boot.layout.apm_block_size); }

struct SpecRow { std::string_view name; bool (*store)(Spec&); };

constexpr SpecRow kPlainSpecs[] = {
    {"discard", discard}, {"keep", keep}, {"patch", patch}, {"replay", replay}, {"next", next}, {"show_status", show_status},
    {"mips_discard", other_discard}, {"mipsel_discard", other_discard}, {"sparc_discard", other_discard},
    {"hppa_discard", other_discard}, {"alpha_discard", other_discard},
};

constexpr SpecRow kValueSpecs[] = {
    {"alpha_boot", alpha_boot}, {"apm_block_size", apm_block_size}, {"appended_part_as", appended_part_as}, {"bin_path", bin_path},
    {"boot_info_table", boot_info_table}, {"cat_hidden", cat_hidden}, {"cat_path", cat_path}, {"chrp_boot_part", chrp_boot_part},
    {"dir", dir}, {"efi_boot_part", efi_boot_part}, {"efi_path", efi_path}, {"emul_type", emul_type}, {"gpt_disk_guid", gpt_disk_guid},
    {"grub2_boot_info", grub2_boot_info}, {"grub2_mbr", grub2_mbr}, {"grub2_sparc_core", grub2_sparc_core},
    {"hfsplus_block_size", hfsplus_block_size}, {"hfsplus_serial", hfsplus_serial}, {"hppa_bootloader", hppa_bootloader},
    {"hppa_cmdline", hppa_cmdline}, {"hppa_hdrversion", hppa_hdrversion}, {"hppa_kernel_32", hppa_kernel_32},
    {"hppa_kernel_64", hppa_kernel_64}, {"hppa_ramdisk", hppa_ramdisk}, {"id_string", id_string}, {"iso_mbr_part_type", iso_mbr_part_type},
    {"isohybrid", isohybrid}, {"load_size", load_size}, {"mbr_force_bootable", mbr_force_bootable}, {"mips_path", mips_path},
    {"mipsel_path", mipsel_path}, {"part_like_isohybrid", part_like_isohybrid}, {"partition_cyl_align", partition_cyl_align},
    {"partition_entry", partition_entry}, {"partition_hd_cyl", partition_hd_cyl}, {"partition_offset", partition_offset},
    {"partition_sec_hd", partition_sec_hd}, {"partition_table", partition_table}, {"platform_id", platform_id},
    {"prep_boot_part", prep_boot_part}, {"sel_crit", sel_crit}, {"sparc_label", sparc_label}, {"system_area", system_area},
};

}  // namespace

bool cmd_boot_image(Program& program, Words words) {
  Spec spec{.program = program, .form = words[0], .word = words[1], .value = {}};
  for (const SpecRow& row : kPlainSpecs)
    if (row.name == spec.word) return row.store(spec);
  const std::size_t at = spec.word.find('=');
  if (at == std::string::npos) return spec.unknown();
  spec.value = spec.word.substr(at + 1);
  for (const SpecRow& row : kValueSpecs)
    if (row.name == std::string_view(spec.word).substr(0, at)) return row.store(spec);
  return spec.unknown();
}

}  // namespace xorriso
