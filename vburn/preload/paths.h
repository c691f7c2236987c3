// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a path of the program means: a virtual device, a file that is shown in place of the machine's, or neither.
#pragma once

#include <limits.h>

#include "vburn/protocol.h"

namespace vburn::preload {

enum class PathKind {
  plain,     ///< not ours
  device,    ///< /dev/srN, /dev/scdN, /dev/sgN, or something that leads there
  link,      ///< /dev/cdrom and the like, a symbolic link to a device; only if links are not followed
  shadow,    ///< under /sys or /proc: use Path::real instead of the path given
};

struct Path {
  PathKind kind = PathKind::plain;
  int drive = 0;
  Node node = Node::sr;
  char real[PATH_MAX];  ///< shadow: where the file is
};

enum class Links { follow, keep };

/// Looks at a path as given to a *at() call. Cheap for paths that have nothing to do with drives.
void classify(int dirfd, const char* path, Links links, Path& result);

/// After the real call said ENOENT: is it because the path is a symbolic link to a device that only exists here?
bool leads_to_device(int dirfd, const char* path, Path& result);

/// If the directory is one that we add names to: fills `shadow` with the directory that holds those names.
bool has_additions(const char* directory, char (&shadow)[PATH_MAX]);

/// "/dev/sr0"
void device_name(int drive, Node node, char (&name)[32]);

}  // namespace vburn::preload
