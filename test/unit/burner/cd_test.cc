// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "libcore/burner/cue_sheet.h"
#include "libcore/burner/sector.h"
#include "test/unit/burner/host.h"

using namespace core::burner;

namespace {

/// A cue sheet with one data track from LBA 0 to `end`.
std::vector<std::byte> data_cue(std::int64_t end) {
  const std::int64_t f = end + 150;
  const auto m = static_cast<int>(f / 4500), s = static_cast<int>(f / 75 % 60), x = static_cast<int>(f % 75);
  return bytes({0x41, 0, 0, 0x14, 0, 0, 0, 0,     //
                0x41, 1, 0, 0x10, 0, 0, 0, 0,     //
                0x41, 1, 1, 0x10, 0, 0, 2, 0,     //
                0x41, 0xaa, 1, 0x14, 0, m, s, x});
}

std::uint32_t send_cue(Host& h, const std::vector<std::byte>& sheet) {
  return h.send({0x5d, 0, 0, 0, 0, 0, 0, 0, static_cast<int>(sheet.size()), 0}, sheet, 0);
}

std::uint32_t write_sectors(Host& h, std::int64_t lba, int sectors, int size, int value) {
  const auto u = static_cast<std::uint32_t>(lba);
  std::vector<std::byte> data(static_cast<std::size_t>(sectors * size), static_cast<std::byte>(value));
  return h.send({0x2a, 0, static_cast<int>(u >> 24), static_cast<int>(u >> 16 & 255), static_cast<int>(u >> 8 & 255),
                 static_cast<int>(u & 255), 0, sectors >> 8, sectors & 255, 0},
                data, 0);
}

}  // namespace

TEST_CASE("a blank CD-R tells its ATIP and nothing of a table of content") {
  Host h("cd-r");
  CHECK(h.profile() == 0x09);
  const auto d = h.disc();
  CHECK(d.status == 0);
  CHECK(d.session_state == 0);
  CHECK(h.u32(20) == (79 << 16 | 59 << 8 | 72));  // last possible lead-out
  CHECK(h.u8(8) == 0xff);
  const auto t = h.track(0xff);
  CHECK(t.nwa_valid);
  CHECK(t.nwa == 0);
  CHECK(t.free == 359847);
  CHECK((t.bits & 4) == 4);
  for (const int format : {0, 1, 2}) CHECK(h.send({0x43, 2, format, 0, 0, 0, 0, 0, 12, 0}, {}, 12) == 0x52400);
  REQUIRE(h.send({0x43, 2, 4, 0, 0, 0, 0, 0, 28, 0}, {}, 28) == 0);
  CHECK(h.u8(8) == 97);
  CHECK(h.u8(9) == 26);
  CHECK(h.u8(10) == 60);
  CHECK(h.u24(12) == (79 << 16 | 59 << 8 | 72));
  CHECK((h.u8(6) & 0x40) == 0);
  CHECK(h.capacity() == 0);
  // A DVD structure on CD: refused, or programs take it for a DVD.
  CHECK(h.send({0xad, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0}, {}, 32) == 0x53002);
}

TEST_CASE("track-at-once: SYNCHRONIZE CACHE ends the track, the next begins behind run-out and pregap") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1}) == 0);
  CHECK(h.write(1, 16) == 0x52102);
  REQUIRE(h.write_many(0, 608) == 0);
  CHECK(h.track(0xff).nwa == 608);
  REQUIRE(h.sync() == 0);
  CHECK(h.track(1).size == 610);
  CHECK(h.track(0xff).nwa == 608 + 2 + 150);
  CHECK(h.track(0xff).number == 2);
  REQUIRE(h.sync() == 0);
  CHECK(h.track(0xff).number == 2);
  REQUIRE(h.close(2) == 0);
  auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.sessions == 2);
  CHECK(d.first_track == 2);
  CHECK(h.next_start() == 12010);
  CHECK(h.capacity() == 609);  // with the run-out
  CHECK(h.holds(0, 608));
  CHECK(h.read(608, 1) == 0x56400);
  CHECK(h.read(610, 1) == 0x52100);

  REQUIRE(h.select({.type = 1, .multi = 0}) == 0);
  REQUIRE(h.write_many(12010, 310, 2) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(2) == 0);
  d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.sessions == 2);
  CHECK(h.holds(12010, 310, 2));
  CHECK(h.write(12400, 16) == 0x53005);
  REQUIRE(h.send({0x43, 0, 0, 0, 0, 0, 0, 0, 100, 0}, {}, 100) == 0);
  CHECK(h.u16(0) == 2 + 3 * 8);
  CHECK(h.u8(5) == 0x14);
  CHECK(h.u32(8) == 0);
  CHECK(h.u32(16) == 12010);
  CHECK(h.u8(22) == 0xaa);
  CHECK(h.u32(24) == 12322);
  REQUIRE(h.send({0x43, 2, 2, 0, 0, 0, 1, 0, 255, 0}, {}, 255) == 0);
  CHECK(h.u8(2) == 1);
  CHECK(h.u8(3) == 2);
  CHECK(h.u8(4 + 3) == 0xa0);
  CHECK(h.u8(4 + 11 * 2 + 3) == 0xa2);
  CHECK(h.u24(4 + 11 * 2 + 8) == (0 << 16 | 10 << 8 | 10));  // 610 + 150 = 760 frames
}

TEST_CASE("later sessions of a CD are 6900 sectors apart, short tracks are filled to four seconds") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1}) == 0);
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.next_start() == 302 + 11400);
  REQUIRE(h.write(11702, 16) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.next_start() == 11702 + 302 + 6900);
  CHECK(h.reads_zeros(16, 200));
}

TEST_CASE("session-at-once closes by itself at the announced lead-out") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 2, .multi = 3}) == 0);
  CHECK(h.write(0, 16) == 0x52c00);
  REQUIRE(send_cue(h, data_cue(400)) == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.write(0, 16) == 0x52102);
  REQUIRE(write_sectors(h, -150, 150, 2048, 0) == 0);
  REQUIRE(h.write_many(0, 399) == 0);
  CHECK(h.disc().sessions == 1);
  CHECK(h.write(399, 2) == 0x56300);
  REQUIRE(h.write(399, 1) == 0);
  REQUIRE(h.sync() == 0);
  const auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.sessions == 2);
  CHECK(h.capacity() == 399);  // no run-out
  CHECK(h.holds(0, 400));
  CHECK(h.next_start() == 400 + 11400);
  REQUIRE(h.restart());
  CHECK(h.holds(0, 400));
  CHECK(h.next_start() == 11800);
}

TEST_CASE("cue sheets that make no sense are refused and change nothing") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1}) == 0);
  CHECK(send_cue(h, data_cue(400)) == 0x52c00);
  REQUIRE(h.select({.type = 2}) == 0);
  CHECK(send_cue(h, data_cue(359848)) == 0x52600);
  auto sheet = data_cue(400);
  sheet[8 + 3] = std::byte{0x3f};
  CHECK(send_cue(h, sheet) == 0x52600);
  sheet = data_cue(400);
  sheet[16 + 6] = std::byte{61};
  CHECK(send_cue(h, sheet) == 0x52600);
  sheet.pop_back();
  CHECK(send_cue(h, sheet) == 0x52600);
  CHECK(send_cue(h, {}) == 0x52600);
  // A track without a sector.
  CHECK(send_cue(h, bytes({0x41, 0, 0, 0x14, 0, 0, 0, 0, 0x41, 1, 1, 0x10, 0, 0, 2, 0, 0x41, 2, 0, 0x10, 0, 0, 2, 0,
                           0x41, 2, 1, 0x10, 0, 0, 2, 0, 0x41, 0xaa, 1, 0x14, 0, 0, 9, 0})) == 0x52600);
  CHECK(h.disc().status == 0);
  Host dvd("dvd-r");
  CHECK(send_cue(dvd, data_cue(400)) == 0x52000);
}

TEST_CASE("audio tracks with CD-TEXT are written by cue sheet and read back raw") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 2, .multi = 0, .track_mode = 0}) == 0);
  // Lead-in with CD-TEXT, track 1 of 300 sectors, track 2 with a pregap of 75 and 400 sectors.
  const auto sheet = bytes({0x01, 0, 0, 0x41, 0, 0, 0, 0,   //
                            0x01, 1, 0, 0x00, 0, 0, 0, 0,   //
                            0x01, 1, 1, 0x00, 0, 0, 2, 0,   //
                            0x01, 2, 0, 0x00, 0, 0, 6, 0,   //
                            0x01, 2, 1, 0x00, 0, 0, 7, 0,   //
                            0x01, 0xaa, 1, 0x01, 0, 0, 12, 25});
  REQUIRE(send_cue(h, sheet) == 0);
  // One CD-TEXT pack: 0x80, then counting bytes, in six bit symbols.
  std::vector<std::byte> pack(18);
  for (std::size_t i = 0; i < 18; ++i) pack[i] = static_cast<std::byte>(0x80 + i);
  std::vector<std::byte> lead_in;
  const std::int64_t sectors = 11640 - 150;
  for (std::size_t n = 0; n < static_cast<std::size_t>(sectors) * 4; ++n)
    for (std::size_t i = 0; i < 18; i += 3) {
      const auto v = std::to_integer<unsigned>(pack[i]) << 16 | std::to_integer<unsigned>(pack[i + 1]) << 8 |
                     std::to_integer<unsigned>(pack[i + 2]);
      for (int shift = 18; shift >= 0; shift -= 6) lead_in.push_back(static_cast<std::byte>(v >> shift & 63));
    }
  const auto lba = static_cast<std::uint32_t>(-11640);
  REQUIRE(h.send({0x2a, 0, static_cast<int>(lba >> 24), static_cast<int>(lba >> 16 & 255), static_cast<int>(lba >> 8 & 255),
                  static_cast<int>(lba & 255), 0, static_cast<int>(sectors >> 8), static_cast<int>(sectors & 255), 0},
                 lead_in, 0) == 0);
  REQUIRE(write_sectors(h, -150, 150, 2352, 0) == 0);
  REQUIRE(write_sectors(h, 0, 300, 2352, 11) == 0);
  REQUIRE(write_sectors(h, 300, 75, 2352, 33) == 0);
  REQUIRE(write_sectors(h, 375, 400, 2352, 22) == 0);
  REQUIRE(h.sync() == 0);
  CHECK(h.disc().status == 2);
  CHECK(h.track(1).mode == 0);
  CHECK(h.track(1).size == 375);  // up to where track 2 is said to begin
  CHECK(h.track(2).start == 375);
  CHECK(h.track(2).size == 400);
  CHECK(h.read(0, 1) == 0x56400);
  REQUIRE(h.send({0xbe, 0x04, 0, 0, 1, 0x77, 0, 0, 2, 0x10, 0, 0}, {}, 4704) == 0);
  CHECK(h.in().size() == 4704);
  CHECK(h.u8(0) == 22);
  CHECK(h.u8(4703) == 22);
  REQUIRE(h.send({0xbe, 0x04, 0, 0, 1, 0x2c, 0, 0, 1, 0x10, 0, 0}, {}, 2352) == 0);
  CHECK(h.u8(0) == 33);  // audio in the pregap
  CHECK(h.send({0xbe, 0x08, 0, 0, 0, 5, 0, 0, 1, 0x10, 0, 0}, {}, 2352) == 0x56400);
  REQUIRE(h.send({0x43, 0, 5, 0, 0, 0, 0, 0, 255, 0}, {}, 255) == 0);
  CHECK(h.u16(0) == 2 + 18);
  CHECK(h.u8(4) == 0x80);
  CHECK(h.u8(21) == 0x80 + 17);
}

TEST_CASE("READ CD makes the raw sector around 2048 bytes") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1}) == 0);
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.send({0xbe, 0, 0, 0, 0, 1, 0, 0, 1, 0xf8, 0, 0}, {}, 2352) == 0);
  CHECK(h.u8(0) == 0);
  CHECK(h.u8(1) == 0xff);
  CHECK(h.u32(12) == 0x00020101);  // 00:02:01, mode 1
  REQUIRE(h.send({0xb9, 0, 0, 0, 2, 1, 0, 2, 2, 0x10, 0, 0}, {}, 2048) == 0);
  CHECK(h.in().size() == 2048);
  REQUIRE(h.send({0xbe, 0, 0, 0, 0, 1, 0, 0, 1, 0x10, 2, 0}, {}, 2064) == 0);
  CHECK(h.u8(2048) == 0x41);  // Q: data track
  CHECK(h.u8(2049) == 0x01);
  CHECK(h.send({0xbe, 0, 0, 0, 0, 1, 0, 0, 1, 0x16, 0, 0}, {}, 2352) == 0x52400);
}

TEST_CASE("EDC and ECC of a sector are code words") {
  std::vector<std::byte> user(2048);
  for (std::size_t i = 0; i < user.size(); ++i) user[i] = static_cast<std::byte>(i * 13 + 5);
  const RawSector s = mode1_sector(16, user);
  // EDC: the CRC over data and its own check bytes is 0.
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < 2068; ++i) {
    crc ^= std::to_integer<std::uint32_t>(s[i]);
    for (int k = 0; k < 8; ++k) crc = (crc >> 1) ^ (crc & 1 ? 0xd8018001u : 0);
  }
  CHECK(crc == 0);
  // P parity: both syndromes of each of the 86 columns of 26 are 0.
  const auto times = [](unsigned v) { return (v << 1 ^ (v & 0x80 ? 0x11d : 0)) & 0xff; };
  bool all_zero = true;
  for (std::size_t column = 0; column < 86; ++column) {
    unsigned s0 = 0, s1 = 0;
    for (std::size_t row = 0; row < 26; ++row) {
      const auto v = std::to_integer<unsigned>(s[12 + column + 86 * row]);
      s0 ^= v;
      s1 = times(s1) ^ v;
    }
    all_zero = all_zero && s0 == 0 && s1 == 0;
  }
  CHECK(all_zero);
}

TEST_CASE("CD-RW is blanked, formatted for fixed packets, and blanked back") {
  Host h("cd-rw");
  CHECK(h.profile() == 0x0a);
  CHECK(h.disc().erasable);
  REQUIRE(h.select({.type = 1}) == 0);
  REQUIRE(h.write(0, 31) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(2) == 0);
  REQUIRE(h.blank(1) == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.track(0xff).nwa == 0);
  CHECK(h.read(0, 1) == 0x52100);
  CHECK(h.format(0x10, 295232, 16) == 0x52600);
  REQUIRE(h.format(0x10, 295232, 32) == 0);
  CHECK(h.feature_current(0x26));
  CHECK_FALSE(h.feature_current(0x2d));
  CHECK(h.disc().status == 2);
  REQUIRE(h.send({0x52, 1, 0, 0, 0, 1, 0, 0, 28, 0}, {}, 28) == 0);
  CHECK(h.u8(5) == 0x07);
  CHECK(h.u8(6) == 0xb2);
  CHECK(h.u32(20) == 32);
  CHECK(h.u32(24) == 295232);
  CHECK(h.write(16, 32) == 0x52102);
  CHECK(h.write(32, 31) == 0x52102);
  REQUIRE(h.write(64, 32) == 0);
  REQUIRE(h.write(0, 32) == 0);
  REQUIRE(h.write(64, 32, 3) == 0);
  CHECK(h.holds(64, 32, 3));
  REQUIRE(h.blank(0) == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.feature_current(0x2d));
}

TEST_CASE("simulated CD writing leaves the disc blank, at once and in tracks") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1, .test = true}) == 0);
  REQUIRE(h.write(0, 31) == 0);
  REQUIRE(h.sync() == 0);
  CHECK(h.track(0xff).number == 2);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().status == 0);
  REQUIRE(h.select({.type = 2, .multi = 0, .test = true}) == 0);
  REQUIRE(send_cue(h, data_cue(310)) == 0);
  REQUIRE(write_sectors(h, -150, 150, 2048, 0) == 0);
  REQUIRE(h.write_many(0, 310) == 0);
  REQUIRE(h.sync() == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.track(0xff).nwa == 0);
  CHECK(h.cells->now.blocks.empty());
}

TEST_CASE("a track whose writing was cut off is damaged until the session is closed") {
  Host h("cd-r");
  REQUIRE(h.select({.type = 1}) == 0);
  REQUIRE(h.write_many(0, 31 * 80) == 0);
  REQUIRE(h.restart());
  auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.session_state == 2);
  const auto t = h.track(1);
  CHECK(t.damaged);
  CHECK_FALSE(t.nwa_valid);
  CHECK(h.write(t.nwa, 16) != 0);
  REQUIRE(h.select({.type = 1}) == 0);
  REQUIRE(h.close(2) == 0);
  d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.session_state == 0);
  CHECK(d.sessions == 2);
  CHECK(h.holds(0, 2048));
}
