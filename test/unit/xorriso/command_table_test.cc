// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/command_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "xorriso/status.h"

using xorriso::all_commands;
using xorriso::CommandRow;
using xorriso::find_command;
using xorriso::Shape;

TEST_CASE("command names are unique and consist of legal characters") {
  std::set<std::string_view> seen;
  for (const CommandRow* row : all_commands()) {
    INFO(row->name);
    CHECK(seen.insert(row->name).second);
    CHECK_FALSE(row->name.empty());
    CHECK(row->name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos);
    CHECK(row->name.front() != '_');
  }
}

TEST_CASE("each row has a help text, or is an alias of a row that is none") {
  for (const CommandRow* row : all_commands()) {
    INFO(row->name);
    const CommandRow& worker = xorriso::resolve_alias(*row);
    CHECK(worker.alias_of.empty());
    CHECK_FALSE(worker.help.empty());
    CHECK(worker.shape.kind == row->shape.kind);
    CHECK(worker.shape.count == row->shape.count);
    CHECK(worker.expansion == row->expansion);
    CHECK(row->arguments.size() < 60);
  }
}

TEST_CASE("the ranks of -x are 1 to n without gaps") {
  std::set<int> ranks;
  for (const CommandRow* row : all_commands())
    if (row->rank > 0) CHECK(ranks.insert(row->rank).second);
  CHECK(ranks.size() == 234);
  CHECK(*ranks.begin() == 1);
  CHECK(*ranks.rbegin() == 234);
}

TEST_CASE("only lists are expanded") {
  for (const CommandRow* row : all_commands())
    if (row->expansion != xorriso::Expansion::none) CHECK_MESSAGE(row->shape.kind != Shape::Kind::fixed, row->name);
}

TEST_CASE("a command is found by any spelling") {
  REQUIRE(find_command("-path_list") != nullptr);
  for (const char* word : {"path_list", "-path-list", "--path-list", "---path_list"}) CHECK(find_command(word) == find_command("-path_list"));
  CHECK(find_command("-pathlist") == nullptr);
  CHECK(find_command("") == nullptr);
  CHECK(find_command("-") == nullptr);
  CHECK(find_command("-Print") == nullptr);
}

TEST_CASE("-status asks each row that can answer exactly once") {
  const auto order = xorriso::status_order();
  for (const CommandRow* row : all_commands()) {
    const auto count = std::count(order.begin(), order.end(), row->name);
    CHECK_MESSAGE(count <= 1, row->name);
    if (row->status != nullptr) CHECK_MESSAGE(count == 1, row->name);
  }
  for (const auto name : order) CHECK_MESSAGE(find_command(name) != nullptr, name);
}

// The list is kept by hand, so that nobody can claim more than there is. README tells the numbers.
TEST_CASE("the commands which are not available are those of the list") {
  const char* top = std::getenv("top_srcdir");
  std::ifstream file(std::string(top != nullptr ? top : ".") + "/test/unit/xorriso/not_available.list");
  REQUIRE(file.good());
  std::string expected, name;
  while (std::getline(file, name))
    if (!name.empty() && name[0] != '#') expected += name + "\n";
  std::string found;
  for (const CommandRow* row : all_commands())
    if (row->alias_of.empty() && row->handler == nullptr) found += std::string(row->name) + "\n";
  CHECK(found == expected);
  std::ifstream readme(std::string(top != nullptr ? top : ".") + "/README");
  std::stringstream text;
  text << readme.rdbuf();
  const auto aliases = std::count_if(all_commands().begin(), all_commands().end(), [](const auto* row) { return !row->alias_of.empty(); });
  const std::string sentence = "Of " + std::to_string(all_commands().size()) + " command words (" + std::to_string(aliases) +
                               " of them are aliases), " + std::to_string(std::count(found.begin(), found.end(), '\n')) +
                               " are known but not available in this version.";
  CHECK_MESSAGE(text.str().find(sentence) != std::string::npos, "README shall say: ", sentence);
}
