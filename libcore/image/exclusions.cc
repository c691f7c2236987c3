// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/exclusions.h"

#include <fnmatch.h>

#include "libcore/base/path.h"

namespace core::image {

bool Exclusions::excludes_leaf(const char* name) const {
  for (const std::string& pattern : patterns_)
    if (::fnmatch(pattern.c_str(), name, 0) == 0) return true;
  return false;
}

bool Exclusions::excludes_subtree_of(std::string_view path) const {
  if (paths_.empty()) return false;
  for (; path.size() > 1; path = parent_path(path))
    if (paths_.contains(std::string(path))) return true;
  return false;
}

}  // namespace core::image
