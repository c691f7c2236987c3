// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compares files on disk with nodes of the tree: attributes, and content as cheaply as the recorded facts allow. Walks both
// trees side by side. Updating (update.h) stands on it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/image/attributes.h"
#include "libcore/image/disk_directory.h"
#include "libcore/image/exclusions.h"
#include "libcore/image/image.h"
#include "libcore/image/insert.h"

namespace core::image {

/// Whether recorded device and inode numbers may decide that content is unchanged.
enum class IdentityCheck { none, inode_only, full };

struct CompareOptions {
  AttributeSettings attributes;
  IdentityCheck identity = IdentityCheck::none;
  bool lines = true;                        ///< Tell the differences; else only whether there are any.
  bool md5 = false;                         ///< Use recorded sums instead of reading content from the image.
  FollowRules follow;
  const Exclusions* exclusions = nullptr;   ///< Null: none.
  bool exclude_parameters = false;          ///< Apply the exclusions also to the paths that were named.
  bool exclude_subtrees = false;
  bool ignore_excluded = false;             ///< Excluded files are neither missing nor compared.
  std::function<bool()> may_continue;       ///< Asked after each problem. Empty: always.
};

/// What was found out about one pair of disk file and node.
struct Comparison {
  enum class Missing { none, on_disk, in_image, both };
  Missing missing = Missing::none;
  bool excluded = false;      ///< Missing on disk only because of an exclusion.
  bool type = false;          ///< These three: differs.
  bool attributes = false;
  bool content = false;
  bool failed = false;        ///< A problem was reported; the rest is incomplete.
  std::vector<std::string> lines;  ///< " st_mode  :  0000600  <>  0000644" and so on, one per difference.
  bool differs() const { return missing != Missing::none || type || attributes || content; }
};

class Comparer {
 public:
  Comparer(Image& image, CompareOptions options, Progress& progress, ProblemSink& sink);

  /// One pair. Either may be missing: a DiskFile with error, an empty Node.
  Comparison compare(const std::string& disk_path, const DiskFile& file, Node node);

  /// Looks at the named path as the settings about links and exclusions want it. With an exclusion: `why` is its text.
  DiskFile look_at_parameter(const std::string& disk_path, std::string& why);

  struct Pair {
    std::string disk_path, iso_path;
    DiskFile file;             ///< With `error` if there is nothing on disk.
    Node node;                 ///< Empty if there is nothing in the tree.
    std::string excluded;      ///< "excluded by -not_leaf" and the like, or empty.
  };
  using Visit = std::function<bool(const Pair&)>;
  /// Visits all pairs at and below the two paths: first those of the tree, in each directory in the order of their content's
  /// addresses, then what is only on disk; of trees that are only on disk, all files if `only_disk` says so, else the
  /// topmost. The visitor may remove and replace the node of its pair; it returns false to end the walk. Returns false
  /// if it was ended.
  enum class OnlyDisk { all, topmost };
  bool walk(const std::string& disk_path, const std::string& iso_path, OnlyDisk only_disk, const Visit& visit);

  const CompareOptions& options() const { return options_; }

 private:
  struct Walk;
  void compare_attributes(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  void compare_acl(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  void compare_xattr(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  void compare_content(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  bool decide_by_identity(const DiskFile& file, Node node, Comparison& result);
  bool decide_by_md5(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  void compare_bytes(const std::string& path, const DiskFile& file, Node node, Comparison& result);
  std::string exclusion_of(const std::string& path, const char* name) const;
  void report(Severity severity, std::string text, int os_errno = 0);

  Image& image_;
  const CompareOptions options_;
  Progress& progress_;
  ProblemSink& sink_;
  const std::optional<time_t> start_;   ///< Recorded start of the session that recorded the identities.
  std::vector<char> disk_buffer_, image_buffer_;
};

}  // namespace core::image
