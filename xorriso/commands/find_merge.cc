// SPDX-License-Identifier: GPL-3.0-or-later
//
// Actions that compare nodes with disk files or make them follow those: the disk side is the found path with the start
// address exchanged for the parameter.
#include <sys/stat.h>

#include "libcore/base/text.h"
#include "libcore/image/merge_marks.h"
#include "xorriso/commands/compare_files.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/manipulate.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::MergeMark;

/// `path` with its beginning `start` replaced.
std::string counterpart(std::string_view path, std::string_view start, const std::string& replacement) {
  std::string_view rest = path;
  if (start != "/") rest.remove_prefix(std::min(start.size(), rest.size()));
  else if (path == "/") rest = {};
  std::string out = replacement == "/" ? std::string() : replacement;
  out += rest;
  return out.empty() ? "/" : out;
}

bool exists_on_disk(const std::string& path) {
  struct stat info;
  return lstat(path.c_str(), &info) == 0;
}

using PairWork = bool (*)(Program&, const std::string& disk, const std::string& iso);

std::optional<FindAction> with_pair(Program& program, const std::string& disk_word, PairWork work) {
  const auto disk = program.disk_path(disk_word);
  if (!disk) return std::nullopt;
  FindAction action;
  action.alters_tree = work == update_found;
  action.apply = [&program, disk = *disk, work](const FindHit& hit) {
    const std::string iso(hit.absolute);
    work(program, counterpart(iso, hit.start, disk), iso);
    return program.image->find(iso) == hit.node ? FindEffect::none : FindEffect::gone;
  };
  return action;
}

}  // namespace

std::optional<FindAction> make_compare(Program& program, Words words) { return with_pair(program, words[0], compare_found); }
std::optional<FindAction> make_update(Program& program, Words words) { return with_pair(program, words[0], update_found); }

std::optional<FindAction> make_update_merge(Program& program, Words words) {
  const auto disk = program.disk_path(words[0]);
  if (!disk) return std::nullopt;
  FindAction action;
  action.alters_tree = true;
  action.apply = [&program, disk = *disk](const FindHit& hit) {
    const std::string iso(hit.absolute), disk_path = counterpart(iso, hit.start, disk);
    if (!exists_on_disk(disk_path)) {
      core::image::set_merge_mark(hit.node, MergeMark::missing);
      return FindEffect::none;
    }
    update_found(program, disk_path, iso);
    const core::image::Node node = program.image->find(iso);
    if (node) core::image::set_merge_mark(node, MergeMark::present);
    return node == hit.node ? FindEffect::none : FindEffect::gone;
  };
  return action;
}

std::optional<FindAction> make_rm_merge(Program& program, Words) {
  FindAction action;
  action.alters_tree = true;
  action.apply = [&program](const FindHit& hit) {
    const bool missing = core::image::merge_mark(hit.node) == MergeMark::missing;
    core::image::clear_merge_mark(hit.node);
    if (!missing || hit.absolute == "/") return FindEffect::none;
    if (!remove_found(program, Removal::tree, hit.node, std::string(hit.absolute), Announce::no))
      return FindEffect::none;
    program.report(Severity::update, "Deleted " + shell_quote(hit.shown));
    return FindEffect::gone;
  };
  return action;
}

std::optional<FindAction> make_clear_merge(Program&, Words) {
  return FindAction{.apply = [](const FindHit& hit) {
    core::image::clear_merge_mark(hit.node);
    return FindEffect::none;
  }};
}

/// Families of hard links are kept together by -update_r itself; the action remains for scripts that know it.
std::optional<FindAction> make_widen_hardlinks(Program& program, Words words) {
  if (!program.disk_path(words[0])) return std::nullopt;
  return FindAction{.apply = [](const FindHit&) { return FindEffect::none; }};
}

}  // namespace xorriso
