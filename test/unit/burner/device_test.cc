// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <set>

#include "libcore/burner/opcodes.h"
#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("every operation code has one row, and its command block the length of its group") {
  std::set<int> seen;
  for (const OpcodeRow& row : opcode_table()) {
    CAPTURE(row.name);
    CHECK(seen.insert(row.opcode).second);
    CHECK(bool(row.handler));
    const int group = row.opcode >> 5;
    CHECK(row.length == (group == 0 ? 6u : group == 5 ? 12u : 10u));
  }
}

TEST_CASE("unknown commands and short command blocks are refused") {
  Host h("dvd-r");
  CHECK(h.send({0xa3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == 0x52000);
  CHECK(h.send({0x28, 0, 0}) == 0x52400);
  CHECK(h.send({}) == 0x52400);
  CHECK(h.reply().residual == 0);
}

TEST_CASE("unit attention comes exactly once after a load, and not to those that may always ask") {
  Host h("dvd-r");
  auto disc = h.device->unload();
  REQUIRE(disc);
  CHECK(h.unit_ready() == 0x23a01);
  h.device->load(std::move(disc));
  CHECK(h.send({0x12, 0, 0, 0, 36, 0}, {}, 36) == 0);
  CHECK(h.send({0x03, 0, 0, 0, 18, 0}, {}, 18) == 0);
  CHECK(h.profile() == 0x11);
  CHECK(h.send({0x4a, 1, 0, 0, 0x10, 0, 0, 0, 8, 0}, {}, 8) == 0);
  CHECK(h.u8(4) == 2);  // new media
  CHECK(h.unit_ready() == 0x62800);
  CHECK(h.unit_ready() == 0);
}

TEST_CASE("INQUIRY tells a removable multimedia device, cut to what was asked for") {
  Host h("dvd-r");
  REQUIRE(h.send({0x12, 0, 0, 0, 36, 0}, {}, 96) == 0);
  CHECK(h.reply().transferred == 36);
  CHECK(h.reply().residual == 60);
  CHECK(h.u8(0) == 5);
  CHECK((h.u8(1) & 0x80) != 0);
  CHECK(std::string(reinterpret_cast<const char*>(h.in().data()) + 8, 8) == "VBURN   ");
  CHECK(h.send({0x12, 1, 0x99, 0, 36, 0}, {}, 36) == 0x52400);
}

TEST_CASE("the tray obeys the lock") {
  Host h("dvd-r");
  REQUIRE(h.send({0x1e, 0, 0, 0, 1, 0}) == 0);
  CHECK(h.send({0x1b, 0, 0, 0, 2, 0}) == 0x55302);
  CHECK_FALSE(h.device->open_tray());
  CHECK(h.unit_ready() == 0);
  REQUIRE(h.send({0x1e, 0, 0, 0, 0, 0}) == 0);
  REQUIRE(h.send({0x1b, 0, 0, 0, 2, 0}) == 0);
  CHECK(h.device->tray_open());
  CHECK(h.unit_ready() == 0x23a02);
  CHECK(h.profile() == 0);
  REQUIRE(h.send({0x1b, 0, 0, 0, 3, 0}) == 0);
  CHECK(h.unit_ready() == 0x62800);
  CHECK(h.unit_ready() == 0);
  CHECK(h.profile() == 0x11);
}

TEST_CASE("stopping the unit loses nothing") {
  Host h("dvd-r");
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.send({0x1b, 1, 0, 0, 0, 0}) == 0);
  CHECK(h.unit_ready() == 0);
  CHECK(h.track(1).nwa == 16);
  CHECK(h.holds(0, 16));
}

TEST_CASE("write types which a medium does not have are refused by MODE SELECT without effect") {
  Host cd("cd-r");
  CHECK(cd.select({.type = 1}) == 0);
  CHECK(cd.select({.type = 2}) == 0);
  CHECK(cd.select({.type = 3}) == 0x52600);
  CHECK(cd.select({.type = 0}) == 0x52600);
  REQUIRE(cd.send({0x5a, 0x08, 0x05, 0, 0, 0, 0, 0, 60, 0}, {}, 60) == 0);
  CHECK(cd.u8(8) == 5);
  CHECK(cd.u8(9) == 50);
  CHECK((cd.u8(10) & 15) == 2);
  Host dvd("dvd-r");
  CHECK(dvd.select({.type = 1}) == 0x52600);
  CHECK(dvd.select({.type = 0}) == 0);
}

TEST_CASE("mode pages fit into 8 bit lengths, and page 3F brings all of them") {
  Host h("dvd-rw");
  REQUIRE(h.send({0x5a, 0, 0x3f, 0, 0, 0, 0, 0, 255, 0}, {}, 255) == 0);
  CHECK(h.u16(0) + 2 == h.in().size());
  REQUIRE(h.send({0x5a, 0, 0x2a, 0, 0, 0, 0, 0, 8, 0}, {}, 8) == 0);
  const auto length = h.u16(0) + 2;
  REQUIRE(h.send({0x5a, 0, 0x2a, 0, 0, 0, 0, 0, 255, 0}, {}, 255) == 0);
  CHECK(h.in().size() == length);
  CHECK(h.u8(8 + 1) + 2 + 8 == length);
  CHECK(h.u16(8 + 30) == 4);       // four write speeds
  CHECK(h.u16(8 + 32 + 2) == 8310);
  CHECK(h.send({0x5a, 0, 0x31, 0, 0, 0, 0, 0, 255, 0}, {}, 255) == 0x52400);
  CHECK(h.send({0x5a, 0, 0xc5, 0, 0, 0, 0, 0, 255, 0}, {}, 255) == 0x53900);
}

TEST_CASE("profiles and their features") {
  struct Expected {
    const char* medium;
    int profile;
    std::initializer_list<int> current;
    std::initializer_list<int> not_current;
  };
  const Expected table[] = {
      {"cd-r", 0x09, {0x10, 0x1e, 0x2d, 0x2e}, {0x1f, 0x20, 0x23, 0x40}},
      {"cd-rw", 0x0a, {0x10, 0x1e, 0x23, 0x2d, 0x2e, 0x37}, {0x20, 0x26}},
      {"dvd-r", 0x11, {0x10, 0x1f, 0x21, 0x2f}, {0x20, 0x23, 0x2b}},
      {"dvd-r-dl", 0x15, {0x10, 0x1f, 0x21, 0x2f}, {0x20}},
      {"dvd-rw", 0x14, {0x10, 0x1f, 0x21, 0x23, 0x2f}, {0x20, 0x26}},
      {"dvd-ram", 0x12, {0x10, 0x1f, 0x20, 0x23, 0x24}, {0x21}},
      {"dvd+rw", 0x1a, {0x10, 0x1f, 0x20, 0x23, 0x2a}, {0x21, 0x2b}},
      {"dvd+r", 0x1b, {0x10, 0x1f, 0x21, 0x2b}, {0x20, 0x2a, 0x3b}},
      {"dvd+r-dl", 0x2b, {0x10, 0x1f, 0x21, 0x3b}, {0x20, 0x2b}},
      {"bd-r", 0x41, {0x10, 0x21, 0x23, 0x40, 0x41}, {0x20, 0x24, 0x38}},
      {"bd-re", 0x43, {0x10, 0x20, 0x23, 0x24, 0x40, 0x41}, {0x21}},
  };
  for (const Expected& e : table) {
    CAPTURE(e.medium);
    Host h(e.medium);
    CHECK(h.profile() == e.profile);
    for (const int code : e.current) {
      CAPTURE(code);
      CHECK(h.feature_current(code));
    }
    for (const int code : e.not_current) {
      CAPTURE(code);
      CHECK_FALSE(h.feature_current(code));
    }
    // The length of the whole is told even if only the header was asked for.
    REQUIRE(h.send({0x46, 0, 0, 0, 0, 0, 0, 0, 8, 0}, {}, 8) == 0);
    const auto whole = h.u32(0) + 4;
    REQUIRE(h.send({0x46, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0}, {}, 65535) == 0);
    CHECK(h.in().size() == whole);
  }
}

TEST_CASE("pressed discs are read and nothing else") {
  Host h("dvd-rom", 1000);
  h.cells->now.blocks[16].fill(std::byte{7});
  CHECK(h.profile() == 0x10);
  CHECK(h.capacity() == 999);
  REQUIRE(h.read(16, 1) == 0);
  CHECK(h.u8(2047) == 7);
  CHECK(h.read(999, 2) == 0x52100);
  CHECK(h.reply().transferred == 2048);
  CHECK(h.write(0, 16) == 0x53005);
  const auto d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.session_state == 3);
  REQUIRE(h.send({0x43, 0, 0, 0, 0, 0, 0, 0, 20, 0}, {}, 20) == 0);
  CHECK(h.u16(0) == 18);
  CHECK(h.u8(14) == 0xaa);
  CHECK(h.u32(16) == 1000);
}

TEST_CASE("write speeds are told by GET PERFORMANCE with their full number") {
  Host h("dvd-rw");
  REQUIRE(h.send({0xac, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0}, {}, 8) == 0);
  CHECK(h.u32(0) == 4 + 16 * 4);
  REQUIRE(h.send({0xac, 0, 0, 0, 0, 0, 0, 0, 0, 4, 3, 0}, {}, 8 + 64) == 0);
  CHECK(h.reply().transferred == 72);
  CHECK(h.u32(8 + 12) == 8310);
  REQUIRE(h.send({0xac, 0x14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, {}, 24) == 0);
  CHECK(h.u32(12) == 8310);
  CHECK(h.send({0xac, 0, 0, 0, 0, 0, 0, 0, 0, 4, 9, 0}, {}, 8) == 0x52400);
}

TEST_CASE("speed wishes are clamped to what the medium offers") {
  Host h("dvd-rw");
  REQUIRE(h.send({0xbb, 0, 0xff, 0xff, 0, 100, 0, 0, 0, 0, 0, 0}) == 0);
  REQUIRE(h.send({0xac, 0x14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, {}, 24) == 0);
  CHECK(h.u32(12) == 1385);
  REQUIRE(h.send({0xbb, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0}) == 0);
  REQUIRE(h.send({0xac, 0x14, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, {}, 24) == 0);
  CHECK(h.u32(12) == 8310);
}

TEST_CASE("block device access reads what is recorded and writes only overwritable media") {
  Host h("dvd-ram");
  std::vector<std::byte> data(4096, std::byte{3});
  CHECK(h.device->write_blocks(core::Lba{5}, data).done.value == 2);
  std::vector<std::byte> back(4096);
  CHECK(h.device->read_blocks(core::Lba{5}, back).done.value == 2);
  CHECK(back == data);
  CHECK(h.device->block_device_size().value == 2236704);
  Host r("dvd-r");
  CHECK(r.device->write_blocks(core::Lba{0}, data).done.value == 0);
  CHECK(r.device->block_device_size().value == 0);
  REQUIRE(r.write(0, 16) == 0);
  REQUIRE(r.close(1, 1) == 0);
  REQUIRE(r.close(2) == 0);
  CHECK(r.device->block_device_size().value == 16);
  const auto reply = r.device->read_blocks(core::Lba{15}, back);
  CHECK(reply.done.value == 1);
  CHECK(code_of(reply.sense) == 0x52100);
}
