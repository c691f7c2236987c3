// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/merge_marks.h"

#include "libcore/base/clibs.h"

namespace core::image {

namespace {

// The value is the pointer itself; there is nothing to release.
int mark_info(void*, int) { return 1; }

char missing_value, present_value;

}  // namespace

MergeMark merge_mark(Node node) {
  void* data = nullptr;
  if (iso_node_get_xinfo(node.handle(), mark_info, &data) != 1) return MergeMark::none;
  return data == &present_value ? MergeMark::present : MergeMark::missing;
}

void set_merge_mark(Node node, MergeMark mark) {
  if (merge_mark(node) == MergeMark::present) return;
  clear_merge_mark(node);
  if (mark == MergeMark::none) return;
  iso_node_add_xinfo(node.handle(), mark_info, mark == MergeMark::present ? &present_value : &missing_value);
}

void clear_merge_mark(Node node) { iso_node_remove_xinfo(node.handle(), mark_info); }

}  // namespace core::image
