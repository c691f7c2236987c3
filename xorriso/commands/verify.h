// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verdicts on the MD5 sums of data files, for -check_md5, -check_md5_r and the find action check_md5.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/image/checksum.h"
#include "libcore/image/node.h"

namespace xorriso {

class Program;

/// Checks files in any number of portions and tells the sum of it at the end.
class Md5Audit {
 public:
  explicit Md5Audit(Program& program) : program_(program) {}

  /// Prints a line per file under the name given, in the order given.
  void check_named(std::span<const core::image::Node> files, std::span<const std::string> names);
  /// Prints mismatches and unreadable files only, ascending by block address.
  void check_quietly(std::span<const core::image::Node> files);
  /// Counts a path that could not be examined. The caller has reported why.
  void count_error() { errors_ = true; }
  /// Prints the summary, and issues the event of `severity` if anything was wrong. True if nothing was.
  bool conclude(core::Severity severity);

 private:
  void count(core::image::FileCheck verdict);
  Program& program_;
  bool matches_ = false, mismatches_ = false, unchecked_ = false, errors_ = false;
};

/// Data files at and below `top`, in the order of the tree.
std::vector<core::image::Node> data_files_below(core::image::Node top);

}  // namespace xorriso
