// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a session shall look like inside: which trees, which relaxations of the standards, which owners and times. The
// defaults are those of a plain run of the program. One function translates them for the image maker.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <string>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/session/boot_options.h"

struct iso_write_opts;

namespace core::session {

/// Deviations from ECMA-119, Joliet and Rock Ridge. Each is a rule of command -compliance.
struct Relaxations {
  int iso_level = 3;                    ///< 1: 8.3 names, 2: up to 31 characters, 3: files of 4 GiB and more
  int untranslated_name_length = 0;     ///< 0 = translate names, -1 = maximum length, else the maximum
  bool allow_dir_id_ext = false, omit_version = false, only_iso_version = true;
  bool deep_paths = true, long_paths = true, long_names = false;
  bool no_force_dots = false, no_j_force_dots = true;
  bool lowercase = false, full_ascii = false, seven_bit_ascii = false;
  bool joliet_long_paths = false, joliet_long_names = false, joliet_utf16 = false;
  bool always_gmt = true, rec_mtime = true, new_rr = false, aaip_susp_1_10 = true;
  bool iso_9660_1999 = false, old_empty = false;
};

/// ECMA-119 8.4.26 to 8.4.29. Unset creation and modification mean the time of writing, the others "never".
struct VolumeTimes {
  std::optional<time_t> created, modified, expires, effective;
  std::string uuid;                     ///< 16 digits which override creation and modification, or empty
};

struct ImageOptions {
  Relaxations relaxations;
  VolumeTimes times;
  bool rockridge = true, joliet = false, hfsplus = false;
  bool hardlinks = false;               ///< same inode number for nodes of the same source
  bool extended_attributes = false;     ///< record ACLs, xattr and the attributes of this program family (AAIP)
  bool md5 = false;                     ///< checksums of session and files
  bool md5_stability_check = false;     ///< read each file twice and compare
  std::optional<uid_t> uid;
  std::optional<gid_t> gid;
  std::string output_charset;           ///< empty = that of the locale
  std::string relocation_directory;     ///< for directories that are too deep, without "/"
  Blocks tail;                          ///< padding that counts as part of the image
  Bytes fifo{4 << 20};
  BootOptions boot;
  std::string scdbackup_name, scdbackup_time;  ///< checksum tag of scdbackup, empty name = none
};

/// Where on the medium the session will stand and what it stands on.
struct Placement {
  Lba start;                            ///< address of the first block
  bool refers_to_older = false;         ///< content of older sessions is referred to, not copied
  std::uint8_t* head = nullptr;         ///< 64 KiB which get the descriptors for block 0 of overwritable media, or nullptr
  char* scdbackup_tag = nullptr;  ///< 512 characters that outlive the stream; get the record of the tag, if one is written
};

struct WriteOptsDeleter { void operator()(iso_write_opts* opts) const; };
using WriteOpts = std::unique_ptr<iso_write_opts, WriteOptsDeleter>;

/// The options in the form of the image maker. Fails on values that it refuses, naming the setting.
Result<WriteOpts> make_write_opts(const ImageOptions& options, const Placement& placement);

}  // namespace core::session
