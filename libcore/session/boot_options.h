// SPDX-License-Identifier: GPL-3.0-or-later
//
// Boot equipment which belongs to the layout of a session: the 32 KiB system area in front of the volume descriptors
// (ECMA-119 6.2.1), partition tables of several kinds in it, and partitions appended behind the file system.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/image/boot.h"

struct iso_write_opts;

namespace core::session {

using Guid = std::array<std::uint8_t, 16>;  ///< in the byte order of the disk

struct AppendedPartition {
  int number = 1;                  ///< 1 to 8
  std::uint8_t mbr_type = 0;
  std::optional<Guid> type_guid;   ///< set if the type was given as GUID
  std::string path;                ///< disk path or "--interval:..."
  bool operator==(const AppendedPartition&) const = default;
};

struct BootOptions {
  /// What the system area is made for. The numbers are those of the image maker.
  enum class Machine { pc = 0, mips_big_endian = 1, mips_little_endian = 2, sun_sparc = 3, hppa_4 = 4, hppa_5 = 5, dec_alpha = 6 };
  enum class Align { automatic, on, off, all };
  enum class GuidSource { random, given, volume_uuid };
  Machine machine = Machine::pc;
  std::string system_area;         ///< disk path, "--interval:...", or empty: as loaded
  std::vector<char> area_bytes;    ///< what read_system_area() got; 32 KiB or empty
  bool protective_label = false;   ///< one MBR partition from block 1 to the end
  bool isohybrid = false;          ///< patch the MBR as isohybrid does it
  bool grub2_mbr = false;          ///< patch the address of the first boot image into the MBR
  bool force_bootable = false, chrp = false;
  Align align = Align::automatic;
  std::uint32_t partition_offset = 0;  ///< blocks of 2048
  int sectors_per_head = 0, heads_per_cylinder = 0;
  std::vector<AppendedPartition> partitions;  ///< ascending by number
  bool appended_as_gpt = false, appended_as_apm = false, like_isohybrid = false;
  int iso_mbr_type = -1;           ///< -1: default
  std::optional<Guid> iso_type_guid;
  GuidSource disk_guid_source = GuidSource::random;
  Guid disk_guid{};
  std::string prep_image, efi_image;  ///< disk path or "--interval:..."
  std::string sparc_label;
  std::array<std::uint8_t, 8> hfsplus_serial{};
  int hfsplus_block_size = 0, apm_block_size = 0;
  bool operator==(const BootOptions&) const = default;
};

/// The first 32 KiB of a file or of an interval. `count` of the result is what really was read.
struct AreaContent { std::vector<char> bytes; std::size_t count = 0; };
Result<AreaContent> read_area_file(const std::string& path);
Result<AreaContent> read_system_area(image::Image& image, const std::string& path);

/// Tells the image maker. Fails on values that it refuses, naming the setting.
Result<void> apply_boot_options(iso_write_opts* opts, const BootOptions& options);

}  // namespace core::session
