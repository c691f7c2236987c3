// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes a session of an image and puts it on a medium. The order is what keeps older sessions safe: first all data of
// the new session, durable, behind everything that is there; then, on overwritable media, the one write of 64 KiB at the
// start that makes the new session the current one.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/base/result.h"
#include "libcore/drive/drive.h"
#include "libcore/image/image.h"
#include "libcore/session/image_options.h"
#include "libcore/session/imprint.h"
#include "libcore/session/plan.h"

namespace core::session {

struct CommitRequest {
  image::Image& image;
  drive::Drive& out;
  Plan plan;
  ImageOptions options;
  Imprint imprint;
  drive::WriteSettings write;      ///< `start` and `expected` get set here
  Bytes padding;                   ///< zeros behind the image
  std::optional<Blocks> free;      ///< refuse what is bigger
};

struct Written {
  Blocks produced;                 ///< size of the image, without padding
  Blocks on_medium;                ///< padding included
  Lba start;
  std::string scdbackup_record;    ///< of the checksum tag; empty if none was written
};

/// Which step failed: the callers word it differently.
enum class Step { prepare, size_check, write, activate };
struct CommitFailure { Step step; Problem problem; };

/// Looks at drives and image.
Situation look_at(const image::Image& image, drive::Drive* in, drive::Drive& out, bool emulate_toc, std::optional<Lba> blind_address);

/// Writes the session. Problems with single files are reported to `sink` as they occur; their content is filled up with
/// zeros. Publishes progress. Ends early, with the medium in its previous state as far as it allows, if progress.cancel
/// becomes true.
std::variant<Written, CommitFailure> write_session(const CommitRequest& request, Progress& progress, ProblemSink& sink);

}  // namespace core::session
