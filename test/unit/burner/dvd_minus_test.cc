// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("a virgin DVD-R is blank and offers track 1 at block 0") {
  Host h("dvd-r");
  CHECK(h.profile() == 0x11);
  CHECK(h.feature_current(0x21));
  CHECK(h.feature_current(0x2f));
  CHECK_FALSE(h.feature_current(0x20));
  const auto d = h.disc();
  CHECK(d.status == 0);
  CHECK(d.session_state == 0);
  CHECK_FALSE(d.erasable);
  CHECK(d.sessions == 1);
  const auto t = h.track(1);
  CHECK(t.bits == 0x6);  // blank, incremental
  CHECK(t.mode == 4);
  CHECK(t.nwa_valid);
  CHECK(t.nwa == 0);
  CHECK(t.free == 2298496);
  CHECK(t.packet == 16);
  CHECK(h.send({0x43, 0, 0, 0, 0, 0, 0, 0, 12, 0}, {}, 12) == 0x52400);
  CHECK(h.capacity() == 0);
  CHECK(h.read(0, 1) == 0x52100);
}

TEST_CASE("incremental sessions on DVD-R follow each other with the gaps of real borders") {
  Host h("dvd-r");
  REQUIRE(h.select({.type = 0}) == 0);
  REQUIRE(h.write_many(0, 106850) == 0);
  REQUIRE(h.sync() == 0);
  CHECK(h.close(2) == 0x57203);  // track is still open
  REQUIRE(h.close(1, 1) == 0);
  CHECK(h.track(1).size == 106864);  // padded to whole ECC blocks
  CHECK(h.track(2).nwa == 106880);   // next RZone: 16 linking blocks
  REQUIRE(h.close(2) == 0);
  auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.session_state == 0);
  CHECK(d.sessions == 2);
  CHECK(d.first_track == 2);
  CHECK(d.last_track == 2);
  const std::int64_t second = 106864 + 28688;
  CHECK(h.next_start() == second);
  CHECK(h.capacity() == 106863);
  CHECK(h.read(106864, 1) == 0x52100);

  REQUIRE(h.write(second, 16, 2) == 0);
  REQUIRE(h.close(1, 2) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.next_start() == second + 16 + 6160);
  CHECK(h.read(106870, 1) == 0x80000);  // border zone between sessions
  CHECK(h.holds(0, 64));
  CHECK(h.holds(106849, 1));
  CHECK(h.reads_zeros(106850, 14));
  CHECK(h.holds(second, 16, 2));

  REQUIRE(h.select({.type = 0, .multi = 0}) == 0);
  const std::int64_t third = h.next_start();
  REQUIRE(h.write(third, 16, 3) == 0);
  REQUIRE(h.close(1, 3) == 0);
  REQUIRE(h.close(2) == 0);
  d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.session_state == 3);
  CHECK(d.sessions == 3);
  CHECK(h.track(0xff).sense == 0x52400);
  CHECK(h.write(third + 16, 16) == 0x53005);
  // The table of content folds all borders but the last into session 1.
  REQUIRE(h.send({0x43, 0, 1, 0, 0, 0, 0, 0, 12, 0}, {}, 12) == 0);
  CHECK(h.u8(2) == 1);
  CHECK(h.u8(3) == 2);
  CHECK(h.u8(6) == 2);
  CHECK(h.u32(8) == third);
}

TEST_CASE("sequential media take blocks only at the next writable address") {
  for (const char* medium : {"dvd-r", "dvd-rw", "dvd+r", "bd-r", "dvd-r-dl", "dvd+r-dl", "bd-r-dl"}) {
    CAPTURE(medium);
    Host h(medium);
    CHECK(h.write(16, 16) == 0x52102);
    REQUIRE(h.write(0, 16) == 0);
    CHECK(h.write(0, 16) == 0x52102);
    CHECK(h.write(32, 16) == 0x52102);
    CHECK(h.write(100000000, 16) == 0x52100);
    CHECK(h.write(16, 31) == 0);
    CHECK(h.write(47, 1) == 0);
    CHECK(h.track(0xff).nwa == 48);
    CHECK(h.holds(0, 48));
  }
}

TEST_CASE("a full DVD-R takes no block more") {
  Host h("dvd-r", 1024);
  REQUIRE(h.write_many(0, 1008) == 0);
  CHECK(h.write(1008, 31) == 0x52100);
  CHECK(h.track(1).nwa == 1008);
  REQUIRE(h.write(1008, 16) == 0);
  CHECK(h.track(1).free == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().status == 2);  // no room for another border
}

TEST_CASE("disc-at-once needs a reservation and completes itself with the last block") {
  Host h("dvd-r");
  REQUIRE(h.select({.type = 2, .multi = 0}) == 0);
  CHECK(h.write(0, 16) == 0x52c00);
  REQUIRE(h.reserve(100) == 0);
  CHECK(h.track(1).size == 100);
  CHECK(h.track(1).bits == 0xc);  // reserved, blank
  REQUIRE(h.write_many(0, 93) == 0);
  CHECK(h.disc().status == 1);
  CHECK(h.write(93, 16) == 0x56300);
  REQUIRE(h.write(93, 7) == 0);
  REQUIRE(h.sync() == 0);
  const auto d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.sessions == 1);
  CHECK(h.capacity() == 99);
  CHECK(h.holds(0, 100));
  CHECK(h.read(100, 1) == 0x52100);
  REQUIRE(h.restart());
  CHECK(h.disc().status == 2);
  CHECK(h.holds(0, 100));
}

TEST_CASE("minimal blanking of DVD-RW loses incremental writing, full blanking restores it") {
  Host h("dvd-rw");
  CHECK(h.profile() == 0x14);
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().erasable);
  REQUIRE(h.blank(1) == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.read(0, 1) == 0x52100);
  CHECK_FALSE(h.feature_current(0x21));
  CHECK(h.track(1).bits == 0x4);
  REQUIRE(h.select({.type = 0}) == 0);
  CHECK(h.write(0, 16) == 0x56400);
  REQUIRE(h.select({.type = 2, .multi = 0}) == 0);
  REQUIRE(h.reserve(16) == 0);
  REQUIRE(h.write(0, 16, 5) == 0);
  CHECK(h.disc().status == 2);
  REQUIRE(h.blank(0) == 0);
  CHECK(h.feature_current(0x21));
  CHECK(h.track(1).bits == 0x6);
  REQUIRE(h.select({.type = 0}) == 0);
  CHECK(h.write(0, 16) == 0);
  CHECK(h.blank(2) == 0x52400);
}

TEST_CASE("BLANK is refused by media that cannot be erased by it") {
  for (const char* medium : {"cd-r", "dvd-r", "dvd+r", "bd-r", "dvd+rw", "dvd-ram", "bd-re"}) {
    CAPTURE(medium);
    Host h(medium);
    CHECK(h.blank(0) == 0x53006);
  }
}

TEST_CASE("restricted overwrite writes aligned ECC blocks anywhere, and blanking leads back") {
  Host h("dvd-rw");
  REQUIRE(h.format(0x00, 2298496, 0x800) == 0);
  CHECK(h.profile() == 0x13);
  CHECK(h.feature_current(0x26));
  CHECK_FALSE(h.feature_current(0x21));
  auto d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.session_state == 3);
  CHECK(h.track(1).bits == 0x3);
  CHECK(h.capacity() == 2298495);
  CHECK(h.write(8, 16) == 0x52102);
  CHECK(h.write(16, 8) == 0x52102);
  REQUIRE(h.write(160, 16) == 0);
  REQUIRE(h.write(0, 32) == 0);
  REQUIRE(h.write(16, 16, 9) == 0);
  CHECK(h.holds(0, 16));
  CHECK(h.holds(16, 16, 9));
  CHECK(h.holds(160, 16));
  CHECK(h.reads_zeros(1000, 16));
  CHECK(h.write(2298496, 16) == 0x52100);
  REQUIRE(h.blank(1) == 0);
  CHECK(h.profile() == 0x14);
  CHECK(h.disc().status == 0);
}

TEST_CASE("a quick formatted DVD-RW grows and is completed by closing") {
  Host h("dvd-rw");
  REQUIRE(h.format(0x15, 160) == 0);
  CHECK(h.profile() == 0x13);
  auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.session_state == 1);
  CHECK(h.capacity() == 159);
  CHECK(h.write(192, 16) == 0x52100);  // behind a gap
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  bool grow = false;
  for (std::size_t at = 12; at + 8 <= h.in().size(); at += 8)
    if (h.u8(at + 4) >> 2 == 0x13) grow = h.u32(at) == 2298496 - 160 && h.u24(at + 5) == 16;
  CHECK(grow);
  REQUIRE(h.format(0x13, 320, 16) == 0);
  CHECK(h.capacity() == 479);
  REQUIRE(h.write(160, 16) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().status == 2);
}

TEST_CASE("test writing leaves no trace") {
  for (const bool dao : {false, true}) {
    CAPTURE(dao);
    Host h("dvd-r");
    REQUIRE(h.select({.type = dao ? 2 : 0, .multi = dao ? 0 : 3, .test = true}) == 0);
    if (dao) REQUIRE(h.reserve(32) == 0);
    REQUIRE(h.write(0, 16) == 0);
    if (!dao) CHECK(h.track(1).nwa == 16);
    REQUIRE(h.write(16, 16) == 0);
    REQUIRE(h.sync() == 0);
    if (!dao) {
      REQUIRE(h.close(1, 1) == 0);
      REQUIRE(h.close(2) == 0);
    }
    CHECK(h.disc().status == 0);
    CHECK(h.track(1).nwa == 0);
    CHECK(h.track(1).free == 2298496);
    CHECK(h.read(0, 1) == 0x52100);
    CHECK(h.cells->now.blocks.empty());
    REQUIRE(h.select({.type = 0}) == 0);
    CHECK(h.write(0, 16) == 0);
  }
}

TEST_CASE("a test write that nobody ended is forgotten when the unit stops") {
  Host h("dvd-rw");
  REQUIRE(h.select({.type = 0, .test = true}) == 0);
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.send({0x1b, 0, 0, 0, 0, 0}) == 0);
  CHECK(h.disc().status == 0);
  CHECK(h.track(1).nwa == 0);
}

TEST_CASE("media without test mode refuse it when it is asked for") {
  for (const char* medium : {"dvd+r", "dvd+rw", "dvd-ram", "bd-r", "bd-re"}) {
    CAPTURE(medium);
    Host h(medium);
    CHECK(h.select({.type = 0, .test = true}) == 0x52600);
  }
}
