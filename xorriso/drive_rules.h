// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which addresses may be used as drives. A superuser who mistypes /dev/sda for /dev/sr0 would lose a disk, so addresses
// are sorted into harmless, banned and "only with prefix stdio:" before anything is opened.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/base/result.h"
#include "xorriso/settings.h"

namespace xorriso {

/// What is known about an address before it is opened.
struct AddressFacts {
  bool is_mmc = false;    ///< device file that could be an optical drive
  bool exists = false;
};

/// True if `path` or one of its parents matches the shell pattern, component by component.
bool matches_path_or_parent(std::string_view pattern, std::string_view path);

/// Decides about the address as the user wrote it. Returns the address for core::drive::acquire(): "stdio:..." for pseudo
/// drives. A refusal is a list of problems, the last of them a hint.
struct Verdict { std::string address; std::vector<core::Problem> refusal; };
Verdict judge_address(std::string_view address, const AddressFacts& facts, const DriveSettings& settings);

/// Looks at the file system.
AddressFacts facts_about(std::string_view address);

}  // namespace xorriso
