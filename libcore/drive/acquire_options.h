// SPDX-License-Identifier: GPL-3.0-or-later
//
// The settings that decide how a drive is opened and what will be believed about its medium.
#pragma once

#include <string>

namespace core::drive {

struct AcquireOptions {
  std::string shown_address;         ///< how the user wrote the address; empty: as it is used
  bool readonly = false;             ///< refuse to write, blank, format
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

}  // namespace core::drive
