// SPDX-License-Identifier: GPL-3.0-or-later
//
// Boot equipment of the image: El Torito, system area, partitions.
#include "xorriso/boot_equipment.h"
#include "xorriso/commands/boot_partitions.h"
#include "xorriso/commands/boot_reports.h"
#include "xorriso/commands/boot_specs.h"
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

constexpr CommandRow kRows[] = {
    {.name = "append_partition", .shape = fixed(3), .rank = 202, .arguments = "number type disk_path",
     .help = "Append partition image", .handler = cmd_append_partition},
    {.name = "boot_image", .shape = fixed(2), .rank = 201, .arguments = "any|isolinux|grub bootspec",
     .help = "Boot equipment", .handler = cmd_boot_image, .status = boot_status_lines},
    {.name = "report_el_torito", .shape = fixed(1), .rank = 68, .arguments = "form",
     .help = "Report boot catalog or commands to recreate", .handler = cmd_report_el_torito},
    {.name = "report_system_area", .shape = fixed(1), .rank = 67, .arguments = "form",
     .help = "Report or replay-commands for boot sectors", .handler = cmd_report_system_area},
};

}  // namespace

std::span<const CommandRow> boot_rows() { return kRows; }

}  // namespace xorriso
