// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of actions, and those which print or change attributes of the found nodes.
#include <ctime>

#include "libcore/base/text.h"
#include "xorriso/attribute_text.h"
#include "xorriso/commands/filter_files.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/listing.h"
#include "xorriso/numbers.h"

namespace xorriso {

namespace {

using core::image::Node;

FindAction simple(std::function<void(const FindHit&)> work) {
  return {.apply = [work = std::move(work)](const FindHit& hit) {
    work(hit);
    return FindEffect::none;
  }};
}

enum class Depth { single, tree };

/// The step of a command as action.
std::optional<FindAction> with_step(std::optional<NodeStep> step, Depth depth) {
  if (!step) return std::nullopt;
  return simple([step = std::move(*step), depth](const FindHit& hit) {
    const std::string path(hit.shown);
    if (depth == Depth::single) step(hit.node, path);
    else core::image::for_each_below(hit.node, [&](Node node) { step(node, path); });
  });
}

std::optional<FindAction> make_echo(Program& program, Words) { return echo_action(program); }

std::optional<FindAction> make_lsdl(Program& program, Words) {
  return simple([&program, now = std::time(nullptr)](const FindHit& hit) {
    program.result(long_line(program, hit.node, hit.absolute, Marks::acl_and_hiding, nullptr, now));
  });
}

std::optional<FindAction> make_chown(Program& p, Words w) { return with_step(chown_step(p, w[0]), Depth::single); }
std::optional<FindAction> make_chown_r(Program& p, Words w) { return with_step(chown_step(p, w[0]), Depth::tree); }
std::optional<FindAction> make_chgrp(Program& p, Words w) { return with_step(chgrp_step(p, w[0]), Depth::single); }
std::optional<FindAction> make_chgrp_r(Program& p, Words w) { return with_step(chgrp_step(p, w[0]), Depth::tree); }
std::optional<FindAction> make_chmod(Program& p, Words w) {
  return with_step(chmod_step(p, w[0], "-find -exec chmod"), Depth::single);
}
std::optional<FindAction> make_chmod_r(Program& p, Words w) {
  return with_step(chmod_step(p, w[0], "-find -exec chmod"), Depth::tree);
}
std::optional<FindAction> make_alter_date(Program& p, Words w) {
  return with_step(alter_date_step(p, w[0], w[1], "-find -exec alter_date"), Depth::single);
}
std::optional<FindAction> make_alter_date_r(Program& p, Words w) {
  return with_step(alter_date_step(p, w[0], w[1], "-find -exec alter_date"), Depth::tree);
}
std::optional<FindAction> make_setfacl(Program& p, Words w) { return with_step(setfacl_step(p, w[0]), Depth::single); }
std::optional<FindAction> make_setfattr(Program& p, Words w) {
  return with_step(setfattr_step(p, w[0], w[1]), Depth::single);
}
std::optional<FindAction> make_hide(Program& p, Words w) {
  return with_step(hide_step(p, w[0], "-find -exec hide"), Depth::single);
}

std::optional<FindAction> make_set_to_mtime(Program& program, Words) {
  return simple([&program](const FindHit& hit) { core::image::set_dates_to_mtime(*program.image, hit.node); });
}

std::optional<FindAction> make_mkisofs_r(Program& program, Words) {
  return simple([&program](const FindHit& hit) { core::image::apply_mkisofs_r(*program.image, hit.node); });
}

std::optional<FindAction> make_sort_weight(Program& program, Words words) {
  const auto weight = static_cast<int>(parse_integer(words[0]).value_or(0));
  return simple([&program, weight](const FindHit& hit) {
    core::image::set_sort_weight(*program.image, hit.node, weight);
  });
}

FindAction removing(Program& program, bool whole_trees) {
  FindAction action;
  action.alters_tree = true;
  action.apply = [&program, whole_trees](const FindHit& hit) {
    const Removal how = whole_trees              ? Removal::tree
                        : hit.node.is_directory() ? Removal::directory
                                                  : Removal::file;
    const bool root = hit.absolute == "/";
    const bool removed = remove_found(program, how, hit.node, std::string(hit.absolute), Announce::no);
    return removed && !root ? FindEffect::gone : FindEffect::none;
  };
  return action;
}
std::optional<FindAction> make_rm(Program& program, Words) { return removing(program, false); }
std::optional<FindAction> make_rm_r(Program& program, Words) { return removing(program, true); }

std::optional<FindAction> make_getfacl(Program& program, Words) {
  return simple([&program](const FindHit& hit) { program.result(getfacl_text(hit.node, hit.shown)); });
}

std::optional<FindAction> make_getfattr(Program& program, Words) {
  return simple([&program, scope = xattr_scope(program.settings)](const FindHit& hit) {
    program.result(getfattr_text(hit.node, hit.shown, scope));
  });
}

std::optional<FindAction> make_get_any_xattr(Program& program, Words) {
  return simple([&program](const FindHit& hit) {
    program.result(getfattr_text(hit.node, hit.shown, core::image::XattrScope::with_isofs));
  });
}

constexpr FindActionRow kActions[] = {
    {"add_missing", 1, make_add_missing, true},
    {"alter_date", 2, make_alter_date},
    {"alter_date_r", 2, make_alter_date_r},
    {"check_md5", 1, make_check_md5},
    {"chgrp", 1, make_chgrp},
    {"chgrp_r", 1, make_chgrp_r},
    {"chmod", 1, make_chmod},
    {"chmod_r", 1, make_chmod_r},
    {"chown", 1, make_chown},
    {"chown_r", 1, make_chown_r},
    {"clear_merge", 0, make_clear_merge},
    {"compare", 1, make_compare},
    {"echo", 0, make_echo, true},
    {"empty_iso_dir", 1, make_empty_iso_dir, true},
    {"estimate_size", 0, make_estimate_size, true},
    {"get_any_xattr", 0, make_get_any_xattr},
    {"get_hfs_bless", 0, make_get_hfs_bless},
    {"get_hfs_crtp", 0, make_get_hfs_crtp},
    {"get_md5", 0, make_get_md5},
    {"getfacl", 0, make_getfacl},
    {"getfattr", 0, make_getfattr},
    {"hide", 1, make_hide},
    {"in_iso", 1, make_in_iso, true},
    {"is_full_in_iso", 1, make_is_full_in_iso, true},
    {"list_extattr", 1, make_list_extattr, true},
    {"lsdl", 0, make_lsdl},
    {"make_md5", 0, make_make_md5},
    {"mkisofs_r", 0, make_mkisofs_r},
    {"not_in_iso", 1, make_not_in_iso, true},
    {"print_outname", 1, make_print_outname},
    {"report_damage", 0, make_report_damage},
    {"report_lba", 0, make_report_lba},
    {"report_sections", 0, make_report_sections},
    {"rm", 0, make_rm},
    {"rm_merge", 0, make_rm_merge},
    {"rm_r", 0, make_rm_r},
    {"set_filter", 1, make_set_filter},
    {"set_hfs_bless", 1, make_set_hfs_bless},
    {"set_hfs_crtp", 2, make_set_hfs_crtp},
    {"set_to_mtime", 0, make_set_to_mtime},
    {"setfacl", 1, make_setfacl},
    {"setfattr", 2, make_setfattr},
    {"show_stream", 0, make_show_stream},
    {"show_stream_id", 0, make_show_stream_id},
    {"sort_weight", 1, make_sort_weight},
    {"update", 1, make_update},
    {"update_merge", 1, make_update_merge},
    {"widen_hardlinks", 1, make_widen_hardlinks},
};

}  // namespace

FindAction echo_action(Program& program) {
  return simple([&program](const FindHit& hit) { program.result(program.result_path(hit.shown) + "\n"); });
}

const FindActionRow* find_action_row(std::string_view name) {
  for (const FindActionRow& row : kActions)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace xorriso
