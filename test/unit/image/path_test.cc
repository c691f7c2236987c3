// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "libcore/base/path.h"

using core::normalize_path;

TEST_CASE("relative words are joined to the working directory") {
  CHECK(*normalize_path("/", "a") == "/a");
  CHECK(*normalize_path("/d", "a/b") == "/d/a/b");
  CHECK(*normalize_path("/d", "/a") == "/a");
  CHECK(*normalize_path("/d", "") == "/d");
}

TEST_CASE("dots and double slashes vanish") {
  CHECK(*normalize_path("/", "/a//b/./c/") == "/a/b/c");
  CHECK(*normalize_path("/d/e", "../f") == "/d/f");
  CHECK(*normalize_path("/d", "..") == "/");
  CHECK(*normalize_path("/", "//.//") == "/");
  CHECK(*normalize_path("/", "..a/.b") == "/..a/.b");
}

TEST_CASE("nothing is above the root") {
  const auto result = normalize_path("/d", "../../x");
  REQUIRE(!result.ok());
  CHECK(result.problem().severity == core::Severity::failure);
  CHECK(result.problem().text == "Your '..' bonked at the root directory.");
}

TEST_CASE("leaf and parent of a path") {
  CHECK(core::leaf_name("/a/b") == "b");
  CHECK(core::leaf_name("/") == "");
  CHECK(core::parent_path("/a/b") == "/a");
  CHECK(core::parent_path("/a") == "/");
  CHECK(core::parent_path("/") == "/");
  CHECK(core::join_path("/", "x") == "/x");
  CHECK(core::join_path("/a", "x") == "/a/x");
}
