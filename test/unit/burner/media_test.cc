// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <set>

#include "libcore/burner/layout.h"
#include "libcore/burner/range_set.h"
#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("each medium has one row, found by its name") {
  std::set<std::string_view> names;
  for (const MediumRow& row : media_table()) {
    CAPTURE(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(find_medium(row.name) == &row);
    CHECK(&media_row(row.medium) == &row);
    CHECK((row.capacity.value % row.write_unit) == 0);
    CHECK(row.writable == !row.write_speeds.empty());
  }
  CHECK(names.size() == 16);
  CHECK(find_medium("floppy") == nullptr);
}

TEST_CASE("discs get the size that is asked for, within what the kind can have") {
  SeededRandom random(7);
  const auto make = [&](Medium m, std::int64_t blocks) {
    return Disc::create({.medium = m, .size = core::Blocks{blocks}}, std::make_unique<MemoryStorage>(std::make_shared<Cells>()),
                        random);
  };
  CHECK((*make(Medium::dvd_rw, 0))->info().capacity.value == 2298496);
  CHECK((*make(Medium::cd_r, 333000))->info().capacity.value == 333000);
  CHECK((*make(Medium::bd_re, 5000))->info().capacity.value == 4992);
  CHECK_FALSE(make(Medium::dvd_r, 2298497).ok());
  CHECK_FALSE(make(Medium::dvd_r, 100).ok());
  CHECK_FALSE(make(Medium::dvd_rom, 0).ok());
  CHECK((*make(Medium::dvd_rom, 77))->info().status == DiscStatus::complete);
}

TEST_CASE("packet formatted CD-RW has the capacity that real discs have") {
  CHECK(cd_packet_capacity(359847) == 295232);
}

TEST_CASE("ranges merge, split and find gaps") {
  RangeSet set;
  set.add(10, 10);
  set.add(30, 5);
  CHECK(set.ranges().size() == 2);
  set.add(20, 10);
  CHECK(set.ranges().size() == 1);
  CHECK(set.contains(10, 25));
  CHECK_FALSE(set.contains(9, 2));
  CHECK(set.first_gap(12) == 35);
  set.remove(15, 2);
  CHECK(set.first_gap(10) == 15);
  CHECK(set.first_gap(15) == 15);
  CHECK(set.contains(17, 18));
  CHECK(set.total() == 23);
  set.remove(0, 100);
  CHECK(set.empty());
  CHECK(set.end() == 0);
}

TEST_CASE("info tells sessions, tracks and the map of what is written") {
  Host h("dvd-r");
  REQUIRE(h.select({.type = 0, .multi = 3}) == 0);
  REQUIRE(h.write_many(0, 48) == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  const DiscInfo info = h.device->disc()->info();
  CHECK(info.status == DiscStatus::appendable);
  REQUIRE(info.sessions.size() == 2);
  CHECK(info.sessions[0].state == "complete");
  CHECK(info.sessions[0].lead_out.value == 48);
  CHECK(info.sessions[1].state == "empty");
  REQUIRE(info.tracks.size() == 2);
  CHECK(info.tracks[0].state == "complete");
  CHECK(info.tracks[0].recording == "incremental");
  CHECK(info.tracks[1].state == "invisible");
  CHECK(info.tracks[1].nwa.value == 48 + 28688);
  CHECK(info.free.value == 2298496 - 48 - 28688);
  REQUIRE(info.written.size() == 1);
  CHECK(info.written[0].count.value == 48);
}
