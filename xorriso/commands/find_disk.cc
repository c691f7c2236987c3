// SPDX-License-Identifier: GPL-3.0-or-later
//
// -findx, and the actions that look for the counterparts of disk files in the image. Directories are read in the order in
// which the file system delivers their names.
#include <dirent.h>
#include <sys/stat.h>

#include <memory>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/edit.h"
#include "libcore/image/merge_marks.h"
#include "xorriso/commands/compare_files.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/expansion.h"

namespace xorriso {

namespace {

using core::Severity;
using core::image::Node;

class DiskSearch {
 public:
  DiskSearch(Program& program, const FindJob& job, std::string absolute)
      : program_(program), job_(job), start_(std::move(absolute)) {
    if (start_ != "/") absolute_ = start_;
    if (job.start != "/") shown_ = job.start;
  }

  FindEffect visit(int depth, dev_t parent_device, int hops) {
    const char* path = absolute_.empty() ? "/" : absolute_.c_str();
    struct stat info;
    if (lstat(path, &info) != 0) return FindEffect::none;
    const auto& insert = program_.settings.insert;
    const bool follow = insert.follow_link || (depth == 0 && insert.follow_param);
    if (S_ISLNK(info.st_mode) && follow && hops < insert.follow_limit) {
      struct stat target;
      if (stat(path, &target) == 0) {
        info = target;
        hops++;
      }
    }
    if (depth == 0) parent_device = info.st_dev;
    const std::string_view shown = shown_.empty() && !job_.start.empty() ? std::string_view("/") : shown_;
    const core::image::FindVerdict verdict = job_.expression.evaluate({.disk = &info,
                                                                       .path = shown,
                                                                       .name = core::leaf_name(absolute_),
                                                                       .depth = depth,
                                                                       .parent_device = parent_device});
    if (verdict.matches && hit(shown, info, depth, parent_device) == FindEffect::stop) return FindEffect::stop;
    if (!S_ISDIR(info.st_mode)) return FindEffect::none;
    if (depth > 0 && info.st_dev != parent_device && !insert.follow_mount) return FindEffect::none;
    return below(path, depth + 1, info.st_dev, hops);
  }

 private:
  FindEffect hit(std::string_view shown, const struct stat& info, int depth, dev_t parent_device) {
    const FindEffect effect = job_.action.apply({.shown = shown,
                                                 .absolute = absolute_.empty() ? "/" : absolute_,
                                                 .start = start_,
                                                 .disk = &info,
                                                 .depth = depth,
                                                 .parent_device = parent_device});
    if (program_.worst_of_command() >= Severity::sorry && !program_.may_continue()) return FindEffect::stop;
    return effect;
  }

  FindEffect below(const std::string& directory, int depth, dev_t device, int hops) {
    std::vector<std::string> names;
    {
      const std::unique_ptr<DIR, int (*)(DIR*)> stream(opendir(directory.c_str()), closedir);
      if (!stream) {
        const int error = errno;
        program_.report(Severity::sorry, "Cannot open as source directory: " + core::shell_quote(directory), error);
        return program_.may_continue() ? FindEffect::none : FindEffect::stop;
      }
      while (const dirent* entry = readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
      }
    }
    const std::size_t shown_length = shown_.size(), absolute_length = absolute_.size();
    for (const std::string& name : names) {
      if (!shown_.ends_with('/')) shown_ += '/';
      shown_ += name;
      absolute_ += '/';
      absolute_ += name;
      const FindEffect effect = visit(depth, device, hops);
      shown_.resize(shown_length);
      absolute_.resize(absolute_length);
      if (effect == FindEffect::stop) return effect;
    }
    return FindEffect::none;
  }

  Program& program_;
  const FindJob& job_;
  std::string start_, shown_, absolute_;
};

/// An action of -findx that works on the counterpart in the image; with -find, `in_image` takes its place.
template <typename Work>
std::optional<FindAction> with_counterpart(Program& program, const std::string& iso_word, FindAction in_image, Work work) {
  const auto iso = program.iso_path(iso_word);
  if (!iso) return std::nullopt;
  FindAction action;
  action.apply = [&program, iso = *iso, in_image, work](const FindHit& hit) {
    if (hit.disk == nullptr) return in_image.apply(hit);
    if (!require_image(program)) return FindEffect::stop;
    std::string_view rest = hit.absolute;
    if (hit.start != "/") rest.remove_prefix(hit.start.size());
    else if (rest == "/") rest = {};
    std::string path = (iso == "/" ? std::string() : iso) + std::string(rest);
    if (path.empty()) path = "/";
    work(hit, path, program.image->find(path));
    return FindEffect::none;
  };
  return action;
}

FindAction silent() {
  return {.apply = [](const FindHit&) { return FindEffect::none; }};
}

}  // namespace

bool run_find_on_disk(Program& program, const FindJob& job) {
  const auto path = program.disk_path(job.start);
  if (!path) return false;
  if (job.action.begin) job.action.begin();
  DiskSearch search(program, job, *path);
  search.visit(0, 0, 0);
  if (job.action.finish) job.action.finish();
  return program.worst_of_command() < Severity::sorry;
}

std::optional<FindAction> make_in_iso(Program& program, Words words) {
  const FindAction echo = echo_action(program);
  return with_counterpart(program, words[0], echo, [echo](const FindHit& hit, const std::string&, Node node) {
    if (node) echo.apply(hit);
  });
}

std::optional<FindAction> make_not_in_iso(Program& program, Words words) {
  return with_counterpart(program, words[0], silent(), [&program](const FindHit&, const std::string& path, Node node) {
    if (!node) program.result("? " + program.result_path(path) + "  (ISO) : cannot find this file in ISO image\n");
  });
}

std::optional<FindAction> make_add_missing(Program& program, Words words) {
  return with_counterpart(
      program, words[0], silent(), [&program](const FindHit& hit, const std::string& path, Node node) {
        if (!node) {
          update_found(program, std::string(hit.absolute), path);
          node = program.image->find(path);
        }
        if (node) core::image::set_merge_mark(node, core::image::MergeMark::present);
      });
}

std::optional<FindAction> make_empty_iso_dir(Program& program, Words words) {
  return with_counterpart(
      program, words[0], echo_action(program), [&program](const FindHit&, const std::string& path, Node node) {
        if (!node || !node.is_directory() || node.child_count() == 0) return;
        core::Result<void> done = core::image::remove_children(*program.image, node, [](Node) { return true; });
        if (!done) program.report(std::move(done).problem());
        else program.report(Severity::update, "Emptied directory " + core::shell_quote(path));
      });
}

std::optional<FindAction> make_is_full_in_iso(Program& program, Words words) {
  return with_counterpart(
      program, words[0], echo_action(program), [&program](const FindHit&, const std::string& path, Node node) {
        if (node && node.is_directory() && node.child_count() > 0)
          program.result("d " + program.result_path(path) + " (ISO) : non-empty directory (would not match mount point)\n");
      });
}

}  // namespace xorriso
