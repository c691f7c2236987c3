// SPDX-License-Identifier: GPL-3.0-or-later
//
// Handlers of -compare* and -update*. A difference is a result, not a problem.
#include "xorriso/commands/compare_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <set>

#include "libcore/base/text.h"
#include "libcore/image/compare.h"
#include "libcore/image/update.h"
#include "xorriso/commands/insert_files.h"
#include "xorriso/numbers.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;
using core::image::Comparer;
using core::image::Comparison;
using core::image::UpdateScope;
using core::image::Updater;

core::image::CompareOptions compare_options(Program& program, const core::image::Exclusions& exclusions) {
  using core::image::IdentityCheck;
  const Settings& s = program.settings;
  constexpr IdentityCheck kChecks[] = {IdentityCheck::none, IdentityCheck::inode_only, IdentityCheck::full};
  return {.attributes = attribute_settings(program),
          .identity = kChecks[static_cast<int>(s.import.disk_dev_ino)],
          .md5 = s.import.md5,
          .follow = insert_options(program, exclusions).follow,
          .exclusions = exclusions.empty() ? nullptr : &exclusions,
          .exclude_parameters = s.insert.exclude_param,
          .exclude_subtrees = s.insert.exclude_subtree,
          .ignore_excluded = s.insert.exclude_ignore,
          .may_continue = [&program] { return program.may_continue(); }};
}

core::image::LinkFamilies link_families(const Program& program) {
  const bool with = program.settings.import.hardlink_update == ImportSettings::HardlinkUpdate::with;
  return with ? core::image::LinkFamilies::update : core::image::LinkFamilies::ignore;
}

char type_letter(mode_t mode) {
  if (S_ISDIR(mode)) return 'd';
  if (S_ISLNK(mode)) return 'l';
  if (S_ISCHR(mode)) return 'c';
  if (S_ISBLK(mode)) return 'b';
  if (S_ISFIFO(mode)) return 'p';
  if (S_ISSOCK(mode)) return 's';
  return '-';
}

/// Clock and byte counter of one command.
class Work {
 public:
  explicit Work(Program& program) : program_(program), start_(std::chrono::steady_clock::now()) {
    program_.progress.start(core::Phase::reading);
  }
  ~Work() { program_.progress.phase = core::Phase::idle; }

  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

  void tell_bytes() {
    program_.drain();
    const auto bytes = static_cast<double>(program_.progress.done.load());
    if (bytes <= 0) return;
    const double elapsed = std::max(seconds(), 1e-6);
    const int shown = std::max(1, static_cast<int>(elapsed + 0.5));
    program_.report(Severity::update,
                    core::strprintf("%7.0f content bytes read in %d seconds = %.1fxD", bytes, shown,
                                    bytes / std::max(elapsed, 1.0) / kDvdSpeed));
  }

 private:
  Program& program_;
  std::chrono::steady_clock::time_point start_;
};

enum class Prefix { none, path };

/// Prints what is different with one pair.
void tell_differences(Program& program, const Comparer::Pair& pair, const Comparison& result, Prefix prefix) {
  const std::string disk = shell_quote(pair.disk_path);
  using Missing = Comparison::Missing;
  if (result.missing == Missing::on_disk || result.missing == Missing::both)
    program.result("? " + disk + " (DISK) : " + (!pair.excluded.empty() ? pair.excluded : std::string("cannot lstat() : ") + std::strerror(pair.file.error)) + "\n");
  if (result.missing == Missing::in_image || result.missing == Missing::both)
    program.result("? " + shell_quote(pair.iso_path) + "  (ISO) : cannot find this file in ISO image\n");
  const std::string head = prefix == Prefix::path ? std::string(1, type_letter(pair.file.mode)) + " " + disk + " (DISK) :" : "";
  for (const std::string& line : result.lines) program.result(head + line + "\n");
}

enum class Verdict { equal, different, failed };

Verdict compare_single(Program& program, Comparer& comparer, const std::string& disk, const std::string& iso) {
  Comparer::Pair pair{disk, iso, {}, program.image->find(iso), {}};
  pair.file = comparer.look_at_parameter(disk, pair.excluded);
  const Comparison result = comparer.compare(disk, pair.file, pair.node);
  tell_differences(program, pair, result, Prefix::none);
  return result.failed ? Verdict::failed : result.differs() ? Verdict::different : Verdict::equal;
}

Verdict compare_tree(Program& program, Comparer& comparer, const std::string& disk, const std::string& iso) {
  if (!program.image->find(iso)) {
    program.report(Severity::failure, "Cannot find path " + shell_quote(iso) + " in loaded ISO image");
    return Verdict::failed;
  }
  Verdict verdict = Verdict::equal;
  const bool complete = comparer.walk(disk, iso, Comparer::OnlyDisk::all, [&](const Comparer::Pair& pair) {
    const Comparison result = comparer.compare(pair.disk_path, pair.file, pair.node);
    if (result.differs()) tell_differences(program, pair, result, Prefix::path);
    const bool top_missing = pair.disk_path == disk && result.missing == Comparison::Missing::on_disk && pair.excluded.empty();
    if (result.failed || top_missing) verdict = Verdict::failed;
    else if (result.differs() && verdict == Verdict::equal) verdict = Verdict::different;
    return !result.failed || program.may_continue();
  });
  return complete ? verdict : Verdict::failed;
}

struct PathPair { std::string disk, iso; };

/// The two paths of commands that take one pair; an empty second word stands for the first.
std::optional<PathPair> path_pair(Program& program, Words words, const char* command) {
  if (words[0].empty()) {
    program.report(Severity::sorry, std::string("-") + command + ": Empty disk_path given");
    return std::nullopt;
  }
  auto disk = program.disk_path(words[0]), iso = program.iso_path(words[1].empty() ? words[0] : words[1]);
  if (!disk || !iso) return std::nullopt;
  return PathPair{std::move(*disk), std::move(*iso)};
}

enum class Scope { single, tree };

bool compare_pair(Program& program, Words words, Scope scope, const char* command) {
  const std::optional<PathPair> paths = path_pair(program, words, command);
  if (!paths || !have_image(program)) return false;
  const core::image::Exclusions excluded = exclusions(program);
  Work work(program);
  Comparer comparer(*program.image, compare_options(program, excluded), program.progress, program);
  const Verdict verdict = scope == Scope::single ? compare_single(program, comparer, paths->disk, paths->iso)
                                                 : compare_tree(program, comparer, paths->disk, paths->iso);
  program.drain();
  constexpr const char* kTexts[] = {"Both file objects match as far as expectable.\n", "Differences detected.\n",
                                    "Comparison failed due to error.\n"};
  program.result(kTexts[static_cast<int>(verdict)]);
  return verdict != Verdict::failed;
}

bool update_pair(Program& program, Words words, UpdateScope scope, const char* command) {
  const std::optional<PathPair> paths = path_pair(program, words, command);
  if (!paths) return false;
  program.info("Updating " + shell_quote(paths->disk) + " to " + shell_quote(paths->iso) + "\n");
  if (!have_image(program)) return false;
  const core::image::Exclusions excluded = exclusions(program);
  Work work(program);
  Updater updater(*program.image, compare_options(program, excluded), insert_options(program, excluded), link_families(program),
                  program.progress, program);
  const Updater::Outcome outcome =
      updater.update(paths->disk, paths->iso, scope, scope == UpdateScope::single ? paths->disk : words[0]);
  program.drain();
  constexpr const char* kTexts[] = {"No file object needed update.", "Differences detected and updated.",
                                    "Not ok. Comparison or update failed due to error."};
  program.info(core::strprintf("%s (runtime %.1f s)\n", kTexts[static_cast<int>(outcome)], work.seconds()));
  return outcome != Updater::Outcome::failed;
}

/// Makes the pairs of commands with prefixes and a list of paths of either side.
enum class Side { disk, iso };

std::optional<PathPair> exchanged(Program& program, std::string_view command, Side side, const std::string& word,
                                  const PathPair& prefixes) {
  auto path = side == Side::disk ? program.disk_path(word) : program.iso_path(word);
  if (!path) return std::nullopt;
  const bool disk = side == Side::disk;
  auto other = exchange_prefix(program, command, disk ? "disk" : "iso_rr", *path, disk ? prefixes.disk : prefixes.iso,
                               disk ? prefixes.iso : prefixes.disk);
  if (!other) return std::nullopt;
  return disk ? PathPair{std::move(*path), std::move(*other)} : PathPair{std::move(*other), std::move(*path)};
}

std::optional<PathPair> prefix_pair(Program& program, const std::string& disk_word, const std::string& iso_word) {
  auto disk = program.disk_path(disk_word.empty() ? "/" : disk_word), iso = program.iso_path(iso_word.empty() ? "/" : iso_word);
  if (!disk || !iso) return std::nullopt;
  return PathPair{std::move(*disk), std::move(*iso)};
}

bool update_list(Program& program, const std::vector<PathPair>& pairs) {
  const core::image::Exclusions excluded = exclusions(program);
  Work work(program);
  Updater updater(*program.image, compare_options(program, excluded), insert_options(program, excluded), link_families(program),
                  program.progress, program);
  bool good = true;
  for (const PathPair& pair : pairs) {
    if (updater.update(pair.disk, pair.iso, UpdateScope::tree, pair.disk) != Updater::Outcome::failed) continue;
    good = false;
    if (!program.may_continue()) break;
  }
  work.tell_bytes();
  return good;
}

}  // namespace

bool compare_found(Program& program, const std::string& disk, const std::string& iso) {
  const core::image::Exclusions excluded = exclusions(program);
  Comparer comparer(*program.image, compare_options(program, excluded), program.progress, program);
  Comparer::Pair pair{disk, iso, {}, program.image->find(iso), {}};
  pair.file = comparer.look_at_parameter(disk, pair.excluded);
  const Comparison result = comparer.compare(disk, pair.file, pair.node);
  if (result.differs()) tell_differences(program, pair, result, Prefix::path);
  return !result.failed;
}

bool update_found(Program& program, const std::string& disk, const std::string& iso) {
  const core::image::Exclusions excluded = exclusions(program);
  Updater updater(*program.image, compare_options(program, excluded), insert_options(program, excluded), link_families(program),
                  program.progress, program);
  return updater.update(disk, iso, UpdateScope::single, disk) != Updater::Outcome::failed;
}

bool cmd_compare(Program& program, Words words) { return compare_pair(program, words, Scope::single, "compare"); }
bool cmd_compare_r(Program& program, Words words) { return compare_pair(program, words, Scope::tree, "compare_r"); }
bool cmd_update(Program& program, Words words) { return update_pair(program, words, UpdateScope::single, "update"); }
bool cmd_update_r(Program& program, Words words) { return update_pair(program, words, UpdateScope::tree, "update_r"); }

bool cmd_compare_l(Program& program, Words words) {
  if (!have_image(program)) return false;
  const std::optional<PathPair> prefixes = prefix_pair(program, words[0], words[1]);
  if (!prefixes) return false;
  const core::image::Exclusions excluded = exclusions(program);
  Work work(program);
  Comparer comparer(*program.image, compare_options(program, excluded), program.progress, program);
  bool good = true;
  for (const std::string& word : words.subspan(2)) {
    const std::optional<PathPair> pair = exchanged(program, "compare_l", Side::disk, word, *prefixes);
    if (!pair) return false;
    if (compare_tree(program, comparer, pair->disk, pair->iso) != Verdict::failed) continue;
    good = false;
    if (!program.may_continue()) break;
  }
  work.tell_bytes();
  return good;
}

bool cmd_update_l(Program& program, Words words) {
  if (!have_image(program)) return false;
  const std::optional<PathPair> prefixes = prefix_pair(program, words[0], words[1]);
  if (!prefixes) return false;
  std::vector<PathPair> pairs;
  for (const std::string& word : words.subspan(2)) {
    std::optional<PathPair> pair = exchanged(program, "update_l", Side::disk, word, *prefixes);
    if (!pair) return false;
    pairs.push_back(std::move(*pair));
  }
  return update_list(program, pairs);
}

bool cmd_update_li(Program& program, Words words) {
  if (!have_image(program)) return false;
  const std::optional<PathPair> prefixes = prefix_pair(program, words[1], words[0]);
  if (!prefixes) return false;
  std::vector<PathPair> pairs;
  for (const std::string& word : words.subspan(2)) {
    std::optional<PathPair> pair = exchanged(program, "update_li", Side::iso, word, *prefixes);
    if (!pair) return false;
    pairs.push_back(std::move(*pair));
  }
  return update_list(program, pairs);
}

/// The words are disk paths, as far as they stem from disk; paths that only the image has came by expansion of the same
/// patterns in the image.
bool cmd_update_lxi(Program& program, Words words) { return cmd_update_l(program, words); }

}  // namespace xorriso
