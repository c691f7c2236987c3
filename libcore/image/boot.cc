// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/boot.h"

#include <cstdlib>
#include <memory>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"

namespace core::image {
namespace {

// Option bits of el_torito_set_isolinux_options().
constexpr int kInfoTable = 1, kGptShift = 2, kApmEntry = 1 << 8, kGrub2Info = 1 << 9;
constexpr int kCatalogWeight = 1000000000;
constexpr int kEfiPlatform = 0xef;

struct FreeDeleter { void operator()(void* p) const { std::free(p); } };

struct Catalog {
  explicit Catalog(const Image& image) {
    ElToritoBootImage** b = nullptr;
    IsoFile** f = nullptr;
    if (iso_image_get_all_boot_imgs(image.handle(), &count, &b, &f, 0) != 1) count = 0;
    boots.reset(b);
    files.reset(f);
  }
  int count = 0;
  std::unique_ptr<ElToritoBootImage*, FreeDeleter> boots;
  std::unique_ptr<IsoFile*, FreeDeleter> files;
};

eltorito_boot_media_type media_type(const BootImageSpec& spec) {
  using E = BootImageSpec::Emulation;
  if (spec.efi || spec.emulation == E::none) return ELTORITO_NO_EMUL;
  return spec.emulation == E::hard_disk ? ELTORITO_HARD_DISC_EMUL : ELTORITO_FLOPPY_EMUL;
}

int patch_options(const BootImageSpec& spec) {
  return (spec.boot_info_table ? kInfoTable : 0) | static_cast<int>(spec.gpt_entry) << kGptShift | (spec.apm_entry ? kApmEntry : 0) |
         (spec.grub2_boot_info ? kGrub2Info : 0);
}

void apply(ElToritoBootImage* boot, const BootImageSpec& spec) {
  auto id = spec.id_string;
  auto selection = spec.selection;
  el_torito_set_boot_platform_id(boot, static_cast<std::uint8_t>(spec.efi ? kEfiPlatform : spec.platform_id));
  el_torito_set_id_string(boot, id.data());
  el_torito_set_selection_crit(boot, selection.data());
  if (spec.efi || spec.full_load || spec.platform_id == kEfiPlatform) el_torito_set_full_load(boot, 1);
  else el_torito_set_load_size(boot, static_cast<short>(spec.load_size / 512));
  el_torito_set_isolinux_options(boot, patch_options(spec), 0);
}

int hide_bits(HiddenIn hidden) {
  return (hidden.rock_ridge ? LIBISO_HIDE_ON_RR : 0) | (hidden.joliet ? LIBISO_HIDE_ON_JOLIET : 0) |
         (hidden.hfsplus ? LIBISO_HIDE_ON_HFSPLUS : 0);
}

using ReportFunction = int (*)(IsoImage*, char***, int*, int);

std::optional<std::vector<std::string>> report(ReportFunction function, IsoImage* image, int flag) {
  char** lines = nullptr;
  int count = 0;
  if (function(image, &lines, &count, flag) <= 0 || lines == nullptr) return std::nullopt;
  std::vector<std::string> result(lines, lines + count);
  function(image, &lines, &count, 1 << 15);
  return result;
}

Problem missing(const std::string& path, const char* role) {
  return {Severity::failure, "Cannot find in ISO image: -boot_image ... " + std::string(role) + "='" + path + "'"};
}

}  // namespace

Result<void> attach_boot_image(Image& image, const BootImageSpec& spec, BootImageOrder order, const std::string& catalog, HiddenIn hidden) {
  const bool in_tree = !spec.path.starts_with("--interval:");
  const Node node = in_tree ? image.find(spec.path) : Node();
  if (in_tree && !node) return missing(spec.path, "bin_path");
  ElToritoBootImage* boot = nullptr;
  int ret;
  if (order == BootImageOrder::first) {
    discard_boot_images(image);
    ret = iso_image_set_boot_image(image.handle(), spec.path.c_str(), media_type(spec), catalog.c_str(), &boot);
  } else {
    ret = iso_image_add_boot_image(image.handle(), spec.path.c_str(), media_type(spec), 0, &boot);
  }
  if (ret < 0) return problem_from_libisofs(ret, "");
  image.set_changed(true);
  if (order == BootImageOrder::first) {
    iso_image_set_boot_catalog_weight(image.handle(), kCatalogWeight);
    iso_image_set_boot_catalog_hidden(image.handle(), hide_bits(hidden));
  }
  apply(boot, spec);
  return {};
}

void discard_boot_images(Image& image) {
  iso_image_remove_boot_image(image.handle());
  image.set_changed(true);
}

Result<void> set_repatching(Image& image, Repatch repatch) {
  iso_image_set_boot_catalog_weight(image.handle(), kCatalogWeight);
  const Catalog catalog(image);
  for (int i = 0; i < catalog.count; ++i) {
    ElToritoBootImage* boot = catalog.boots.get()[i];
    int options = el_torito_get_isolinux_options(boot, 0) & ~(kInfoTable | kGrub2Info);
    if (repatch == Repatch::where_present) {
      if (el_torito_seems_boot_info_table(boot, 0)) options |= kInfoTable;
      if (el_torito_seems_boot_info_table(boot, 1)) options |= kGrub2Info;
    }
    if (const int ret = el_torito_set_isolinux_options(boot, options, 0); ret < 0) return problem_from_libisofs(ret, "-boot_image patch");
  }
  return {};
}

int boot_image_count(const Image& image) { return Catalog(image).count; }

Result<void> set_foreign_boot_files(Image& image, const ForeignBootFiles& files) {
  IsoImage* handle = image.handle();
  const auto text = [](const std::string& s) { return s.empty() ? nullptr : const_cast<char*>(s.c_str()); };
  iso_image_give_up_mips_boot(handle, 0);
  for (const std::string& path : files.mips)
    if (const int ret = iso_image_add_mips_boot_file(handle, text(path), 0); ret < 0) return problem_from_libisofs(ret, "Cannot add MIPS boot file path");
  IsoFile* core = nullptr;
  if (!files.sparc_core.empty()) {
    const Node node = image.find(files.sparc_core);
    if (!node || node.kind() != NodeKind::file) return missing(files.sparc_core, "grub2_sparc_core");
    core = reinterpret_cast<IsoFile*>(node.handle());
  }
  iso_image_set_sparc_core(handle, core, 0);
  iso_image_set_hppa_palo(handle, text(files.hppa_cmdline), text(files.hppa_bootloader), text(files.hppa_kernel_32),
                          text(files.hppa_kernel_64), text(files.hppa_ramdisk), 1);
  iso_image_set_alpha_boot(handle, text(files.alpha_boot), 0);
  return {};
}

std::optional<std::vector<std::string>> report_el_torito(const Image& image) { return report(iso_image_report_el_torito, image.handle(), 0); }
std::optional<std::vector<std::string>> report_system_area(const Image& image) { return report(iso_image_report_system_area, image.handle(), 0); }
std::vector<std::string> explain_el_torito_report() { return report(iso_image_report_el_torito, nullptr, 1).value_or(std::vector<std::string>()); }
std::vector<std::string> explain_system_area_report() { return report(iso_image_report_system_area, nullptr, 1).value_or(std::vector<std::string>()); }

std::vector<LoadedBootImage> loaded_boot_images(const Image& image) {
  const Catalog catalog(image);
  std::vector<LoadedBootImage> images;
  for (int i = 0; i < catalog.count; ++i) {
    ElToritoBootImage* boot = catalog.boots.get()[i];
    IsoNode* node = reinterpret_cast<IsoNode*>(catalog.files.get()[i]);
    const bool in_tree = node != nullptr && iso_node_get_parent(node) != nullptr;
    images.push_back({.path = in_tree ? Node(node).path() : std::string(),
                      .platform_id = el_torito_get_boot_platform_id(boot),
                      .boot_info_table = el_torito_seems_boot_info_table(boot, 0) > 0,
                      .grub2_boot_info = el_torito_seems_boot_info_table(boot, 1) > 0});
  }
  return images;
}

SystemArea loaded_system_area(const Image& image) {
  SystemArea area;
  area.bytes.resize(32768);
  if (iso_image_get_system_area(image.handle(), area.bytes.data(), &area.options, 0) != 1) return {};
  return area;
}

std::vector<char> loaded_catalog(const Image& image) {
  IsoBoot* node = nullptr;
  std::uint32_t lba = 0;
  char* content = nullptr;
  off_t size = 0;
  if (iso_image_get_bootcat(image.handle(), &node, &lba, &content, &size) != 1 || content == nullptr) return {};
  const std::unique_ptr<char, FreeDeleter> owner(content);
  return {content, content + size};
}

std::uint32_t gpt_crc(std::span<std::uint8_t> data) { return iso_crc32_gpt(data.data(), static_cast<int>(data.size()), 0); }

std::array<std::uint8_t, 16> random_guid() {
  std::array<std::uint8_t, 16> guid;
  iso_generate_gpt_guid(guid.data());
  return guid;
}

}  // namespace core::image
