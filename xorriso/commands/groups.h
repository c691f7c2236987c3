// SPDX-License-Identifier: GPL-3.0-or-later
//
// The groups of commands. Each group is one file with its handlers and its rows of the command table.
#pragma once

#include <span>

#include "xorriso/command.h"

namespace xorriso {

std::span<const CommandRow> boot_rows();
std::span<const CommandRow> charset_rows();
std::span<const CommandRow> compare_rows();
std::span<const CommandRow> compliance_rows();
std::span<const CommandRow> dialog_rows();
std::span<const CommandRow> drive_settings_rows();
std::span<const CommandRow> drives_rows();
std::span<const CommandRow> emulation_rows();
std::span<const CommandRow> exceptions_rows();
std::span<const CommandRow> extract_rows();
std::span<const CommandRow> extract_settings_rows();
std::span<const CommandRow> filters_rows();
std::span<const CommandRow> find_rows();
std::span<const CommandRow> frontend_rows();
std::span<const CommandRow> image_settings_rows();
std::span<const CommandRow> import_settings_rows();
std::span<const CommandRow> insert_rows();
std::span<const CommandRow> insert_settings_rows();
std::span<const CommandRow> inspect_rows();
std::span<const CommandRow> jigdo_rows();
std::span<const CommandRow> manipulate_rows();
std::span<const CommandRow> navigation_rows();
std::span<const CommandRow> scripting_rows();
std::span<const CommandRow> verify_rows();
std::span<const CommandRow> write_settings_rows();
std::span<const CommandRow> writing_rows();

}  // namespace xorriso
