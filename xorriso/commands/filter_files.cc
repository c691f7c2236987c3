// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/filter_files.h"

#include <unistd.h>

#include <algorithm>
#include <functional>

#include "libcore/base/text.h"
#include "libcore/image/edit.h"
#include "xorriso/commands/manipulate.h"
#include "xorriso/commands/setting_words.h"
#include "xorriso/expansion.h"

namespace xorriso {

namespace {

using core::Severity;
using core::shell_quote;
using core::image::BuiltInFilter;
using core::image::ExternalFilter;
using core::image::FilterOutcome;
using core::image::Node;
using core::image::NodeKind;

// --- the registry of external filters ------------------------------------------------------------------------------

/// False, with a FAILURE reported, if the registry must not be changed.
bool may_register(Program& program, const std::string& command) {
  if (program.settings.filter_list_closed)
    return program.fail(Severity::failure, command + " : Banned by previous command -close_filter_list");
  if (getuid() != geteuid())
    return program.fail(Severity::failure, command + " : UID and EUID differ. Will not run external programs.");
  return true;
}

auto find_external(Program& program, const std::string& name) {
  return std::find_if(program.filters.begin(), program.filters.end(),
                      [&](const auto& filter) { return filter->name() == name; });
}

bool parse_options(Program& program, const std::string& text, ExternalFilter::Behavior& behavior) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string_view word = rest.substr(0, colon);
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    if (word.starts_with("suffix=")) behavior.suffix = word.substr(7);
    else if (word == "remove_suffix") behavior.remove_suffix = true;
    else if (word == "if_nonempty") behavior.if_nonempty = true;
    else if (word == "if_reduction") behavior.if_reduction = true;
    else if (word == "if_block_reduction") behavior.if_block_reduction = true;
    else if (!word.empty() && word != "default" && !word.starts_with("used="))
      return program.fail(Severity::failure, "-external_filter: unknown option " + shell_quote(word));
  }
  return true;
}

// --- attaching -----------------------------------------------------------------------------------------------------

core::image::ZisofsParameters zisofs_parameters(const ZisofsSettings& zisofs) {
  int version_2 = 0;
  if (zisofs.version_2 == ZisofsSettings::Version2::as_needed) version_2 = 1;
  if (zisofs.version_2 == ZisofsSettings::Version2::on) version_2 = 2;
  return {.level = zisofs.level,
          .block_size = zisofs.block_size,
          .block_size_v2 = zisofs.block_size_v2,
          .version_2 = version_2,
          .susp_z2 = zisofs.susp_z2,
          .bpt_target = zisofs.bpt_target,
          .max_bpt = zisofs.max_bpt,
          .max_bpt_f = zisofs.max_bpt_f,
          .bpt_free_ratio = zisofs.bpt_free_ratio};
}

using FilterWork = std::function<core::Result<FilterOutcome>(Node)>;

/// What to do with each file for a filter name. Empty: reported.
FilterWork filter_work(Program& program, const std::string& name) {
  core::image::Image& image = *program.image;
  const auto built_in = [&image](BuiltInFilter filter) {
    return [&image, filter](Node node) { return core::image::attach_filter(image, node, filter); };
  };
  if (name == "--zisofs") {
    // Refused while files are compressed by zisofs: then the parameters stay as they are.
    static_cast<void>(core::image::set_zisofs_parameters(zisofs_parameters(program.settings.zisofs)));
    return built_in(BuiltInFilter::zisofs);
  }
  if (name == "--zisofs-decode") return built_in(BuiltInFilter::zisofs_decode);
  if (name == "--gzip") return built_in(BuiltInFilter::gzip);
  if (name == "--gunzip") return built_in(BuiltInFilter::gunzip);
  if (name == "--remove-all-filters" || name == "--remove-all-filters+")
    return [&image](Node node) -> core::Result<FilterOutcome> {
      core::Result<void> done = core::image::remove_filters(image, node);
      if (!done) return std::move(done).problem();
      return FilterOutcome::revoked;
    };
  const auto external = find_external(program, name);
  if (external == program.filters.end()) {
    program.report(Severity::failure, "-set_filter: Not a registered filter name " + shell_quote(name));
    return nullptr;
  }
  return [&image, filter = external->get()](Node node) { return core::image::attach_filter(image, node, *filter); };
}

bool filter_file(Program& program, const FilterWork& work, Node node, std::string_view shown) {
  core::Result<FilterOutcome> outcome = work(node);
  program.drain();
  if (!outcome) {
    program.report(std::move(outcome).problem());
    return false;
  }
  if (*outcome == FilterOutcome::name_taken)
    program.report({.severity = Severity::failure,
                    .text = "Node with same name already exists",
                    .origin = core::Origin::libisofs});
  else if (*outcome != FilterOutcome::name_too_long)
    return true;
  return program.fail(Severity::failure,
                      "-set_filter: Cannot append suffix to " + shell_quote(shown) + ". Left unfiltered.");
}

bool filter_node(Program& program, const FilterWork& work, Node node, std::string_view shown) {
  if (node.kind() == NodeKind::file) return filter_file(program, work, node, shown);
  return program.fail(Severity::sorry, "-set_filter: Not a regular data file node " + shell_quote(shown));
}

enum class Depth { single, tree };

bool set_filters(Program& program, Words words, Depth depth) {
  if (!require_image(program)) return false;
  if (words.size() < 2) return true;
  const FilterWork work = filter_work(program, words[0]);
  if (!work) return false;
  bool success = true;
  for (const std::string& word : words.subspan(1)) {
    const auto path = program.iso_path(word);
    const Node top = path ? find_node(program, *path) : Node();
    bool done = static_cast<bool>(top);
    if (top && depth == Depth::single) done = filter_node(program, work, top, word);
    if (top && depth == Depth::tree)
      core::image::for_each_below(top, [&](Node node) {
        if (node.kind() == NodeKind::file) done = filter_file(program, work, node, node.path()) && done;
      });
    if (done) continue;
    success = false;
    if (!program.may_continue()) return false;
  }
  return success;
}

// --- showing -------------------------------------------------------------------------------------------------------

using core::image::StreamStep;

std::string step_text(const Program& program, const StreamStep& step, bool with_id) {
  using Kind = StreamStep::Kind;
  std::string type;
  switch (step.kind) {
    case Kind::disk: type = "disk"; break;
    case Kind::image: type = "image"; break;
    case Kind::cut_out: type = "cout"; break;
    case Kind::external_filter: type = "extf"; break;
    case Kind::memory: type = "mem "; break;
    case Kind::zisofs: type = "--zisofs"; break;
    case Kind::zisofs_decode: type = "--zisofs-decode"; break;
    case Kind::gzip: type = "--gzip"; break;
    case Kind::gunzip: type = "--gunzip"; break;
    case Kind::other: type = step.text; break;
  }
  if (with_id)
    type += core::strprintf("[%u,%llu,%llu]", step.identity.fs, static_cast<unsigned long long>(step.identity.device),
                            static_cast<unsigned long long>(step.identity.inode));
  switch (step.kind) {
    case Kind::zisofs:
    case Kind::zisofs_decode: return type + ":" + step.text + core::strprintf(":%uk", step.zisofs_block_size / 1024);
    case Kind::gzip:
    case Kind::gunzip:
    case Kind::memory:
    case Kind::other: return type;
    default: return type + ":" + program.result_path(step.text);
  }
}

bool show_streams(Program& program, Words words, Depth depth) {
  if (!require_image(program)) return false;
  bool success = true;
  for (const std::string& word : words) {
    const auto path = program.iso_path(word);
    const Node top = path ? find_node(program, *path) : Node();
    if (top && depth == Depth::single) program.result(stream_line(program, top, word, false));
    if (top && depth == Depth::tree)
      core::image::for_each_below(top, [&](Node node) {
        const std::size_t begin = *path == "/" ? 0 : path->size();
        const std::string rest = node == top ? std::string() : node.path().substr(begin);
        program.result(stream_line(program, node, word == "/" ? rest : word + rest, false));
      });
    if (top) continue;
    success = false;
    if (!program.may_continue()) return false;
  }
  return success;
}

}  // namespace

bool cmd_external_filter(Program& program, Words words) {
  if (!may_register(program, "-external_filter")) return false;
  if (words.size() < 3)
    return program.fail(Severity::failure,
                        "-external_filter : Not enough parameters given. Needed: name options path --");
  if (words[2].empty() || words[2][0] != '/')
    return program.fail(Severity::failure,
                        "-external_filter : Given command path does not begin by '/' : " + shell_quote(words[2]));
  ExternalFilter::Behavior behavior;
  if (!parse_options(program, words[1], behavior)) return false;
  if (find_external(program, words[0]) != program.filters.end())
    return program.fail(Severity::failure,
                        "-external_filter: filter with given name already existing: " + shell_quote(words[0]));
  program.filters.push_back(std::make_unique<ExternalFilter>(
      words[0], words[2], std::vector<std::string>(words.begin() + 3, words.end()), std::move(behavior)));
  return true;
}

bool cmd_unregister_filter(Program& program, Words words) {
  if (!may_register(program, "-unregister_filter")) return false;
  const auto filter = find_external(program, words[0]);
  if (filter == program.filters.end())
    return program.fail(Severity::failure,
                        "-external_filter: filter with given name does not exist: " + shell_quote(words[0]));
  if ((*filter)->users() > 0)
    return program.fail(Severity::failure,
                        core::strprintf("-external_filter: Cannot remove filter because it is in use by %d nodes : ",
                                        (*filter)->users()) +
                            shell_quote(words[0]));
  program.filters.erase(filter);
  return true;
}

void status_external_filter(const Program& program, std::vector<StatusLine>& lines) {
  for (const auto& filter : program.filters) {
    const auto& behavior = filter->behavior();
    std::string line = "-external_filter " + shell_quote(filter->name()) + " ";
    if (!behavior.suffix.empty()) line += "suffix=" + shell_quote(behavior.suffix) + ":";
    if (behavior.remove_suffix) line += "remove_suffix:";
    if (behavior.if_nonempty) line += "if_nonempty:";
    if (behavior.if_reduction) line += "if_reduction:";
    if (behavior.if_block_reduction) line += "if_block_reduction:";
    line += core::strprintf("used=%d ", filter->users()) + shell_quote(filter->path());
    for (const std::string& argument : filter->arguments()) line += " " + shell_quote(argument);
    lines.push_back({line + " --", false});
  }
}

bool cmd_set_filter(Program& program, Words words) { return set_filters(program, words, Depth::single); }
bool cmd_set_filter_r(Program& program, Words words) { return set_filters(program, words, Depth::tree); }
bool cmd_show_stream(Program& program, Words words) { return show_streams(program, words, Depth::single); }
bool cmd_show_stream_r(Program& program, Words words) { return show_streams(program, words, Depth::tree); }

std::optional<FindAction> make_set_filter(Program& program, Words words) {
  const std::string name = words[0];
  const auto work = std::make_shared<FilterWork>();
  FindAction action;
  action.alters_tree = true;
  action.apply = [&program, name, work](const FindHit& hit) {
    if (!*work) *work = filter_work(program, name);
    if (!*work) return FindEffect::stop;
    filter_node(program, *work, hit.node, hit.shown);
    return FindEffect::none;
  };
  return action;
}

std::string stream_line(const Program& program, Node node, std::string_view shown, bool with_id) {
  const auto chain = core::image::stream_chain(node);
  if (chain.empty()) return {};
  std::string line = program.result_path(shown);
  for (const StreamStep& step : chain) line += " < " + step_text(program, step, with_id);
  return line + "\n";
}

}  // namespace xorriso
