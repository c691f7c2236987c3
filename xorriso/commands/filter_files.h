// SPDX-License-Identifier: GPL-3.0-or-later
//
// Attaching and showing of content filters, and the registry of external ones.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libcore/image/filters.h"
#include "xorriso/command.h"
#include "xorriso/commands/find_job.h"

namespace xorriso {

bool cmd_external_filter(Program& program, Words words);
bool cmd_unregister_filter(Program& program, Words words);
bool cmd_set_filter(Program& program, Words words);
bool cmd_set_filter_r(Program& program, Words words);
bool cmd_show_stream(Program& program, Words words);
bool cmd_show_stream_r(Program& program, Words words);
void status_external_filter(const Program& program, std::vector<StatusLine>& lines);

std::optional<FindAction> make_set_filter(Program& program, Words parameters);

/// The line of -show_stream with newline; empty if the node has no content stream.
std::string stream_line(const Program& program, core::image::Node node, std::string_view shown, bool with_id);

}  // namespace xorriso
