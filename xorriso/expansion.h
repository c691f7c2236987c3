// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wildcard expansion of the words of a command, as the settings -iso_rr_pattern, -disk_pattern and -follow allow it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

/// Whether a command lists files or works on them: the setting "ls" lets only the former use patterns.
enum class PatternUse { listing, working };

/// The words with patterns replaced by the paths that match in the image. Empty: failed and reported.
std::optional<std::vector<std::string>> expand_iso_words(Program& program, Words words, PatternUse use);

/// The same on disk.
std::optional<std::vector<std::string>> expand_disk_words(Program& program, Words words, PatternUse use);

/// Expands one word that has to match exactly one path if it is a pattern.
std::optional<std::string> expand_iso_target(Program& program, const std::string& word);

/// Replaces the words of a command's list as its row says. False: failed and reported.
bool expand_arguments(Program& program, const CommandRow& row, std::vector<std::string>& arguments);

/// False, with a FAILURE reported, if no image is there to work on.
bool require_image(Program& program);

}  // namespace xorriso
