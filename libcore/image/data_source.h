// SPDX-License-Identifier: GPL-3.0-or-later
//
// How libisofs reads an existing image: one block of 2048 bytes at a time.
#pragma once

#include <memory>

#include "libcore/base/block_source.h"

struct iso_data_source;

namespace core::image {

/// An IsoDataSource that reads whole chunks of `source` and keeps a few megabytes of them. `displacement` is added to
/// each address. The caller owns one reference; images loaded from it hold more. Null: out of memory.
iso_data_source* new_data_source(std::shared_ptr<BlockSource> source, Blocks displacement);

}  // namespace core::image
