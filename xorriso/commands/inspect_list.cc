// SPDX-License-Identifier: GPL-3.0-or-later
//
// -ls and its kin in the image. Children are taken from each directory once, in the order of the tree.
#include "xorriso/commands/inspect_list.h"

#include <algorithm>
#include <memory>

#include "libcore/base/text.h"
#include "xorriso/expansion.h"
#include "xorriso/listing.h"
#include "xorriso/program.h"

namespace xorriso {

namespace {

using core::Severity;
using core::image::LinkCounts;
using core::image::Node;

enum class Lines { names, attributes };
enum class Directories { content, themselves };

struct Item {
  std::string word;
  Node node;
};

class IsoLister {
 public:
  IsoLister(Program& program, Lines lines) : program_(program), lines_(lines), now_(time(nullptr)) {
    const auto& import = program.settings.import;
    if (lines == Lines::attributes && import.hardlinks && import.hardlinks_lsl_count)
      links_ = std::make_unique<LinkCounts>(*program.image);
  }

  void line(Node node, std::string_view name) {
    if (lines_ == Lines::attributes)
      program_.result(long_line(program_, node, name, Marks::acl_and_hiding, links_.get(), now_));
    else
      program_.result(program_.result_path(name) + "\n");
  }

  /// What the word "*" or the lack of words shows: long lines lack the marks and count no links.
  void plain_line(Node node) {
    if (lines_ == Lines::attributes)
      program_.result(long_line(program_, node, node.name(), Marks::none, nullptr, now_));
    else
      line(node, node.name());
  }

  void content(Node directory) {
    const std::vector<Node> children = directory.children();
    if (lines_ == Lines::attributes) program_.result(core::strprintf("total %zu\n", children.size()));
    for (const Node child : children) line(child, child.name());
  }

 private:
  Program& program_;
  Lines lines_;
  time_t now_;
  std::unique_ptr<LinkCounts> links_;
};

void tell_count(Program& program, std::size_t count) {
  program.info(core::strprintf("Valid ISO nodes found: %zu\n", count));
}

/// Finds the nodes of the words in the order of the words' bytes; warns about each that is not there.
std::vector<Item> find_items(Program& program, std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::vector<Item> items;
  for (std::string& word : words) {
    const std::optional<std::string> path = program.iso_path(word);
    if (!path) continue;
    const Node node = program.image->find(*path);
    if (node)
      items.push_back({std::move(word), node});
    else
      program.report(Severity::warning, "Not found in ISO image: " + core::shell_quote(*path));
  }
  return items;
}

/// The children of the working directory; empty optional: reported.
std::optional<std::vector<Node>> working_directory_content(Program& program) {
  const Node directory = program.image ? program.image->find(program.settings.iso_cwd) : Node();
  if (directory.is_directory()) return directory.children();
  require_image(program);
  program.report(Severity::sorry, "Current -cd path does not yet exist in the ISO image");
  return std::nullopt;
}

bool is_lone_star(const Program& program, Words words) {
  return words.empty() || (words.size() == 1 && words[0] == "*" && program.settings.insert.iso_pattern != PatternMode::off);
}

bool list_working_directory(Program& program, Lines lines) {
  const auto children = working_directory_content(program);
  if (!children) return false;
  tell_count(program, children->size());
  IsoLister lister(program, lines);
  for (const Node child : *children) lister.plain_line(child);
  return true;
}

bool list_contents(Program& program, Words words, Lines lines) {
  if (is_lone_star(program, words)) return list_working_directory(program, lines);
  const auto expanded = expand_iso_words(program, words, PatternUse::listing);
  if (!expanded || !require_image(program)) return false;
  const std::vector<Item> items = find_items(program, *expanded);
  IsoLister lister(program, lines);
  for (const Item& item : items)
    if (!item.node.is_directory()) lister.line(item.node, item.word);
  for (const Item& item : items) {
    if (!item.node.is_directory()) continue;
    if (expanded->size() > 1) program.result("\n" + program.result_path(item.word) + ":\n");
    lister.content(item.node);
  }
  return true;
}

bool list_themselves(Program& program, Words words, Lines lines) {
  if (!require_image(program)) return false;
  if (!words.empty() && is_lone_star(program, words)) return list_working_directory(program, lines);
  std::vector<std::string> expanded{"."};
  if (!words.empty()) {
    auto result = expand_iso_words(program, words, PatternUse::listing);
    if (!result) return false;
    expanded = std::move(*result);
  } else if (!program.image->find(program.settings.iso_cwd)) {
    return program.fail(Severity::sorry, "Current -cd path does not yet exist in the ISO image");
  }
  const std::vector<Item> items = find_items(program, std::move(expanded));
  tell_count(program, items.size());
  IsoLister lister(program, lines);
  for (const Item& item : items) lister.line(item.node, item.word);
  return true;
}

// --- du --------------------------------------------------------------------------------------------------------

enum class Subdirectories { shown, silent };

std::string usage_line(const Program& program, std::int64_t kilobytes, std::string_view path) {
  return core::strprintf("%7lld ", static_cast<long long>(kilobytes)) + program.result_path(path) + "\n";
}

std::string below(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (!path.ends_with('/')) path += '/';
  return path += name;
}

/// Each data file counts with its size and one block of overhead.
std::int64_t node_bytes(Node node) {
  return node.kind() == core::image::NodeKind::file ? node.size().value + core::kBlockSize : 0;
}

std::int64_t tree_bytes(Program& program, Node directory, const std::string& path, Subdirectories how) {
  std::int64_t sum = 0;
  for (const Node child : directory.children()) {
    if (!child.is_directory()) {
      sum += node_bytes(child);
      continue;
    }
    const std::string child_path = how == Subdirectories::shown ? below(path, child.name()) : std::string();
    const std::int64_t bytes = tree_bytes(program, child, child_path, how);
    if (how == Subdirectories::shown) program.result(usage_line(program, (bytes + 1023) / 1024, child_path));
    sum += bytes;
  }
  return sum;
}

bool list_usage(Program& program, Words words, Subdirectories how) {
  std::vector<Item> items;
  if (words.empty() && how == Subdirectories::silent) {
    if (!working_directory_content(program)) return false;
    items.push_back({".", program.image->find(program.settings.iso_cwd)});
  } else if (words.empty()) {
    const auto children = working_directory_content(program);
    if (!children) return false;
    for (const Node child : *children) items.push_back({std::string(child.name()), child});
  } else {
    const auto expanded = expand_iso_words(program, words, PatternUse::listing);
    if (!expanded || !require_image(program)) return false;
    items = find_items(program, *expanded);
  }
  for (const Item& item : items) {
    const std::int64_t bytes =
        item.node.is_directory() ? tree_bytes(program, item.node, item.word, how) : node_bytes(item.node);
    program.result(usage_line(program, bytes / 1024, item.word));
  }
  return true;
}

}  // namespace

bool cmd_ls(Program& program, Words words) { return list_contents(program, words, Lines::names); }
bool cmd_lsl(Program& program, Words words) { return list_contents(program, words, Lines::attributes); }
bool cmd_lsd(Program& program, Words words) { return list_themselves(program, words, Lines::names); }
bool cmd_lsdl(Program& program, Words words) { return list_themselves(program, words, Lines::attributes); }
bool cmd_du(Program& program, Words words) { return list_usage(program, words, Subdirectories::shown); }
bool cmd_dus(Program& program, Words words) { return list_usage(program, words, Subdirectories::silent); }

}  // namespace xorriso
