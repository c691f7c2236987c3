// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the commands that copy out of the image have in common: permission, options, the count at the end.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "libcore/image/extract.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

bool cmd_concat(Program& program, Words words);
bool cmd_extract_cut(Program& program, Words words);
bool cmd_paste_in(Program& program, Words words);

/// Reports for `command` if -osirrox does not allow to write to disk.
bool extraction_allowed(Program& program, std::string_view command, std::string_view what = "image-to-disk copies");

/// The node of a path in the image. Empty: reported.
core::image::Node find_in_image(Program& program, const std::string& word);

/// Options of the extraction commands as the settings have them; `exclusions` has to live longer.
core::image::ExtractOptions extract_options(const Program& program, const core::image::Exclusions& exclusions);

/// Counts what is restored by one command and tells it as the pacifier does at its end.
class RestoreCount {
 public:
  explicit RestoreCount(Program& program);
  enum class Rate { shown, hidden };
  void tell(Rate rate);

 private:
  Program& program_;
  core::PhaseScope scope_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace xorriso
