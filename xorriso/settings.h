// SPDX-License-Identifier: GPL-3.0-or-later
//
// All settings of the command language as plain structs with their default values. "Is default" is a comparison.
// Each group's file of commands owns the struct of its settings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xorriso {

struct Settings {
  std::string iso_cwd = "/";   ///< -cd
  std::string disk_cwd;        ///< -cdx, absolute
};

}  // namespace xorriso
