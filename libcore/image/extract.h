// SPDX-License-Identifier: GPL-3.0-or-later
//
// Copies trees and files out of an image to disk. Directories are worked on through descriptors, never by path: names in
// the image, and symbolic links that stand where the image has a directory, can't lead the writing out of the target
// directory. Only the target path itself, which the user names, is followed as given.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "libcore/base/block_source.h"
#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/image/exclusions.h"
#include "libcore/image/image.h"

namespace core::image {

struct ExtractOptions {
  bool whole_tree = true;              ///< Descend into directories.
  bool owner_and_times = true;         ///< Not only permissions. Below the second level they are restored in any case.
  bool acl = false;                    ///< Restore access control lists.
  bool xattr = false;                  ///< Restore extended attributes of namespace "user".
  bool xattr_all = false;              ///< Of all namespaces.
  bool device_files = false;           ///< Create device nodes; else they are left out.
  bool auto_chmod = false;             ///< Grant oneself rwx on own directories while working in them.
  bool replace_files = true;           ///< Replace existing non-directories on disk.
  enum class Md5Check { off, on, force } md5_check = Md5Check::off;
  enum class Incomplete { keep, remove, best_effort } incomplete = Incomplete::keep;
  Bytes sparse{};                      ///< Zeros of at least this length become holes; 0 = never.
  const Exclusions* exclusions = nullptr;  ///< Disk files which shall not be touched; may be null.
};

/// Which files of the image are hard links of each other and where the first of each family went. Scope: one loaded
/// image, as long as this object lives.
class HardLinkMemory {
 public:
  explicit HardLinkMemory(const Image& image);
  ~HardLinkMemory();
  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

class Extractor {
 public:
  /// `go_on` is asked after problems: false ends the work. `links` may be null: no hard links. `note` takes plain lines
  /// for the info channel. Publishes files in `progress.done` and content bytes in `progress.bytes`.
  struct Environment {
    const Image& image;
    BlockSource& source;
    Progress& progress;
    ProblemSink& problems;
    std::function<bool()> go_on;
    std::function<void(std::string)> note;
    HardLinkMemory* links = nullptr;
  };
  Extractor(Environment environment, ExtractOptions options);

  /// Makes `node`, and what is below it, appear at `disk_path` (absolute), and missing parent directories with it. An
  /// existing directory is merged with a directory of the image and keeps its own attributes. Problems are reported;
  /// false if the work was ended by go_on() or the target itself could not be made.
  bool extract(Node node, const std::string& disk_path);

 private:
  Environment environment_;
  ExtractOptions options_;
};

/// Creates missing parent directories of a disk path. False: reported.
bool make_parent_directories(const std::string& disk_path, ProblemSink& problems);

/// Gives a disk file owner, permissions, times, and as far as enabled ACL and extended attributes of a node.
void apply_attributes(Node node, int fd, const ExtractOptions& options, ProblemSink& problems, const std::string& disk_path);

}  // namespace core::image
