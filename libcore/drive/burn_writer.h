// SPDX-License-Identifier: GPL-3.0-or-later
//
// Session output onto optical media by libburn. libburn pulls 2 KiB at a time from its own thread; a ring of large chunks
// stands between it and the producer, so that neither wakes the other for every block.
#pragma once

#include <memory>

#include "libcore/base/progress.h"
#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/drive/drive.h"

namespace core::drive {

Result<std::unique_ptr<SessionWriter>> start_burning(Drive& drive, const WriteSettings& settings, Lba start, Progress& progress);

}  // namespace core::drive
