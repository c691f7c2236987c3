// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "test/unit/burner/host.h"

using namespace core::burner;

namespace {
constexpr std::int64_t kSecond = 1000000;

/// A drive that takes its time, ready with its disc.
struct SlowHost : Host {
  explicit SlowHost(const char* medium, double factor = 1) : Host(medium, 0, {.timing = {true, factor}}) {
    clock.advance_us(10 * kSecond);
  }
};

int progress(Host& h) {
  REQUIRE(h.send({0x03, 0, 0, 0, 18, 0}, {}, 18) == 0);
  return h.u8(15) & 0x80 ? static_cast<int>(h.u16(16)) : -1;
}
}  // namespace

TEST_CASE("a drive needs a moment after loading") {
  Host h("dvd-r", 0, {.timing = {true, 1}});
  CHECK(h.unit_ready() == 0);  // has been in the drive for long
  h.device->open_tray();
  h.device->close_tray();
  CHECK(h.unit_ready() == 0x62800);
  CHECK(h.unit_ready() == 0x20401);
  CHECK_FALSE(h.device->ready());
  h.clock.advance_us(3 * kSecond);
  CHECK(h.unit_ready() == 0);
}

TEST_CASE("immediate blanking tells its progress and is not ready meanwhile") {
  SlowHost h("dvd-rw");
  REQUIRE(h.send({0xa1, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == 0);
  CHECK(h.reply().delay_us == 0);
  CHECK(h.unit_ready() == 0x20407);
  CHECK(h.send({0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0}, {}, 34) == 0x20407);
  CHECK(h.send({0x12, 0, 0, 0, 36, 0}, {}, 36) == 0);
  h.clock.advance_us(19 * kSecond);
  const int half = progress(h);
  CHECK(half > 30000);
  CHECK(half < 36000);
  h.clock.advance_us(30 * kSecond);
  CHECK(h.unit_ready() == 0);
  CHECK(progress(h) == -1);
}

TEST_CASE("without the immediate bit the answer itself comes late") {
  SlowHost h("dvd-rw", 10);
  REQUIRE(h.blank(1) == 0);
  CHECK(h.reply().delay_us == 3800000);
}

TEST_CASE("sequential writing fills the buffer until the drive asks for patience") {
  SlowHost h("dvd-r");
  std::uint32_t sense = 0;
  int written = 0;
  while (sense == 0 && written < 5000) {
    sense = h.write(written, 16);
    if (sense == 0) written += 16;
  }
  CHECK(sense == 0x20408);
  CHECK(written * 2048 <= 0x118000);
  CHECK(written * 2048 > 0x118000 - 65536);
  REQUIRE(h.send({0x5c, 0, 0, 0, 0, 0, 0, 0, 12, 0}, {}, 12) == 0);
  CHECK(h.u32(4) == 0x118000);
  CHECK(h.u32(8) < 65536);
  h.clock.advance_us(10000);  // 22160 kB/s: 216 KiB
  CHECK(h.write(written, 16) == 0);
  CHECK(h.send({0x35, 2, 0, 0, 0, 0, 0, 0, 0, 0}) == 0);
  CHECK(h.unit_ready() == 0x20408);
  h.clock.advance_us(kSecond);
  CHECK(h.unit_ready() == 0);
}

TEST_CASE("overwritable media hold WRITE back instead") {
  SlowHost h("dvd-ram");
  std::int64_t delay = 0;
  for (int i = 0; i < 200; ++i) {
    REQUIRE(h.write(i * 16, 16) == 0);
    delay += h.reply().delay_us;
  }
  CHECK(delay > 0);
}

TEST_CASE("background format of DVD+RW can be written to, suspended and restarted") {
  SlowHost h("dvd+rw");
  REQUIRE(h.format(0x26, 0xffffffff) == 0);
  CHECK(h.unit_ready() == 0x20404);
  h.clock.advance_us(40 * kSecond);
  CHECK(h.unit_ready() == 0);
  CHECK(h.disc().background == 2);
  CHECK(h.write(2000000, 1) == 0);
  CHECK(h.read(5, 1) == 0);
  REQUIRE(h.close(0) == 0);
  h.clock.advance_us(60 * kSecond);
  CHECK(h.disc().background == 1);
  REQUIRE(h.restart());
  h.clock.advance_us(10 * kSecond);
  CHECK(h.disc().background == 1);
  REQUIRE(h.format(0x26, 0xffffffff, 1) == 0);
  h.clock.advance_us(40 * kSecond);
  CHECK(h.disc().background == 2);
  h.clock.advance_us(1000 * kSecond);
  CHECK(h.disc().background == 3);
  REQUIRE(h.send({0x4a, 1, 0, 0, 0x10, 0, 0, 0, 8, 0}, {}, 8) == 0);
  CHECK(h.u8(4) == 5);
}

TEST_CASE("interrupted blanking spoils the disc until it is blanked again") {
  SlowHost h("dvd-rw");
  REQUIRE(h.send({0xa1, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}) == 0);
  h.clock.advance_us(10 * kSecond);
  REQUIRE(h.restart());
  CHECK(h.unit_ready() == 0);
  auto d = h.disc();
  CHECK(d.status == 2);
  CHECK(d.session_state == 2);
  CHECK(h.write(0, 16) == 0x33100);
  CHECK(h.read(0, 1) == 0x33100);
  REQUIRE(h.blank(0) == 0);
  h.clock.advance_us(10000 * kSecond);
  d = h.disc();
  CHECK(d.status == 0);
  CHECK(d.session_state == 0);
  CHECK(h.write(0, 16) == 0);
  REQUIRE(h.sync() == 0);
  h.clock.advance_us(10 * kSecond);
  REQUIRE(h.restart());
  CHECK(h.disc().status == 1);
}

TEST_CASE("interrupted formatting leaves a DVD+RW unformatted") {
  SlowHost h("dvd+rw");
  REQUIRE(h.format(0x26, 0xffffffff) == 0);
  h.clock.advance_us(10 * kSecond);
  REQUIRE(h.restart());
  CHECK(h.disc().status == 0);
  CHECK(h.write(0, 16) == 0x53006);
}

TEST_CASE("without real-time timing nothing ever takes time") {
  Host h("dvd+rw");
  REQUIRE(h.format(0x26, 0xffffffff) == 0);
  CHECK(h.reply().delay_us == 0);
  CHECK(h.unit_ready() == 0);
  CHECK(h.disc().background == 3);
}
