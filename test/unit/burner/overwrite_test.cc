// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("a virgin DVD+RW wants to be formatted, then takes any block") {
  Host h("dvd+rw");
  auto d = h.disc();
  CHECK(d.status == 0);
  CHECK(d.background == 0);
  CHECK(d.erasable);
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK(h.u8(3) == 16);
  CHECK(h.u32(4) == 2295104);
  CHECK((h.u8(8) & 3) == 1);
  CHECK(h.u32(12) == 2295104);
  CHECK((h.u8(16) >> 2) == 0x26);
  CHECK(h.track(1).free == 2295104);
  CHECK(h.write(0, 16) == 0x53006);
  CHECK(h.read(0, 1) == 0x52100);
  CHECK(h.format(0x26, 2295104, 2) == 0x52600);
  CHECK(h.format(0x26, 2295104, 1) == 0x52600);
  CHECK(h.format(0x00, 2295104) == 0x52600);
  REQUIRE(h.format(0x26, 0xffffffff) == 0);
  d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.background == 3);
  CHECK(h.capacity() == 2295103);
  REQUIRE(h.write(100000, 1) == 0);
  REQUIRE(h.write(3, 5) == 0);
  REQUIRE(h.write(4, 1, 8) == 0);
  CHECK(h.holds(4, 1, 8));
  CHECK(h.holds(3, 1));
  CHECK(h.holds(100000, 1));
  CHECK(h.write(2295103, 2) == 0x52100);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.close(0) == 0);
  REQUIRE(h.close(2) == 0);
  REQUIRE(h.send({0x43, 0, 0, 0, 0, 0, 0, 0, 20, 0}, {}, 20) == 0);
  CHECK(h.u32(16) == 2295104);
}

TEST_CASE("DVD-RAM comes formatted and can be given more room") {
  Host h("dvd-ram");
  const auto d = h.disc();
  CHECK(d.status == 3);
  CHECK(d.session_state == 3);
  CHECK(h.capacity() == 2236703);
  REQUIRE(h.write(77, 3) == 0);
  CHECK(h.holds(77, 3));
  CHECK(h.reads_zeros(1000, 5));
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK((h.u8(8) & 3) == 2);
  CHECK(h.u8(3) >= 16);
  REQUIRE(h.format(0x00, 2236704) == 0);
  CHECK(h.reads_zeros(77, 3));
}

TEST_CASE("BD-RE formats of real media") {
  Host h("bd-re");
  CHECK(h.disc().status == 0);
  CHECK(h.write(0, 32) == 0x53006);
  struct Row {
    int type;
    std::int64_t blocks;
    std::uint32_t parameter;
  };
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK((h.u8(8) & 3) == 1);
  REQUIRE(h.format(0x30, 12088320, 0x1000) == 0);
  CHECK(h.disc().status == 2);
  CHECK(h.capacity() == 12088319);
  REQUIRE(h.send({0x23, 0, 0, 0, 0, 0, 0, 0, 252, 0}, {}, 252) == 0);
  CHECK((h.u8(8) & 3) == 2);
  CHECK(h.u32(4) == 12088320);
  const Row rows[] = {{0x00, 11826176, 0x800},  {0x01, 11564032, 0x800},  {0x30, 11826176, 0x3000},
                      {0x30, 11564032, 0x5000}, {0x30, 12088320, 0x1000}, {0x31, 12219392, 0x800}};
  REQUIRE(h.u8(3) == 8 + 6 * 8);
  for (std::size_t i = 0; i < 6; ++i) {
    CAPTURE(i);
    CHECK(h.u32(12 + 8 * i) == rows[i].blocks);
    CHECK(static_cast<int>(h.u8(16 + 8 * i) >> 2) == rows[i].type);
    CHECK(h.u24(17 + 8 * i) == rows[i].parameter);
  }
  REQUIRE(h.write(5, 1) == 0);
  REQUIRE(h.format(0x30, 11826176, 0x3000) == 0);
  CHECK(h.capacity() == 11826175);
  CHECK(h.holds(5, 1));  // quick reformatting keeps data
  REQUIRE(h.format(0x30, 11826176, 0x3000, 2) == 0);
  CHECK(h.reads_zeros(5, 1));
  CHECK(h.format(0x30, 0, 0x0100) == 0x52600);
  REQUIRE(h.format(0x31, 12219392, 0x800) == 0);
  CHECK(h.capacity() == 12219391);
}

TEST_CASE("double layer BD-RE has twice the room and its own default spare area") {
  Host h("bd-re-dl");
  REQUIRE(h.format(0x00, 0) == 0);
  CHECK(h.capacity() == 23652351);
}

TEST_CASE("units wear out by rewriting, and are replaced while there are spares") {
  Host h("bd-re", 4096);
  REQUIRE(h.format(0x31, 4096, 0x800) == 0);
  for (int i = 0; i < 1000; ++i) REQUIRE(h.write(64, 1) == 0);
  CHECK(h.write(64, 1) == 0x30c00);
  CHECK(h.write(96, 1) == 0);
  CHECK(h.device->disc()->info().wear.maximum == 1001);
  Host s("bd-re", 4096);
  REQUIRE(s.format(0x30, 0, 3) == 0);
  for (int i = 0; i < 1005; ++i) REQUIRE(s.write(64, 1) == 0);
  const auto wear = s.device->disc()->info().wear;
  CHECK(wear.spare_used.value == 32);
  REQUIRE(wear.defects.size() == 1);
  CHECK(wear.defects[0].first.value == 64);
}

TEST_CASE("a unit that lost power while being written is unreadable until it is rewritten") {
  Host h("bd-re");
  REQUIRE(h.format(0x00, 0) == 0);
  REQUIRE(h.write(0, 64) == 0);
  REQUIRE(h.sync() == 0);
  h.device->faults().add({.kind = FaultKind::power_loss, .first = core::Lba{40}, .last = core::Lba{40}, .times = 1});
  CHECK(h.write(32, 32, 2) == 0xffffff);
  CHECK(h.unit_ready() == 0x62900);
  CHECK(h.holds(0, 32));
  CHECK(h.read(32, 1) == 0x31100);
  REQUIRE(h.write(32, 32, 3) == 0);
  CHECK(h.holds(32, 32, 3));
}

TEST_CASE("the map of scattered writes stays small") {
  Host h("dvd-ram");
  for (int i = 0; i < 6000; ++i) REQUIRE(h.write(static_cast<std::int64_t>(i) * 37 % 2236000 * 2 % 2236700, 1) == 0);
  CHECK(h.device->disc()->info().written.size() < 4200);
  REQUIRE(h.sync() == 0);
  REQUIRE(h.restart());
  CHECK(h.holds(2 * 37, 1));
}

TEST_CASE("a quickly formatted DVD-RW grows by writing at its end until its session is closed") {
  Host h("dvd-rw");
  REQUIRE(h.format(0x15, 0) == 0);
  REQUIRE(h.write(0, 16) == 0);
  CHECK(h.write(64, 16) == 0x52100);  // behind a gap
  REQUIRE(h.write(16, 16) == 0);
  REQUIRE(h.write(32, 16) == 0);
  REQUIRE(h.sync() == 0);
  CHECK(h.capacity() == 47);
  REQUIRE(h.close(2) == 0);
  CHECK(h.write(48, 16) == 0x52100);
  CHECK(h.holds(0, 48));
  REQUIRE(h.format(0x13, 0) == 0);  // quick grow
  CHECK(h.write(48, 16) == 0);
}
