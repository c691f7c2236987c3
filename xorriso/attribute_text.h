// SPDX-License-Identifier: GPL-3.0-or-later
//
// ACL and extended attributes in the text forms of getfacl, getfattr and the setextattr command of FreeBSD.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "libcore/image/acl_xattr.h"
#include "libcore/image/image.h"
#include "xorriso/settings.h"

namespace xorriso {

/// The block of lines that getfacl prints for one file. `path` is shown without leading slash, the root as ".".
std::string getfacl_text(core::image::Node node, std::string_view path);

/// The block of lines that getfattr prints; empty if there are no attributes of the scope.
std::string getfattr_text(core::image::Node node, std::string_view path, core::image::XattrScope scope);

/// Which namespaces the setting -xattr makes visible.
core::image::XattrScope xattr_scope(const Settings& settings);

/// User and group by number or name. Empty: reported as "Not a known user".
class Program;
std::optional<uid_t> parse_uid(Program& program, const std::string& word);
std::optional<gid_t> parse_gid(Program& program, const std::string& word);

}  // namespace xorriso
