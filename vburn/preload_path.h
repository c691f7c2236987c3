// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "libcore/base/result.h"

namespace vburn {

/// Path of the preload library: beside this program in a build folder, else where it is installed.
core::Result<std::string> preload_library();

}  // namespace vburn
