// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files on disk shall be treated as if they were not there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace core::image {

/// Absolute paths and patterns of leaf names. Whether an exclusion applies to a path which the user named himself is
/// for the caller to decide.
class Exclusions {
 public:
  void add_path(std::string_view absolute_path) { paths_.emplace(absolute_path); }
  /// A shell pattern for leaf names. A pattern that can't be understood is taken literally.
  void add_leaf_pattern(std::string_view pattern) { patterns_.emplace_back(pattern); }
  bool empty() const { return paths_.empty() && patterns_.empty(); }

  bool excludes_path(const std::string& absolute_path) const { return paths_.contains(absolute_path); }
  bool excludes_leaf(const char* name) const;
  /// True if the path itself or one of its parent directories is in the list of paths.
  bool excludes_subtree_of(std::string_view absolute_path) const;

 private:
  std::unordered_set<std::string> paths_;
  std::vector<std::string> patterns_;
};

}  // namespace core::image
