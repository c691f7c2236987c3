// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/hide_rules.h"

#include <fnmatch.h>

#include "libcore/base/path.h"

namespace core::image {

HideState HideRules::hidden(const std::string& disk_path) const {
  const std::string leaf(leaf_name(disk_path));
  HideState state;
  for (const Rule& rule : rules_) {
    const bool whole = rule.match == Match::path;
    const std::string& subject = whole ? disk_path : leaf;
    if (::fnmatch(rule.pattern.c_str(), subject.c_str(), whole ? FNM_PATHNAME : 0) != 0) continue;
    state.iso_rr = state.iso_rr || rule.trees.iso_rr;
    state.joliet = state.joliet || rule.trees.joliet;
    state.hfsplus = state.hfsplus || rule.trees.hfsplus;
  }
  return state;
}

}  // namespace core::image
