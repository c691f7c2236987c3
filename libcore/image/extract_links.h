// SPDX-License-Identifier: GPL-3.0-or-later
//
// Look-ups in the memory of hard link families. Safe to call from several threads.
#pragma once

#include <string>

#include "libcore/image/extract.h"

namespace core::image {

/// True if the image has other names for the same file.
bool has_links(HardLinkMemory& memory, Node file);

/// Where the first member of the family was restored; empty if none was.
std::string earlier_path(HardLinkMemory& memory, Node file);
void remember_path(HardLinkMemory& memory, Node file, const std::string& disk_path);

}  // namespace core::image
