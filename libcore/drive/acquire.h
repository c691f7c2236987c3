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

struct AcquireOptions {
  bool load_tray = true;
  bool regard_as_blank = false;      ///< treat overwritable media as blank
  bool truncate = false;             ///< regular files get cut at the start of a new first session
  bool scan_rom_toc = false;         ///< read-only profile: search ISO headers for the table of content
  bool force_rom_toc_scan = false;   ///< like a read-only profile, on any medium
  bool emulate_toc = true;           ///< follow and make the emulated table of content on overwritable media
  bool wide_toc_search = false;      ///< do not insist in a header at 0, and search until the end of the medium
  bool no_acl = false, no_xattr = false, all_xattr = false;  ///< what libisofs takes from disk files
  /// Open drives exclusively. The second part names the family of device files, Linux only.
  bool exclusive = true;
  enum class Family { standard, sr, scd, sg } family = Family::standard;
  /// Find out by opening a file whether it can be read and written (-early_stdio_test).
  enum class AccessTest { off, on, appendable_write_only } access_test = AccessTest::off;
};

/// Takes the drive at `address`: a device file, or "stdio:" and a path. The drive is given up when the last pointer to it
/// goes away.
Result<std::shared_ptr<Drive>> acquire(std::string_view address, const AcquireOptions& options);

/// A drive as the bus scan found it.
struct FoundDrive { Identity identity; std::string permissions, link; };

/// Searches all optical drives. No drive may be held by this process meanwhile. An empty list is no error.
Result<std::vector<FoundDrive>> scan_drives(const AcquireOptions& options, bool with_links);

}  // namespace core::drive
