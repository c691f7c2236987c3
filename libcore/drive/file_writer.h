// SPDX-License-Identifier: GPL-3.0-or-later
//
// Session output into regular files, block devices, pipes and character devices. Large chunks go past the page cache
// where the file system allows it: the image is bigger than memory or at least is not worth to push everything else out
// of it, and a single synchronisation at the end finds nothing left to do.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/drive/session_writer.h"

namespace core::drive {

/// Opens or creates the file at `path`, or uses the open descriptor `fd` if it is >= 0.
Result<std::unique_ptr<SessionWriter>> write_file(const std::string& path, int fd, const WriteSettings& settings, Lba start);

/// Writes to what can't be positioned. A closed pipe is a Problem, not a signal, as long as SIGPIPE is ignored.
Result<std::unique_ptr<SessionWriter>> write_stream(const std::string& path, int fd, Lba start);

/// Counts and forgets: the simulation of writing.
std::unique_ptr<SessionWriter> discard_output(Lba start);

/// Overwrites bytes in place and makes them durable.
Result<void> overwrite_file(const std::string& path, int fd, Lba start, std::span<const std::byte> bytes);

}  // namespace core::drive
