// SPDX-License-Identifier: GPL-3.0-or-later
//
// The walk over the tree: the calling thread goes ahead and makes directories, their files are made in portions by all
// cores. A directory gets its attributes when everything in it is complete.
#include "libcore/image/extract.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <thread>

#include "libcore/base/text.h"
#include "libcore/image/extract_work.h"

namespace core::image {
namespace {

constexpr std::size_t kJobFiles = 128;
constexpr std::int64_t kJobBytes = 4 << 20;
constexpr std::size_t kQueuedJobs = 32;      // bounds the number of open directories, too
constexpr std::int64_t kFilesForThreads = 64;

/// Jobs for the workers. Whoever finds the queue full does a job himself.
class JobQueue {
 public:
  JobQueue(ExtractRun& run, int workers) : run_(run) {
    for (int i = 1; i < workers; ++i) threads_.emplace_back([this] { work(); });
  }
  ~JobQueue() { finish(); }

  void submit(ExtractJob job) {
    {
      std::lock_guard lock(mutex_);
      if (!threads_.empty() && jobs_.size() < kQueuedJobs) {
        jobs_.push_back(std::move(job));
        filled_.notify_one();
        return;
      }
    }
    run_job(run_, job);
  }

  void finish() {
    for (ExtractJob job; take(job, false); job = {}) run_job(run_, job);
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  bool take(ExtractJob& job, bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) filled_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return false;
    job = std::move(jobs_.front());
    jobs_.pop_front();
    return true;
  }
  void work() {
    for (ExtractJob job; take(job, true); job = {}) run_job(run_, job);
  }

  ExtractRun& run_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<ExtractJob> jobs_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

/// Visits the tree and feeds the queue.
class Walk {
 public:
  Walk(ExtractRun& run, JobQueue& queue) : run_(run), queue_(queue) {}

  void visit(std::shared_ptr<TargetDirectory> top) {
    list(std::move(top));
    while (!open_.empty() && !run_.over()) {
      Pending here = std::move(open_.back());
      open_.pop_back();
      if (!here.subdirectory) {
        submit_files(here.directory, here.files);
        continue;
      }
      auto directory = enter_directory(run_, here.directory, here.subdirectory, std::string(here.subdirectory.name()));
      here.directory = nullptr;
      if (directory != nullptr) list(std::move(directory));
    }
  }

 private:
  /// A subdirectory that is still to be entered, or, if that is empty, files of `directory` that come after all its
  /// subdirectories.
  struct Pending {
    std::shared_ptr<TargetDirectory> directory;
    Node subdirectory;
    std::vector<Node> files;
  };

  /// Puts the content of a directory on the list of what is to do.
  void list(std::shared_ptr<TargetDirectory> directory) {
    std::vector<Node> files, subdirectories;
    for (const Node child : directory->node.children())
      if (!excluded(*directory, child)) (child.is_directory() ? subdirectories : files).push_back(child);
    if (!files.empty()) open_.push_back({directory, {}, std::move(files)});
    for (auto sub = subdirectories.rbegin(); sub != subdirectories.rend(); ++sub) open_.push_back({directory, *sub, {}});
  }

  bool excluded(const TargetDirectory& directory, Node child) const {
    const Exclusions* exclusions = run_.options.exclusions;
    if (exclusions == nullptr || exclusions->empty()) return false;
    return exclusions->excludes_leaf(std::string(child.name()).c_str()) || exclusions->excludes_path(directory.path_of(child));
  }

  /// Cuts the files of a directory into jobs.
  void submit_files(const std::shared_ptr<TargetDirectory>& directory, const std::vector<Node>& files) {
    ExtractJob job{directory, {}};
    std::int64_t bytes = 0;
    for (const Node file : files) {
      job.files.push_back(file);
      bytes += file.size().value;
      if (job.files.size() < kJobFiles && bytes < kJobBytes) continue;
      queue_.submit(std::move(job));
      job = {directory, {}};
      bytes = 0;
    }
    if (!job.files.empty()) queue_.submit(std::move(job));
  }

  std::vector<Pending> open_;
  ExtractRun& run_;
  JobQueue& queue_;
};

/// True if there is enough to do that threads are worth starting.
bool worth_threads(Node top) {
  std::int64_t files = 0, bytes = 0;
  std::vector<Node> open{top};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    for (const Node child : node.children()) {
      bytes += child.size().value;
      if (child.is_directory()) open.push_back(child);
      if (++files > kFilesForThreads || bytes > kJobBytes) return true;
    }
  }
  return false;
}

/// Opens the directory in which the target stands. The path was given by the user and is followed.
UniqueFd open_parent(const std::string& disk_path, std::string& leaf) {
  const auto slash = disk_path.rfind('/');
  leaf = disk_path.substr(slash + 1);
  return UniqueFd(::open(slash == 0 ? "/" : disk_path.substr(0, slash).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

Problem cannot_insert(const std::string& target, const std::string& directory, int error) {
  return {Severity::failure, "While restoring " + shell_quote(target) + " : could not insert " + shell_quote(directory), error};
}

/// The target directory itself: an existing one, also by a symbolic link that the user named, or a new one.
std::shared_ptr<TargetDirectory> open_target(ExtractRun& run, Node node, const std::string& disk_path) {
  auto target = std::make_shared<TargetDirectory>(run, nullptr, node, disk_path == "/" ? "" : disk_path);
  target->fd.reset(::open(disk_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!target->fd && errno != ENOENT && errno != ENOTDIR) {
    run.fail(Severity::failure, "Cannot open target directory " + shell_quote(disk_path), errno);
    return nullptr;
  }
  if (!target->fd) {
    std::string leaf;
    auto parent = std::make_shared<TargetDirectory>(run, nullptr, node.parent(), disk_path.substr(0, disk_path.rfind('/')));
    parent->fd = open_parent(disk_path, leaf);
    parent->depth = -2;
    if (!parent->fd) {
      run.fail(cannot_insert(disk_path, disk_path, errno));
      return nullptr;
    }
    if (clear_way(run, *parent, leaf, node.path()) != Clearing::cleared) return nullptr;
    if (::mkdirat(parent->fd.get(), leaf.c_str(), 0700) != 0) {
      run.fail(cannot_insert(disk_path, disk_path, errno));
      return nullptr;
    }
    target->fd.reset(::openat(parent->fd.get(), leaf.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    target->created = static_cast<bool>(target->fd);
    if (!target->fd) {
      run.fail(cannot_insert(disk_path, disk_path, errno));
      return nullptr;
    }
  }
  grant_access(*target);
  return target;
}

bool extract_leaf(ExtractRun& run, Node node, const std::string& disk_path) {
  std::string leaf;
  const auto parent = std::make_shared<TargetDirectory>(run, nullptr, node.parent(), disk_path.substr(0, disk_path.rfind('/')));
  parent->fd = open_parent(disk_path, leaf);
  parent->depth = -1;
  if (!parent->fd) return run.fail(cannot_insert(disk_path, disk_path, errno));
  struct stat info;
  if (::fstat(parent->fd.get(), &info) == 0) parent->new_gid = (info.st_mode & S_ISGID) ? info.st_gid : run.gid;
  grant_access(*parent);
  extract_object(run, *parent, node, leaf);
  return !run.stopped;
}

bool extract_tree(ExtractRun& run, Node node, const std::string& disk_path) {
  std::shared_ptr<TargetDirectory> target = open_target(run, node, disk_path);
  if (target == nullptr) return false;
  if (run.options.whole_tree) {
    const bool parallel = run.env.source.raw_file().fd >= 0 && worth_threads(node);
    const int cores = std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, 16);
    JobQueue queue(run, parallel ? cores : 1);
    Walk(run, queue).visit(std::move(target));
  }
  target = nullptr;
  return !run.stopped;
}

}  // namespace

bool make_parent_directories(const std::string& disk_path, ProblemSink& problems) {
  for (auto slash = disk_path.find('/', 1); slash != disk_path.npos; slash = disk_path.find('/', slash + 1)) {
    const std::string directory = disk_path.substr(0, slash);
    if (::mkdir(directory.c_str(), 0777) == 0 || errno == EEXIST) continue;
    struct stat info;
    const int error = errno;
    if (::stat(directory.c_str(), &info) == 0) continue;  // EROFS, EACCES on what exists
    problems.report(cannot_insert(disk_path, directory, error));
    return false;
  }
  return true;
}

namespace {

/// Missing parent directories of the target. They are made with the permissions and owners of the directories in which
/// the node stands in the image, so that what was private there is not public on disk.
class ParentDirectories {
 public:
  /// False: reported.
  bool make(Node node, const std::string& disk_path, ProblemSink& problems) {
    Node above = node.parent();
    std::vector<Made> parents;
    for (auto slash = disk_path.rfind('/'); slash != 0 && slash != disk_path.npos; slash = disk_path.rfind('/', slash - 1)) {
      parents.push_back({disk_path.substr(0, slash), above});
      above = above.parent();
    }
    for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
      struct stat info;
      if (::mkdir(parent->path.c_str(), 0700) == 0) {
        made_.push_back(*parent);
        continue;
      }
      const int error = errno;
      if (error == EEXIST || ::stat(parent->path.c_str(), &info) == 0) continue;  // EROFS, EACCES on what exists
      problems.report(cannot_insert(disk_path, parent->path, error));
      return false;
    }
    return true;
  }

  /// To be called when their content is complete.
  void finish(bool with_owner) {
    for (auto parent = made_.rbegin(); parent != made_.rend(); ++parent) {
      const UniqueFd fd(::open(parent->path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      if (with_owner && ::fchown(fd.get(), parent->node.uid(), parent->node.gid()) != 0) {
        // Users who may not give files away get them as their own.
      }
      // Users without privileges will want to put more into them.
      ::fchmod(fd.get(), (parent->node.permissions() & 07777) | (::geteuid() == 0 ? 0 : 0700));
    }
  }

 private:
  struct Made {
    std::string path;
    Node node;
  };
  std::vector<Made> made_;
};

}  // namespace

Extractor::Extractor(Environment environment, ExtractOptions options) : environment_(std::move(environment)), options_(options) {}

bool Extractor::extract(Node node, const std::string& disk_path) {
  ExtractRun run{.env = environment_, .options = options_, .uid = ::geteuid(), .gid = ::getegid()};
  ParentDirectories parents;
  if (!parents.make(node, disk_path, environment_.problems)) return false;
  const bool done = node.is_directory() ? extract_tree(run, node, disk_path) : extract_leaf(run, node, disk_path);
  parents.finish(options_.owner_and_times);
  return done;
}

}  // namespace core::image
