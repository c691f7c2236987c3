// SPDX-License-Identifier: GPL-3.0-or-later
//
// A node of an ISO tree as everybody above libcore sees it: a cheap, non-owning handle on a libisofs node. It is valid
// as long as its Image lives and the node is not removed from the tree.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/units.h"

struct Iso_Node;

namespace core::image {

/// Kinds of node. `boot` is the El Torito catalog; `other` covers whatever Rock Ridge can't name.
enum class NodeKind { directory, file, symlink, character_device, block_device, fifo, socket, boot, other };

/// One extent of a data file that is already in the loaded image.
struct Extent {
  Lba start;
  Bytes size;
};

class Node {
 public:
  Node() = default;
  explicit Node(Iso_Node* handle) : handle_(handle) {}
  explicit operator bool() const { return handle_ != nullptr; }
  bool operator==(const Node&) const = default;
  /// For libcore only.
  Iso_Node* handle() const { return handle_; }

  NodeKind kind() const;
  bool is_directory() const { return handle_ != nullptr && kind() == NodeKind::directory; }
  std::string_view name() const;        ///< Leaf name; empty for the root.
  std::string path() const;             ///< Absolute path in the image, "/" for the root.
  Node parent() const;                  ///< The root is its own parent.

  mode_t mode() const;                  ///< With file type bits.
  mode_t permissions() const;
  uid_t uid() const;
  gid_t gid() const;
  time_t mtime() const;
  time_t atime() const;
  time_t ctime() const;
  dev_t device() const;                 ///< Of device nodes, else 0.
  Bytes size() const;                   ///< Of data files, else 0.
  std::string link_target() const;      ///< Of symbolic links, else empty.
  bool is_from_loaded_image() const;    ///< Content or attributes come from the loaded session.
  std::vector<Extent> extents() const;  ///< Of data files of the loaded image, else empty.

  /// Direct children in the order of the tree (sorted by name as strcmp does). Directories only.
  std::vector<Node> children() const;
  std::size_t child_count() const;

 private:
  Iso_Node* handle_ = nullptr;
};

}  // namespace core::image
