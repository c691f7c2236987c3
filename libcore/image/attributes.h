// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attributes of disk files and what becomes of them in the tree: owner, permissions, times, ACLs, extended attributes, and
// the recorded identity of the disk file, by which later comparisons save the reading of content.
#pragma once

#include <ctime>
#include <optional>
#include <string>

#include "libcore/image/disk_directory.h"
#include "libcore/image/image.h"
#include "libcore/image/load.h"
#include "libcore/image/node.h"

namespace core::image {

/// What to look for when listing directories from which files get inserted.
DiskLook look_for(const AttributeSettings& settings);

/// Gives the node owner, permissions, times, and as far as enabled ACL, xattr and identity of the disk file. A file with
/// ACL of which the ACL is not wanted gets the permissions of its owning group, not those of the ACL's mask.
void set_attributes(Node node, const std::string& disk_path, const DiskFile& file, Links links,
                    const AttributeSettings& settings);

/// Takes ACL and xattr away, not what libisofs and this program recorded themselves.
void clear_extended_attributes(Node node);

/// Device and inode number of the disk file from which a node stems.
struct DiskIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const DiskIdentity&) const = default;
};

void record_identity(Node node, const DiskIdentity& identity);
/// Empty if none is recorded.
std::optional<DiskIdentity> recorded_identity(Node node);

/// When the session began in which the identities were recorded (attribute isofs.st of the root), if it is recorded.
std::optional<time_t> recorded_start(const Image& image);

}  // namespace core::image
