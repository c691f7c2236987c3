// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a drive gets found and taken: by address, with the settings that decide what will be believed about its medium.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/drive/drive.h"

namespace core::drive {

/// Takes the drive at `address`: a device file, or "stdio:" and a path. The drive is given up when the last pointer to it
/// goes away.
Result<std::shared_ptr<Drive>> acquire(std::string_view address, const AcquireOptions& options);

/// True if `path` could be the device file of an optical drive, or leads to one.
bool looks_like_burner(const std::string& path);

/// A drive as the bus scan found it.
struct FoundDrive { Identity identity; std::string permissions, link; };

/// Searches all optical drives. No drive may be held by this process meanwhile. An empty list is no error.
Result<std::vector<FoundDrive>> scan_drives(const AcquireOptions& options, bool with_links);

}  // namespace core::drive
