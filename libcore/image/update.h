// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes the tree of an image match a tree on disk, with as few changes as possible.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libcore/image/compare.h"
#include "libcore/image/insert.h"

namespace core::image {

/// Whether files are replaced if only their belonging to a family of hard links changed.
enum class LinkFamilies { update, ignore };

enum class UpdateScope { single, tree };

class Updater {
 public:
  enum class Outcome { no_change, changed, failed };
  Updater(Image& image, CompareOptions compare, InsertOptions insert, LinkFamilies families, Progress& progress,
          ProblemSink& sink);

  /// Updates `iso_path` from `disk_path`. With `single`, the content of existing directories is left alone; new ones come
  /// with all their content. What is done is reported with severity UPDATE. `shown_path` names the disk path in messages.
  Outcome update(const std::string& disk_path, const std::string& iso_path, UpdateScope scope, std::string_view shown_path);

 private:
  bool apply(const Comparer::Pair& pair);
  bool graft(const Comparer::Pair& pair, std::string_view what);
  bool moved_in_family(const Comparer::Pair& pair) const;
  bool remove(Node node);
  void adjust(const Comparer::Pair& pair);
  bool go_on() const;
  void tell(std::string text);

  Image& image_;
  InsertOptions insert_options_;
  const bool update_links_;
  Progress& progress_;
  ProblemSink& sink_;
  Comparer comparer_;
  bool changed_ = false, failed_ = false;
};

}  // namespace core::image
