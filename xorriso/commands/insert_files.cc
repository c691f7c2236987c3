// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handlers that graft files and trees from disk into the image.
#include "xorriso/commands/insert_files.h"

#include <algorithm>
#include <cstdio>

#include <sys/stat.h>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/pattern.h"
#include "xorriso/list_files.h"
#include "xorriso/numbers.h"
#include "xorriso/output/pacifier.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::image::Depth;
using core::image::Inserter;

struct PathPair { std::string iso, disk; };

/// Splits "iso=disk" at the first '=' that has no backslash before it. With mkisofs rules all backslashes are codes, else
/// only the one before '=' on the left side.
PathPair split_pathspec(const std::string& word, InsertSettings::Pathspecs mode) {
  const bool mkisofs = mode == InsertSettings::Pathspecs::as_mkisofs;
  std::string sides[2];
  int side = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i], next = i + 1 < word.size() ? word[i + 1] : '\0';
    if (c == '\\' && ((mkisofs && (next == '\\' || next == '=')) || (side == 0 && next == '=')))
      sides[side] += word[++i];
    else if (c == '=' && side == 0)
      side = 1;
    else
      sides[side] += c;
  }
  if (side == 0) return {sides[0], mkisofs ? sides[0] : word};
  return {sides[0].empty() ? "/" : sides[0], sides[1].empty() ? "/" : sides[1]};
}

/// Resolves one word of -add against -cd and -cdx. Empty: reported.
std::optional<PathPair> resolve_word(Program& program, const std::string& word) {
  PathPair pair{word, word};
  const auto mode = program.settings.insert.pathspecs;
  if (mode != InsertSettings::Pathspecs::off) pair = split_pathspec(word, mode);
  auto iso = program.iso_path(pair.iso), disk = program.disk_path(pair.disk);
  if (!iso || !disk) return std::nullopt;
  return PathPair{std::move(*iso), std::move(*disk)};
}

enum class Tell { each_file, nothing };

/// -add of one word. False: failed.
bool add_word(Program& program, Insertion& insertion, const std::string& word, Tell tell) {
  const std::optional<PathPair> pair = resolve_word(program, word);
  if (!pair) return false;
  const auto outcome = insertion.inserter().graft(pair->disk, pair->iso, Depth::tree);
  program.drain();
  if (outcome == Inserter::Outcome::added && tell == Tell::each_file) insertion.tell_added(pair->disk, pair->iso);
  return outcome != Inserter::Outcome::failed && outcome != Inserter::Outcome::added_incompletely;
}

bool map_one(Program& program, Words words, Depth depth, const char* command) {
  if (!have_image(program)) return false;
  if (words[0].empty()) return program.fail(Severity::sorry, std::string("-") + command + ": Empty disk_path given");
  const auto disk = program.disk_path(words[0]);
  const auto iso = program.iso_path(words[1].empty() ? words[0] : words[1]);
  if (!disk || !iso) return false;
  Insertion insertion(program);
  const auto outcome = insertion.inserter().graft(*disk, *iso, depth);
  if (!insertion.inserter().last_node().is_directory() || depth == Depth::tree) insertion.tell_count();
  program.drain();
  if (outcome == Inserter::Outcome::added) insertion.tell_added(*disk, *iso);
  return outcome == Inserter::Outcome::added || outcome == Inserter::Outcome::excluded;
}

/// The destination rules of "cp -r".
struct CopyTarget { std::string path; bool as_directory = false; };

std::optional<CopyTarget> copy_target(Program& program, Words words) {
  const auto path = program.iso_path(words.back());
  if (!path) return std::nullopt;
  const core::image::Node node = program.image->find(*path);
  const bool several = words.size() > 2;
  if (node && node.is_directory()) return CopyTarget{*path, true};
  if (!node || !several) return CopyTarget{*path, several};
  for (const std::string& word : words.first(words.size() - 1)) program.report(Severity::errfile, word);
  program.report(Severity::failure, "-cpri: more than one origin given, destination is a non-directory: " + shell_quote(*path));
  return std::nullopt;
}

std::vector<std::string> expanded(Program& program, std::vector<std::string> words) {
  const InsertSettings& s = program.settings.insert;
  if (s.disk_pattern != PatternMode::on || s.pathspecs != InsertSettings::Pathspecs::off) return words;
  const auto hopping = s.follow_pattern || s.follow_link ? core::image::LinkHopping::yes : core::image::LinkHopping::no;
  auto result = core::image::expand_on_disk(program.settings.disk_cwd, words, hopping, program);
  if (result) return std::move(*result);
  program.report(std::move(result).problem());
  return {};
}

enum class Lines { raw, quoted };

bool add_from_list(Program& program, const std::string& path, Lines lines) {
  if (!have_image(program)) return false;
  Insertion insertion(program);
  bool good = true;
  long long count = 0;
  const bool opened = for_each_line(program, path, [&](const std::string& line) {
    std::vector<std::string> words;
    if (lines == Lines::quoted) words = split_line(line, program.settings.scripting.backslash_codes).words;
    else if (!line.empty()) words.push_back(line);
    for (const std::string& word : expanded(program, std::move(words))) {
      if (add_word(program, insertion, word, Tell::nothing)) {
        ++count;
      } else {
        good = false;
        if (!program.may_continue()) return false;
      }
    }
    return true;
  });
  if (!opened) return false;
  insertion.tell_count();
  program.info(core::strprintf("Added %lld items from file %s\n", count, shell_quote(path).c_str()));
  return good;
}

}  // namespace

Insertion::Insertion(Program& program, std::int64_t before)
    : program_(program),
      exclusions_(exclusions(program)),
      hide_rules_(hide_rules(program)),
      start_(std::chrono::steady_clock::now()),
      before_(before),
      inserter_(*program.image, options(), program.progress, program) {
  // Settings may have changed since the image was made.
  core::image::apply_settings(*program.image, attribute_settings(program), program.settings.insert.file_name_limit);
}

core::image::InsertOptions Insertion::options() const {
  auto options = insert_options(program_, exclusions_);
  if (!hide_rules_.empty()) options.hide_rules = &hide_rules_;
  return options;
}

void Insertion::tell_count() {
  if (inserter_.files() > 0 && program_.may_continue()) tell_total();
}

void Insertion::tell_total() {
  using Seconds = std::chrono::duration<double>;
  const double elapsed = Seconds(std::chrono::steady_clock::now() - start_).count();
  program_.report(Severity::update, counter_line(program_.settings.frontend, total(), "files added", elapsed));
}

void Insertion::tell_added(const std::string& disk_path, const std::string& iso_path) {
  // A big file may have become a directory of parts.
  const auto split = [&] {
    const core::image::DiskFile file = core::image::look_at(disk_path, core::image::Links::follow, {.acl = false});
    return file.error == 0 && (file.mode & S_IFMT) != S_IFDIR;
  };
  const char* type = inserter_.last_node().is_directory() && !split() ? "directory" : "file";
  program_.info(std::string("Added to ISO image: ") + type + " " + shell_quote(iso_path) + "=" + shell_quote(disk_path) + "\n");
}

bool have_image(Program& program) {
  if (program.image != nullptr) return true;
  return program.fail(Severity::failure, "No ISO image present. No -dev, -indev, or -outdev selected.");
}

core::image::AttributeSettings attribute_settings(const Program& program) {
  const ImportSettings& s = program.settings.import;
  return {.acl = s.acl,
          .xattr = s.xattr != ImportSettings::Xattr::off,
          .xattr_all = s.xattr == ImportSettings::Xattr::any,
          .hard_links = s.hardlinks,
          .disk_identity = s.disk_dev_ino != ImportSettings::DevIno::off};
}

core::image::LoadOptions load_options(const Program& program) {
  using namespace core::image;
  const Settings& s = program.settings;
  constexpr TreeChoice kTrees[] = {TreeChoice::any, TreeChoice::no_rock_ridge, TreeChoice::no_joliet, TreeChoice::ecma119};
  constexpr Ecma119Names kNames[] = {Ecma119Names::stripped, Ecma119Names::unmapped, Ecma119Names::uppercase, Ecma119Names::lowercase};
  constexpr LoadStrictness kStrict[] = {LoadStrictness::best_effort, LoadStrictness::failure, LoadStrictness::fatal};
  const bool stripped = s.import.joliet_map == ImportSettings::JolietMap::stripped;
  const Md5Loading md5 = !s.import.md5              ? Md5Loading::ignore
                         : s.import.md5_load_check ? Md5Loading::load_and_check_tags
                                                   : Md5Loading::load_only;
  return {.tree = kTrees[static_cast<int>(s.drives.read_fs)],
          .ecma119_names = kNames[static_cast<int>(s.import.ecma119_map)],
          .joliet_names = stripped ? JolietNames::stripped : JolietNames::unmapped,
          .md5 = md5,
          .attributes = attribute_settings(program),
          .strictness = kStrict[static_cast<int>(s.exceptions.image_loading)],
          .input_charset = s.charset.in,
          .auto_charset = s.charset.automatic,
          .displacement = core::Blocks{s.drives.displacement},
          .name_limit = s.insert.file_name_limit};
}

core::image::Exclusions exclusions(const Program& program) {
  const InsertSettings& s = program.settings.insert;
  core::image::Exclusions result;
  if (!s.exclude) return result;
  for (const std::string& path : s.not_paths) result.add_path(path);
  for (const std::string& pattern : s.not_leaf) result.add_leaf_pattern(pattern);
  return result;
}

core::image::HideRules hide_rules(const Program& program) {
  using core::image::HideRules;
  HideRules result;
  for (const HideRule& rule : program.settings.insert.hide_rules)
    result.add(rule.pattern, rule.whole_path ? HideRules::Match::path : HideRules::Match::leaf,
               {.iso_rr = rule.tree == HideRule::Tree::iso_rr,
                .joliet = rule.tree == HideRule::Tree::joliet,
                .hfsplus = rule.tree == HideRule::Tree::hfsplus});
  return result;
}

core::image::InsertOptions insert_options(Program& program, const core::image::Exclusions& exclusions) {
  using core::image::Overwrite;
  const InsertSettings& s = program.settings.insert;
  const Overwrite overwrite = s.overwrite == InsertSettings::Overwrite::off  ? Overwrite::off
                              : s.overwrite == InsertSettings::Overwrite::on ? Overwrite::on
                                                                             : Overwrite::non_directories;
  return {.attributes = attribute_settings(program),
          .follow = {.links = s.follow_link, .parameters = s.follow_param, .mounts = s.follow_mount, .limit = s.follow_limit},
          .overwrite = overwrite,
          .size_limit = s.file_size_limit,
          .split_size = s.split_size,
          .exclusions = exclusions.empty() ? nullptr : &exclusions,
          .exclude_parameters = s.exclude_param,
          .exclude_subtrees = s.exclude_subtree,
          .may_continue = [&program] { return program.may_continue(); }};
}

std::optional<std::string> exchange_prefix(Program& program, std::string_view command, std::string_view side,
                                           const std::string& path, const std::string& prefix, const std::string& replacement) {
  const bool at_root = prefix == "/";
  const bool matches = at_root || (path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/'));
  if (!matches) {
    program.report(Severity::failure, "-" + std::string(command) + ": " + std::string(side) + "_path " + shell_quote(path) +
                                          " does not begin with " + std::string(side) + "_prefix " + shell_quote(prefix));
    return std::nullopt;
  }
  const std::string rest = path.substr(at_root ? 0 : prefix.size());
  if (replacement == "/") return rest.empty() ? "/" : rest;
  return replacement + rest;
}

bool cmd_add(Program& program, Words words) {
  if (!have_image(program)) return false;
  Insertion insertion(program);
  bool good = true;
  for (const std::string& word : words) {
    if (add_word(program, insertion, word, Tell::each_file)) continue;
    good = false;
    if (!program.may_continue()) break;
  }
  insertion.tell_count();
  return good;
}

bool cmd_map(Program& program, Words words) { return map_one(program, words, Depth::tree, "map"); }
bool cmd_map_single(Program& program, Words words) { return map_one(program, words, Depth::single, "map_single"); }

bool cmd_map_l(Program& program, Words words) {
  if (!have_image(program)) return false;
  const auto disk_prefix = program.disk_path(words[0].empty() ? "/" : words[0]);
  const auto iso_prefix = program.iso_path(words[1].empty() ? "/" : words[1]);
  if (!disk_prefix || !iso_prefix) return false;
  Insertion insertion(program);
  bool good = true;
  for (const std::string& word : words.subspan(2)) {
    const auto disk = program.disk_path(word);
    if (!disk) return false;
    const auto iso = exchange_prefix(program, "map_l", "disk", *disk, *disk_prefix, *iso_prefix);
    if (!iso) return false;
    const auto outcome = insertion.inserter().graft(*disk, *iso, Depth::tree);
    program.drain();
    if (outcome == Inserter::Outcome::added) insertion.tell_added(*disk, *iso);
    if (outcome == Inserter::Outcome::added || outcome == Inserter::Outcome::excluded) continue;
    good = false;
    if (!program.may_continue()) break;
  }
  insertion.tell_count();
  return good;
}

bool cmd_cpr(Program& program, Words words) {
  if (words.size() < 2) return program.fail(Severity::sorry, "-cpri: not enough arguments");
  if (!have_image(program)) return false;
  const std::optional<CopyTarget> target = copy_target(program, words);
  if (!target) return false;
  Insertion insertion(program);
  bool good = true;
  for (const std::string& word : words.first(words.size() - 1)) {
    const auto disk = program.disk_path(word);
    if (!disk) return false;
    const std::string iso = target->as_directory ? core::join_path(target->path, core::leaf_name(*disk)) : target->path;
    const auto outcome = insertion.inserter().graft(*disk, iso, Depth::tree);
    program.drain();
    if (outcome == Inserter::Outcome::added) insertion.tell_added(*disk, iso);
    if (outcome == Inserter::Outcome::added || outcome == Inserter::Outcome::excluded) continue;
    good = false;
    if (!program.may_continue()) break;
  }
  insertion.tell_count();
  return good;
}

bool cmd_cut_out(Program& program, Words words) {
  const std::int64_t offset = parse_size(words[1]), count = parse_size(words[2]);
  constexpr std::int64_t kMuchTooLarge = std::int64_t{1} << 62;
  if (offset < 0 || offset >= kMuchTooLarge)
    return program.fail(Severity::failure, "-cut_out: startbyte address negative or much too large (" + words[1] + ")");
  if (count <= 0 || count >= kMuchTooLarge)
    return program.fail(Severity::failure, "-cut_out: bytecount zero, negative or much too large (" + words[2] + ")");
  if (!have_image(program)) return false;
  const auto disk = program.disk_path(words[0]);
  const auto iso = program.iso_path(words[3]);
  if (!disk || !iso) return false;
  Insertion insertion(program);
  const auto outcome = insertion.inserter().graft_piece(*disk, {.offset = offset, .bytes = count}, *iso);
  insertion.tell_count();
  return outcome == Inserter::Outcome::added;
}

bool cmd_lns(Program& program, Words words) {
  if (!have_image(program)) return false;
  const auto iso = program.iso_path(words[1]);
  const auto disk = program.disk_path(words[0]);
  if (!iso || !disk) return false;
  Insertion insertion(program);
  return insertion.inserter().add_link(words[0], *iso, *disk) == Inserter::Outcome::added;
}

bool cmd_mkdir(Program& program, Words words) {
  if (!have_image(program)) return false;
  Insertion insertion(program);
  bool good = true;
  for (const std::string& word : words) {
    const auto iso = program.iso_path(word);
    const auto outcome = iso ? insertion.inserter().make_directory(*iso) : Inserter::Outcome::failed;
    if (outcome == Inserter::Outcome::added) {
      program.info("Created directory in ISO image: " + shell_quote(*iso) + "\n");
      continue;
    }
    if (program.worst_of_command() >= Severity::failure) good = false;
    if (!program.may_continue()) break;
  }
  return good;
}

bool cmd_path_list(Program& program, Words words) { return add_from_list(program, words[0], Lines::raw); }
bool cmd_quoted_path_list(Program& program, Words words) { return add_from_list(program, words[0], Lines::quoted); }

}  // namespace xorriso
