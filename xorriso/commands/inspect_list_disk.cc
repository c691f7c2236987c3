// SPDX-License-Identifier: GPL-3.0-or-later
//
// -lsx, -dux and their kin: the same listings of the local file system.
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "xorriso/commands/inspect_list.h"
#include "xorriso/expansion.h"
#include "xorriso/listing.h"
#include "xorriso/program.h"

namespace xorriso {

namespace {

using core::Severity;

enum class Lines { names, attributes };

struct DiskItem {
  std::string word, path;
  struct stat info{};
};

bool look_at(const std::string& path, bool follow, struct stat& info) {
  return (follow && stat(path.c_str(), &info) == 0) || lstat(path.c_str(), &info) == 0;
}

bool follow_parameters(const Program& program) {
  return program.settings.insert.follow_param || program.settings.insert.follow_link;
}

std::vector<DiskItem> find_items(Program& program, std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::vector<DiskItem> items;
  for (std::string& word : words) {
    const std::optional<std::string> path = program.disk_path(word);
    if (!path) continue;
    DiskItem item{.word = std::move(word), .path = *path};
    if (look_at(*path, follow_parameters(program), item.info))
      items.push_back(std::move(item));
    else
      program.report(Severity::warning, "Not found in local filesystem: " + core::shell_quote(*path));
  }
  return items;
}

std::vector<std::string> sorted_names(const std::string& directory) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(opendir(directory.c_str()), closedir);
  if (!stream) return names;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string arrow(const Program& program, const DiskItem& item) {
  if (!S_ISLNK(item.info.st_mode)) return {};
  std::string target(4096, '\0');
  const ssize_t length = readlink(item.path.c_str(), target.data(), target.size());
  if (length < 0) return {};
  target.resize(static_cast<std::size_t>(length));
  return " -> " + program.result_path(target);
}

void show(Program& program, Lines lines, const DiskItem& item, time_t now) {
  if (lines == Lines::names) {
    program.result(program.result_path(item.word) + "\n");
    return;
  }
  const Marks marks = program.settings.import.acl ? Marks::acl_and_hiding : Marks::none;
  program.result(long_prefix(attributes_of(item.path, item.info, marks), now) + program.result_path(item.word) +
                 arrow(program, item) + "\n");
}

void show_content(Program& program, Lines lines, const DiskItem& directory, time_t now) {
  std::vector<DiskItem> children;
  for (std::string& name : sorted_names(directory.path)) {
    DiskItem child{.word = std::move(name)};
    child.path = core::join_path(directory.path, child.word);
    if (look_at(child.path, program.settings.insert.follow_link, child.info)) children.push_back(std::move(child));
  }
  if (lines == Lines::attributes) program.result(core::strprintf("total %zu\n", children.size()));
  for (const DiskItem& child : children) show(program, lines, child, now);
}

bool list_contents(Program& program, Words words, Lines lines) {
  const std::string all = "*";
  const auto expanded = expand_disk_words(program, words.empty() ? Words(&all, 1) : words, PatternUse::listing);
  if (!expanded) return false;
  const std::vector<DiskItem> items = find_items(program, *expanded);
  const time_t now = time(nullptr);
  for (const DiskItem& item : items)
    if (!S_ISDIR(item.info.st_mode)) show(program, lines, item, now);
  for (const DiskItem& item : items) {
    if (!S_ISDIR(item.info.st_mode)) continue;
    if (expanded->size() > 1) program.result("\n" + program.result_path(item.word) + ":\n");
    show_content(program, lines, item, now);
  }
  return true;
}

bool list_themselves(Program& program, Words words, Lines lines) {
  std::vector<std::string> expanded{"."};
  if (!words.empty()) {
    auto result = expand_disk_words(program, words, PatternUse::listing);
    if (!result) return false;
    expanded = std::move(*result);
  }
  const std::vector<DiskItem> items = find_items(program, std::move(expanded));
  program.info(core::strprintf("Valid local files found: %zu\n", items.size()));
  const time_t now = time(nullptr);
  for (const DiskItem& item : items) show(program, lines, item, now);
  return true;
}

// --- du --------------------------------------------------------------------------------------------------------

enum class Subdirectories { shown, silent };

void show_usage(Program& program, std::int64_t kilobytes, std::string_view path) {
  program.result(core::strprintf("%7lld ", static_cast<long long>(kilobytes)) + program.result_path(path) + "\n");
}

/// Content of all that is below a directory, each object with its size and one block of overhead.
std::int64_t tree_bytes(Program& program, const std::string& path, const std::string& shown, dev_t device,
                        Subdirectories how) {
  const auto& insert = program.settings.insert;
  std::int64_t sum = 0;
  for (const std::string& name : sorted_names(path)) {
    const std::string child = core::join_path(path, name);
    struct stat info;
    if (!look_at(child, insert.follow_link, info)) continue;
    std::int64_t bytes = info.st_size + core::kBlockSize;
    if (S_ISDIR(info.st_mode)) {
      const std::string child_shown = core::join_path(shown, name);
      if (insert.follow_mount || info.st_dev == device) bytes += tree_bytes(program, child, child_shown, info.st_dev, how);
      if (how == Subdirectories::shown) show_usage(program, (bytes + 1023) / 1024, child_shown);
    }
    sum += bytes;
  }
  return sum;
}

bool list_usage(Program& program, Words words, Subdirectories how) {
  const std::string all = "*";
  const auto expanded = expand_disk_words(program, words.empty() ? Words(&all, 1) : words, PatternUse::listing);
  if (!expanded) return false;
  for (const DiskItem& item : find_items(program, *expanded)) {
    const std::int64_t bytes = S_ISDIR(item.info.st_mode)
                                   ? tree_bytes(program, item.path, item.word, item.info.st_dev, how)
                                   : item.info.st_size;
    show_usage(program, bytes / 1024, item.word);
  }
  return true;
}

}  // namespace

bool cmd_lsx(Program& program, Words words) { return list_contents(program, words, Lines::names); }
bool cmd_lslx(Program& program, Words words) { return list_contents(program, words, Lines::attributes); }
bool cmd_lsdx(Program& program, Words words) { return list_themselves(program, words, Lines::names); }
bool cmd_lsdlx(Program& program, Words words) { return list_themselves(program, words, Lines::attributes); }
bool cmd_dux(Program& program, Words words) { return list_usage(program, words, Subdirectories::shown); }
bool cmd_dusx(Program& program, Words words) { return list_usage(program, words, Subdirectories::silent); }

}  // namespace xorriso
