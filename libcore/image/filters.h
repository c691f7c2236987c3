// SPDX-License-Identifier: GPL-3.0-or-later
//
// Content filters between data files of the tree and whoever reads them: zisofs, gzip and external programs. libisofs
// runs a filter once when it gets attached, to learn the size of its output.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/result.h"
#include "libcore/image/image.h"

struct iso_external_filter_command;

namespace core::image {

enum class BuiltInFilter { zisofs, zisofs_decode, gzip, gunzip };

/// Parameters of zisofs compression, as libisofs knows them.
struct ZisofsParameters {
  int level = 6;
  std::int64_t block_size = 32 << 10, block_size_v2 = 128 << 10;
  int version_2 = 0;               ///< 0 never, 1 for files of 4 GiB and more, 2 always
  bool susp_z2 = false;
  std::int64_t bpt_target = -1, max_bpt = 256 << 20, max_bpt_f = 256 << 20;
  double bpt_free_ratio = -1.0;
};
/// Only possible as long as no file is compressed by zisofs.
Result<void> set_zisofs_parameters(const ZisofsParameters& parameters);

/// A program that reads the content from its standard input and writes what is to be seen to its standard output.
class ExternalFilter {
 public:
  struct Behavior {
    std::string suffix;
    bool remove_suffix = false, if_nonempty = false, if_reduction = false, if_block_reduction = false;
  };
  ExternalFilter(std::string name, std::string path, std::vector<std::string> arguments, Behavior behavior);
  ~ExternalFilter();
  ExternalFilter(const ExternalFilter&) = delete;
  ExternalFilter& operator=(const ExternalFilter&) = delete;

  const std::string& name() const { return name_; }
  const std::string& path() const { return path_; }
  const std::vector<std::string>& arguments() const { return arguments_; }
  const Behavior& behavior() const { return behavior_; }
  /// Number of files that have it attached. Must be 0 when the object goes.
  int users() const;
  iso_external_filter_command* command() const { return command_.get(); }

 private:
  std::string name_, path_;
  std::vector<std::string> arguments_;
  Behavior behavior_;
  std::vector<char*> argv_;
  std::unique_ptr<iso_external_filter_command> command_;
};

/// The outcome for one file. Names change by the suffix of the filter, if it has one.
enum class FilterOutcome { attached, revoked, unsuitable_name, name_taken, name_too_long };

/// Attaching a filter does not count as a change that has to be written.
Result<FilterOutcome> attach_filter(Image& image, Node file, BuiltInFilter filter);
Result<FilterOutcome> attach_filter(Image& image, Node file, const ExternalFilter& filter);
/// Takes all filters away and reverts their changes of the name as far as possible.
Result<void> remove_filters(Image& image, Node file);

}  // namespace core::image
