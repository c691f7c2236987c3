// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "test/unit/burner/host.h"

using namespace core::burner;

TEST_CASE("fault words are read as written") {
  const auto f = parse_fault("read-error:lba=16-31:times=2");
  REQUIRE(f);
  CHECK(f->kind == FaultKind::read_error);
  CHECK(f->first.value == 16);
  CHECK(f->last.value == 31);
  CHECK(f->times == 2);
  CHECK(parse_fault("power-loss:command=17")->command == 17);
  CHECK(parse_fault("unit-attention:command=3:opcode=0x2a")->opcode == 0x2a);
  CHECK(parse_fault("slow:any:delay=3s")->delay_us == 3000000);
  CHECK(to_string(*f) == "read-error:lba=16-31:times=2");
}

TEST_CASE("bad fault words are named") {
  for (const char* text : {"", "nonsense:lba=1", "write-error", "write-error:lba=", "write-error:lba=9-3", "write-error:lba=x",
                           "slow:any", "write-error:command=0", "read-error:lba=1:times=-1", "read-error:blub=1"}) {
    CAPTURE(text);
    const auto f = parse_fault(text);
    CHECK_FALSE(f.ok());
  }
  CHECK(parse_fault("write-error:lba=9-3").problem().text.find("'lba=9-3'") != std::string::npos);
}

TEST_CASE("a write error keeps the blocks before it") {
  Host h("dvd-r");
  h.device->faults().add(*parse_fault("write-error:lba=20"));
  REQUIRE(h.write(0, 16) == 0);
  CHECK(h.write(16, 16) == 0x30c00);
  CHECK((std::to_integer<int>(h.reply().sense[0]) & 0x80) != 0);
  CHECK(std::to_integer<int>(h.reply().sense[6]) == 20);
  CHECK(h.track(1).nwa == 20);
  CHECK(h.holds(0, 20));
}

TEST_CASE("read errors are permanent or go away") {
  Host h("dvd-ram");
  REQUIRE(h.write(0, 32) == 0);
  h.device->faults().add(*parse_fault("read-error:lba=5:times=2"));
  h.device->faults().add(*parse_fault("read-error:lba=20-22"));
  CHECK(h.read(0, 16) == 0x31105);
  CHECK(h.reply().transferred == 5 * 2048);
  CHECK(h.read(5, 1) == 0x31105);
  CHECK(h.holds(0, 16));
  for (int i = 0; i < 5; ++i) CHECK(h.read(22, 1) == 0x31105);
  CHECK(h.holds(23, 9));
}

TEST_CASE("mishaps of single commands") {
  Host h("dvd-r");
  h.device->faults().add(*parse_fault("unit-attention:command=2"));
  h.device->faults().add(*parse_fault("recovered-error:command=3"));
  h.device->faults().add(*parse_fault("long-busy:lba=32:times=3"));
  REQUIRE(h.write(0, 16) == 0);
  CHECK(h.write(16, 16) == 0x62900);
  CHECK(h.write(16, 16) == 0x11800);
  CHECK(h.holds(16, 16));
  for (int i = 0; i < 3; ++i) CHECK(h.write(32, 16) == 0x20408);
  CHECK(h.write(32, 16) == 0);
  h.device->faults().clear();
  h.device->faults().add(*parse_fault("sync-error:any:times=1"));
  h.device->faults().add(*parse_fault("close-error:any:times=1"));
  CHECK(h.sync() == 0x30c00);
  CHECK(h.sync() == 0);
  CHECK(h.close(1, 1) == 0x57203);
  CHECK(h.close(1, 1) == 0);
}

TEST_CASE("silent loss shows only when read back") {
  Host h("dvd+r");
  h.device->faults().add(*parse_fault("silent-loss:lba=16-31"));
  REQUIRE(h.write(0, 16) == 0);
  REQUIRE(h.write(16, 16) == 0);
  CHECK(h.holds(0, 16));
  CHECK(h.reads_zeros(16, 16));
}

TEST_CASE("the same plan and the same commands give the same mishaps") {
  for (int run = 0; run < 2; ++run) {
    Host h("dvd-ram");
    h.device->faults().add(*parse_fault("write-error:lba=100-200:times=2"));
    std::vector<std::uint32_t> senses;
    for (int i = 0; i < 20; ++i) senses.push_back(h.write(i * 16, 16));
    CHECK(senses[5] == 0);
    CHECK(senses[6] == 0x30c00);
    CHECK(senses[7] == 0x30c00);
    CHECK(senses[8] == 0);
  }
}
