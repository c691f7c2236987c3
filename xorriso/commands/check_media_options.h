// SPDX-License-Identifier: GPL-3.0-or-later
//
// The options of -check_media, which -check_media_defaults presets.
#pragma once

#include "xorriso/command.h"
#include "xorriso/settings.h"

namespace xorriso {

/// Applies words like "use=outdev" and "min_lba=32" to `options`. False: reported.
bool parse_check_media_options(Program& program, Words words, CheckMediaSettings& options);

bool cmd_check_media_defaults(Program& program, Words words);
void status_check_media_defaults(const Program& program, std::vector<StatusLine>& lines);

}  // namespace xorriso
