// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lines about files as "ls -ln" and "du -k" would write them.
#pragma once

#include <sys/stat.h>

#include <ctime>
#include <string>
#include <string_view>

#include "libcore/image/node_details.h"
#include "xorriso/program.h"

namespace xorriso {

/// What a long line tells besides name and link target.
struct LongAttributes {
  mode_t mode = 0;
  char type_letter = 0;      ///< 0 = from the mode
  char mark = ' ';           ///< behind the permissions: + for an ACL, letters for hiding
  std::uint64_t links = 1;
  std::uint64_t uid = 0, gid = 0;
  std::int64_t size = 0;
  dev_t device = 0;
  time_t mtime = 0;
};

/// "-rw-r--r--    1 0        0               2 Nov 20 06:14 ", the name comes behind it. Times of the last 180 days show
/// the time of day, others the year.
std::string long_prefix(const LongAttributes& attributes, time_t now);

enum class Marks { none, acl_and_hiding };

/// Attributes of a node in the image. `links` may be null: then each node counts as one.
LongAttributes attributes_of(core::image::Node node, Marks marks, const core::image::LinkCounts* links);

/// Attributes of a file on disk; `marks`: whether to look for ACL.
LongAttributes attributes_of(const std::string& path, const struct stat& info, Marks marks);

/// " -> 'target'" with symbolic links, else empty.
std::string link_arrow(const Program& program, core::image::Node node);

/// A long line with newline, as -find -exec lsdl prints it.
std::string long_line(const Program& program, core::image::Node node, std::string_view shown_path, Marks marks,
                      const core::image::LinkCounts* links, time_t now);

}  // namespace xorriso
