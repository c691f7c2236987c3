// SPDX-License-Identifier: GPL-3.0-or-later
//
// Access control lists and extended attributes of nodes. They live in the AAIP field of Rock Ridge; libisofs encodes it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// The two ACLs of a node in long text form, one entry per line. Empty = none.
struct AclTexts {
  std::string access, default_acl;

  /// From entries separated by comma or newline, as getfacl prints them or in short form ("u:lisa:rw,g::r,d:u::rwx").
  /// Empty text, or a text with "clear" or "--remove-all" as only content, gives no ACL at all.
  /// FAILURE for entries that are not understood.
  static Result<AclTexts> parse(std::string_view text);
};

/// True if the node has an ACL that says more than its permission bits.
bool has_acl(Node node);

/// The ACLs; the access ACL is made from the permission bits if the node has none.
AclTexts acl_of(Node node);

/// Replaces both ACLs and adapts the permission bits to the new access ACL.
Result<void> set_acl(Image& image, Node node, const AclTexts& acl);

struct Xattr {
  std::string name, value;
};

/// Which namespaces count: user only, all but "isofs", or really all.
enum class XattrScope { user, any, with_isofs };

/// In the order of their recording. ACLs are not among them.
std::vector<Xattr> xattrs_of(Node node, XattrScope scope);

/// The same of a file on disk; symbolic links are not followed. Empty if they can't be read.
std::vector<Xattr> local_xattrs(const std::string& disk_path, XattrScope scope);

/// True if there is an attribute of the scope.
bool has_xattr(Node node, XattrScope scope);

/// Adds or replaces one attribute.
Result<void> set_xattr(Image& image, Node node, const Xattr& attribute, XattrScope scope);
Result<void> remove_xattr(Image& image, Node node, const std::string& name, XattrScope scope);
/// Replaces all attributes of the scope by the given ones.
Result<void> replace_xattrs(Image& image, Node node, const std::vector<Xattr>& attributes, XattrScope scope);

/// Text as -getfattr and -getfacl write it: all bytes but letters, digits and "+,-./:@[]_" as \ooo.
std::string octal_escaped(std::string_view text);

}  // namespace core::image
