// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "xorriso/drive_rules.h"
#include "xorriso/medium_report.h"

using namespace xorriso;
using Class = DriveSettings::Rule::Class;

namespace {

DriveSettings with(Class kind, const char* pattern) {
  DriveSettings s;
  s.classes.insert(s.classes.begin(), {kind, pattern});
  return s;
}

std::string accepted(std::string_view address, AddressFacts facts, const DriveSettings& s = {}) {
  return judge_address(address, facts, s).address;
}

}  // namespace

TEST_CASE("patterns match a path or one of its parents, component by component") {
  CHECK(matches_path_or_parent("/dev", "/dev/sda"));
  CHECK(matches_path_or_parent("/dev/", "/dev/sda"));
  CHECK(matches_path_or_parent("/tmp/driv*", "/tmp/drive-x/a.iso"));
  CHECK(matches_path_or_parent("tmp", "/tmp/a"));
  CHECK(matches_path_or_parent("", "anything"));
  CHECK(!matches_path_or_parent("/de", "/dev/sda"));
  CHECK(!matches_path_or_parent("/dev/sda/x", "/dev/sda"));
  CHECK(!matches_path_or_parent("/tmp*", "a.iso"));
}

TEST_CASE("files outside of the device tree become pseudo drives without prefix") {
  CHECK(accepted("a.iso", {.exists = true}) == "stdio:a.iso");
  CHECK(accepted("stdio:a.iso", {.exists = true}) == "stdio:a.iso");
  CHECK(accepted("new", {}) == "stdio:new");
}

TEST_CASE("disks are accepted only with the prefix") {
  CHECK(accepted("/dev/sda", {.exists = true}).empty());
  CHECK(accepted("stdio:/dev/sda", {.exists = true}) == "stdio:/dev/sda");
  const auto refused = judge_address("/dev/sda", {.exists = true}, {});
  REQUIRE(refused.refusal.size() == 2);
  CHECK(refused.refusal[0].severity == core::Severity::failure);
  CHECK(refused.refusal[0].text == "Drive address '/dev/sda' rejected because: not MMC and -drive_class 'caution' '/dev'");
  CHECK(refused.refusal[1].severity == core::Severity::hint);
}

TEST_CASE("optical drives need no prefix, and mmc: forbids pseudo drives") {
  CHECK(accepted("/dev/sr0", {.is_mmc = true, .exists = true}) == "/dev/sr0");
  CHECK(accepted("mmc:/dev/sr0", {.is_mmc = true, .exists = true}) == "/dev/sr0");
  CHECK(accepted("mmc:a.iso", {.exists = true}) == "a.iso");
}

TEST_CASE("the lists are asked in the order harmless, banned, caution") {
  auto s = with(Class::banned, "/media");
  CHECK(accepted("/media/x.iso", {.exists = true}, s).empty());
  CHECK(accepted("stdio:/media/x.iso", {.exists = true}, s).empty());
  s.classes.insert(s.classes.begin(), {Class::harmless, "/media/x.iso"});
  CHECK(accepted("/media/x.iso", {.exists = true}, s) == "stdio:/media/x.iso");
  CHECK(accepted("/media/y.iso", {.exists = true}, s).empty());
  CHECK(accepted("/dev/null", {.exists = true}, with(Class::harmless, "/dev")) == "stdio:/dev/null");
}

TEST_CASE("-ban_stdio_write refuses every pseudo drive but no optical one") {
  DriveSettings s;
  s.ban_stdio_write = true;
  CHECK(accepted("a.iso", {.exists = true}, s).empty());
  CHECK(accepted("/dev/sr0", {.is_mmc = true, .exists = true}, s) == "/dev/sr0");
}

TEST_CASE("byte counts take at most five characters") {
  CHECK(scaled_size(0) == "0");
  CHECK(scaled_size(8192) == "8192");
  CHECK(scaled_size(10240) == "10.0k");
  CHECK(scaled_size(49 * 2048) == "98.0k");
  CHECK(scaled_size(50 * 2048) == "100k");
  CHECK(scaled_size(4999 * 2048) == "9998k");
  CHECK(scaled_size(5000 * 2048) == "9.8m");
  CHECK(scaled_size(51199 * 2048LL) == "100m");
  CHECK(scaled_size(271744 * 2048LL) == "531m");
  CHECK(scaled_size(1099511627776LL) == "1024g");
}
