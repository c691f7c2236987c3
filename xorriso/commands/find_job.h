// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run of -find or -findx: start address, expression, and the action to perform on matching file objects.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libcore/image/find.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

/// A matching file object.
struct FindHit {
  core::image::Node node;                ///< Empty with -findx.
  std::string_view shown;                ///< Begins by the start address as the user gave it.
  std::string_view absolute;             ///< In the image or on disk.
  std::string_view start;                ///< Absolute start address.
  const struct stat* disk = nullptr;     ///< Set with -findx.
  int depth = 0;
  dev_t parent_device = 0;               ///< With -findx.
};

enum class FindEffect {
  none,    ///< The node is still there.
  gone,    ///< The node was removed or replaced: don't look below it.
  stop,    ///< The run is complete.
};

/// What an action does. `apply` gets each match; `begin` and `finish` may be empty.
struct FindAction {
  std::function<void()> begin;
  std::function<FindEffect(const FindHit&)> apply;
  std::function<void()> finish;
  bool alters_tree = false;
};

enum class FindRealm { image, disk };

struct FindJob {
  FindRealm realm = FindRealm::image;
  std::string start = ".";
  core::image::FindExpression expression;
  FindAction action;
  bool sort_lba = false;
};

/// Parses the words behind the start address. Empty: reported.
std::optional<FindJob> parse_find_words(Program& program, FindRealm realm, Words words);

/// Searches the tree of the image. False: failed and reported.
bool run_find_in_image(Program& program, const FindJob& job);
/// Does the work of a job at and below one node, with the paths of `top`. Returns `gone` if the node did not survive.
FindEffect run_find_below(Program& program, const FindJob& job, const FindHit& top);
bool run_find_on_disk(Program& program, const FindJob& job);

/// A row of the table of actions.
struct FindActionRow {
  std::string_view name;
  int parameters = 0;
  /// Makes the action from its parameters. Empty: reported.
  std::optional<FindAction> (*make)(Program& program, Words parameters) = nullptr;
  bool on_disk = false;                  ///< With -findx too; else echo takes its place there.
};
const FindActionRow* find_action_row(std::string_view name);
/// The default action.
FindAction echo_action(Program& program);

// Parts of the table that are made elsewhere.
std::optional<FindAction> make_in_iso(Program& program, Words parameters);
std::optional<FindAction> make_not_in_iso(Program& program, Words parameters);
std::optional<FindAction> make_add_missing(Program& program, Words parameters);
std::optional<FindAction> make_empty_iso_dir(Program& program, Words parameters);
std::optional<FindAction> make_is_full_in_iso(Program& program, Words parameters);
std::optional<FindAction> make_compare(Program& program, Words parameters);
std::optional<FindAction> make_update(Program& program, Words parameters);
std::optional<FindAction> make_update_merge(Program& program, Words parameters);
std::optional<FindAction> make_rm_merge(Program& program, Words parameters);
std::optional<FindAction> make_clear_merge(Program& program, Words parameters);
std::optional<FindAction> make_widen_hardlinks(Program& program, Words parameters);
std::optional<FindAction> make_report_lba(Program& program, Words parameters);
std::optional<FindAction> make_report_sections(Program& program, Words parameters);
std::optional<FindAction> make_report_damage(Program& program, Words parameters);
std::optional<FindAction> make_estimate_size(Program& program, Words parameters);
std::optional<FindAction> make_show_stream(Program& program, Words parameters);
std::optional<FindAction> make_show_stream_id(Program& program, Words parameters);
std::optional<FindAction> make_list_extattr(Program& program, Words parameters);
std::optional<FindAction> make_get_md5(Program& program, Words parameters);
std::optional<FindAction> make_check_md5(Program& program, Words parameters);
std::optional<FindAction> make_make_md5(Program& program, Words parameters);
std::optional<FindAction> make_print_outname(Program& program, Words parameters);
std::optional<FindAction> make_get_hfs_crtp(Program& program, Words parameters);
std::optional<FindAction> make_set_hfs_crtp(Program& program, Words parameters);
std::optional<FindAction> make_get_hfs_bless(Program& program, Words parameters);
std::optional<FindAction> make_set_hfs_bless(Program& program, Words parameters);

/// Blessings by their words, "p" or "ppc_bootdir" and so on.
std::optional<core::image::Blessing> parse_blessing(std::string_view word);
std::string_view blessing_name(core::image::Blessing blessing);

}  // namespace xorriso
