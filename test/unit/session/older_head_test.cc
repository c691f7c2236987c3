// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "libcore/session/older_head.h"

using namespace core;
using namespace core::session;

namespace {

/// A medium in memory with one session at block 64: two volume descriptors, terminator, and a checksum tag behind them.
class Medium : public BlockSource {
 public:
  explicit Medium(const char* tag) : bytes_(200 * 2048) {
    descriptor(64 + 16, 1);
    descriptor(64 + 17, 2);
    descriptor(64 + 18, 255);
    put(64 + 19, tag);
    put(64 + 25, "directory records");
  }
  void descriptor(std::size_t n, unsigned char type) {
    bytes_[n * 2048] = static_cast<std::byte>(type);
    std::memcpy(&bytes_[n * 2048 + 1], "CD001", 5);
    const unsigned char size[8] = {36, 0, 0, 0, 0, 0, 0, 36};
    if (type < 3) std::memcpy(&bytes_[n * 2048 + 80], size, 8);
  }
  void put(std::size_t n, const char* text) { std::memcpy(&bytes_[n * 2048], text, std::strlen(text)); }
  Result<void> read(Lba start, std::span<std::byte> buffer) override {
    std::memcpy(buffer.data(), bytes_.data() + start.value * 2048, buffer.size());
    return {};
  }
  Blocks capacity() const override { return {200}; }

 private:
  std::vector<std::byte> bytes_;
};

std::string text_of(const std::vector<std::byte>& head, std::size_t n) {
  return reinterpret_cast<const char*>(head.data() + n * 2048);
}

std::vector<unsigned> size_of(const std::vector<std::byte>& head, std::size_t n) {
  std::vector<unsigned> v;
  for (std::size_t i = 0; i < 8; ++i) v.push_back(std::to_integer<unsigned>(head[n * 2048 + 80 + i]));
  return v;
}

}  // namespace

TEST_CASE("the head of an older session tells the new size in all trees") {
  Medium medium("");
  CHECK(volume_space(medium, Lba{64})->value == 36);
  const auto head = head_of_session(medium, Lba{64}, Blocks{0x12345});
  REQUIRE(head.ok());
  const std::vector<unsigned> want = {0x45, 0x23, 0x01, 0, 0, 0x01, 0x23, 0x45};
  CHECK(size_of(*head, 16) == want);
  CHECK(size_of(*head, 17) == want);
  CHECK(std::all_of(head->begin() + 19 * 2048, head->end(), [](std::byte b) { return b == std::byte{0}; }));
}

TEST_CASE("a checksum tag is replaced by one that covers the relocated head") {
  Medium medium("libisofs_sb_checksum_tag_v1 pos=83 range_start=64 range_size=19 next=90 md5=00 self=00\n");
  const auto head = head_of_session(medium, Lba{64}, Blocks{100});
  REQUIRE(head.ok());
  const std::string tag = text_of(*head, 19);
  CHECK(tag.starts_with("libisofs_rlsb32_checksum_tag_v1 pos=19 range_start=0 range_size=19 session_start=64 md5="));
  CHECK(tag.size() == 159);
  CHECK(tag.back() == '\n');
}

TEST_CASE("a place without volume descriptor is refused") {
  Medium medium("");
  CHECK(!head_of_session(medium, Lba{3}, Blocks{100}).ok());
  CHECK(!volume_space(medium, Lba{3}).ok());
}
