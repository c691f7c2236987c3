// SPDX-License-Identifier: GPL-3.0-or-later
//
// Only inode numbers that occur more than once are kept: memory grows with the hard links of the image, not with its
// files.
#include "libcore/image/extract_links.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "libcore/base/clibs.h"

namespace core::image {
namespace {

/// Identity of the file behind a node of the loaded image, 0 if it has none.
std::uint64_t identity_of(Node node) {
  if (node.kind() != NodeKind::file) return 0;
  unsigned int fs = 0;
  dev_t device = 0;
  ino_t inode = 0;
  iso_stream_get_id(iso_file_get_stream(reinterpret_cast<IsoFile*>(node.handle())), &fs, &device, &inode);
  return (std::uint64_t{fs} << 56) ^ (std::uint64_t{device} << 40) ^ inode;
}

void collect(Node top, std::vector<std::uint64_t>& identities) {
  std::vector<Node> open{top};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    for (const Node child : node.children()) {
      if (child.is_directory()) open.push_back(child);
      if (const std::uint64_t id = identity_of(child); id != 0) identities.push_back(id);
    }
  }
}

}  // namespace

struct HardLinkMemory::State {
  std::vector<std::uint64_t> families;   ///< Sorted.
  std::mutex mutex;
  std::unordered_map<std::uint64_t, std::string> paths;
};

HardLinkMemory::HardLinkMemory(const Image& image) : state_(std::make_unique<State>()) {
  std::vector<std::uint64_t> all;
  collect(image.root(), all);
  std::sort(all.begin(), all.end());
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i] == all[i - 1] && (state_->families.empty() || state_->families.back() != all[i])) state_->families.push_back(all[i]);
}

HardLinkMemory::~HardLinkMemory() = default;

bool has_links(HardLinkMemory& memory, Node file) {
  const auto& families = memory.state().families;
  return !families.empty() && std::binary_search(families.begin(), families.end(), identity_of(file));
}

std::string earlier_path(HardLinkMemory& memory, Node file) {
  std::lock_guard lock(memory.state().mutex);
  const auto found = memory.state().paths.find(identity_of(file));
  return found == memory.state().paths.end() ? std::string() : found->second;
}

void remember_path(HardLinkMemory& memory, Node file, const std::string& disk_path) {
  std::lock_guard lock(memory.state().mutex);
  memory.state().paths.insert_or_assign(identity_of(file), disk_path);
}

}  // namespace core::image
