// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lines which tell what a drive is and what is on its medium. Scripts read them, so their forms are fixed.
#pragma once

#include <cstdint>
#include <string>

#include "libcore/drive/drive.h"

namespace xorriso {

class Program;

/// A byte count in at most 5 characters: "2048", "50.0k", "9766k", "79.8g".
std::string scaled_size(std::int64_t bytes);

/// "-dev 'address'", "-indev ...", "-outdev ..." as the drive is used now.
std::string drive_title(const Program& program, const core::drive::Drive& drive);

/// "stdio file, overwriteable", "DVD-RW sequential recording", "is not recognizable".
std::string medium_name(const core::drive::Drive& drive);

enum class ReportForm {
  brief,    ///< after acquisition and with -toc_of ...:short
  complete, ///< with drive type, sizes, and the sessions
};

/// All lines, each with its newline.
std::string medium_report(Program& program, core::drive::Drive& drive, ReportForm form);

}  // namespace xorriso
