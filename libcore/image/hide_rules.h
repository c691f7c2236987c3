// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files shall not be visible in some of the trees of the image, told by what they are called on disk. A hidden
// directory takes everything below it out of that tree; the content of hidden files is in the image nevertheless.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libcore/image/edit.h"

namespace core::image {

class HideRules {
 public:
  enum class Match {
    leaf,  ///< The pattern is for the leaf name.
    path,  ///< For the absolute path on disk; "*" does not match "/".
  };
  /// A shell pattern and the trees which its matches stay out of.
  void add(std::string pattern, Match match, HideState trees) { rules_.push_back({std::move(pattern), match, trees}); }
  bool empty() const { return rules_.empty(); }
  /// The trees that must not show the file.
  HideState hidden(const std::string& disk_path) const;

 private:
  struct Rule { std::string pattern; Match match; HideState trees; };
  std::vector<Rule> rules_;
};

}  // namespace core::image
