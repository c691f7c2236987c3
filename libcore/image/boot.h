// SPDX-License-Identifier: GPL-3.0-or-later
//
// Boot equipment which belongs to the tree: El Torito boot images and their catalog (El Torito 1.0, clause 2), the files
// which system area boot methods of other machines point to, and reports about what was loaded. What concerns the layout
// of the session, like partitions, is in libcore/session/boot_options.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// One entry of the boot catalog and how its boot image gets patched.
struct BootImageSpec {
  enum class Emulation { none, hard_disk, diskette };
  enum class GptEntry { none = 0, basic_data = 1, hfsplus = 2 };
  std::string path;                        ///< absolute path in the image, or --interval:appended_partition_N:all::
  Emulation emulation = Emulation::none;
  int platform_id = 0;
  bool efi = false;                        ///< overrides: platform 0xef, no emulation, full load size
  bool boot_info_table = false;            ///< the 56 bytes at byte 8
  bool grub2_boot_info = false;            ///< the block address at byte 2548
  std::int64_t load_size = 2048;           ///< bytes
  bool full_load = false;                  ///< load size is the size of the boot image
  std::array<std::uint8_t, 28> id_string{};
  std::array<std::uint8_t, 20> selection{};
  GptEntry gpt_entry = GptEntry::none;     ///< mentioned in the GPT of an isohybrid
  bool apm_entry = false;                  ///< mentioned in the Apple partition map of an isohybrid
  bool operator==(const BootImageSpec&) const = default;
};

/// Trees in which the catalog has no name.
struct HiddenIn { bool rock_ridge = false, joliet = false, hfsplus = false; bool operator==(const HiddenIn&) const = default; };

/// Adds a boot image. The first one replaces all those which the image had, and makes the catalog as a new file.
enum class BootImageOrder { first, further };
Result<void> attach_boot_image(Image& image, const BootImageSpec& spec, BootImageOrder order, const std::string& catalog, HiddenIn hidden);

/// Removes all boot images from the catalog and the catalog from the tree. The files of the boot images stay.
void discard_boot_images(Image& image);

/// Whether loaded boot images get their boot info tables refreshed when they are copied.
enum class Repatch { no, where_present };
Result<void> set_repatching(Image& image, Repatch repatch);

/// How many boot images the catalog has.
int boot_image_count(const Image& image);

/// Files which boot methods of other machines need. They have to exist when the session is made.
struct ForeignBootFiles {
  std::vector<std::string> mips;           ///< MIPS volume header or DEC boot block
  std::string sparc_core;                  ///< core file of GRUB2 for SUN SPARC
  std::string hppa_cmdline, hppa_bootloader, hppa_kernel_32, hppa_kernel_64, hppa_ramdisk;  ///< HP-PA PALO
  std::string alpha_boot;                  ///< loader of DEC Alpha SRM
  bool operator==(const ForeignBootFiles&) const = default;
};
Result<void> set_foreign_boot_files(Image& image, const ForeignBootFiles& files);

/// Human readable lines about what was loaded. Unset if nothing was loaded.
std::optional<std::vector<std::string>> report_el_torito(const Image& image);
std::optional<std::vector<std::string>> report_system_area(const Image& image);
/// Explanation of these lines.
std::vector<std::string> explain_el_torito_report();
std::vector<std::string> explain_system_area_report();

/// A loaded boot image as the status display tells about it.
struct LoadedBootImage {
  std::string path;                        ///< empty: not in the tree
  int platform_id = 0;
  bool boot_info_table = false, grub2_boot_info = false;
};
std::vector<LoadedBootImage> loaded_boot_images(const Image& image);

/// The loaded system area, 32 KiB, and the options by which the image maker would keep it. Empty if there is none.
struct SystemArea { std::vector<char> bytes; int options = 0; };
SystemArea loaded_system_area(const Image& image);

/// Content of the loaded boot catalog; empty if none was loaded.
std::vector<char> loaded_catalog(const Image& image);

/// The CRC which GPT headers and arrays bear.
std::uint32_t gpt_crc(std::span<std::uint8_t> data);
std::array<std::uint8_t, 16> random_guid();

}  // namespace core::image
