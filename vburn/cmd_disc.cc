// SPDX-License-Identifier: GPL-3.0-or-later
//
// vburn create and media: discs before they are in a drive.
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>

#include "libcore/base/text.h"
#include "libcore/burner/disc.h"
#include "vburn/commands.h"
#include "vburn/disc_file.h"
#include "vburn/json.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::shell_quote;
using core::burner::media_table;
using core::burner::MediumRow;

namespace {

std::string medium_names() {
  std::string names;
  for (const MediumRow& row : media_table()) names += " " + std::string(row.name);
  return names;
}

Result<const MediumRow*> wanted_medium(const Arguments& arguments) {
  if (!arguments.has("medium")) return Problem{.text = "Missing option --medium , allowed are:" + medium_names()};
  const MediumRow* const row = core::burner::find_medium(arguments.get("medium"));
  if (!row)
    return Problem{.text = "Unknown medium " + shell_quote(arguments.get("medium")) + " , allowed are:" + medium_names()};
  if (row->writable && arguments.has("from"))
    return Problem{.text = "Option --from is for cd-rom, dvd-rom and bd-rom, not for " + std::string(row->name)};
  if (!row->writable && !arguments.has("from"))
    return Problem{.text = "Medium " + std::string(row->name) + " needs option --from IMAGE"};
  if (!row->writable && arguments.has("size"))
    return Problem{.text = "Option --size is not for " + std::string(row->name) + ": its image tells the size"};
  return row;
}

Result<std::uint64_t> wanted_seed(const Arguments& arguments) {
  const std::string text = arguments.get("seed");
  std::uint64_t seed = 0;
  if (text.empty())
    return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count()) ^
           static_cast<std::uint64_t>(getpid()) << 40;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size())
    return Problem{.text = "Option --seed needs a number, got " + shell_quote(text)};
  return seed;
}

/// The options that can be judged before a file is touched.
struct Wishes {
  const MediumRow* row = nullptr;
  core::Blocks size{0};
  std::uint64_t seed = 0;
};

Result<Wishes> read_wishes(const Arguments& arguments) {
  Wishes wishes;
  auto row = wanted_medium(arguments);
  if (!row) return row.problem();
  wishes.row = *row;
  auto seed = wanted_seed(arguments);
  if (!seed) return seed.problem();
  wishes.seed = *seed;
  if (arguments.has("size")) {
    auto size = parse_size(arguments.get("size"));
    if (!size) return size.problem();
    wishes.size = core::Blocks{size->value / core::kBlockSize};
    if (wishes.size.value == 0) return Problem{.text = "Option --size is less than a block: " + arguments.get("size")};
  }
  return wishes;
}

void remove_disc(const std::string& path) {
  unlink(path.c_str());
  unlink(state_file_name(path).c_str());
}

}  // namespace

int cmd_create(const Arguments& arguments) {
  const auto wishes = read_wishes(arguments);
  if (!wishes) return usage_error("create", wishes.problem());
  const std::string& path = arguments.operands[0];
  auto file = DiscFile::create(path, arguments.has("force") ? Existing::replace : Existing::refuse, arguments.get("from"));
  if (!file) return complain(file.problem());
  core::burner::NewDisc options{.medium = wishes->row->medium, .size = wishes->size};
  if (!wishes->row->writable) {
    const auto bytes = (*file)->size();
    if (!bytes) return complain(bytes.problem());
    options.size = core::blocks_for(*bytes);
  }
  core::burner::SeededRandom random(wishes->seed);
  const auto disc = core::burner::Disc::create(options, std::move(*file), random);
  if (disc) return kExitOk;
  remove_disc(path);
  return complain(disc.problem());
}

int cmd_media(const Arguments& arguments) {
  if (arguments.has("json")) {
    Json json;
    json.open_list();
    for (const MediumRow& row : media_table()) {
      json.open_object();
      json.put("name", row.name).put("title", row.title).put("profile", row.profile);
      json.put("capacity", row.capacity.value).put("write_unit", row.write_unit).put("layers", row.layers);
      json.put("writable", row.writable).put("rewritable", row.rewritable).put("rewrite_limit", row.rewrite_limit);
      json.close_object();
    }
    json.close_list();
    std::printf("%s\n", json.text().c_str());
    return kExitOk;
  }
  std::printf("%-10s %-12s %8s %10s %9s  %s\n", "Medium", "Title", "Profile", "Blocks", "Size", "Recording");
  for (const MediumRow& row : media_table())
    std::printf("%-10s %-12s    %04Xh %10lld %7.2f g  %s\n", std::string(row.name).c_str(), std::string(row.title).c_str(),
                row.profile, static_cast<long long>(row.capacity.value),
                static_cast<double>(core::to_bytes(row.capacity).value) / (1 << 30),
                row.rewritable ? "rewritable" : row.writable ? "once" : "pressed");
  return kExitOk;
}

}  // namespace vburn
