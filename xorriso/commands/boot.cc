// SPDX-License-Identifier: GPL-3.0-or-later
//
// Boot equipment of the image: El Torito, system area, partitions.
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

// What -status shows as long as no boot equipment can be made.
constexpr std::string_view kDefaults[] = {
    "any discard", "any bin_path=''", "any emul_type=no_emulation", "any platform_id=0x00", "any boot_info_table=off",
    "grub grub2_boot_info=off", "any load_size=2048", "any sel_crit=0000000000000000000000000000000000000000",
    "any id_string=00000000000000000000000000000000000000000000000000000000", "isolinux partition_entry=off",
    "any appended_part_as=mbr", "any system_area=''", "any partition_offset=0", "any partition_sec_hd=0",
    "any partition_hd_cyl=0", "any partition_cyl_align=auto", "grub partition_table=off", "any mbr_force_bootable=off",
    "any appended_part_as=mbr", "any part_like_isohybrid=off", "any iso_mbr_part_type=default", "any gpt_disk_guid=random",
    "any chrp_boot_part=off", "any prep_boot_part=''", "any efi_boot_part=''", "any hfsplus_serial=0000000000000000",
    "any hfsplus_block_size=0", "any apm_block_size=0",
};

void status_boot_image(const Program& program, std::vector<StatusLine>& lines) {
  const bool guid_from_uuid = program.settings.image.gpt_guid_from_uuid;
  for (const auto text : kDefaults) {
    const bool is_guid = text.starts_with("any gpt_disk_guid=");
    if (is_guid && guid_from_uuid) lines.push_back({"-boot_image any gpt_disk_guid=volume_date_uuid", false});
    else lines.push_back({"-boot_image " + std::string(text), true});
  }
}

constexpr CommandRow kRows[] = {
    {.name = "append_partition", .shape = fixed(3), .rank = 202, .arguments = "number type disk_path",
     .help = "Append partition image"},
    {.name = "boot_image", .shape = fixed(2), .rank = 201, .arguments = "any|isolinux|grub bootspec",
     .help = "Boot equipment", .status = status_boot_image},
    {.name = "report_el_torito", .shape = fixed(1), .rank = 68, .arguments = "form",
     .help = "Report boot catalog or commands to recreate"},
    {.name = "report_system_area", .shape = fixed(1), .rank = 67, .arguments = "form",
     .help = "Report or replay-commands for boot sectors"},
};

}  // namespace

std::span<const CommandRow> boot_rows() { return kRows; }

}  // namespace xorriso
