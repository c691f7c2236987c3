// SPDX-License-Identifier: GPL-3.0-or-later
//
// Searching trees in the image and on disk.
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/groups.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

/// The first word is the start address, even if it looks like a test.
bool search(Program& program, FindRealm realm, Words words) {
  auto job = parse_find_words(program, realm, words.empty() ? words : words.subspan(1));
  if (!job) return false;
  if (!words.empty()) job->start = words[0];
  return realm == FindRealm::image ? run_find_in_image(program, *job) : run_find_on_disk(program, *job);
}

bool cmd_find(Program& program, Words words) { return search(program, FindRealm::image, words); }
bool cmd_findx(Program& program, Words words) { return search(program, FindRealm::disk, words); }

// The argument counter knows this word, the executor does not.
bool cmd_finds(Program& program, Words) {
  return program.fail(core::Severity::failure, "Not a known command:  '-finds'\n");
}

constexpr CommandRow kRows[] = {
    {.name = "find", .shape = list(0), .rank = 152, .arguments = "path [test [...]] [-exec action [params]]",
     .help = "Search the tree of the image", .handler = cmd_find},
    {.name = "findi", .alias_of = "find", .shape = list(0)},
    {.name = "finds", .shape = list(0), .help = "Known to the argument counter only; execution rejects it",
     .handler = cmd_finds},
    {.name = "findx", .shape = list(0), .rank = 120, .arguments = "disk_path [test [...]] [-exec action [params]]",
     .help = "Search a tree on disk", .handler = cmd_findx},
};

}  // namespace

std::span<const CommandRow> find_rows() { return kRows; }

}  // namespace xorriso
