// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/filters.h"

#include <bit>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/image/edit.h"
#include "libcore/image/iso_stream.h"

namespace core::image {

namespace {

constexpr int kIfNonempty = 1, kIfReduction = 2, kIfBlockReduction = 4, kRemoveSuffix = 8;
constexpr int kDecompress = 1 << 1;

IsoFile* as_file(Node node) { return reinterpret_cast<IsoFile*>(node.handle()); }

std::uint8_t log2_of(std::int64_t size) {
  return static_cast<std::uint8_t>(std::bit_width(static_cast<std::uint64_t>(size)) - 1);
}

struct Suffix {
  std::string text;
  bool remove = false;
};

/// The name after the suffix came or went; empty if the name is not suited.
std::string suffixed(std::string_view name, const Suffix& suffix) {
  if (suffix.text.empty()) return std::string(name);
  const bool present = name.size() > suffix.text.size() && name.ends_with(suffix.text);
  if (present != suffix.remove) return {};
  if (suffix.remove) return std::string(name.substr(0, name.size() - suffix.text.size()));
  return std::string(name) + suffix.text;
}

/// Renames within the directory. False: the name is taken or too long.
bool rename(Image& image, Node node, const std::string& name) {
  if (name == node.name()) return true;
  const bool changed = image.changed();
  const Node parent = node.parent();
  if (name.size() > 255 || image.find_child(parent, name)) return false;
  const bool done = move_node(image, node, parent, name).ok();
  if (!changed) image.set_changed(false);
  return done;
}

/// `add` attaches and returns what libisofs returns.
template <typename Add>
Result<FilterOutcome> attach(Image& image, Node file, const Suffix& suffix, Add add) {
  const std::string name = suffixed(file.name(), suffix);
  if (name.empty()) return FilterOutcome::unsuitable_name;
  if (name.size() > 255) return FilterOutcome::name_too_long;
  if (name != file.name() && image.find_child(file.parent(), name)) return FilterOutcome::name_taken;
  const int ret = add();
  if (ret < 0) return problem_from_libisofs(ret, "");
  if (ret == 2) return FilterOutcome::revoked;
  if (rename(image, file, name)) return FilterOutcome::attached;
  iso_file_remove_filter(as_file(file), 0);
  return FilterOutcome::name_taken;
}

Suffix suffix_of(BuiltInFilter filter) {
  if (filter == BuiltInFilter::gzip) return {".gz", false};
  if (filter == BuiltInFilter::gunzip) return {".gz", true};
  return {};
}

/// The suffix change that takes back what attaching the outermost filter did.
Suffix undo_suffix(IsoStream* stream) {
  const std::string_view type(stream->methods->type, 4);
  if (type == "gzip") return {".gz", true};
  if (type == "pizg") return {".gz", false};
  IsoExternalFilterCommand* command = nullptr;
  if (iso_stream_get_external_filter(stream, &command, 0) != 1) return {};
  return {command->suffix, (command->behavior & kRemoveSuffix) == 0};
}

}  // namespace

Result<void> set_zisofs_parameters(const ZisofsParameters& parameters) {
  iso_zisofs_ctrl control{};
  control.version = 1;
  control.compression_level = parameters.level;
  control.block_size_log2 = log2_of(parameters.block_size);
  control.v2_enabled = parameters.version_2;
  control.v2_block_size_log2 = log2_of(parameters.block_size_v2);
  control.max_total_blocks = static_cast<std::uint64_t>(parameters.max_bpt);
  control.max_file_blocks = static_cast<std::uint64_t>(parameters.max_bpt_f);
  control.block_number_target = parameters.bpt_target;
  control.bpt_discard_file_blocks = -1;
  control.bpt_discard_free_ratio = parameters.bpt_free_ratio;
  iso_zisofs_ctrl_susp_z2(parameters.susp_z2 ? 1 : 0);
  const int ret = iso_zisofs_set_params(&control, 0);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot set the parameters of zisofs");
  return {};
}

ExternalFilter::ExternalFilter(std::string name, std::string path, std::vector<std::string> arguments, Behavior behavior)
    : name_(std::move(name)), path_(std::move(path)), arguments_(std::move(arguments)), behavior_(std::move(behavior)),
      command_(std::make_unique<iso_external_filter_command>()) {
  argv_.push_back(path_.data());
  for (std::string& argument : arguments_) argv_.push_back(argument.data());
  argv_.push_back(nullptr);
  command_->version = 0;
  command_->refcount = 0;
  command_->name = name_.data();
  command_->path = path_.data();
  command_->argc = static_cast<int>(arguments_.size());
  command_->argv = argv_.data();
  command_->behavior = (behavior_.if_nonempty ? kIfNonempty : 0) | (behavior_.if_reduction ? kIfReduction : 0) |
                       (behavior_.if_block_reduction ? kIfBlockReduction : 0) |
                       (behavior_.remove_suffix ? kRemoveSuffix : 0);
  command_->suffix = behavior_.suffix.data();
}

ExternalFilter::~ExternalFilter() = default;

int ExternalFilter::users() const { return command_->refcount; }

Result<FilterOutcome> attach_filter(Image& image, Node file, BuiltInFilter filter) {
  return attach(image, file, suffix_of(filter), [&] {
    switch (filter) {
      case BuiltInFilter::zisofs: return iso_file_add_zisofs_filter(as_file(file), 0);
      case BuiltInFilter::zisofs_decode: return iso_file_add_zisofs_filter(as_file(file), kDecompress);
      case BuiltInFilter::gzip: return iso_file_add_gzip_filter(as_file(file), 0);
      case BuiltInFilter::gunzip: return iso_file_add_gzip_filter(as_file(file), kDecompress);
    }
    return static_cast<int>(ISO_WRONG_ARG_VALUE);
  });
}

Result<FilterOutcome> attach_filter(Image& image, Node file, const ExternalFilter& filter) {
  const auto& behavior = filter.behavior();
  return attach(image, file, {behavior.suffix, behavior.remove_suffix},
                [&] { return iso_file_add_external_filter(as_file(file), filter.command(), 0); });
}

Result<void> remove_filters(Image& image, Node file) {
  while (true) {
    IsoStream* stream = iso_file_get_stream(as_file(file));
    if (stream == nullptr || iso_stream_get_input_stream(stream, 0) == nullptr) return {};
    const std::string name = suffixed(file.name(), undo_suffix(stream));
    const int ret = iso_file_remove_filter(as_file(file), 0);
    if (ret < 0) return problem_from_libisofs(ret, "Cannot remove filter from " + shell_quote(file.path()));
    if (!name.empty()) rename(image, file, name);
  }
}

}  // namespace core::image
