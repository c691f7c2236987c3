// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the program names itself.
#pragma once

#include <string>

namespace xorriso {

inline constexpr const char* kVersion = "2.0.0";
inline constexpr const char* kVersionTimestamp = "2026.11.20.120000";

/// What "@xorriso@" means with -preparer_id and -application_id.
std::string program_id();

/// The first line on stderr of each program run, with an empty line behind it.
std::string greeting();

/// The text of -version.
std::string version_report();

}  // namespace xorriso
