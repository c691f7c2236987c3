// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace vburn {

/// Who holds the flock(2) of this open file: "process 4711 (vburn run --drive x)". Empty if it cannot be found out.
std::string lock_owner(int fd);

}  // namespace vburn
