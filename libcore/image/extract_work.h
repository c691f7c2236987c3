// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the parts of extraction share: a directory on disk that is being filled, and a portion of its files as one job.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libcore/base/unique_fd.h"
#include "libcore/image/extract.h"

namespace core::image {

/// State of one extract() call. Counters and flags may be touched by all workers.
struct ExtractRun {
  const Extractor::Environment& env;
  const ExtractOptions& options;
  std::atomic<bool> stopped{false};
  std::mutex stream_mutex;   ///< libisofs streams are read by one thread at a time
  uid_t uid;                 ///< What new files get by themselves.
  gid_t gid;

  /// Reports; stops the run if the program does not want to go on. Always false.
  bool fail(Problem problem);
  bool fail(Severity severity, std::string text, int os_errno = 0);
  void count_file() { env.progress.done.fetch_add(1, std::memory_order_relaxed); }
  bool over() const { return stopped.load(std::memory_order_relaxed) || env.progress.cancel.load(std::memory_order_relaxed); }
};

/// A directory on disk and the node it is filled from. The last owner finishes it: sets its attributes and closes it.
class TargetDirectory {
 public:
  TargetDirectory(ExtractRun& in_run, std::shared_ptr<TargetDirectory> below, Node from, std::string leaf)
      : run(in_run), parent(std::move(below)), node(from), name(std::move(leaf)) {}
  ~TargetDirectory();
  std::string disk_path() const { return parent == nullptr ? name : parent->disk_path() + "/" + name; }
  std::string path_of(Node child) const { return disk_path() + "/" + std::string(child.name()); }

  ExtractRun& run;
  std::shared_ptr<TargetDirectory> parent;
  Node node;
  std::string name;          ///< Leaf; the absolute path of the top.
  UniqueFd fd;
  bool created = false;      ///< Gets the attributes of the node.
  int depth = 0;             ///< 0 = target of the extraction.
  gid_t new_gid = 0;         ///< Group that new files get by themselves.
  mode_t granted_over = 0;   ///< auto_chmod: mode to return to, if `granted`.
  bool granted = false;
};

struct ExtractJob {
  std::shared_ptr<TargetDirectory> directory;
  std::vector<Node> files;   ///< No directories.
};

/// Makes all files of the job.
void run_job(ExtractRun& run, const ExtractJob& job);

/// Opens or makes the subdirectory `name` of `parent`. Null: reported, or left out.
std::shared_ptr<TargetDirectory> enter_directory(ExtractRun& run, const std::shared_ptr<TargetDirectory>& parent, Node node,
                                                 const std::string& name);

/// Removes a non-directory that is in the way. `problem_seen`: reported.
enum class Clearing { cleared, problem_seen };
Clearing clear_way(ExtractRun& run, TargetDirectory& directory, const std::string& name, const std::string& iso_path);

/// Grants rwx to the owner, if that is us and auto_chmod is on.
void grant_access(TargetDirectory& directory);

/// A leaf name that stays inside its directory.
bool is_safe_leaf(const std::string& name);

/// The bytes of a file that have been read ahead together with its neighbours.
struct ReadAhead {
  std::span<const std::byte> bytes;
  bool digest_checked = false;   ///< The recorded MD5 was compared already.
  bool digest_matches = true;
};

/// One non-directory, `name` in the directory. `ahead` may be null. False: reported.
bool extract_object(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name, const ReadAhead* ahead = nullptr);

/// Fills the open, empty file `fd`. `ahead` may be null. Partial: some bytes are missing but the rest is usable. All but
/// `complete` has been reported.
enum class CopyOutcome { complete, partial, failed };
CopyOutcome copy_content(ExtractRun& run, Node node, int fd, const std::string& disk_path, const ReadAhead* ahead);

/// True if attributes of an object in a directory of this depth are restored completely.
bool restores_all(const ExtractRun& run, int parent_depth);

}  // namespace core::image
