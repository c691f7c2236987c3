// SPDX-License-Identifier: GPL-3.0-or-later
//
// Brings files and directory trees from disk into the tree of an image. Problems with single files are reported, each with
// the file's name, and the work goes on as long as `may_continue` says so.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/problem.h"
#include "libcore/base/progress.h"
#include "libcore/image/attributes.h"
#include "libcore/image/disk_directory.h"
#include "libcore/image/exclusions.h"
#include "libcore/image/hide_rules.h"
#include "libcore/image/image.h"
#include "libcore/image/load.h"

namespace core::image {

/// What may be removed from the tree to make place for a file of the same name.
enum class Overwrite { off, non_directories, on };

/// Treatment of symbolic links and mount points on disk.
struct FollowRules {
  bool links = false;       ///< Symbolic links anywhere are taken for their targets.
  bool parameters = false;  ///< Only those that were named themselves.
  bool mounts = true;       ///< Mount points are entered.
  int limit = 100;          ///< Most hops over links on one path.
};

struct InsertOptions {
  AttributeSettings attributes;
  FollowRules follow;
  Overwrite overwrite = Overwrite::non_directories;
  std::int64_t size_limit = 0;                ///< Bytes; larger files are refused. 0: no limit.
  std::int64_t split_size = 0;                ///< Bytes; larger files become directories of parts. 0: none.
  const Exclusions* exclusions = nullptr;     ///< Null: none.
  const HideRules* hide_rules = nullptr;      ///< Null: none.
  bool exclude_parameters = false;            ///< Apply the exclusions also to paths which were named themselves.
  bool exclude_subtrees = false;              ///< Then also to what is below excluded paths.
  std::function<bool()> may_continue;         ///< Asked after each problem. Empty: always.
};

enum class Depth { tree, single };

class SourceDirectory;

/// One piece of a file on disk.
struct FilePiece { std::int64_t offset = 0, bytes = 0; };

class Inserter {
 public:
  Inserter(Image& image, InsertOptions options, Progress& progress, ProblemSink& sink);
  ~Inserter();

  enum class Outcome { added, added_incompletely, failed, excluded };
  /// Puts the file object at `disk_path` into the tree as `iso_path`, with missing parent directories, which get the
  /// attributes of the corresponding parents on disk. Both paths are absolute and normalised.
  Outcome graft(const std::string& disk_path, const std::string& iso_path, Depth depth);
  /// Puts one piece of a data file into the tree.
  Outcome graft_piece(const std::string& disk_path, const FilePiece& piece, const std::string& iso_path);
  /// A new symbolic link. `disk_target` is the absolute path to which it would lead on disk: missing parent directories
  /// get the attributes of those on disk, as with graft().
  Outcome add_link(const std::string& target, const std::string& iso_path, const std::string& disk_target);
  /// A new directory with parents. That one exists already is a WARNING.
  Outcome make_directory(const std::string& iso_path);

  /// Number of files added so far.
  std::int64_t files() const { return files_; }
  /// What the last graft() put into the tree.
  Node last_node() const { return last_; }

 private:
  struct PendingDirectory;
  struct Prepared;
  class SharedDirectory;
  struct Source;
  Node make_parents(const std::string& iso_path, const std::string& disk_path);
  Node new_directory(Node parent, const std::string& name, const std::string& shown_path);
  bool clear_way(Node existing, bool new_is_directory, const std::string& iso_path, const std::string& disk_path);
  Node insert(const PendingDirectory& into, const char* name, const Source& source);
  Node insert_object(Node parent, const char* name, const Source& source);
  Node insert_data(Node parent, const char* name, const Source& source);
  Node insert_split(Node parent, const char* name, const Source& source);
  bool insert_below(PendingDirectory top);
  std::optional<Prepared> prepare(const PendingDirectory& in, const DiskListing& listing, const DiskEntry& entry,
                                  SourceDirectory* directory);
  DiskListing take_listing(PendingDirectory& of);
  bool insert_entries(PendingDirectory& into, std::vector<PendingDirectory>& found);
  Node new_detached_directory(const PendingDirectory& into, const Prepared& p);
  bool insert_subdirectories(const PendingDirectory& into, std::vector<Prepared>& entries);
  bool insert_in_disk_order(PendingDirectory& into);
  bool follow_link(const PendingDirectory& in, Source& source);
  void announce(std::vector<PendingDirectory>& directories);
  bool excluded(const std::string& path, const char* name) const;
  void hide(Node node, const std::string& disk_path);
  bool excluded_parameter(const std::string& disk_path);
  bool exceeds_limit(const Source& source) const;
  void report_limit(const Source& source);
  std::string checked_name(std::string_view name);
  void count_file();
  void report(Severity severity, std::string text, int os_errno = 0);
  void report_file(const std::string& disk_path, Severity severity, std::string text, int os_errno = 0);
  bool go_on() const;

  Image& image_;
  const InsertOptions options_;
  Progress& progress_;
  ProblemSink& sink_;
  std::unique_ptr<DirectoryReader> reader_;
  std::int64_t files_ = 0;
  std::size_t problems_ = 0;  ///< Reported so far, of any severity.
  bool failed_ = false;
  Node last_;
};

}  // namespace core::image
