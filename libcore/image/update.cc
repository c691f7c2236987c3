// SPDX-License-Identifier: GPL-3.0-or-later
//
// One comparison decides for each file: nothing to do, adjust attributes, replace, remove, or add. Content that did not
// change stays in the session where it is.
#include "libcore/image/update.h"

#include <sys/stat.h>

#include "libcore/base/text.h"
#include "libcore/image/edit.h"

namespace core::image {
namespace {

/// A number of bytes with a unit, four digits at most.
std::string scaled(std::int64_t bytes) {
  constexpr const char* kUnits[] = {"", "k", "m", "g", "t", "p"};
  std::size_t unit = 0;
  double amount = static_cast<double>(bytes);
  while (amount >= 10000 && unit + 1 < std::size(kUnits)) {
    amount /= 1024;
    ++unit;
  }
  return strprintf("%.0f%s", amount, kUnits[unit]);
}

/// Content of all data files, each below a directory with its share of block padding.
std::int64_t size_of_tree(Node node) {
  if (!node.is_directory()) return node.size().value;
  std::int64_t sum = 0;
  for (Node child : node.children()) sum += size_of_tree(child) + (child.kind() == NodeKind::file ? kBlockSize : 0);
  return sum;
}

Links links_for(const FollowRules& rules) { return rules.links || rules.parameters ? Links::follow : Links::keep; }

}  // namespace

Updater::Updater(Image& image, CompareOptions compare, InsertOptions insert, LinkFamilies families, Progress& progress,
                 ProblemSink& sink)
    : image_(image),
      insert_options_(std::move(insert)),
      update_links_(families == LinkFamilies::update),
      progress_(progress),
      sink_(sink),
      comparer_(image, [&compare] { compare.lines = false; return std::move(compare); }(), progress, sink) {
  insert_options_.overwrite = Overwrite::on;
  insert_options_.exclude_parameters = false;  // the comparison has decided about exclusions already
}

void Updater::tell(std::string text) {
  changed_ = true;
  sink_.report({Severity::update, std::move(text), 0, Origin::xorriso});
}

bool Updater::go_on() const { return !insert_options_.may_continue || insert_options_.may_continue(); }

bool Updater::graft(const Comparer::Pair& pair, std::string_view what) {
  Progress insertion;  // the pacifier goes on to tell about the comparison
  Inserter inserter(image_, insert_options_, insertion, sink_);
  const Inserter::Outcome outcome = inserter.graft(pair.disk_path, pair.iso_path, Depth::tree);
  if (outcome == Inserter::Outcome::failed) {
    failed_ = true;
    return go_on();
  }
  std::string text = std::string(what) + " " + shell_quote(pair.iso_path);
  const Node node = inserter.last_node();
  const std::int64_t size = size_of_tree(node);
  if (what.starts_with("Added") && (size > 0 || !node.is_directory())) text += "  (" + scaled(size) + ")";
  tell(std::move(text));
  if (outcome == Inserter::Outcome::added_incompletely) failed_ = true;
  return go_on();
}

bool Updater::remove(Node node) {
  Result<void> removed = remove_tree(image_, node);
  if (removed) return true;
  failed_ = true;
  sink_.report(std::move(removed).problem());
  return false;
}

void Updater::adjust(const Comparer::Pair& pair) {
  clear_extended_attributes(pair.node);
  const bool link = pair.node.kind() == NodeKind::symlink;
  set_attributes(pair.node, pair.disk_path, pair.file, link ? Links::keep : links_for(insert_options_.follow),
                 insert_options_.attributes);
  image_.note_attributes();
  tell("Adjusted attributes of " + shell_quote(pair.iso_path));
}

/// True if the file has another inode than recorded: with hard links that may split or join families of links.
bool Updater::moved_in_family(const Comparer::Pair& pair) const {
  if (!insert_options_.attributes.hard_links || !update_links_ || !S_ISREG(pair.file.mode)) return false;
  const std::optional<DiskIdentity> recorded = recorded_identity(pair.node);
  return recorded && *recorded != DiskIdentity{pair.file.device, pair.file.inode};
}

/// Does what is needed for one pair. False: stop.
bool Updater::apply(const Comparer::Pair& pair) {
  const Comparison result = comparer_.compare(pair.disk_path, pair.file, pair.node);
  switch (result.missing) {
    case Comparison::Missing::both: return true;
    case Comparison::Missing::in_image: return graft(pair, "Added/overwrote");
    case Comparison::Missing::on_disk:
      if (pair.node == image_.root()) {
        failed_ = true;
        sink_.report({Severity::failure, "May not delete root directory", 0, Origin::xorriso});
        return go_on();
      }
      if (!remove(pair.node)) return go_on();
      tell("Deleted " + shell_quote(pair.iso_path));
      return true;
    case Comparison::Missing::none: break;
  }
  if (result.type && pair.node != image_.root()) {
    if (!remove(pair.node)) return go_on();
    return graft(pair, "Deleted and re-added");
  }
  if (result.content || moved_in_family(pair)) return graft(pair, "Added/overwrote");
  if (result.attributes) adjust(pair);
  return !result.failed || go_on();
}

Updater::Outcome Updater::update(const std::string& disk_path, const std::string& iso_path, UpdateScope scope,
                                 std::string_view shown_path) {
  changed_ = failed_ = false;
  Comparer::Pair top{disk_path, iso_path, {}, image_.find(iso_path), {}};
  top.file = comparer_.look_at_parameter(disk_path, top.excluded);
  if (!top.excluded.empty() && comparer_.options().ignore_excluded) return Outcome::no_change;
  if (top.file.error != 0 && !top.node) {
    sink_.report({Severity::sorry, "Missing on disk and in ISO: disk_path " + shell_quote(shown_path), 0, Origin::xorriso});
    return Outcome::failed;
  }
  if (scope == UpdateScope::single)
    apply(top);
  else
    comparer_.walk(disk_path, iso_path, Comparer::OnlyDisk::topmost, [this](const Comparer::Pair& pair) { return apply(pair); });
  return failed_ ? Outcome::failed : changed_ ? Outcome::changed : Outcome::no_change;
}

}  // namespace core::image
