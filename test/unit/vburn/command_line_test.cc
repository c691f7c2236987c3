// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/command_line.h"

#include <doctest/doctest.h>

#include <set>

#include "vburn/commands.h"

namespace {

using vburn::command_table;
using vburn::find_command;
using vburn::parse_arguments;

vburn::Arguments parsed(const char* command, const std::vector<std::string>& words) {
  auto result = parse_arguments(*find_command(command), words);
  REQUIRE(result);
  return *result;
}

std::string complaint(const char* command, const std::vector<std::string>& words) {
  auto result = parse_arguments(*find_command(command), words);
  REQUIRE_FALSE(result);
  return result.problem().text;
}

TEST_CASE("every row of the table is complete and unique") {
  std::set<std::string_view> names;
  for (const auto& row : command_table()) {
    CHECK(names.insert(row.name).second);
    CHECK(bool(row.handler));
    CHECK(row.summary.ends_with('.'));
    CHECK((row.most < 0 || row.most >= row.least));
    std::set<std::string_view> options{"help"};
    for (const auto& option : row.options) {
      CHECK(options.insert(option.name).second);
      CHECK(option.help.ends_with('.'));
      CHECK((option.value == vburn::Value::none) == option.value_name.empty());
    }
  }
}

TEST_CASE("option values come after a blank or an equal sign, optional ones only after an equal sign") {
  const auto a = parsed("create", {"--medium", "cd-r", "d", "--size=650m"});
  CHECK(a.get("medium") == "cd-r");
  CHECK(a.get("size") == "650m");
  CHECK(a.operands == std::vector<std::string>{"d"});
  const auto r = parsed("run", {"--realtime", "--drive", "d", "prog"});
  CHECK(r.has("realtime"));
  CHECK(r.get("realtime").empty());
  CHECK(r.operands == std::vector<std::string>{"prog"});
}

TEST_CASE("options of the program of run are its own") {
  const auto a = parsed("run", {"--drive", "d", "xorriso", "--drive", "-toc", "--"});
  CHECK(a.all("drive").size() == 1);
  CHECK(a.operands == std::vector<std::string>{"xorriso", "--drive", "-toc", "--"});
  const auto b = parsed("run", {"--drive", "d", "--", "--odd", "x"});
  CHECK(b.operands == std::vector<std::string>{"--odd", "x"});
}

TEST_CASE("complaints name the word and what is allowed") {
  CHECK(complaint("info", {"--jason", "d"}) == "Unknown option '--jason' , allowed are: --json --help");
  CHECK(complaint("info", {"-j", "d"}).starts_with("Unknown option '-j'"));
  CHECK(complaint("info", {}) == "Missing argument after 'info' , needed are: DISC");
  CHECK(complaint("info", {"a", "b"}) == "Surplus argument 'b' , allowed are: DISC");
  CHECK(complaint("media", {"a"}) == "Surplus argument 'a' , none is allowed");
  CHECK(complaint("info", {"--json=yes", "d"}) == "Option '--json' takes no value, got 'yes'");
  CHECK(complaint("create", {"d", "--medium"}) == "Missing value after '--medium' , needed is: MEDIUM");
}

TEST_CASE("sizes") {
  CHECK(vburn::parse_size("4700372992").value().value == 4700372992);
  CHECK(vburn::parse_size("650m").value().value == 681574400);
  CHECK(vburn::parse_size("1G").value().value == 1073741824);
  CHECK(vburn::parse_size("10s").value().value == 20480);
  for (const char* const word : {"", "0", "-1", "m", "10q", "10mb", "99999999999999999999", "9223372036854775807g"})
    CHECK_FALSE(vburn::parse_size(word));
}

TEST_CASE("drives") {
  CHECK(vburn::parse_drive("/dev/sr0").value() == 0);
  CHECK(vburn::parse_drive("sr3").value() == 3);
  CHECK(vburn::parse_drive("15").value() == 15);
  for (const char* const word : {"", "sr", "sr16", "-1", "/dev/sda", "/dev/sr0x"}) CHECK_FALSE(vburn::parse_drive(word));
}

TEST_CASE("drives get numbers, faults find their drive") {
  const auto options =
      vburn::drive_options(parsed("start", {"--drive", "sr1=a", "--drive", "b=c", "--drive", "d", "--drive", "/dev/sr7=",
                                            "--fault", "/dev/sr2=slow:any:delay=1ms", "--fault", "write-error:lba=5"}));
  REQUIRE(options);
  REQUIRE(options->drives.size() == 4);
  CHECK(options->drives[0].disc == "b=c");
  CHECK(options->drives[1].disc == "a");
  CHECK(options->drives[1].faults.size() == 1);  // sr1 is the first one on the command line
  CHECK(options->drives[2].disc == "d");
  CHECK(options->drives[2].faults.size() == 1);
  CHECK(options->drives[3].number == 7);
  CHECK(options->drives[3].disc.empty());
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {}, {"--drive", "sr0=a", "--drive", "sr0=b"}, {"--drive", "sr99=a"}, {"--drive", "a", "--fault", "bogus:any"},
           {"--drive", "a", "--fault", "sr5=slow:any:delay=1s"}, {"--drive", "a", "--realtime=0"},
           {"--drive", "a", "--realtime=x"}})
    CHECK_FALSE(vburn::drive_options(parsed("start", words)));
}

}  // namespace
