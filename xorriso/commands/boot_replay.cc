// SPDX-License-Identifier: GPL-3.0-or-later
//
// The facts come from the plain report lines, whose form is documented and stable.
#include "xorriso/commands/boot_replay.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "libcore/base/text.h"
#include "libcore/image/boot.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::shell_quote;
using core::strprintf;

struct Partition {
  unsigned status = 0, type = 0;
  long long start = 0, blocks = 0;   ///< 512 bytes each
  std::string name, type_guid;
};

struct BootImage {
  std::string platform, emulation, path, options;
  long long load_size = 0, lba = 0;
};

struct Facts {
  unsigned options = 0;
  std::string summary, catalog, mips, alpha;
  bool has_area = false, has_mbr = false, has_catalog = false;
  long long size = 0, offset = 0, heads = 0, sectors = 0, apm_block_size = 0;
  std::map<int, Partition> mbr, gpt, apm;
  std::map<int, BootImage> images;
};

/// What is behind the colon, without leading blanks.
std::string text_of(const std::string& line) {
  const std::size_t at = line.find_first_not_of(' ', line.find(':') + 1);
  return at == std::string::npos ? std::string() : line.substr(at);
}

/// The text behind the number with which a line about item X begins.
std::string item_text(const std::string& line, int& number) {
  int used = 0;
  const std::string text = text_of(line);
  if (std::sscanf(text.c_str(), "%d  %n", &number, &used) != 1) number = 0;
  return text.substr(std::min(text.size(), static_cast<std::size_t>(used)));
}

void take_area_line(const std::string& line, Facts& f) {
  const std::string key = line.substr(0, std::min<std::size_t>(line.size(), 19)), text = text_of(line);
  int n = 0;
  const std::string item = item_text(line, n);
  if (key == "System area options") f.options = static_cast<unsigned>(std::strtoul(text.c_str(), nullptr, 16)), f.has_area = true;
  if (key == "System area summary") f.summary = text;
  if (key == "ISO image size/512 ") f.size = std::atoll(text.c_str());
  if (key == "Partition offset   ") f.offset = std::atoll(text.c_str()), f.has_mbr = true;
  if (key == "MBR heads per cyl  ") f.heads = std::atoll(text.c_str());
  if (key == "MBR secs per head  ") f.sectors = std::atoll(text.c_str());
  if (key == "APM block size     ") f.apm_block_size = std::atoll(text.c_str());
  if (key == "MIPS-BE boot path  " || key == "MIPS-LE boot path  ") f.mips = key == "MIPS-BE boot path  " ? item : text;
  if (key == "DEC Alpha ldr path ") f.alpha = text;
  if (key == "MBR partition      ") {
    Partition& p = f.mbr[n];
    std::sscanf(item.c_str(), "%x %x %lld %lld", &p.status, &p.type, &p.start, &p.blocks);
  }
  if (key == "GPT start and size ") std::sscanf(item.c_str(), "%lld %lld", &f.gpt[n].start, &f.gpt[n].blocks);
  if (key == "GPT partname local ") f.gpt[n].name = item;
  if (key == "GPT type GUID      ") f.gpt[n].type_guid = item;
  if (key == "APM start and size ") std::sscanf(item.c_str(), "%lld %lld", &f.apm[n].start, &f.apm[n].blocks);
}

void take_catalog_line(const std::string& line, Facts& f) {
  const std::string key = line.substr(0, std::min<std::size_t>(line.size(), 19));
  int n = 0;
  const std::string item = item_text(line, n);
  f.has_catalog = true;
  if (key == "El Torito cat path ") f.catalog = text_of(line);
  if (key == "El Torito img path ") f.images[n].path = item;
  if (key == "El Torito img opts ") f.images[n].options = item;
  if (key != "El Torito boot img ") return;
  BootImage& image = f.images[n];
  char platform[16] = "", emulation[16] = "";
  unsigned segment = 0, type = 0;
  std::sscanf(item.c_str(), "%15s %*s %15s %x %x %lld %lld", platform, emulation, &segment, &type, &image.load_size, &image.lba);
  image.platform = platform;
  image.emulation = emulation;
}

Facts gather(const core::image::Image& image) {
  Facts f;
  for (const auto& line : core::image::report_system_area(image).value_or(std::vector<std::string>())) take_area_line(line, f);
  for (const auto& line : core::image::report_el_torito(image).value_or(std::vector<std::string>())) take_catalog_line(line, f);
  return f;
}

constexpr const char* kBasicData = "a2a0d0ebe5b9334487c068b6b72699c7";
constexpr const char* kEfiBootName = "EFI boot partition";

class Writer {
 public:
  Writer(const Program& program, ReplayForm form)
      : program_(program), native_(form == ReplayForm::native), facts_(gather(*program.image)),
        source_(shell_quote(program.indev != nullptr ? program.indev->identity().address : std::string())) {}

  std::vector<std::string> lines() {
    if (!facts_.has_area && !facts_.has_catalog) return {};
    const std::string volume_id = shell_quote(program_.image->texts().volume_id);
    add("-volid " + volume_id, "-V " + volume_id);
    const std::string time = shell_quote(program_.loaded.times[1]);
    add("-volume_date uuid " + time, "--modification-date=" + time);
    if (facts_.has_area) add_area();
    if (facts_.has_catalog) add_catalog();
    return std::move(lines_);
  }

 private:
  void add(const std::string& native, const std::string& mkisofs) { lines_.push_back(native_ ? native : mkisofs); }
  void set(const std::string& native, const std::string& mkisofs) { add("-boot_image any " + native, mkisofs); }
  bool isohybrid() const { return (facts_.options & 2) != 0 && (facts_.options & 0xfc) == 0; }
  bool says(const char* word) const { return (" " + facts_.summary + " ").find(std::string(" ") + word + " ") != std::string::npos; }

  std::string interval(const std::string& range, const std::string& zeroizers) const {
    return std::string("--interval:") + (native_ ? "imported_iso" : "local_fs") + ":" + range + ":" + zeroizers + ":" + source_;
  }
  std::string area() const {
    std::string zeroizers = facts_.has_mbr ? "zero_mbrpt" : "";
    if (says("GPT")) zeroizers += ",zero_gpt";
    if (says("APM")) zeroizers += ",zero_apm";
    return interval("0s-15s", zeroizers);
  }

  void add_area() {
    const bool grub2 = (facts_.options & 1 << 14) != 0;
    if (isohybrid()) add("-boot_image isolinux system_area=" + area(), "-isohybrid-mbr " + area());
    else if (grub2) add("-boot_image grub grub2_mbr=" + area(), "--grub2-mbr " + area());
    if (facts_.has_mbr && (facts_.options & 3) == 1) set("partition_table=on", "--protective-msdos-label");
    if (says("CHRP")) set("chrp_boot_part=on ", "-chrp-boot-part ");
    if (!facts_.mips.empty()) set("mips_path=" + shell_quote(facts_.mips), "-mips-boot " + shell_quote(facts_.mips));
    if (!facts_.alpha.empty()) set("alpha_boot=" + shell_quote(facts_.alpha), "-alpha-boot " + shell_quote(facts_.alpha));
    add_geometry();
    add_appended();
    if (facts_.apm_block_size > 0) set(strprintf("apm_block_size=%lld", facts_.apm_block_size), strprintf("-apm-block-size %lld", facts_.apm_block_size));
    if (!isohybrid() && !grub2) set("system_area=" + area(), "-G " + area());
    for (const auto& [number, p] : facts_.gpt)
      if (p.name == kEfiBootName && is_boot_image(p)) set("efi_boot_part=--efi-boot-image", "-efi-boot-part --efi-boot-image");
    add_iso_type();
  }

  bool is_boot_image(const Partition& p) const {
    return std::any_of(facts_.images.begin(), facts_.images.end(), [&](const auto& i) { return i.second.lba * 4 == p.start; });
  }

  void add_geometry() {
    for (const char* mode : {"auto", "on", "off", "all"})
      if (says((std::string("cyl-align-") + mode).c_str())) set(std::string("partition_cyl_align=") + mode, std::string("-partition_cyl_align ") + mode);
    if (!facts_.has_mbr) return;
    set(strprintf("partition_offset=%lld", facts_.offset), strprintf("-partition_offset %lld", facts_.offset));
    set(strprintf("partition_hd_cyl=%lld", facts_.heads), strprintf("-partition_hd_cyl %lld", facts_.heads));
    set(strprintf("partition_sec_hd=%lld", facts_.sectors), strprintf("-partition_sec_hd %lld", facts_.sectors));
    const bool active = std::any_of(facts_.mbr.begin(), facts_.mbr.end(), [](const auto& p) { return (p.second.status & 0x80) != 0; });
    if (active) set("mbr_force_bootable=on", "--mbr-force-bootable");
  }

  void append(int number, const std::string& type, const Partition& p) {
    const std::string text = strprintf("-append_partition %d %s ", number, type.c_str()) +
                             interval(strprintf("%lldd-%lldd", p.start, p.start + p.blocks - 1), "");
    add(text, text);
    appended_[number] = p;
  }

  void add_appended() {
    bool in_gpt = false;
    for (const auto& [number, p] : facts_.gpt) {
      if (p.name == kEfiBootName && !is_boot_image(p)) {
        const std::string range = interval(strprintf("%lldd-%lldd", p.start, p.start + p.blocks - 1), "");
        set("efi_boot_part=" + range, "-efi-boot-part " + range);
      }
      if (!p.name.starts_with("Appended")) continue;
      append(number, p.type_guid, p);
      in_gpt = true;
    }
    if (in_gpt) {
      set("appended_part_as=gpt", "-appended_part_as_gpt");
      return;
    }
    for (const auto& [number, p] : facts_.mbr)
      if (p.start >= facts_.size && p.type != 0xee) append(number, strprintf("0x%2.2x", p.type), p);
  }

  void add_iso_type() {
    std::string type;
    for (const auto& [number, p] : facts_.gpt)
      if (p.name == "ISO9660") type = p.type_guid;
    if (const auto first = facts_.mbr.find(1); type.empty() && first != facts_.mbr.end())
      if (first->second.type != 0xcd && first->second.type != 0xee) type = strprintf("0x%2.2x", first->second.type);
    if (!type.empty()) set("iso_mbr_part_type=" + type, "-iso_mbr_part_type " + type);
  }

  void add_catalog() {
    if (facts_.catalog.empty()) set("cat_hidden=on", "--boot-catalog-hide");
    else set("cat_path=" + shell_quote(facts_.catalog), "-c " + shell_quote(facts_.catalog));
    bool first = true;
    for (const auto& [number, image] : facts_.images) {
      if (!first) set("next", "-eltorito-alt-boot");
      first = false;
      add_image(image);
    }
  }

  /// Path of a boot image, or the appended partition which it is.
  std::string image_source(const BootImage& image) const {
    if (!image.path.empty()) return image.path;
    for (const auto& [number, p] : appended_)
      if (p.start == image.lba * 4)
        return strprintf("--interval:appended_partition_%d_start_%llds_size_%lldd:all::", number, image.lba, p.blocks);
    return {};
  }

  void add_image(const BootImage& image) {
    const std::string path = image_source(image);
    if (path.empty()) return;
    const bool efi = image.platform == "UEFI", table = image.options.find("boot-info-table") != std::string::npos;
    const bool grub2 = image.options.find("grub2-boot-info") != std::string::npos;
    unsigned platform = efi ? 0xef : image.platform == "PPC" ? 1 : image.platform == "Mac" ? 2 : 0;
    if (image.platform.starts_with("0x")) platform = static_cast<unsigned>(std::strtoul(image.platform.c_str(), nullptr, 16));
    if (!native_ && platform != 0 && !efi) lines_.push_back(strprintf("-eltorito-platform 0x%2.2x", platform));
    add(std::string("-boot_image ") + (grub2 ? "grub" : table ? "isolinux" : "any") + (efi ? " efi_path=" : " bin_path=") + shell_quote(path),
        (efi ? "-e " : "-b ") + shell_quote(path));
    if (native_) lines_.push_back(strprintf("-boot_image any platform_id=0x%2.2x", platform));
    if (image.emulation == "none") {
      set("emul_type=no_emulation", "-no-emul-boot");
      set(strprintf("load_size=%lld", image.load_size * 512), strprintf("-boot-load-size %lld", image.load_size));
    } else if (image.emulation == "hd") {
      set("emul_type=hard_disk", "-hard-disk-boot");
    } else if (native_) {
      lines_.push_back("-boot_image any emul_type=diskette");
    }
    if (table) set("boot_info_table=on", "-boot-info-table");
    if (grub2) add("-boot_image grub grub2_boot_info=on", "--grub2-boot-info");
    if (isohybrid()) add_entries(image);
  }

  void add_entries(const BootImage& image) {
    for (const auto& [number, p] : facts_.gpt) {
      if (p.start != image.lba * 4 || !p.name.starts_with("ISOHybrid")) continue;
      const bool basic = p.type_guid == kBasicData;
      add(std::string("-boot_image isolinux partition_entry=") + (basic ? "gpt_basdat" : "gpt_hfsplus"),
          basic ? "-isohybrid-gpt-basdat" : "-isohybrid-gpt-hfsplus");
    }
    for (const auto& [number, p] : facts_.apm)
      if (p.start * facts_.apm_block_size == image.lba * 2048) add("-boot_image isolinux partition_entry=apm_hfsplus", "-isohybrid-apm-hfsplus");
  }

  const Program& program_;
  const bool native_;
  const Facts facts_;
  const std::string source_;
  std::map<int, Partition> appended_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> replay_lines(const Program& program, ReplayForm form) { return Writer(program, form).lines(); }

}  // namespace xorriso
