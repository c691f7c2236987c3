// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes of what is in the tree: removing, renaming, cloning, and the attributes of nodes. Every function tells the
// image that it has changed.
#pragma once

#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/image.h"

namespace core::image {

/// Removes a node with all that is below it. The root stays, but gets emptied.
Result<void> remove_tree(Image& image, Node node);

/// Removes all children of a directory for which `unwanted` is true, in one walk through its list.
Result<void> remove_children(Image& image, Node directory, const std::function<bool(Node)>& unwanted);

/// Gives `node` a new parent and name. The name must not be taken there.
Result<void> move_node(Image& image, Node node, Node new_parent, std::string_view new_name);

/// Moves of many nodes into one directory. The list of children there is sorted and can only be walked from its head, so
/// the nodes are put into it at the end, in the order that makes this cheap.
class MoveBatch {
 public:
  MoveBatch(Image& image, Node target) : image_(image), target_(target) {}
  ~MoveBatch() { static_cast<void>(flush()); }
  MoveBatch(const MoveBatch&) = delete;
  MoveBatch& operator=(const MoveBatch&) = delete;

  /// Takes a node out of its directory; from now on it is nowhere in the tree. Its name must be free in the target, and
  /// no other node of that name may be in the batch.
  Result<void> add(Node node);
  bool has(const std::string& name) const { return nodes_.contains(name); }
  /// Puts the nodes into the target directory.
  Result<void> flush();

 private:
  Image& image_;
  Node target_;
  std::map<std::string, Node> nodes_;
};

/// Makes a copy of `node` and of all that is below it. The name must not be taken. Nodes of unknown kind are left out.
Result<Node> clone_tree(Image& image, Node node, Node new_parent, std::string_view new_name);

/// A new directory. It gets owner, group and permissions of its parent, as libisofs gives them. The name must be free.
Result<Node> add_directory(Image& image, Node parent, std::string_view name);

/// Calls `visit` for `top` and then, with a directory, for all that is below it: parents first, children in tree order.
void for_each_below(Node top, const std::function<void(Node)>& visit);

// --- attributes; each of them renews the ctime as chown(2) and chmod(2) do, where not said otherwise ----------------

void set_owner(Image& image, Node node, uid_t uid);
void set_group(Image& image, Node node, gid_t gid);
/// The lower 12 bits of `mode`. An access ACL is adapted.
void set_permissions(Image& image, Node node, mode_t mode);

/// A change of permissions that was given as text: octal with a leading 0, or clauses like "go-rwx,u+rw".
class ModeChange {
 public:
  static std::optional<ModeChange> parse(std::string_view text);
  /// The 12 permission bits that result from the old ones.
  mode_t apply(mode_t permissions) const { return (permissions & keep_) | set_; }

 private:
  mode_t keep_ = 07777, set_ = 0;
};

/// Which times -alter_date sets: access, modification, attribute change, and whether the ctime becomes "now".
struct DateChange {
  bool access = false, modification = false, attribute = false, touch = false;
  /// From the words a m b a-c m-c b-c c.
  static std::optional<DateChange> parse(std::string_view type);
};
void set_dates(Image& image, Node node, DateChange which, time_t when);

/// Copies the modification time to the other two.
void set_dates_to_mtime(Image& image, Node node);

/// Owner and group 0, readable for all, writable for none, executable for all or none; the ctime stays.
void apply_mkisofs_r(Image& image, Node node);

/// Bits of the trees in which a name is hidden. Their values are ours; none means visible everywhere.
struct HideState {
  bool iso_rr = false, joliet = false, hfsplus = false;
  bool operator==(const HideState&) const = default;
  /// A list of on, iso_rr, joliet, hfsplus, off, separated by colons.
  static std::optional<HideState> parse(std::string_view text);
};
HideState hide_state(Node node);
void set_hide_state(Image& image, Node node, HideState state);

/// Placement of file content: the higher, the lower the block address. Other nodes ignore it.
void set_sort_weight(Image& image, Node node, int weight);

}  // namespace core::image
