// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is put into an image right before it gets written: the texts of the volume descriptor, the dates that all files
// shall have, and the attributes of the root directory which describe the session.
#pragma once

#include <ctime>
#include <optional>
#include <string>

#include "libcore/base/problem.h"
#include "libcore/image/image.h"

namespace core::session {

struct Imprint {
  image::VolumeTexts texts;
  std::string application_use;            ///< up to 512 bytes, ECMA-119 8.4.32; shorter ones are filled up with zeros
  std::optional<time_t> all_file_dates;   ///< for the three time stamps of all files and directories
  bool dates_from_mtime = false;          ///< atime and ctime of each file get the value of its mtime
  std::optional<time_t> start_stamp;      ///< attribute isofs.st: files younger than this may have changed while being read
  std::string charset_name;               ///< attribute isofs.cs: how names are encoded; empty = not recorded
};

/// Texts and attributes. May be done several times before writing, for instance to predict the size.
void imprint_descriptors(image::Image& image, const Imprint& imprint);

/// The dates of all files, and the sizes of those local files that were added a while ago and may have changed since.
void imprint_files(image::Image& image, const Imprint& imprint);

}  // namespace core::session
