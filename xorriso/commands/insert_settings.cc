// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules by which files are brought into the image.
#include "libcore/image/pattern.h"
#include "xorriso/commands/groups.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/input_lines.h"
#include "xorriso/numbers.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using Insert = InsertSettings;

constexpr Choice<Insert::AddPlainly> kAddPlainly[] = {{"unknown", Insert::AddPlainly::unknown},
                                                      {"dashed", Insert::AddPlainly::dashed},
                                                      {"any", Insert::AddPlainly::any},
                                                      {"none", Insert::AddPlainly::none}};

bool cmd_add_plainly(Program& program, Words words) {
  return choose(program, "add_plainly", words[0], kAddPlainly, program.settings.insert.add_plainly);
}

void status_add_plainly(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.insert.add_plainly;
  lines.push_back({"-add_plainly " + choice_word(kAddPlainly, mode), mode == Insert::AddPlainly::none});
}

constexpr Choice<PatternMode> kPatternMode[] = {{"on", PatternMode::on}, {"ls", PatternMode::ls}, {"off", PatternMode::off}};

bool cmd_disk_pattern(Program& program, Words words) {
  return choose(program, "disk_pattern", words[0], kPatternMode, program.settings.insert.disk_pattern);
}

void status_disk_pattern(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.insert.disk_pattern;
  lines.push_back({"-disk_pattern " + choice_word(kPatternMode, mode), mode == PatternMode::ls});
}

bool cmd_iso_rr_pattern(Program& program, Words words) {
  return choose(program, "iso_rr_pattern", words[0], kPatternMode, program.settings.insert.iso_pattern);
}

void status_iso_rr_pattern(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.insert.iso_pattern;
  lines.push_back({"-iso_rr_pattern " + choice_word(kPatternMode, mode), mode == PatternMode::on});
}

bool cmd_file_name_limit(Program& program, Words words) {
  auto& insert = program.settings.insert;
  const auto limit = parse_integer(words[0]).value_or(0);
  if (limit < 64 || limit > 255)
    return program.fail(Severity::sorry, "-file_name_limit: Value " + shell_quote(words[0]) + " out of range [64..255]");
  insert.file_name_limit = static_cast<int>(limit);
  insert.tolerate_name_collisions = words[0].starts_with("+");
  return true;
}

void status_file_name_limit(const Program& program, StatusLines& lines) {
  const int limit = program.settings.insert.file_name_limit;
  lines.push_back({core::strprintf("-file_name_limit %d", limit), limit == 255});
}

bool cmd_file_size_limit(Program& program, Words words) {
  auto& limit = program.settings.insert.file_size_limit;
  if (words.size() == 1 && words[0] == "off") {
    limit = 0;
  } else if (!words.empty()) {
    double sum = 0;
    for (const auto& word : words) sum += parse_size_fraction(word);
    if (sum <= 0 || sum > 9e18) return program.fail(Severity::failure, core::strprintf("-file_size_limit: values sum up to %.f", sum));
    limit = static_cast<std::int64_t>(sum);
  }
  program.info("-file_size_limit now " + (limit > 0 ? "at " + std::to_string(limit) : "off") + "\n");
  return true;
}

void status_file_size_limit(const Program& program, StatusLines& lines) {
  const auto limit = program.settings.insert.file_size_limit;
  lines.push_back({"-file_size_limit " + (limit > 0 ? std::to_string(limit) : "off") + " --", limit == Insert().file_size_limit});
}

enum class Follow { off, on, standard, param, pattern, link, concat, mount };
constexpr Choice<Follow> kFollow[] = {{"off", Follow::off},         {"on", Follow::on},     {"default", Follow::standard},
                                      {"param", Follow::param},     {"pattern", Follow::pattern},
                                      {"link", Follow::link},       {"concat", Follow::concat},
                                      {"mount", Follow::mount}};

void set_follow(Insert& insert, Follow mode) {
  switch (mode) {
    case Follow::off:
      insert.follow_pattern = insert.follow_param = insert.follow_link = insert.follow_concat = insert.follow_mount = false;
      break;
    case Follow::on: insert.follow_link = insert.follow_concat = insert.follow_mount = true; break;
    case Follow::standard: insert.follow_pattern = insert.follow_mount = true; break;
    case Follow::param: insert.follow_param = true; break;
    case Follow::pattern: insert.follow_pattern = true; break;
    case Follow::link: insert.follow_link = true; break;
    case Follow::concat: insert.follow_concat = true; break;
    case Follow::mount: insert.follow_mount = true; break;
  }
}

bool cmd_follow(Program& program, Words words) {
  Insert chosen = program.settings.insert;
  set_follow(chosen, Follow::off);
  chosen.follow_limit = Insert().follow_limit;
  for (const auto& [word, rest] : split_colons(words[0])) {
    if (const auto value = value_of(word, "limit")) {
      const auto limit = parse_integer(*value).value_or(0);
      if (limit <= 0) return program.fail(Severity::failure, "-follow: Value too small with " + shell_quote(*value));
      if (limit > 1000000) return program.fail(Severity::failure, "-follow: Value too large with " + shell_quote(*value));
      chosen.follow_limit = static_cast<int>(limit);
      continue;
    }
    const auto* mode = find_choice_by_prefix(kFollow, word);
    if (mode == nullptr) return program.fail(Severity::failure, "-follow: unknown mode " + shell_quote(rest));
    set_follow(chosen, mode->value);
  }
  program.settings.insert = chosen;
  return true;
}

void status_follow(const Program& program, StatusLines& lines) {
  const auto& insert = program.settings.insert;
  std::string text;
  if (insert.follow_pattern && !insert.follow_link) text += "pattern:";
  if (insert.follow_param && !insert.follow_link) text += "param:";
  if (insert.follow_link) text += "link:";
  if (insert.follow_concat) text += "concat:";
  if (insert.follow_mount) text += "mount:";
  if (text.empty()) text = "off:";
  text += core::strprintf("limit=%d", insert.follow_limit);
  lines.push_back({"-follow " + text, text == "pattern:mount:limit=100"});
}

bool cmd_not_mgt(Program& program, Words words) {
  auto& insert = program.settings.insert;
  for (const auto& [word, rest] : split_colons(words[0])) {
    if (word == "reset" || word == "erase") {
      insert.not_paths.clear();
      insert.not_leaf.clear();
      if (word == "reset") {
        insert.exclude = true;
        insert.exclude_param = insert.exclude_subtree = insert.exclude_ignore = false;
      }
    } else if (word == "on") insert.exclude = true;
    else if (word == "off") insert.exclude = false;
    else if (word == "param_on") insert.exclude_param = true;
    else if (word == "param_off") insert.exclude_param = false;
    else if (word == "subtree_on") insert.exclude_subtree = true;
    else if (word == "subtree_off") insert.exclude_subtree = false;
    else if (word == "ignore_on") insert.exclude_ignore = true;
    else if (word == "ignore_off") insert.exclude_ignore = false;
    else return program.fail(Severity::failure, "-not_mgt: unknown setting " + shell_quote(word));
  }
  return true;
}

void status_not_mgt(const Program& program, StatusLines& lines) {
  const auto& insert = program.settings.insert;
  const std::string text = std::string(on_off(insert.exclude)) + ":param_" + on_off(insert.exclude_param) +
                           ":subtree_" + on_off(insert.exclude_subtree) + ":ignore_" + on_off(insert.exclude_ignore);
  lines.push_back({"-not_mgt " + text, text == "on:param_off:subtree_off:ignore_off"});
}

bool add_not_leaf(Program& program, const std::string& pattern) {
  if (pattern.empty() || !core::image::Pattern::compile(pattern).ok())
    return program.fail(Severity::failure, "Cannot add pattern: -not_leaf " + shell_quote(pattern));
  program.settings.insert.not_leaf.push_back(pattern);
  return true;
}

bool add_not_path(Program& program, const std::string& word) {
  if (word.empty()) {
    program.settings.insert.not_paths.push_back(word);
    return true;
  }
  const auto path = program.disk_path(word);
  if (path) program.settings.insert.not_paths.push_back(*path);
  return path.has_value();
}

bool cmd_not_leaf(Program& program, Words words) { return add_not_leaf(program, words[0]); }

void status_not_leaf(const Program& program, StatusLines& lines) {
  for (const auto& pattern : program.settings.insert.not_leaf) lines.push_back({"-not_leaf " + shell_quote(pattern), false});
}

bool cmd_not_paths(Program& program, Words words) {
  for (const auto& word : words)
    if (!add_not_path(program, word)) return false;
  return true;
}

void status_not_paths(const Program& program, StatusLines& lines) {
  for (const auto& path : program.settings.insert.not_paths)
    lines.push_back({"-not_paths " + shell_quote(path) + " --", false});
}

bool read_not_list(Program& program, const std::string& path, std::string_view command, ListQuoting quoting) {
  if (path.empty()) return program.fail(Severity::failure, "Empty file name given with -" + std::string(command));
  int count = 0;
  const bool ok = for_each_list_word(program, path, quoting, [&](const std::string& word) {
    count++;
    return word.find('/') != word.npos ? add_not_path(program, word) : add_not_leaf(program, word);
  });
  if (ok) program.info(core::strprintf("Added %d exclusion list items from file %s\n", count, shell_quote(path).c_str()));
  return ok;
}

bool cmd_not_list(Program& program, Words words) { return read_not_list(program, words[0], "not_list", ListQuoting::raw); }

bool cmd_quoted_not_list(Program& program, Words words) {
  return read_not_list(program, words[0], "quoted_not_list", ListQuoting::quoted);
}

constexpr Choice<Insert::Overwrite> kOverwrite[] = {
    {"on", Insert::Overwrite::on}, {"off", Insert::Overwrite::off}, {"nondir", Insert::Overwrite::nondir}};

bool cmd_overwrite(Program& program, Words words) {
  return choose(program, "overwrite", words[0], kOverwrite, program.settings.insert.overwrite);
}

void status_overwrite(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.insert.overwrite;
  lines.push_back({"-overwrite " + choice_word(kOverwrite, mode), mode == Insert::Overwrite::nondir});
}

constexpr Choice<Insert::Pathspecs> kPathspecs[] = {
    {"on", Insert::Pathspecs::on}, {"off", Insert::Pathspecs::off}, {"as_mkisofs", Insert::Pathspecs::as_mkisofs}};

bool cmd_pathspecs(Program& program, Words words) {
  return choose(program, "pathspecs", words[0], kPathspecs, program.settings.insert.pathspecs);
}

void status_pathspecs(const Program& program, StatusLines& lines) {
  const auto mode = program.settings.insert.pathspecs;
  lines.push_back({"-pathspecs " + choice_word(kPathspecs, mode), mode == Insert::Pathspecs::off});
}

bool cmd_split_size(Program& program, Words words) {
  constexpr double kLimit = 429496524800.0;
  const double size = parse_size_fraction(words[0]);
  if (size > kLimit)
    return program.fail(Severity::failure, core::strprintf("-split_size: too large %.f (allowed: %.f)", size, kLimit));
  program.settings.insert.split_size = size > 0 ? static_cast<std::int64_t>(size) : 0;
  return true;
}

void status_split_size(const Program& program, StatusLines& lines) {
  const auto size = program.settings.insert.split_size;
  lines.push_back({"-split_size " + format_size(size), size == 0});
}

constexpr CommandRow kRows[] = {
    {.name = "add_plainly", .shape = fixed(1), .rank = 85, .arguments = "none|unknown|dashed|any",
     .help = "Treat words which are no commands as -add arguments", .handler = cmd_add_plainly,
     .status = status_add_plainly},
    {.name = "disk_pattern", .shape = fixed(1), .rank = 84, .arguments = "on|ls|off",
     .help = "Wildcard expansion for disk paths", .handler = cmd_disk_pattern, .status = status_disk_pattern},
    {.name = "file_name_limit", .shape = fixed(1), .rank = 69, .arguments = "[+]number",
     .help = "Truncate longer names, \"+\" tolerates collisions", .handler = cmd_file_name_limit,
     .status = status_file_name_limit},
    {.name = "file_size_limit", .shape = list(0), .rank = 70, .arguments = "size [size [...]]",
     .help = "Reject or split larger files", .handler = cmd_file_size_limit, .status = status_file_size_limit},
    {.name = "follow", .shape = fixed(1), .rank = 76, .arguments = "occasion[:occasion...]",
     .help = "Symlink and mount point policy on disk side", .handler = cmd_follow, .status = status_follow},
    {.name = "iso_rr_pattern", .shape = fixed(1), .rank = 126, .arguments = "on|ls|off",
     .help = "Wildcard expansion for iso paths", .handler = cmd_iso_rr_pattern, .status = status_iso_rr_pattern},
    {.name = "not_leaf", .shape = fixed(1), .rank = 73, .arguments = "pattern", .help = "Exclude by file name",
     .handler = cmd_not_leaf, .status = status_not_leaf},
    {.name = "not_list", .shape = fixed(1), .rank = 74, .arguments = "disk_path",
     .help = "Read exclusions, one raw line each; with \"/\" path else leaf pattern", .handler = cmd_not_list},
    {.name = "not_mgt", .shape = fixed(1), .rank = 71, .arguments = "code[:code...]",
     .help = "Control exclusion lists", .handler = cmd_not_mgt, .status = status_not_mgt},
    {.name = "not_paths", .shape = list(0), .expansion = Expansion::disk, .rank = 72, .arguments = "disk_path [***]",
     .help = "Exclude these paths", .handler = cmd_not_paths, .status = status_not_paths},
    {.name = "overwrite", .shape = fixed(1), .rank = 78, .arguments = "on|nondir|off",
     .help = "Replace existing nodes", .handler = cmd_overwrite, .status = status_overwrite},
    {.name = "pathspecs", .shape = fixed(1), .rank = 77, .arguments = "on|off|as_mkisofs",
     .help = "Allow target=source words with -add", .handler = cmd_pathspecs, .status = status_pathspecs},
    {.name = "quoted_not_list", .shape = fixed(1), .rank = 75, .arguments = "disk_path",
     .help = "Same with quoted words", .handler = cmd_quoted_not_list},
    {.name = "split_size", .shape = fixed(1), .rank = 79, .arguments = "size",
     .help = "Split big files into part files", .handler = cmd_split_size, .status = status_split_size},
};

}  // namespace

std::span<const CommandRow> insert_settings_rows() { return kRows; }

}  // namespace xorriso
