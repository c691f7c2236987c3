// SPDX-License-Identifier: GPL-3.0-or-later
//
// An ISO image in memory: the tree and the texts of its primary volume descriptor (ECMA-119 8.4). It starts empty or is
// loaded from a BlockSource (load.h), gets edited (insert.h, edit.h), and is handed to libcore/session to become a
// session on a medium.
#pragma once

#include <chrono>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/node.h"

struct Iso_Image;

namespace core::image {

/// Texts of the primary volume descriptor, ECMA-119 8.4. Lengths: volume_id and system_id 32, the three file ids 37, else 128.
struct VolumeTexts {
  std::string volume_id, volume_set_id, publisher_id, preparer_id, system_id, application_id;
  std::string copyright_file, abstract_file, biblio_file;
};

class HardLinkMemory;

class Image {
 public:
  /// A new empty tree.
  static Result<std::unique_ptr<Image>> create(std::string_view volume_id);
  /// Takes over one reference on `handle`.
  static std::unique_ptr<Image> adopt(Iso_Image* handle);
  ~Image();
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  /// For libcore only.
  Iso_Image* handle() const { return handle_; }

  Node root() const;
  /// Finds a node by absolute, normalised path. Empty Node if there is none. Does not follow symbolic links.
  /// Uses an index per big directory, so that many look-ups there stay cheap. Not for use by several threads.
  Node find(std::string_view absolute_path) const;
  Node find_child(Node directory, std::string_view name) const;

  VolumeTexts texts() const;
  void set_texts(const VolumeTexts& texts);

  /// The form in which the tree holds a file name: cut to the length limit, with an MD5 of the whole, if it is longer.
  std::string stored_name(std::string_view name) const;

  /// Where members of hard link families were extracted to; made by extraction when it needs it.
  std::shared_ptr<HardLinkMemory> extracted_links;

  /// True if there are changes that a commit would have to write. Every edit sets it.
  bool changed() const { return changed_; }
  /// To be called with true after each edit of the tree by means of libisofs: it drops the index of find_child().
  void set_changed(bool changed);
  /// Cheaper than set_changed(true) after `node` was added to its parent: the index stays.
  void note_added(Node node);
  /// Cheaper than set_changed(true) if only the list of direct children of `directory` changed.
  void note_children_changed(Node directory);
  /// Likewise, to be called before `node` leaves the tree or gets renamed.
  void note_removed(Node node);
  /// Likewise, after attributes of a node were changed.
  void note_attributes() { note_change(); }
  /// When the first change since loading happened, if any did.
  std::optional<std::chrono::steady_clock::time_point> changed_since() const { return changed_since_; }
  /// When the image was loaded or made.
  time_t created_at() const { return created_at_; }

 private:
  using ChildrenByName = std::unordered_map<std::string_view, Iso_Node*>;  ///< The names belong to the nodes.
  explicit Image(Iso_Image* handle) : handle_(handle) {}
  const ChildrenByName* index_of(Node directory) const;
  Iso_Image* handle_;
  void note_change();
  bool changed_ = false;
  std::optional<std::chrono::steady_clock::time_point> changed_since_;
  const time_t created_at_ = std::time(nullptr);
  mutable std::unordered_map<Iso_Node*, ChildrenByName> index_;  ///< Big directories that were searched.
};

}  // namespace core::image
