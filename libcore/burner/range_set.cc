// SPDX-License-Identifier: GPL-3.0-or-later
//
// Disjoint, non-touching ranges in a map from first to end.
#include "libcore/burner/range_set.h"

#include <algorithm>
#include <iterator>

namespace core::burner {

void RangeSet::add(std::int64_t first, std::int64_t count) {
  if (count <= 0) return;
  std::int64_t end = first + count;
  auto it = ranges_.upper_bound(first);
  if (it != ranges_.begin() && std::prev(it)->second >= first) --it;
  while (it != ranges_.end() && it->first <= end) {
    first = std::min(first, it->first);
    end = std::max(end, it->second);
    it = ranges_.erase(it);
  }
  ranges_.emplace_hint(it, first, end);
}

void RangeSet::remove(std::int64_t first, std::int64_t count) {
  if (count <= 0) return;
  const std::int64_t end = first + count;
  auto it = ranges_.upper_bound(first);
  if (it != ranges_.begin() && std::prev(it)->second > first) --it;
  while (it != ranges_.end() && it->first < end) {
    const auto [old_first, old_end] = *it;
    it = ranges_.erase(it);
    if (old_first < first) ranges_.emplace(old_first, first);
    if (old_end > end) ranges_.emplace(end, old_end);
  }
}

bool RangeSet::contains(std::int64_t first, std::int64_t count) const {
  return count <= 0 || first_gap(first) >= first + count;
}

std::int64_t RangeSet::first_gap(std::int64_t from) const {
  auto it = ranges_.upper_bound(from);
  if (it == ranges_.begin()) return from;
  return std::max(from, std::prev(it)->second);
}

std::int64_t RangeSet::total() const {
  std::int64_t sum = 0;
  for (const auto& [first, end] : ranges_) sum += end - first;
  return sum;
}

}  // namespace core::burner
