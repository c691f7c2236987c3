// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/media_tags.h"

#include <cstring>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"

namespace core::image {
namespace {

enum TagType { session_tag = 1, superblock_tag = 2, tree_tag = 3, relocated_tag = 4 };
constexpr std::int64_t kSessionAlignment = 32;
constexpr char kTagStart[] = "libisofs_";

const char* tag_name(int type) {
  switch (type) {
    case superblock_tag: return "superblock";
    case tree_tag: return "tree";
    case relocated_tag: return "relocated 64kB superblock";
    default: return "session";
  }
}

}  // namespace

struct TagWatcher::Tag {
  int type = 0;
  std::uint32_t position = 0, start = 0, size = 0, next = 0;
  Md5 md5{};
};

void TagWatcher::begin(Lba start) {
  session_ = start;
  announced_ = {};
  head_failed_ = false;
  active_ = true;
  chain_.restart();
}

void TagWatcher::take(Lba start, std::span<const std::byte> blocks) {
  while (!blocks.empty()) {
    // Only a few blocks are tags: digest all that precede the next one at once.
    std::size_t n = 0;
    bool tag = false;
    for (; n < blocks.size() && !tag; n += kBlockSize)
      tag = std::memcmp(blocks.data() + n, kTagStart, sizeof kTagStart - 1) == 0;
    if (tag) n -= kBlockSize;
    if (active_ && n > 0) {
      const std::int64_t skip = std::max<std::int64_t>(0, (session_ - start).value) * kBlockSize;
      if (skip < static_cast<std::int64_t>(n)) chain_.update(blocks.first(n).subspan(static_cast<std::size_t>(skip)));
    }
    start += Blocks{static_cast<std::int64_t>(n) / kBlockSize};
    blocks = blocks.subspan(n);
    if (blocks.empty()) return;
    const auto block = blocks.first(kBlockSize);
    const Lba before = session_;
    look_at(start, block);
    // The tags of superblock and tree are themselves part of what the later ones cover.
    if (active_ && start >= session_ && before == session_) chain_.update(block);
    start += Blocks{1};
    blocks = blocks.subspan(kBlockSize);
  }
}

bool TagWatcher::look_at(Lba lba, std::span<const std::byte> block) {
  Tag tag;
  char data[kBlockSize], md5[16];
  std::memcpy(data, block.data(), kBlockSize);
  if (iso_util_decode_md5_tag(data, &tag.type, &tag.position, &tag.start, &tag.size, &tag.next, md5, 0) != 1) return false;
  std::memcpy(tag.md5.data(), md5, sizeof md5);
  if (!active_ || tag.position != static_cast<std::uint64_t>(lba.value) || Lba{tag.start} != session_) return false;
  judge(tag);
  return true;
}

void TagWatcher::judge(const Tag& tag) {
  const bool match = chain_.peek() == tag.md5;
  const bool told = match || tag.type == session_tag || tag.type == relocated_tag || !head_failed_;
  if (told)
    problems_.report({match ? Severity::update : Severity::warning,
                      strprintf("Found %s MD5 %s tag: start=%u size=%u", match ? "matching" : "NON-MATCHING", tag_name(tag.type), tag.start, tag.size)});
  if (!match) head_failed_ = true;
  announced_ = Lba{tag.next};
  if (tag.type == superblock_tag || tag.type == tree_tag) return;
  ranges_.push_back({Lba{tag.start}, Blocks{tag.size}, match ? Quality::md5_match : Quality::md5_mismatch});
  // The next session is aligned behind this tag; behind a relocated head it stands at block 32.
  const std::int64_t behind = std::int64_t{tag.position} + 1;
  begin(Lba{(behind + kSessionAlignment - 1) / kSessionAlignment * kSessionAlignment});
}

void TagWatcher::end() {
  if (active_ && announced_.value > 0) {
    problems_.report({Severity::warning, strprintf("Missing announced MD5 tag: start=%.f pos=%.f", static_cast<double>(session_.value),
                                                   static_cast<double>(announced_.value))});
    ranges_.push_back({session_, announced_ - session_, Quality::md5_mismatch});
  }
  active_ = false;
}

}  // namespace core::image
