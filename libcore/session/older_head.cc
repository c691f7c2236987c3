// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/older_head.h"

#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "libcore/base/text.h"
#include "libcore/base/md5.h"

namespace core::session {
namespace {

constexpr std::size_t kFirstDescriptor = 16;
constexpr std::string_view kTag = "libisofs_sb_checksum_tag_v1 ";

std::byte* block(std::vector<std::byte>& head, std::size_t n) { return head.data() + n * kBlockSize; }

bool has_text(const std::byte* at, std::string_view text) { return std::memcmp(at, text.data(), text.size()) == 0; }

/// ECMA-119 7.3.3: little endian, then big endian.
void put_both_endian(std::byte* at, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) {
    at[i] = static_cast<std::byte>(value >> (8 * i));
    at[4 + i] = static_cast<std::byte>(value >> (24 - 8 * i));
  }
}

std::string md5_text(std::span<const std::byte> data) {
  Md5Digester md5;
  md5.update(data);
  std::array<std::byte, 16> digest;
  md5.finish(digest);
  std::string text;
  for (const std::byte b : digest) text += strprintf("%02x", std::to_integer<unsigned>(b));
  return text;
}

/// The tag covers everything before it, in its new place.
void put_relocated_tag(std::vector<std::byte>& head, std::size_t at, Lba start) {
  std::string tag = strprintf("libisofs_rlsb32_checksum_tag_v1 pos=%zu range_start=0 range_size=%zu session_start=%lld md5=%s", at,
                              at, static_cast<long long>(start.value), md5_text({head.data(), at * kBlockSize}).c_str());
  tag += " self=" + md5_text(std::as_bytes(std::span(tag))) + '\n';
  std::memset(block(head, at), 0, kBlockSize);
  std::memcpy(block(head, at), tag.data(), tag.size());
}

Problem no_descriptor(Lba start) {
  return {Severity::failure,
          strprintf("Cannot read ISO 9660 Volume Descriptor from LBA %lld", static_cast<long long>(start.value))};
}

}  // namespace

Result<Blocks> volume_space(BlockSource& source, Lba start) {
  std::vector<std::byte> b(kBlockSize);
  if (!source.read(start + Blocks{static_cast<std::int64_t>(kFirstDescriptor)}, b) || b[0] != std::byte{1} || !has_text(&b[1], "CD001"))
    return no_descriptor(start);
  std::uint32_t size = 0;
  for (int i = 3; i >= 0; --i) size = size << 8 | std::to_integer<std::uint32_t>(b[80 + static_cast<std::size_t>(i)]);
  return Blocks{size};
}

Result<std::vector<std::byte>> head_of_session(BlockSource& source, Lba start, Blocks total) {
  std::vector<std::byte> head(static_cast<std::size_t>(to_bytes(kHeadSize).value));
  auto got = source.read(start, head);
  if (!got) return std::move(got).problem();
  const auto count = static_cast<std::size_t>(kHeadSize.value);
  std::size_t end = kFirstDescriptor;
  for (; end < count && has_text(block(head, end) + 1, "CD001"); ++end) {
    const auto type = std::to_integer<unsigned>(*block(head, end));
    if (type == 1 || type == 2) put_both_endian(block(head, end) + 80, static_cast<std::uint32_t>(total.value));
  }
  if (end == kFirstDescriptor) return no_descriptor(start);
  std::size_t tag = end;
  while (tag < count && !has_text(block(head, tag), kTag)) ++tag;
  const std::size_t used = tag < count ? tag : end;
  std::memset(block(head, used), 0, (count - used) * kBlockSize);
  if (tag < count) put_relocated_tag(head, tag, start);
  return head;
}

}  // namespace core::session
