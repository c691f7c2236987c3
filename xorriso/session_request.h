// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the settings of the command language mean for the session that gets written next.
#pragma once

#include <optional>

#include "libcore/drive/session_writer.h"
#include "libcore/session/image_options.h"
#include "libcore/session/imprint.h"
#include "libcore/session/plan.h"

namespace xorriso {

class Program;

/// Trees, relaxations, owners, times: -joliet, -compliance, -uid, -volume_date, -md5, -padding included, ...
core::session::ImageOptions image_options(const Program& program);

/// Identifiers, dates of files, attributes of the root. Unset: the file given with -application_use is unusable, reported.
std::optional<core::session::Imprint> image_imprint(Program& program);

/// -close, -dummy, -speed, -stdio_sync, -write_type, ...
core::drive::WriteSettings write_settings(const Program& program);

/// Zeros behind the image; those which are part of it are in image_options().
core::Bytes padding_behind(const Program& program);

/// Drives and medium as they are now, with -compliance no_emul_toc and -grow_blindly. Needs image and output drive.
core::session::Situation situation(const Program& program);

}  // namespace xorriso
