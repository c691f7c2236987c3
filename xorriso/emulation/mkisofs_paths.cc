// SPDX-License-Identifier: GPL-3.0-or-later
//
// The path arguments of -as mkisofs: where files from disk go in the image, and how many were added.
#include <sys/stat.h>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "xorriso/commands/insert_files.h"
#include "xorriso/emulation/mkisofs.h"
#include "xorriso/list_files.h"
#include "xorriso/program.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using core::Severity;
using Outcome = core::image::Inserter::Outcome;

/// Splits a graft point at the first "=" that is not escaped and removes the escapes. Without "=": only `second`.
struct GraftPoint { std::string target, source; bool has_target = false; };
GraftPoint split_graft_point(std::string_view word) {
  GraftPoint g;
  std::string part;
  for (std::size_t i = 0; i < word.size(); i++) {
    if (word[i] == '\\' && i + 1 < word.size() && (word[i + 1] == '=' || word[i + 1] == '\\')) {
      part += word[++i];
    } else if (word[i] == '=' && !g.has_target) {
      g.target = std::move(part);
      g.has_target = true;
      part.clear();
    } else {
      part += word[i];
    }
  }
  g.source = std::move(part);
  return g;
}

}  // namespace

/// Where a path argument leads. Empty: reported.
std::optional<MkisofsRun::Mapping> MkisofsRun::map_argument(const std::string& argument) {
  GraftPoint graft{.target = {}, .source = argument};
  if (graft_points) graft = split_graft_point(argument);
  const auto disk = program_.disk_path(graft.source);
  if (!disk) return std::nullopt;
  const auto& rules = program_.settings.insert;
  const bool follow = rules.follow_param || rules.follow_link;
  struct stat info {};
  const bool exists = (follow ? stat(disk->c_str(), &info) : lstat(disk->c_str(), &info)) == 0;
  const bool is_directory = exists && S_ISDIR(info.st_mode);
  std::string target = is_directory ? "/" : "/" + std::string(core::leaf_name(*disk));
  if (graft.has_target) {
    target = image_path(graft.target);
    while (target.size() > 1 && target.back() == '/') target.pop_back();
  }
  if (new_root != "/") target = target == "/" ? new_root : new_root + target;
  const auto iso = program_.iso_path(target);
  if (!iso) return std::nullopt;
  return Mapping{*disk, *iso};
}

bool MkisofsRun::insert(const std::string& argument) {
  if (!have_image(program_)) return false;
  const auto mapping = map_argument(argument);
  if (!mapping) return false;
  if (!old_root.empty()) return native({"update_r", mapping->disk, mapping->iso});
  Insertion insertion(program_, added_);
  const Outcome outcome = insertion.inserter().graft(mapping->disk, mapping->iso, core::image::Depth::tree);
  program_.drain();
  if (outcome == Outcome::added) insertion.tell_added(mapping->disk, mapping->iso);
  added_ = insertion.total();
  if (!count_told_ && added_ > 0) insertion.tell_total();
  count_told_ = count_told_ || added_ > 0;
  return outcome == Outcome::added || outcome == Outcome::excluded;
}

bool MkisofsRun::insert_list(const std::string& path, Lines lines) {
  if (!have_image(program_)) return false;
  Insertion insertion(program_, added_);
  long long items = 0, line_number = 0;
  bool good = true;
  const auto take = [&](const std::string& word) {
    const auto mapping = map_argument(word);
    bool done = false;
    if (mapping && !old_root.empty()) {
      done = native({"update_r", mapping->disk, mapping->iso});
    } else if (mapping) {
      const Outcome outcome = insertion.inserter().graft(mapping->disk, mapping->iso, core::image::Depth::tree);
      done = outcome == Outcome::added || outcome == Outcome::excluded;
    }
    program_.drain();
    if (done) ++items;
    good = good && done;
    return done || program_.may_continue();
  };
  const bool opened = for_each_line(program_, path, [&](const std::string& line) {
    ++line_number;
    std::vector<std::string> words;
    if (lines == Lines::quoted) words = split_line(line, program_.settings.scripting.backslash_codes).words;
    else if (!line.empty()) words.push_back(line);
    for (const std::string& word : words)
      if (!take(word)) return false;
    return true;
  });
  if (!opened) return false;
  added_ = insertion.total();
  if (added_ > 0) insertion.tell_total();
  count_told_ = count_told_ || added_ > 0;
  if (!program_.may_continue()) {
    ended_in_list_ = true;
    program_.report(Severity::failure, "Aborted reading of file " + core::shell_quote(path) +
                                           core::strprintf(" in line number %lld", line_number));
  }
  program_.info(core::strprintf("Added %lld items from file %s\n", items, core::shell_quote(path).c_str()));
  return good;
}

void MkisofsRun::tell_count_at_end() {
  if (added_ > 0 && !ended_in_list_ && program_.image != nullptr) Insertion(program_, added_).tell_total();
}

}  // namespace xorriso
