// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks through the image: directories before their content, children in the order of the tree.
#include <algorithm>

#include "libcore/base/path.h"
#include "libcore/base/text.h"
#include "libcore/image/checksum.h"
#include "xorriso/commands/find_job.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/expansion.h"

namespace xorriso {

namespace {

using core::image::FindSubject;
using core::image::FindVerdict;
using core::image::Node;

class ImageSearch {
 public:
  ImageSearch(Program& program, const FindJob& job, std::string_view shown, std::string_view absolute)
      : program_(program), job_(job), start_(absolute) {
    if (absolute != "/") absolute_ = absolute;
    if (shown != "/") shown_ = shown;
  }

  FindEffect visit(Node node, int depth, std::string_view name) {
    const std::string_view shown = shown_.empty() && depth == 0 && !job_.start.empty() ? std::string_view("/") : shown_;
    const FindVerdict verdict = job_.expression.evaluate(
        {.image = program_.image.get(), .node = node, .path = shown, .name = name, .depth = depth});
    const bool directory = node.is_directory();
    FindEffect effect = FindEffect::none;
    if (verdict.matches) effect = hit(node, shown, depth);
    if (effect != FindEffect::none || !directory) return effect;
    if (verdict.prune && (!verdict.matches || depth == 0)) return effect;
    return below(node, depth + 1);
  }

  /// With -sort_lba: what was found by visit().
  FindEffect execute_sorted();

 private:
  struct Found {
    Node node;
    std::string path;
  };

  FindEffect hit(Node node, std::string_view shown, int depth) {
    if (job_.sort_lba) {
      found_.push_back({node, absolute_.empty() ? "/" : absolute_});
      return FindEffect::none;
    }
    const FindEffect effect = job_.action.apply(
        {.node = node, .shown = shown, .absolute = absolute_.empty() ? "/" : absolute_, .start = start_, .depth = depth});
    if (effect == FindEffect::stop) return effect;
    // After a problem that is not tolerated the run ends. Without problem the question would cost too much per file.
    if (program_.worst_of_command() >= core::Severity::sorry && !program_.may_continue()) return FindEffect::stop;
    return effect;
  }

  FindEffect below(Node directory, int depth) {
    const std::size_t shown_length = shown_.size(), absolute_length = absolute_.size();
    FindEffect effect = FindEffect::none;
    for (const Node child : directory.children()) {
      const std::string_view name = child.name();
      if (!shown_.ends_with('/')) shown_ += '/';
      shown_ += name;
      absolute_ += '/';
      absolute_ += name;
      effect = visit(child, depth, std::string_view(absolute_).substr(absolute_length + 1));
      shown_.resize(shown_length);
      absolute_.resize(absolute_length);
      if (effect == FindEffect::stop) return effect;
    }
    return FindEffect::none;
  }

  Program& program_;
  const FindJob& job_;
  std::string start_, shown_, absolute_;
  std::vector<Found> found_;
};

FindEffect ImageSearch::execute_sorted() {
  const auto address = [](Node node) -> std::int64_t {
    const auto extents = node.extents();
    return extents.empty() ? 0 : extents.front().start.value;
  };
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  order.reserve(found_.size());
  for (std::size_t i = 0; i < found_.size(); i++) order.emplace_back(address(found_[i].node), i);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [lba, index] : order) {
    const Found& found = found_[index];
    if (job_.action.alters_tree && program_.image->find(found.path) != found.node) continue;
    const FindEffect effect = job_.action.apply(
        {.node = found.node, .shown = found.path, .absolute = found.path, .start = start_});
    if (effect == FindEffect::stop || !program_.may_continue()) return FindEffect::stop;
  }
  return FindEffect::none;
}

}  // namespace

FindEffect run_find_below(Program& program, const FindJob& job, const FindHit& top) {
  ImageSearch search(program, job, top.shown, top.absolute);
  const FindEffect effect = search.visit(top.node, 0, core::leaf_name(top.absolute));
  if (!job.sort_lba || effect == FindEffect::stop) return effect;
  return search.execute_sorted();
}

bool run_find_in_image(Program& program, const FindJob& job) {
  const auto path = program.iso_path(job.start);
  const Node top = path ? find_node(program, *path) : Node();
  if (!top) return false;
  if (job.action.begin) job.action.begin();
  const FindHit start{.node = top, .shown = job.start, .absolute = *path, .start = *path};
  run_find_below(program, job, start);
  if (job.action.finish) job.action.finish();
  return program.worst_of_command() < core::Severity::sorry;
}

}  // namespace xorriso
