// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/admin.h"

#include <charconv>
#include <string_view>

#include "libcore/base/text.h"

namespace vburn {
namespace {

using Words = std::vector<std::string>;
using Drives = std::vector<std::unique_ptr<Drive>>;

Words split(const std::string& text) {
  Words words;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = text.find('\n', start);
    words.push_back(text.substr(start, end - start));
    if (end == std::string::npos) break;
    start = end + 1;
  }
  return words;
}

std::string complain(const core::Problem& problem, bool& ok) {
  ok = false;
  return problem.text;
}

std::string on_load(Drive& drive, const Words& words, bool& ok) {
  auto done = drive.load(words.size() > 2 ? words[2] : "");
  return done ? "" : complain(done.problem(), ok);
}

std::string on_eject(Drive& drive, const Words&, bool& ok) {
  auto done = drive.eject();
  return done ? "" : complain(done.problem(), ok);
}

std::string on_power(Drive& drive, const Words&, bool&) {
  drive.power_on();
  return "";
}

std::string on_fault(Drive& drive, const Words& words, bool& ok) {
  const std::string verb = words.size() > 2 ? words[2] : "list";
  if (verb == "list") return drive.fault_text();
  if (verb == "clear") {
    drive.clear_faults();
    return "";
  }
  std::vector<core::burner::Fault> faults;
  for (std::size_t i = 3; i < words.size(); i++) {
    auto fault = core::burner::parse_fault(words[i]);
    if (!fault) return complain(fault.problem(), ok);
    faults.push_back(*fault);
  }
  for (const auto& fault : faults) drive.add_fault(fault);
  return "";
}

struct Row {
  std::string_view verb;
  std::string (*handler)(Drive&, const Words&, bool&);
};

constexpr Row kRows[] = {{"load", on_load}, {"eject", on_eject}, {"power", on_power}, {"fault", on_fault}};

}  // namespace

std::string admin_command(const std::string& text, Drives& drives, bool& ok) {
  const Words words = split(text);
  if (words[0] == "stop") return "";
  if (words[0] == "status") {
    std::string lines;
    for (const auto& drive : drives) lines += drive->describe();
    return lines;
  }
  int number = -1;
  if (words.size() > 1) std::from_chars(words[1].data(), words[1].data() + words[1].size(), number);
  for (const Row& row : kRows) {
    if (row.verb != words[0]) continue;
    for (const auto& drive : drives)
      if (drive->number() == number) return row.handler(*drive, words, ok);
    ok = false;
    return core::strprintf("There is no drive /dev/sr%d", number);
  }
  ok = false;
  return "Unknown request " + core::shell_quote(words[0]);
}

}  // namespace vburn
