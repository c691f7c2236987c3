// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libcore/base/result.h"
#include "vburn/daemon/drive.h"

namespace vburn {

/// Makes the tree of files that programs see in place of some of /dev, /sys and /proc, below `dir`/root.
core::Result<void> make_shadow_tree(const std::string& dir, const std::vector<std::unique_ptr<Drive>>& drives);

}  // namespace vburn
