// SPDX-License-Identifier: GPL-3.0-or-later
//
// What SYNCHRONIZE CACHE acknowledged survives a kill and a power loss at any command.
#include <doctest/doctest.h>

#include <functional>

#include "test/unit/burner/host.h"

using namespace core::burner;

namespace {

struct Written {
  std::int64_t lba;
  int blocks, mark;
};

/// A client which burns two sessions and remembers what was acknowledged as being on the medium.
struct Client {
  Host& h;
  std::vector<Written> unsynced, synced;
  int sessions_closed = 0;

  bool ok(std::uint32_t sense) const { return sense == 0; }
  bool synchronize() {
    if (!ok(h.sync())) return false;
    synced.insert(synced.end(), unsynced.begin(), unsynced.end());
    unsynced.clear();
    return true;
  }
  bool write(std::int64_t lba, int blocks, int mark) {
    for (int done = 0; done < blocks; done += 32) {
      unsynced.push_back({lba + done, 32, mark});
      if (!ok(h.write(lba + done, 32, mark))) return false;
    }
    return true;
  }
  bool close(int function, int track) {
    if (!ok(h.close(function, track))) return false;
    synced.insert(synced.end(), unsynced.begin(), unsynced.end());
    unsynced.clear();
    return true;
  }
};

bool burn_sequential(Client& c, const Host::WriteMode& mode, bool close_track) {
  std::int64_t at = 0;
  for (int session = 1; session <= 2; ++session) {
    if (mode.type >= 0 && !c.ok(c.h.select(mode))) return false;
    if (!c.write(at, 320, session) || !c.synchronize() || !c.write(close_track ? at + 320 : at, close_track ? 64 : 0, session))
      return false;
    if (close_track && !c.close(1, session)) return false;
    if (!c.close(2, 0)) return false;
    c.sessions_closed = session;
    // Where the next session starts is asked for as clients do it.
    if (c.h.send({0x51, 0, 0, 0, 0, 0, 0, 0, 34, 0}, {}, 34)) return false;
    const int track = static_cast<int>(c.h.u8(5));
    const auto t = c.h.track(track);
    if (t.sense) return false;
    at = t.start;
  }
  return true;
}

bool burn_overwritable(Client& c) {
  return c.write(0, 320, 1) && c.synchronize() && c.write(320, 96, 2) && c.synchronize();
}

/// Pulls the plug at every command of `burn`, and looks at what is left.
void interrupt_everywhere(const char* medium, const std::function<void(Host&)>& prepare,
                          const std::function<bool(Client&)>& burn, bool host_dies) {
  for (int n = 1; n < 200; ++n) {
    CAPTURE(medium);
    CAPTURE(host_dies);
    CAPTURE(n);
    Host h(medium);
    prepare(h);
    Client c{h, {}, {}, 0};
    h.device->faults().clear();
    h.device->faults().add({.kind = FaultKind::power_loss, .command = n, .times = 1});
    const bool finished = burn(c);
    if (host_dies) h.cells->power_off();
    REQUIRE(h.restart());
    for (const Written& w : c.synced) {
      CAPTURE(w.lba);
      CHECK(h.holds(w.lba, w.blocks, w.mark));
    }
    CHECK(h.disc().sessions >= c.sessions_closed);
    if (h.disc().status < 2) {
      // The disc goes on: what is open can be closed, and there is room behind it.
      const auto open = h.track(0xff);
      REQUIRE(open.sense == 0);
      if (open.damaged || open.nwa > open.start) {
        h.select({.type = h.profile() == 0x09 || h.profile() == 0x0a ? 1 : 0});
        CHECK(h.close(1, open.number) == 0);
        CHECK(h.close(2) == 0);
      }
      CHECK(h.track(0xff).nwa_valid);
    }
    if (finished) return;
  }
  FAIL("the burn never ended");
}

void nothing(Host&) {}

}  // namespace

TEST_CASE("two sessions interrupted at every command keep what was synchronized") {
  for (const bool host_dies : {false, true}) {
    for (const char* medium : {"dvd-r", "dvd-rw"})
      interrupt_everywhere(medium, nothing, [](Client& c) { return burn_sequential(c, {.type = 0}, true); }, host_dies);
    for (const char* medium : {"dvd+r", "bd-r"})
      interrupt_everywhere(medium, nothing, [](Client& c) { return burn_sequential(c, {.type = -1}, true); }, host_dies);
    for (const char* medium : {"cd-r", "cd-rw"})
      interrupt_everywhere(medium, nothing, [](Client& c) { return burn_sequential(c, {.type = 1}, false); }, host_dies);
  }
}

TEST_CASE("overwritable media interrupted at every command keep what was synchronized") {
  for (const bool host_dies : {false, true}) {
    interrupt_everywhere("dvd-ram", nothing, burn_overwritable, host_dies);
    interrupt_everywhere("dvd+rw", [](Host& h) { REQUIRE(h.format(0x26, 0xffffffff) == 0); }, burn_overwritable, host_dies);
    interrupt_everywhere("bd-re", [](Host& h) { REQUIRE(h.format(0x00, 0) == 0); }, burn_overwritable, host_dies);
    interrupt_everywhere("dvd-rw", [](Host& h) { REQUIRE(h.format(0x00, 0) == 0); }, burn_overwritable, host_dies);
  }
}

TEST_CASE("a kill loses at most what the drive's buffer holds") {
  Host h("dvd-r");
  REQUIRE(h.write_many(0, 31 * 400) == 0);
  REQUIRE(h.restart());
  const auto t = h.track(1);
  CHECK(t.nwa_valid);
  CHECK(t.nwa <= 31 * 400);
  CHECK(t.nwa >= 31 * 400 - 2048 - 31);
  CHECK(h.holds(0, static_cast<int>(t.nwa)));
  CHECK(h.write(t.nwa, 16) == 0);
}

TEST_CASE("an interrupted disc-at-once recording is damaged and can only be closed") {
  Host h("dvd-r");
  REQUIRE(h.select({.type = 2, .multi = 0}) == 0);
  REQUIRE(h.reserve(8192) == 0);
  REQUIRE(h.write_many(0, 31 * 100) == 0);
  REQUIRE(h.restart());
  CHECK(h.disc().session_state == 2);
  CHECK(h.track(1).damaged);
  REQUIRE(h.close(2) == 0);
  CHECK(h.disc().status == 2);
  CHECK(h.holds(0, 2048));
}

TEST_CASE("a state blob survives the round trip and mutilated ones are refused") {
  Host h("dvd-rw", 4096);
  REQUIRE(h.write(0, 48) == 0);
  REQUIRE(h.close(1, 1) == 0);
  REQUIRE(h.close(2) == 0);
  const std::string blob = h.cells->now.state;
  const auto state = parse_state(blob);
  REQUIRE(state);
  CHECK(to_text(*state) == blob);
  for (std::size_t length = 0; length + 1 < blob.size(); ++length) CHECK_FALSE(parse_state(blob.substr(0, length)));
  // Any single byte changed: refused, or a disc that answers.
  for (std::size_t at = 0; at < blob.size(); ++at)
    for (const char c : {'0', '9', 'z', ' ', '-'}) {
      std::string other = blob;
      other[at] = c;
      if (!parse_state(other)) continue;
      h.cells->now.state = other;
      REQUIRE(h.restart());
      (void)h.disc();
      (void)h.track(1);
      (void)h.write(0, 16);
      (void)h.close(2);
      (void)h.read(0, 16);
    }
}

TEST_CASE("a storage that fails is a write error, not a crash") {
  Host h("dvd-r");
  REQUIRE(h.write(0, 16) == 0);
  h.cells->fail_writes = true;
  CHECK(h.write(16, 16) == 0x30c00);
  CHECK(h.sync() == 0x44400);
  h.cells->fail_writes = false;
  CHECK(h.write(16, 16) == 0);
  CHECK(h.sync() == 0);
}
