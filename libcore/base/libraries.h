// SPDX-License-Identifier: GPL-3.0-or-later
//
// Start and end of libburn, libisofs and libisoburn, and the one place where their message queues are drained into
// our stream of problems.
#pragma once

#include <ctime>
#include <optional>
#include <string>

#include "libcore/base/problem.h"
#include "libcore/base/result.h"

namespace core {

/// Initialises the three libraries once per process. Their messages go to their queues only.
Result<void> start_libraries();

/// Releases what start_libraries() made. Call after all images and drives are gone.
void end_libraries();

/// The time which libisofs takes for "now" when it makes nodes and descriptors. Unset: the clock.
void set_image_time(std::optional<time_t> now);

/// Moves all queued library messages to `sink`, oldest first. Cheap if there are none.
void drain_library_messages(ProblemSink& sink);

/// libisofs doesn't know the paths of content sources that are not its own and calls all of them "UNKNOWN SOURCE". Such a
/// source tells here, before libisofs complains, which file it is about; drain_library_messages() puts the path in.
enum class SourceTrouble { not_opened, size_changed, not_read };
void note_source_trouble(SourceTrouble trouble, std::string path);

/// Forgets notes about which libisofs did not complain. To be called before an image is generated.
void forget_source_troubles();

/// The Problem for a negative libisofs return value: its severity as libisofs defines it, its text after `what`.
Problem problem_from_libisofs(int error_code, std::string_view what);

/// Run-time versions, "1.5.4" form, for -version.
struct LibraryVersions { std::string libisofs, libburn, libisoburn, libjte, libburn_adapter; };
LibraryVersions library_versions();

}  // namespace core
