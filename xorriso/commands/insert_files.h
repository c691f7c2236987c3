// SPDX-License-Identifier: GPL-3.0-or-later
//
// The commands that bring files from disk into the tree, and how settings become options of the work.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "libcore/image/exclusions.h"
#include "libcore/image/hide_rules.h"
#include "libcore/image/insert.h"
#include "libcore/image/load.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

bool cmd_add(Program& program, Words words);
bool cmd_cpr(Program& program, Words words);
bool cmd_cut_out(Program& program, Words words);
bool cmd_lns(Program& program, Words words);
bool cmd_map(Program& program, Words words);
bool cmd_map_l(Program& program, Words words);
bool cmd_map_single(Program& program, Words words);
bool cmd_mkdir(Program& program, Words words);
bool cmd_path_list(Program& program, Words words);
bool cmd_quoted_path_list(Program& program, Words words);

/// -acl, -xattr, -hardlinks, -disk_dev_ino as the image module understands them.
core::image::AttributeSettings attribute_settings(const Program& program);

/// All that governs the loading of an image tree.
core::image::LoadOptions load_options(const Program& program);

/// The exclusion lists; empty with -not_mgt off.
core::image::Exclusions exclusions(const Program& program);

/// Settings for insertion. `exclusions` has to outlive the options.
core::image::InsertOptions insert_options(Program& program, const core::image::Exclusions& exclusions);

/// The names to be hidden.
core::image::HideRules hide_rules(const Program& program);

/// Insertions with the present settings: options, the worker, and the count at the end. There must be an image.
class Insertion {
 public:
  /// `before`: number of files which were added already and shall be counted, too.
  explicit Insertion(Program& program, std::int64_t before = 0);

  core::image::Inserter& inserter() { return inserter_; }
  std::int64_t total() const { return before_ + inserter_.files(); }
  /// The pacifier line that tells how many files came in. Not if there were none or the command was ended by a problem.
  void tell_count();
  /// That line in any case.
  void tell_total();
  /// Tells what the last graft() added.
  void tell_added(const std::string& disk_path, const std::string& iso_path);

 private:
  core::image::InsertOptions options() const;
  Program& program_;
  core::image::Exclusions exclusions_;
  core::image::HideRules hide_rules_;
  std::chrono::steady_clock::time_point start_;
  std::int64_t before_;
  core::image::Inserter inserter_;
};

/// Reports a missing image and returns false.
bool have_image(Program& program);

/// The path that results from replacing `prefix` of `path` by `replacement`. Empty: reported for `command`; `side` says
/// what kind of path it is, "disk" or "iso_rr".
std::optional<std::string> exchange_prefix(Program& program, std::string_view command, std::string_view side,
                                           const std::string& path, const std::string& prefix, const std::string& replacement);

}  // namespace xorriso
