// SPDX-License-Identifier: GPL-3.0-or-later
//
// The manual and the command table name the same commands.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "xorriso/command_table.h"

namespace {

/// Names of the commands that the manual explains, dashes inside as underscores.
std::set<std::string> explained() {
  const char* const top = std::getenv("top_srcdir");
  std::ifstream manual(std::string(top != nullptr ? top : ".") + "/doc/xorriso.texi");
  REQUIRE(manual);
  const std::regex item("^@itemx? -([A-Za-z0-9_-]+).*");
  std::set<std::string> names;
  std::string line;
  for (std::smatch match; std::getline(manual, line);) {
    if (!std::regex_match(line, match, item)) continue;
    std::string name = match[1];
    for (char& c : name)
      if (c == '-') c = '_';
    names.insert(name);
  }
  return names;
}

}  // namespace

TEST_CASE("every command of the table is explained in the manual") {
  const auto names = explained();
  for (const auto* row : xorriso::all_commands()) {
    INFO(row->name);
    CHECK(names.count(std::string(row->name)) == 1);
  }
}

TEST_CASE("every command of the manual is in the table") {
  for (const std::string& name : explained()) {
    INFO(name);
    CHECK(xorriso::find_command("-" + name) != nullptr);
  }
}
