// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/boot_equipment.h"

#include <algorithm>
#include <cctype>

#include "libcore/base/text.h"
#include "libcore/session/image_options.h"
#include "xorriso/commands/boot_partitions.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::strprintf;
using core::image::BootImageSpec;
using core::session::BootOptions;
using Lines = std::vector<std::string>;

const char* on_off(bool on) { return on ? "on" : "off"; }

/// The short form stands for a boot image in one of the usual places with all that ISOLINUX needs.
std::string isolinux_directory(const BootImageSpec& spec, const std::string& catalog) {
  BootImageSpec usual{.path = spec.path, .boot_info_table = true};
  if (!(spec == usual)) return {};
  for (const char* directory : {"/", "/isolinux/", "/boot/isolinux/"}) {
    const std::string prefix = directory;
    if (spec.path != prefix + "isolinux.bin" || catalog != prefix + "boot.cat") continue;
    return prefix == "/" ? prefix : prefix.substr(0, prefix.size() - 1);
  }
  return {};
}

std::string emulation_word(BootImageSpec::Emulation emulation) {
  using E = BootImageSpec::Emulation;
  return emulation == E::hard_disk ? "hard_disk" : emulation == E::diskette ? "diskette" : "no_emulation";
}

void add_boot_image(const BootImageSpec& spec, const std::string& catalog, Lines& lines) {
  if (const std::string directory = isolinux_directory(spec, catalog); !directory.empty()) {
    lines.push_back("isolinux dir=" + directory);
    return;
  }
  lines.push_back("any bin_path=" + shell_quote(spec.path));
  lines.push_back("any emul_type=" + emulation_word(spec.emulation));
  lines.push_back(strprintf("any platform_id=0x%2.2x", static_cast<unsigned>(spec.platform_id)));
  lines.push_back(strprintf("any boot_info_table=%s", on_off(spec.boot_info_table)));
  lines.push_back(strprintf("grub grub2_boot_info=%s", on_off(spec.grub2_boot_info)));
  lines.push_back(strprintf("any load_size=%llu", static_cast<unsigned long long>(spec.load_size)));
  const auto upper = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
  };
  lines.push_back("any sel_crit=" + upper(hex_digits(spec.selection)));
  lines.push_back("any id_string=" + upper(hex_digits(spec.id_string)));
  using Entry = BootImageSpec::GptEntry;
  if (spec.gpt_entry == Entry::none && !spec.apm_entry) lines.push_back("isolinux partition_entry=off");
  if (spec.gpt_entry == Entry::basic_data) lines.push_back("isolinux partition_entry=gpt_basdat");
  if (spec.gpt_entry == Entry::hfsplus) lines.push_back("isolinux partition_entry=gpt_hfsplus");
  if (spec.apm_entry) lines.push_back("isolinux partition_entry=apm_hfsplus");
}

std::string hidden_words(core::image::HiddenIn hidden) {
  if (hidden.rock_ridge && hidden.joliet && hidden.hfsplus) return "on";
  std::string words;
  const auto add = [&](bool set, const char* word) {
    if (set) words += (words.empty() ? "" : ":") + std::string(word);
  };
  add(hidden.rock_ridge, "iso_rr");
  add(hidden.joliet, "joliet");
  add(hidden.hfsplus, "hfsplus");
  return words.empty() ? "off" : words;
}

void add_foreign(const BootSettings& boot, Lines& lines) {
  const auto& f = boot.foreign;
  const bool little = boot.layout.machine == BootOptions::Machine::mips_little_endian;
  for (const auto& path : f.mips) lines.push_back(std::string("any ") + (little ? "mipsel_path=" : "mips_path=") + shell_quote(path));
  if (!boot.layout.sparc_label.empty()) lines.push_back("any sparc_label=" + shell_quote(boot.layout.sparc_label));
  if (!f.sparc_core.empty()) lines.push_back("grub grub2_sparc_core=" + shell_quote(f.sparc_core));
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) lines.push_back(std::string("any ") + name + "=" + shell_quote(value));
  };
  add("hppa_cmdline", f.hppa_cmdline);
  add("hppa_bootloader", f.hppa_bootloader);
  add("hppa_kernel_32", f.hppa_kernel_32);
  add("hppa_kernel_64", f.hppa_kernel_64);
  add("hppa_ramdisk", f.hppa_ramdisk);
  using M = BootOptions::Machine;
  if (boot.layout.machine == M::hppa_4) add("hppa_hdrversion", "4");
  if (boot.layout.machine == M::hppa_5) add("hppa_hdrversion", "5");
  add("alpha_boot", f.alpha_boot);
}

void add_system_area(const BootOptions& b, Lines& lines) {
  const std::string path = shell_quote(b.system_area);
  if (b.machine == BootOptions::Machine::pc) {
    if (b.grub2_mbr) lines.push_back("grub grub2_mbr=" + path);
    else lines.push_back(std::string(b.isohybrid ? "isolinux" : b.protective_label ? "grub" : "any") + " system_area=" + path);
  }
  lines.push_back(strprintf("any partition_offset=%u", b.partition_offset));
  lines.push_back(strprintf("any partition_sec_hd=%d", b.sectors_per_head));
  lines.push_back(strprintf("any partition_hd_cyl=%d", b.heads_per_cylinder));
  constexpr const char* kAlign[] = {"auto", "on", "off", "all"};
  lines.push_back(std::string("any partition_cyl_align=") + kAlign[static_cast<int>(b.align)]);
  if (b.isohybrid) lines.push_back("isolinux partition_table=on");
  else if (b.protective_label) lines.push_back("grub partition_table=on");
  else if (b.partition_offset == 0) lines.push_back("grub partition_table=off");
  lines.push_back(strprintf("any mbr_force_bootable=%s", on_off(b.force_bootable)));
}

void add_partitions(const BootOptions& b, Lines& lines) {
  if (!b.appended_as_gpt && !b.appended_as_apm) lines.push_back("any appended_part_as=mbr");
  if (b.appended_as_gpt) lines.push_back("any appended_part_as=gpt");
  if (b.appended_as_apm) lines.push_back("any appended_part_as=apm");
  lines.push_back(strprintf("any part_like_isohybrid=%s", on_off(b.like_isohybrid)));
  lines.push_back("any iso_mbr_part_type=" + (b.iso_type_guid ? guid_hex(*b.iso_type_guid)
                                              : b.iso_mbr_type < 0 ? std::string("default") : strprintf("0x%2.2x", static_cast<unsigned>(b.iso_mbr_type))));
  using Source = BootOptions::GuidSource;
  lines.push_back("any gpt_disk_guid=" + (b.disk_guid_source == Source::random         ? std::string("random")
                                          : b.disk_guid_source == Source::volume_uuid ? std::string("volume_date_uuid")
                                                                                      : guid_hex(b.disk_guid)));
  lines.push_back(strprintf("any chrp_boot_part=%s", on_off(b.chrp)));
  lines.push_back("any prep_boot_part=" + shell_quote(b.prep_image));
  lines.push_back("any efi_boot_part=" + shell_quote(b.efi_image));
  lines.push_back("any hfsplus_serial=" + hex_digits(b.hfsplus_serial));
  lines.push_back(strprintf("any hfsplus_block_size=%d", b.hfsplus_block_size));
  lines.push_back(strprintf("any apm_block_size=%d", b.apm_block_size));
}

/// The mode of loaded boot equipment, or the catalog if new equipment takes its place.
void add_mode(const Program& program, Lines& lines) {
  const BootSettings& boot = program.settings.boot;
  const bool replacing = !boot.attached.empty() ||
                         (program.image != nullptr && !boot.pending.path.empty() &&
                          (!program.loaded.boot_record || boot.loaded == BootSettings::Loaded::discard));
  if (replacing) {
    lines.push_back("any cat_path=" + shell_quote(boot.catalog));
    lines.push_back("any cat_hidden=" + hidden_words(boot.catalog_hidden));
    return;
  }
  constexpr const char* kModes[] = {"any discard", "any keep", "any patch"};
  lines.push_back(kModes[static_cast<int>(boot.loaded)]);
}

}  // namespace

void check_pending_boot_image(Program& program) {
  const std::string& path = program.settings.boot.pending.path;
  if (path.empty()) return;
  if (program.image == nullptr) program.report(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
  else if (!program.image->find(path)) program.report(Severity::failure, "Cannot find path " + shell_quote(path) + " in loaded ISO image");
}

namespace {

Lines setting_lines(const Program& program) {
  const BootSettings& boot = program.settings.boot;
  Lines lines;
  add_foreign(boot, lines);
  add_mode(program, lines);
  for (const auto& spec : boot.attached) {
    add_boot_image(spec, boot.catalog, lines);
    lines.push_back("any next");
  }
  add_boot_image(boot.pending, boot.catalog, lines);
  lines.push_back(boot.layout.appended_as_gpt ? "any appended_part_as=gpt" : "any appended_part_as=mbr");
  add_system_area(boot.layout, lines);
  add_partitions(boot.layout, lines);
  return lines;
}

constexpr std::string_view kDefaults[] = {
    "any discard", "any bin_path=''", "any emul_type=no_emulation", "any platform_id=0x00", "any boot_info_table=off",
    "grub grub2_boot_info=off", "any load_size=2048", "any sel_crit=0000000000000000000000000000000000000000",
    "any id_string=00000000000000000000000000000000000000000000000000000000", "isolinux partition_entry=off",
    "any appended_part_as=mbr", "any system_area=''", "any partition_offset=0", "any partition_sec_hd=0",
    "any partition_hd_cyl=0", "any partition_cyl_align=auto", "grub partition_table=off", "any mbr_force_bootable=off",
    "any part_like_isohybrid=off", "any iso_mbr_part_type=default", "any gpt_disk_guid=random",
    "any chrp_boot_part=off", "any prep_boot_part=''", "any efi_boot_part=''", "any hfsplus_serial=0000000000000000",
    "any hfsplus_block_size=0", "any apm_block_size=0",
};

bool fill_system_area(Program& program, BootOptions& layout) {
  if (layout.system_area.empty()) return true;
  auto area = core::session::read_system_area(*program.image, layout.system_area);
  if (!area) {
    program.report(std::move(area).problem());
    return false;
  }
  const bool zeros = layout.system_area == "/dev/zero";
  program.report(Severity::note, strprintf("Copying to System Area: %zu bytes from file %s", zeros ? std::size_t{1} : area->count,
                                           shell_quote(layout.system_area).c_str()));
  layout.area_bytes = std::move(area->bytes);
  return true;
}

bool treat_loaded(Program& program, BootOptions& layout) {
  BootSettings& boot = program.settings.boot;
  using Loaded = BootSettings::Loaded;
  if (boot.patch_partition_table && boot.loaded == Loaded::patch && layout.system_area.empty()) {
    auto loaded = core::image::loaded_system_area(*program.image);
    layout.protective_label = layout.protective_label || (loaded.options & 3) == 1;
    layout.isohybrid = layout.isohybrid || (loaded.options & 2) != 0;
    if (layout.protective_label || layout.isohybrid) layout.area_bytes = std::move(loaded.bytes);
  }
  if (!program.loaded.boot_record || core::image::boot_image_count(*program.image) == 0) return true;
  if (boot.loaded == Loaded::discard) {
    program.report(Severity::note, "Discarded boot image from old session");
    core::image::discard_boot_images(*program.image);
    return true;
  }
  const bool patch = boot.loaded == Loaded::patch;
  program.report(Severity::note, patch ? "Patching boot info table" : "Keeping boot image unchanged");
  auto done = core::image::set_repatching(*program.image, patch ? core::image::Repatch::where_present : core::image::Repatch::no);
  if (!done) program.report(std::move(done).problem());
  return done.ok();
}

}  // namespace

std::string hex_digits(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const auto byte : bytes) text += strprintf("%2.2x", byte);
  return text;
}

std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view digits) {
  const auto value = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) ? c - '0' : std::tolower(static_cast<unsigned char>(c)) - 'a' + 10; };
  if (digits.size() % 2 != 0 || !std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isxdigit(c); })) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) bytes.push_back(static_cast<std::uint8_t>(value(digits[i]) << 4 | value(digits[i + 1])));
  return bytes;
}

namespace {
/// Between disk order and written order: the first three groups are little-endian on disk.
std::array<std::uint8_t, 16> swapped(std::array<std::uint8_t, 16> guid) {
  std::reverse(guid.begin(), guid.begin() + 4);
  std::reverse(guid.begin() + 4, guid.begin() + 6);
  std::reverse(guid.begin() + 6, guid.begin() + 8);
  return guid;
}
}  // namespace

std::string guid_hex(const std::array<std::uint8_t, 16>& guid) { return hex_digits(guid); }

std::string guid_dashed(const std::array<std::uint8_t, 16>& guid) {
  std::string text = hex_digits(swapped(guid));
  for (const std::size_t at : {20, 16, 12, 8}) text.insert(at, "-");
  return text;
}

std::optional<std::array<std::uint8_t, 16>> parse_guid(std::string_view word) {
  std::string digits(word);
  const bool dashed = word.size() == 36 && word[8] == '-' && word[13] == '-' && word[18] == '-' && word[23] == '-';
  if (dashed) std::erase(digits, '-');
  const auto bytes = digits.size() == 32 ? parse_hex(digits) : std::nullopt;
  if (!bytes) return std::nullopt;
  std::array<std::uint8_t, 16> guid{};
  std::copy(bytes->begin(), bytes->end(), guid.begin());
  return dashed ? swapped(guid) : guid;
}

std::string boot_record_words(const Program& program) {
  std::string words = program.loaded.boot_record ? "El Torito" : "";
  if (program.loaded.system_area.empty()) return words;
  return (words.empty() ? "(system area only)" : words) + " , " + program.loaded.system_area;
}

std::string_view fate_of_loaded_boot_images(const Program& program) {
  const BootSettings& boot = program.settings.boot;
  if (!boot.pending.path.empty()) return "replaced by new boot image";
  if (boot.loaded == BootSettings::Loaded::discard) return "discarded";
  return boot.loaded == BootSettings::Loaded::keep ? "kept unchanged" : "patched";
}

void boot_status_lines(const Program& program, std::vector<StatusLine>& lines) {
  bool partitions_told = false;
  for (const auto& text : setting_lines(program)) {
    lines.push_back({"-boot_image " + text, std::find(std::begin(kDefaults), std::end(kDefaults), text) != std::end(kDefaults)});
    if (partitions_told || !text.starts_with("any appended_part_as=")) continue;
    status_append_partition(program, lines);
    partitions_told = true;
  }
}

namespace {

bool attach(Program& program, const BootImageSpec& spec, bool first) {
  BootSettings& boot = program.settings.boot;
  if (boot.catalog.empty()) boot.catalog = (spec.path.starts_with('/') ? spec.path.substr(0, spec.path.rfind('/')) : std::string()) + "/boot.cat";
  using Order = core::image::BootImageOrder;
  auto done = core::image::attach_boot_image(*program.image, spec, first ? Order::first : Order::further, boot.catalog, boot.catalog_hidden);
  program.drain();
  if (done) return true;
  const bool from_library = done.problem().origin != core::Origin::xorriso;
  program.report(std::move(done).problem());
  if (from_library) program.report(Severity::failure, "Could not attach El-Torito boot image to ISO 9660 image");
  return false;
}

/// Attaches all anew: the tree may have changed, or the size was predicted before.
bool attach_all(Program& program) {
  const BootSettings& boot = program.settings.boot;
  bool first = true;
  for (const auto& spec : boot.attached) {
    if (!attach(program, spec, first)) return false;
    first = false;
  }
  return boot.pending.path.empty() || attach(program, boot.pending, first);
}

}  // namespace

bool attach_pending_boot_image(Program& program) {
  BootSettings& boot = program.settings.boot;
  if (boot.pending.path.empty()) return true;
  if (!attach(program, boot.pending, boot.attached.empty())) return false;
  boot.attached.push_back(std::move(boot.pending));
  boot.pending = {};
  return true;
}

bool prepare_boot_equipment(Program& program, core::session::ImageOptions& options) {
  const BootSettings& boot = program.settings.boot;
  if (!fill_system_area(program, options.boot)) return false;
  // Boot loaders which get a boot info table read plain ISO 9660 names, and expect them as users wrote them.
  if (boot.pending.boot_info_table) options.relaxations.lowercase = options.relaxations.seven_bit_ascii = true;
  const bool as_new = !boot.attached.empty() || !boot.pending.path.empty();
  if (as_new ? !attach_all(program) : !treat_loaded(program, options.boot)) return false;
  auto done = core::image::set_foreign_boot_files(*program.image, boot.foreign);
  if (!done) program.report(std::move(done).problem());
  return done.ok();
}

}  // namespace xorriso
