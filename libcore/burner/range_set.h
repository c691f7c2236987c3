// SPDX-License-Identifier: GPL-3.0-or-later
//
// A set of block addresses, kept as disjoint ranges: the map of what is written. Cheap as long as writing is mostly
// sequential, which optical media make it.
#pragma once

#include <cstdint>
#include <map>

namespace core::burner {

class RangeSet {
 public:
  void add(std::int64_t first, std::int64_t count);
  void remove(std::int64_t first, std::int64_t count);
  void clear() { ranges_.clear(); }
  bool empty() const { return ranges_.empty(); }

  bool contains(std::int64_t first, std::int64_t count) const;
  /// The first address at or after `from` that is not in the set.
  std::int64_t first_gap(std::int64_t from) const;
  std::int64_t total() const;
  /// One past the highest address, 0 if empty.
  std::int64_t end() const { return ranges_.empty() ? 0 : ranges_.rbegin()->second; }

  /// first -> end (one past the last)
  const std::map<std::int64_t, std::int64_t>& ranges() const { return ranges_; }
  bool operator==(const RangeSet&) const = default;

 private:
  std::map<std::int64_t, std::int64_t> ranges_;
};

}  // namespace core::burner
