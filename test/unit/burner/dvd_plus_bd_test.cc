// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("DVD+R sessions are 2048 blocks apart and close an open fragment by themselves") {
  Host h("dvd+r");
  REQUIRE(h.write_many(0, 100) == 0);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(2) == 0);
  const auto d = h.disc();
  CHECK(d.status == 1);
  CHECK(d.sessions == 2);
  CHECK(h.track(1).size == 112);
  CHECK((h.track(1).bits & 3) == 0);
  CHECK(h.next_start() == 112 + 2048);
  REQUIRE(h.write(2160, 16, 2) == 0);
  REQUIRE(h.close(1, 2) == 0);
  REQUIRE(h.close(6) == 0);
  CHECK(h.disc().status == 2);
  CHECK(h.holds(0, 100));
  CHECK(h.holds(2160, 16, 2));
  CHECK(h.write(2192, 16) == 0x53005);
}

TEST_CASE("a reservation counts as filled when only padding is missing in its last ECC block") {
  Host h("dvd+r");
  REQUIRE(h.reserve(1931) == 0);
  CHECK(h.track(1).size == 1936);
  REQUIRE(h.write_many(0, 1931) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().sessions == 2);
  CHECK(h.capacity() == 1935);
}

TEST_CASE("a reserved fragment has to be filled before its session can be closed") {
  Host h("dvd+r");
  REQUIRE(h.reserve(64) == 0);
  CHECK(h.track(1).size == 64);
  CHECK(h.track(2).nwa == 80);
  REQUIRE(h.write(0, 32) == 0);
  CHECK(h.close(2) == 0x57204);
  CHECK(h.write(32, 48) == 0x56300);
  REQUIRE(h.write(32, 32) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().sessions == 2);
  Host p("dvd+r");
  REQUIRE(p.reserve(64) == 0);
  REQUIRE(p.write(0, 16) == 0);
  REQUIRE(p.close(1, 1) == 0);  // pads
  CHECK(p.reads_zeros(16, 48));
  REQUIRE(p.close(2) == 0);
}

TEST_CASE("DVD+R takes at most 16 fragments at a time") {
  Host h("dvd+r");
  int reserved = 0;
  while (reserved < 20 && h.reserve(16) == 0) ++reserved;
  CHECK(reserved == 15);
  CHECK(h.reserve(16) == 0x57205);
}

TEST_CASE("closing nothing is good and changes nothing") {
  for (const char* medium : {"dvd-r", "dvd+r", "bd-r", "cd-r"}) {
    CAPTURE(medium);
    Host h(medium);
    CHECK(h.close(1, 1) == 0);
    CHECK(h.close(2) == 0);
    CHECK(h.disc().status == 0);
    CHECK(h.track(1).nwa == 0);
    CHECK(h.track(1).nwa_valid);
  }
}

TEST_CASE("DVD+R finalises when too little room is left for a session") {
  Host h("dvd+r", 4096);
  REQUIRE(h.write_many(0, 1024 + 16) == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().status == 2);
}

TEST_CASE("the layer break of a double layer DVD+R is settled before writing") {
  Host h("dvd+r-dl");
  REQUIRE(h.send({0xad, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0}, {}, 12) == 0);
  CHECK(h.u32(8) == 2086912);
  const auto list = bytes({0, 10, 0, 0, 0, 0, 0, 0, 0x00, 0x1f, 0x00, 0x00});
  REQUIRE(h.send({0xbf, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0}, list, 0) == 0);
  REQUIRE(h.send({0xad, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0}, {}, 12) == 0);
  CHECK(h.u32(8) == 0x1f0000);
  const auto odd = bytes({0, 10, 0, 0, 0, 0, 0, 0, 0x00, 0x1f, 0x00, 0x01});
  CHECK(h.send({0xbf, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0}, odd, 0) == 0x52600);
  REQUIRE(h.write(0, 16) == 0);
  CHECK(h.send({0xbf, 0, 0, 0, 0, 0, 0, 0x20, 0, 12, 0, 0}, list, 0) == 0x52c00);
}

TEST_CASE("BD-R sessions follow each other without gap, in clusters of 32") {
  Host h("bd-r");
  CHECK(h.disc().status == 0);
  REQUIRE(h.write_many(0, 50) == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().sessions == 2);
  CHECK(h.track(1).size == 64);
  CHECK(h.next_start() == 64);
  REQUIRE(h.write(64, 32, 2) == 0);
  REQUIRE(h.close(6) == 0);
  CHECK(h.disc().status == 2);
  CHECK(h.holds(0, 50));
  CHECK(h.holds(64, 32, 2));
}

TEST_CASE("a blank BD-R offers formats, a written one none") {
  Host h("bd-r");
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK((h.u8(3) % 8) == 0);
  CHECK(h.u8(3) >= 16);
  CHECK(h.u32(4) == 12219392);
  CHECK((h.u8(8) & 3) == 1);
  CHECK(h.u32(12) == 11826176);
  CHECK((h.u8(20 + 4) >> 2) == 0x32);
  CHECK(h.u24(20 + 5) == 12288);
  REQUIRE(h.write(0, 32) == 0);
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK(h.u8(3) == 8);
  CHECK(h.format(0x32, 11826176, 12288, 1) == 0x53006);
}

TEST_CASE("BD-R with spare area replaces bad clusters until none is left") {
  Host h("bd-r", 4096);
  REQUIRE(h.format(0x32, 0, 2, 1) == 0);
  CHECK(h.feature_current(0x24));
  CHECK_FALSE(h.feature_current(0x38));
  CHECK(h.disc().status == 1);
  CHECK(h.disc().session_state == 0);
  CHECK(h.disc().sessions == 1);
  CHECK(h.capacity() == 0);
  CHECK(h.track(1).free == 4096 - 64);
  REQUIRE(h.send({0xad, 1, 0, 0, 0, 0, 0, 0x0a, 0, 16, 0, 0}, {}, 16) == 0);
  CHECK(h.u32(8) == 64);  // blocks
  CHECK(h.u32(12) == 64);
  h.device->faults().add({.kind = FaultKind::bad_block, .first = core::Lba{40}, .last = core::Lba{40}});
  h.device->faults().add({.kind = FaultKind::bad_block, .first = core::Lba{70}, .last = core::Lba{130}});
  REQUIRE(h.write(0, 64) == 0);
  REQUIRE(h.write(64, 32) == 0);
  CHECK(h.holds(0, 96));
  CHECK(h.write(96, 32) == 0x30c00);
  REQUIRE(h.send({0xad, 1, 0, 0, 0, 0, 0, 0x0a, 0, 16, 0, 0}, {}, 16) == 0);
  CHECK(h.u32(8) == 0);
  CHECK(h.device->disc()->info().wear.defects.size() == 2);
}

TEST_CASE("pseudo-overwrite changes blocks in place and uses up space") {
  Host h("bd-r");
  REQUIRE(h.format(0x32, 0, 12288, 0) == 0);
  CHECK(h.feature_current(0x38));
  REQUIRE(h.write(0, 64) == 0);
  REQUIRE(h.write(16, 1, 9) == 0);
  CHECK(h.holds(16, 1, 9));
  CHECK(h.holds(0, 16));
  CHECK(h.holds(17, 47));
  CHECK(h.track(1).nwa == 96);
  CHECK(h.write(200, 32) == 0x52102);
  REQUIRE(h.write(96, 32) == 0);
  CHECK(h.capacity() == 127);  // readable although its session is open
  Host plain("bd-r");
  REQUIRE(plain.write(0, 64) == 0);
  CHECK(plain.write(16, 1) == 0x52102);
}
