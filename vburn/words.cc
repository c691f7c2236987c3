// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words that several subcommands understand, and how they complain.
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "libcore/base/text.h"
#include "vburn/commands.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;

int complain(const std::string& text, int exit_value) {
  std::fflush(stdout);
  std::fprintf(stderr, "vburn: %s\n", text.c_str());
  return exit_value;
}

int complain(const Problem& problem, int exit_value) { return complain(problem.text, exit_value); }

int usage_error(std::string_view command, const Problem& problem, int exit_value) {
  const std::string help = command.empty() ? "vburn --help" : "vburn " + std::string(command) + " --help";
  return complain(problem.text + "\nvburn: Try " + help, exit_value);
}

Result<core::Bytes> parse_size(std::string_view text) {
  static constexpr struct {
    char suffix;
    std::int64_t factor;
  } kSuffixes[] = {{'k', 1 << 10}, {'m', 1 << 20}, {'g', 1 << 30}, {'t', std::int64_t{1} << 40}, {'s', core::kBlockSize}};
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const Problem bad{.text = "Cannot use size " + shell_quote(text) + " , allowed are a positive number of bytes or a number "
                            "with suffix k m g t s"};
  if (error != std::errc() || value <= 0 || rest.size() > 1) return bad;
  if (rest.empty()) return core::Bytes{value};
  for (const auto& row : kSuffixes)
    if ((rest[0] | 0x20) == row.suffix && value <= (std::int64_t{1} << 62) / row.factor)
      return core::Bytes{value * row.factor};
  return bad;
}

Result<int> parse_drive(std::string_view text) {
  std::string_view number = text;
  if (number.starts_with("/dev/")) number.remove_prefix(5);
  if (number.starts_with("sr")) number.remove_prefix(2);
  int value = -1;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || value < 0 || value >= kMaxDrives)
    return Problem{.text = "Cannot use drive " + shell_quote(text) +
                           core::strprintf(" , allowed are /dev/sr0 to /dev/sr%d", kMaxDrives - 1)};
  return value;
}

namespace {

/// Splits "[/dev/]srN=REST". Without that prefix the number is -1.
Result<std::pair<int, std::string>> split_drive(const std::string& text) {
  const auto equal = text.find('=');
  if (!text.starts_with("/dev/sr") && !text.starts_with("sr")) return std::pair(-1, text);
  if (equal == std::string::npos || text.find('/', 5) < equal) return std::pair(-1, text);
  auto number = parse_drive(std::string_view(text).substr(0, equal));
  if (!number) return number.problem();
  return std::pair(*number, text.substr(equal + 1));
}

DriveSpec* find_spec(ServerOptions& options, int number) {
  for (DriveSpec& spec : options.drives)
    if (spec.number == number) return &spec;
  return nullptr;
}

Result<void> add_drive(ServerOptions& options, const std::string& text) {
  auto parts = split_drive(text);
  if (!parts) return parts.problem();
  int number = parts->first;
  if (number < 0)
    for (number = 0; find_spec(options, number);) number++;
  if (number >= kMaxDrives) return Problem{.text = core::strprintf("More than %d drives", kMaxDrives)};
  if (find_spec(options, number)) return Problem{.text = core::strprintf("Drive /dev/sr%d is given twice", number)};
  options.drives.push_back(DriveSpec{.number = number, .disc = parts->second});
  return {};
}

Result<void> add_fault(ServerOptions& options, const std::string& text) {
  auto parts = split_drive(text);
  if (!parts) return parts.problem();
  DriveSpec* const spec = parts->first < 0 ? &options.drives.front() : find_spec(options, parts->first);
  if (!spec) return Problem{.text = core::strprintf("There is no drive /dev/sr%d for fault %s", parts->first, shell_quote(text).c_str())};
  auto fault = core::burner::parse_fault(parts->second);
  if (!fault) return fault.problem();
  spec->faults.push_back(*fault);
  return {};
}

}  // namespace

Result<ServerOptions> drive_options(const Arguments& arguments) {
  ServerOptions options;
  for (const std::string& text : arguments.all("drive"))
    if (auto added = add_drive(options, text); !added) return added.problem();
  if (options.drives.empty()) return Problem{.text = "Missing option --drive [/dev/srN=]DISC"};
  for (const std::string& text : arguments.all("fault"))
    if (auto added = add_fault(options, text); !added) return added.problem();
  if (arguments.has("realtime")) {
    options.timing.realtime = true;
    const std::string text = arguments.get("realtime");
    char* end = nullptr;
    options.timing.factor = text.empty() ? 1.0 : std::strtod(text.c_str(), &end);
    if (!text.empty() && (*end != '\0' || !(options.timing.factor > 0) || options.timing.factor > 1e9))
      return Problem{.text = "Option --realtime needs a factor greater than 0, got " + shell_quote(text)};
  }
  if (arguments.has("trace")) options.trace = std::filesystem::absolute(arguments.get("trace")).string();
  std::sort(options.drives.begin(), options.drives.end(),
            [](const DriveSpec& a, const DriveSpec& b) { return a.number < b.number; });
  return options;
}

bool keeps_sleeps(const Arguments& arguments) { return arguments.has("waits") || arguments.has("realtime"); }

namespace {

/// Makes a directory that belongs to us alone.
Result<void> make_private(const std::string& path) {
  if (mkdir(path.c_str(), 0700) == 0) return {};
  struct stat st;
  if (errno != EEXIST || lstat(path.c_str(), &st) != 0)
    return Problem{.text = "Cannot make directory " + shell_quote(path) + " : " + std::strerror(errno), .os_errno = errno};
  if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 077) != 0)
    return Problem{.text = shell_quote(path) + " is not a directory that only this user can enter"};
  return {};
}

}  // namespace

Result<std::string> named_directory(const std::string& name) {
  if (name.empty() || name.find('/') != std::string::npos || name[0] == '.' || name.size() > 40)
    return Problem{.text = "Cannot use name " + shell_quote(name) + " , allowed are 1 to 40 characters without / and not "
                           "beginning with a dot"};
  const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
  std::string base = runtime && *runtime == '/' && std::strlen(runtime) < 40 && access(runtime, W_OK) == 0
                         ? std::string(runtime) + "/vburn"
                         : "/tmp/vburn-" + std::to_string(geteuid());
  if (auto made = make_private(base); !made) return made.problem();
  return base + "/" + name;
}

}  // namespace vburn
