// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/numbers.h"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace xorriso;

TEST_CASE("sizes have binary suffixes, 2048 byte blocks and 512 byte sectors") {
  CHECK(parse_size("0") == 0);
  CHECK(parse_size("64k") == 65536);
  CHECK(parse_size("1.5m") == 1572864);
  CHECK(parse_size("1G") == std::int64_t{1} << 30);
  CHECK(parse_size("1t") == std::int64_t{1} << 40);
  CHECK(parse_size("3s") == 6144);
  CHECK(parse_size("3D") == 1536);
  CHECK(parse_size("5km") == 5 << 20);
  CHECK(parse_size("5x") == 5);
  CHECK(parse_size("-5") == -5);
  CHECK(parse_size("") == 0);
  CHECK(parse_size("bad") == 0);
  CHECK(parse_size("inf") == 0);
  CHECK(parse_size("99999999999999999999999e") > 0);
}

TEST_CASE("block numbers are blocks unless they have a suffix") {
  CHECK(parse_blocks("55") == 55);
  CHECK(parse_blocks("32k") == 16);
  CHECK(parse_blocks("5s") == 5);
  CHECK(parse_blocks("5d") == 1);
  CHECK(parse_blocks("-5") == -5);
  CHECK(parse_blocks("x") == 0);
}

TEST_CASE("speeds come in media speeds or in kB per second") {
  CHECK(parse_speed("max") == kSpeedMax);
  CHECK(parse_speed("") == kSpeedMax);
  CHECK(parse_speed("0") == kSpeedMax);
  CHECK(parse_speed("min") == kSpeedMin);
  CHECK(parse_speed("none") == kSpeedNone);
  CHECK(parse_speed("bad") == kSpeedNone);
  CHECK(parse_speed("4xCD") == 706);
  CHECK(parse_speed("4") == 5540);
  CHECK(parse_speed("4", kBdSpeed) == 17983);
  CHECK(parse_speed("1000k/s") == 1000);
  CHECK(parse_speed("10m") == 10000);
  CHECK(format_speed(706) == "706kB/s");
  CHECK(format_speed(kSpeedMin) == "min");
}

TEST_CASE("sizes are shown in the forms of -status") {
  CHECK(format_size(65536) == "65536");
  CHECK(format_size(4 << 20) == "4m");
  CHECK(format_size(0) == "0");
  CHECK(format_kilo_or_mega(65536) == "64k");
  CHECK(format_kilo_or_mega(16 << 20) == "16m");
}

namespace {

/// Seconds since 1970 in UTC, -99 if the text is no time.
long long seconds(std::string_view text, time_t now = 1794000000) {
  const auto time = parse_time(text, now);
  return time ? time->time : -99;
}

struct UtcZone {
  UtcZone() { ::setenv("TZ", "UTC", 1), ::tzset(); }
};

}  // namespace

TEST_CASE_FIXTURE(UtcZone, "relative times") {
  constexpr long long now = 1794000000;
  CHECK(seconds("+0") == now);
  CHECK(seconds("+5") == now + 5);
  CHECK(seconds("-5x") == now - 5);
  CHECK(seconds("+1h") == now + 3600);
  CHECK(seconds("+1.5d") == now + 129600);
  CHECK(seconds("-1w") == now - 604800);
  CHECK(seconds("+1m") == now + 31 * 86400);
  CHECK(seconds("+1y") == now + 31557600 + 86400);
  CHECK(seconds("+x") == -99);
  CHECK(seconds("=1600000000") == 1600000000);
  CHECK(seconds("@1600000000") == 1600000000);
  CHECK(seconds("=-1") == -99);
}

TEST_CASE_FIXTURE(UtcZone, "calendar forms") {
  CHECK(seconds("Thu Nov  8 13:37:49 CET 2007") == 1194529069);
  CHECK(seconds("Thu, 08 Nov 2007 13:37:49 +0100") == 1194529069);
  CHECK(seconds("8 Nov 2007") == 1194480000);
  CHECK(seconds("110813372007.49") == 1194529069);
  CHECK(seconds("1108133708") == 1226151420);
  CHECK(seconds("071108.133749") == -1961230931);
  CHECK(seconds("A71108.133749") == 1194529069);
  CHECK(seconds("2007.11.08.133749") == 1194529069);
  CHECK(seconds("2007.11.08") == 1194480000);
  CHECK(seconds("2007110813374900") == 1194529069);
  CHECK(seconds("2007110813374900LOC") == 1194529069);
  CHECK(seconds("2007.13.01") == -99);
  CHECK(seconds("Thu Nov  8 25:37:49 CET 2007") == -99);
  CHECK(seconds("") == -99);
  CHECK(seconds("2007-11-08") == -99);
  CHECK(parse_time("2007110813374942", 0)->centiseconds == 42);
}

TEST_CASE("the 16 digits of a volume descriptor") {
  CHECK(format_uuid_time(1600000000, 0) == "2020091312264000");
  CHECK(format_uuid_time(0, 7) == "1970010100000007");
}

TEST_CASE("users and groups by number or name") {
  CHECK(find_user("0") == 0);
  CHECK(find_user("root") == 0);
  CHECK(find_group("4294967295") == 4294967295u);
  CHECK_FALSE(find_user("5x"));
  CHECK_FALSE(find_user("no-such-user-here"));
}
