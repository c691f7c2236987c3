// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walk through a tree on disk and a tree in the image at the same time: one merge of sorted names per directory.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/compare.h"

namespace core::image {

/// State of one walk. Directories of the tree are entered where they stand among their siblings, so that the order of
/// visits is that of a recursive listing.
struct Comparer::Walk {
  Comparer& comparer;
  const Visit& visit;
  OnlyDisk only_disk;
  DirectoryReader reader;
  std::vector<Pair> only_on_disk{};

  struct Level {
    std::vector<std::pair<dev_t, ino_t>> hops{};  ///< Links that were followed.
    dev_t device = 0;
  };

  /// One name of a directory: in the image, on disk, or in both.
  struct Child {
    Pair pair;
    std::int64_t lba = 0;
    Level level{};
    bool disk_directory = false;  ///< Even if an exclusion makes it count as missing: what is below may not be excluded.
    dev_t device = 0;
  };

  bool visit_pair(const Pair& pair) { return visit(pair) && !comparer.progress_.cancel; }
  void resolve(Child& child, const Level& in);
  std::vector<Child> merge(const Pair& directory, DiskListing listing, const Level& level);
  bool enter(const Pair& directory, DiskListing listing, const Level& level);
  bool enter_disk_only(const Pair& directory, const Level& level);
};

namespace {

/// Where the content of a node begins; 0 if it has none in the loaded image.
std::int64_t address_of(Node node) {
  if (!node || node.kind() != NodeKind::file) return 0;
  const std::vector<Extent> extents = node.extents();
  return extents.empty() ? 0 : extents.front().start.value;
}

/// The order in which a walk from the top comes by: a directory, what is in it, its next sibling.
bool in_tree_order(const std::string& a, const std::string& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto rank = [](char c) { return c == '/' ? 0 : static_cast<int>(static_cast<unsigned char>(c)); };
    return rank(x) < rank(y);
  });
}

}  // namespace

std::string Comparer::exclusion_of(const std::string& path, const char* name) const {
  const Exclusions* e = options_.exclusions;
  if (e == nullptr) return {};
  if (e->excludes_path(path)) return "excluded by -not_paths";
  if (e->excludes_leaf(name)) return "excluded by -not_leaf";
  return {};
}

DiskFile Comparer::look_at_parameter(const std::string& disk_path, std::string& why) {
  const DiskLook look = look_for(options_.attributes);
  const Exclusions* e = options_.exclusions;
  if (e != nullptr && options_.exclude_parameters) {
    why = exclusion_of(disk_path, std::string(leaf_name(disk_path)).c_str());
    if (why.empty() && options_.exclude_subtrees && e->excludes_subtree_of(disk_path)) why = "excluded by -not_paths";
    if (!why.empty()) return {.error = ENOENT};
  }
  DiskFile file = look_at(disk_path, Links::keep, look);
  if (file.error == 0 && S_ISLNK(file.mode) && (options_.follow.links || options_.follow.parameters)) {
    const DiskFile target = look_at(disk_path, Links::follow, look);
    if (target.error == 0) return target;
  }
  return file;
}

/// Follows a symbolic link if that is wanted and doesn't lead around.
void Comparer::Walk::resolve(Child& child, const Level& in) {
  DiskFile& file = child.pair.file;
  child.level = in;
  if (file.error != 0 || !S_ISLNK(file.mode) || !comparer.options_.follow.links) return;
  const DiskFile target = look_at(child.pair.disk_path, Links::follow, look_for(comparer.options_.attributes));
  const std::pair<dev_t, ino_t> identity(target.device, target.inode);
  const auto& hops = in.hops;
  if (target.error != 0 || static_cast<int>(hops.size()) >= comparer.options_.follow.limit) return;
  if (S_ISDIR(target.mode) && std::find(hops.begin(), hops.end(), identity) != hops.end()) return;
  file = target;
  child.level.hops.push_back(identity);
  child.level.device = target.device;
}

/// The names of both sides in ascending order. Excluded files count as missing on disk.
std::vector<Comparer::Walk::Child> Comparer::Walk::merge(const Pair& directory, DiskListing listing, const Level& level) {
  std::vector<Child> children;
  const std::vector<Node> nodes = directory.node ? directory.node.children() : std::vector<Node>();
  std::size_t n = 0;
  const auto add = [&](const char* name, Node node, const DiskEntry* entry) {
    Pair pair{join_path(directory.disk_path, name), join_path(directory.iso_path, name), {}, node, {}};
    if (entry != nullptr) pair.file = *entry;
    else pair.file.error = ENOENT;
    pair.excluded = comparer.exclusion_of(pair.disk_path, name);
    if (!pair.excluded.empty() && (comparer.options_.ignore_excluded || !node)) return;
    children.push_back({std::move(pair), address_of(node)});
    Child& child = children.back();
    resolve(child, level);
    child.disk_directory = child.pair.file.error == 0 && S_ISDIR(child.pair.file.mode);
    child.device = child.pair.file.device;
    if (!child.pair.excluded.empty()) child.pair.file.error = ENOENT;
  };
  for (const DiskEntry& entry : listing.entries) {
    const char* name = listing.name(entry);
    int order = 1;
    for (; n < nodes.size() && (order = nodes[n].name().compare(name)) < 0; ++n) add(nodes[n].name().data(), nodes[n], nullptr);
    const bool both = n < nodes.size() && order == 0;
    add(name, both ? nodes[n] : Node(), &entry);
    if (both) ++n;
  }
  for (; n < nodes.size(); ++n) add(nodes[n].name().data(), nodes[n], nullptr);
  return children;
}

/// Visits what is in a directory of the image, and what is below; remembers what is only on disk.
bool Comparer::Walk::enter(const Pair& directory, DiskListing listing, const Level& level) {
  std::vector<Child> children = merge(directory, std::move(listing), level);
  const auto on_disk_only = std::stable_partition(children.begin(), children.end(), [](const Child& c) { return bool(c.pair.node); });
  for (auto child = on_disk_only; child != children.end(); ++child) only_on_disk.push_back(std::move(child->pair));
  children.erase(on_disk_only, children.end());
  std::stable_sort(children.begin(), children.end(), [](const Child& a, const Child& b) { return a.lba < b.lba; });
  const auto enters_disk = [this, &level](const Child& c) {
    return c.pair.node.is_directory() && c.disk_directory &&
           (comparer.options_.follow.mounts || c.device == c.level.device || level.device == 0);
  };
  std::vector<std::string> paths;
  for (const Child& c : children)
    if (enters_disk(c)) paths.push_back(c.pair.disk_path);
  std::vector<std::shared_ptr<DirectoryReader::Task>> tasks = reader.announce(std::move(paths));
  std::size_t next = 0;
  for (Child& c : children) {
    const bool is_directory = c.pair.node.is_directory(), on_disk = enters_disk(c);
    const std::shared_ptr<DirectoryReader::Task> task = on_disk ? tasks[next++] : nullptr;
    if (!visit_pair(c.pair)) return false;
    if (!is_directory && c.disk_directory && c.pair.excluded.empty()) only_on_disk.push_back({c.pair.disk_path, c.pair.iso_path, c.pair.file, c.pair.node, {}});
    if (!is_directory) continue;
    // The visitor may have replaced or removed the node.
    c.pair.node = comparer.image_.find_child(directory.node, std::string(leaf_name(c.pair.iso_path)));
    if (!c.pair.node.is_directory()) continue;
    DiskListing below = task != nullptr ? reader.take(task) : DiskListing{};
    if (task == nullptr && c.disk_directory) continue;  // mount point
    if (!enter(c.pair, std::move(below), c.level)) return false;
  }
  return true;
}

bool Comparer::Walk::enter_disk_only(const Pair& directory, const Level& level) {
  std::vector<Child> children = merge(directory, list_directory(directory.disk_path, look_for(comparer.options_.attributes)), level);
  for (Child& c : children) {
    if (!visit_pair(c.pair)) return false;
    const bool enters = c.pair.file.error == 0 && S_ISDIR(c.pair.file.mode) &&
                        (comparer.options_.follow.mounts || c.pair.file.device == level.device);
    if (enters && !enter_disk_only(c.pair, c.level)) return false;
  }
  return true;
}

bool Comparer::walk(const std::string& disk_path, const std::string& iso_path, OnlyDisk only_disk, const Visit& visit) {
  Pair top{disk_path, iso_path, {}, image_.find(iso_path), {}};
  top.file = look_at_parameter(disk_path, top.excluded);
  if (!top.excluded.empty() && options_.ignore_excluded) return true;
  Walk walk{*this, visit, only_disk, DirectoryReader(look_for(options_.attributes))};
  const Walk::Level level{{}, top.file.device};
  const bool on_disk = top.file.error == 0 && S_ISDIR(top.file.mode);
  if (!walk.visit_pair(top)) return false;
  const bool was_there = bool(top.node);
  top.node = image_.find(iso_path);
  const DiskLook look = look_for(options_.attributes);
  if (was_there && top.node.is_directory()) {
    if (!walk.enter(top, on_disk ? list_directory(disk_path, look) : DiskListing{}, level)) return false;
  } else if (!was_there && on_disk && only_disk == OnlyDisk::all) {
    return walk.enter_disk_only(top, level);
  }
  std::stable_sort(walk.only_on_disk.begin(), walk.only_on_disk.end(),
                   [](const Pair& a, const Pair& b) { return in_tree_order(a.disk_path, b.disk_path); });
  for (Pair& pair : walk.only_on_disk) {
    // A pair with a node was visited before; only the disk has something below it.
    if (!pair.node && !walk.visit_pair(pair)) return false;
    pair.node = Node();
    const bool enters = pair.file.error == 0 && S_ISDIR(pair.file.mode) && only_disk == OnlyDisk::all &&
                        (options_.follow.mounts || pair.file.device == top.file.device);
    if (enters && !walk.enter_disk_only(pair, {{}, pair.file.device})) return false;
  }
  return true;
}

}  // namespace core::image
