// SPDX-License-Identifier: GPL-3.0-or-later
//
// Marks of nodes for merging several disk trees into one: whether a counterpart was looked for, and ever found.
#pragma once

#include "libcore/image/image.h"

namespace core::image {

enum class MergeMark { none, missing, present };

MergeMark merge_mark(Node node);
/// A node that was marked as present stays so.
void set_merge_mark(Node node, MergeMark mark);
void clear_merge_mark(Node node);

}  // namespace core::image
