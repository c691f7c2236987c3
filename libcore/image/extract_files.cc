// SPDX-License-Identifier: GPL-3.0-or-later
//
// Making files on disk: data files, symbolic links, pipes and device nodes, hard links of what was made before. The
// small data files of a job are neighbours in the image: they are read together and digested side by side.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "libcore/base/text.h"
#include "libcore/image/checksum.h"
#include "libcore/image/content.h"
#include "libcore/image/extract_links.h"
#include "libcore/image/extract_work.h"

namespace core::image {
namespace {

constexpr std::int64_t kSmallFile = 256 << 10;
constexpr std::int64_t kRunBytes = 1 << 20;
constexpr std::int64_t kRunGap = 32 << 10;

// --- one object ------------------------------------------------------------------------------------------------------

std::string cannot_restore(NodeKind kind, Node node) {
  const char* what = kind == NodeKind::symlink ? "symbolic link" : kind == NodeKind::file || kind == NodeKind::boot ? "regular file" : "special file";
  return strprintf("Cannot restore %s to disk filesystem: ", what) + shell_quote(node.path());
}

bool fail_object(ExtractRun& run, NodeKind kind, Node node, const std::string& disk_path, int error) {
  if (!run.stopped) run.fail(Severity::failure, cannot_restore(kind, node), error);
  return run.fail(Severity::sorry, "Restoring failed:  " + shell_quote(node.path()) + " = " + shell_quote(disk_path));
}

/// Makes an object by `make`; if something is in the way, clears it and tries once more. False with errno, 0 = reported.
template <typename Make>
bool make_object(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name, Make make) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (make()) return true;
    if (errno != EEXIST) return false;
    if (clear_way(run, directory, name, node.path()) != Clearing::cleared) {
      errno = 0;
      return false;
    }
  }
  return false;
}

/// Attributes of what can't be opened for writing: pipes and device nodes, by a handle that doesn't touch the device.
void finish_special(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name) {
  const int dir = directory.fd.get();
  if (restores_all(run, directory.depth) && ::fchownat(dir, name.c_str(), node.uid(), node.gid(), AT_SYMLINK_NOFOLLOW) != 0) {
    // Users who may not give files away get them as their own.
  }
  const UniqueFd handle(::openat(dir, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  const std::string path = strprintf("/proc/self/fd/%d", handle.get());
  if (::chmod(path.c_str(), node.permissions()) != 0)
    run.fail(Severity::warning, "Cannot restore permissions of " + shell_quote(directory.disk_path() + "/" + name), errno);
  if (!restores_all(run, directory.depth)) return;
  const timespec times[2] = {{.tv_sec = node.atime(), .tv_nsec = 0}, {.tv_sec = node.mtime(), .tv_nsec = 0}};
  ::utimensat(dir, name.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

/// False without errno: this kind of file is not wanted.
bool is_wanted(const ExtractRun& run, Node node, NodeKind kind) {
  if (kind == NodeKind::socket || kind == NodeKind::other) return false;
  if (kind != NodeKind::character_device && kind != NodeKind::block_device) return true;
  // Old programs altered device numbers of loaded device files to this one.
  return run.options.device_files && node.device() != makedev(0, 1);
}

bool extract_special(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name, NodeKind kind) {
  const int dir = directory.fd.get();
  const bool made = make_object(run, directory, node, name, [&] {
    if (kind == NodeKind::symlink) return ::symlinkat(node.link_target().c_str(), dir, name.c_str()) == 0;
    const mode_t type = kind == NodeKind::fifo ? S_IFIFO : kind == NodeKind::block_device ? S_IFBLK : S_IFCHR;
    return ::mknodat(dir, name.c_str(), type | 0600, node.device()) == 0;
  });
  if (!made) return errno != 0 && fail_object(run, kind, node, directory.disk_path() + "/" + name, errno);
  if (kind != NodeKind::symlink) finish_special(run, directory, node, name);
  run.count_file();
  return true;
}

/// True if the file now exists as a hard link of one that was restored before.
bool link_to_earlier(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name) {
  const std::string earlier = earlier_path(*run.env.links, node);
  if (earlier.empty()) return false;
  return make_object(run, directory, node, name, [&] {
    return ::linkat(AT_FDCWD, earlier.c_str(), directory.fd.get(), name.c_str(), 0) == 0;
  });
}

bool extract_data_file(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name, const ReadAhead* ahead) {
  const std::string disk_path = directory.disk_path() + "/" + name;
  const bool linkable = run.env.links != nullptr && has_links(*run.env.links, node);
  if (linkable && link_to_earlier(run, directory, node, name)) {
    run.count_file();
    return true;
  }
  UniqueFd fd;
  const bool made = make_object(run, directory, node, name, [&] {
    fd.reset(::openat(directory.fd.get(), name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    return static_cast<bool>(fd);
  });
  if (!made) return errno != 0 && fail_object(run, NodeKind::file, node, disk_path, errno);
  if (linkable) remember_path(*run.env.links, node, disk_path);
  const CopyOutcome outcome = copy_content(run, node, fd.get(), disk_path, ahead);
  if (outcome == CopyOutcome::failed) {
    if (run.options.incomplete == ExtractOptions::Incomplete::remove) ::unlinkat(directory.fd.get(), name.c_str(), 0);
    return fail_object(run, NodeKind::file, node, disk_path, 0);
  }
  ExtractOptions options = run.options;
  options.owner_and_times = restores_all(run, directory.depth);
  apply_attributes(node, fd.get(), options, run.env.problems, disk_path);
  if (outcome == CopyOutcome::partial)
    return run.fail(Severity::sorry, "Restoring failed:  " + shell_quote(node.path()) + " = " + shell_quote(disk_path));
  run.count_file();
  return true;
}

// --- portions of small neighbours ------------------------------------------------------------------------------------

struct Neighbour {
  Node node;
  Extent extent;
  ReadAhead ahead;
};

struct NeighbourInput : Md5Input {
  Neighbour* file = nullptr;
  Md5 recorded{};
  bool given = false;
  std::span<const std::byte> next() override {
    if (given) return {};
    given = true;
    return file->ahead.bytes;
  }
  void finish(const Md5& digest) override {
    file->ahead.digest_checked = true;
    file->ahead.digest_matches = digest == recorded;
  }
};

struct NeighbourQueue : Md5InputQueue {
  std::vector<NeighbourInput> inputs;
  std::size_t at = 0;
  Md5Input* next_input() override { return at < inputs.size() ? &inputs[at++] : nullptr; }
};

void check_digests(const ExtractRun& run, std::span<Neighbour> files) {
  NeighbourQueue queue;
  for (Neighbour& file : files) {
    const auto recorded = recorded_md5(run.env.image, file.node);
    if (!recorded) continue;
    queue.inputs.emplace_back();
    queue.inputs.back().file = &file;
    queue.inputs.back().recorded = *recorded;
  }
  md5_digest_all(md5_kernels().front(), queue);
}

/// Reads neighbours at once and makes their files. If reading fails, each file is read by itself.
void extract_neighbours(ExtractRun& run, TargetDirectory& directory, std::span<Neighbour> files, std::vector<std::byte>& buffer) {
  const std::int64_t start = byte_address(files.front().extent.start).value;
  std::int64_t end = start;
  for (const Neighbour& f : files) end = std::max(end, byte_address(f.extent.start).value + f.extent.size.value);
  buffer.resize(std::max(buffer.size(), static_cast<std::size_t>(end - start)));
  const bool readable = read_bytes(run.env.source, Bytes{start}, std::span(buffer).first(static_cast<std::size_t>(end - start))).ok();
  if (readable) {
    for (Neighbour& f : files)
      f.ahead.bytes = std::span(buffer).subspan(static_cast<std::size_t>(byte_address(f.extent.start).value - start),
                                                static_cast<std::size_t>(f.extent.size.value));
    if (run.options.md5_check != ExtractOptions::Md5Check::off) check_digests(run, files);
  }
  for (Neighbour& f : files) {
    if (run.over()) return;
    extract_object(run, directory, f.node, std::string(f.node.name()), readable ? &f.ahead : nullptr);
  }
}

}  // namespace

bool ExtractRun::fail(Problem problem) {
  env.problems.report(std::move(problem));
  if (env.go_on && !env.go_on()) stopped = true;
  return false;
}

bool ExtractRun::fail(Severity severity, std::string text, int os_errno) { return fail(Problem{severity, std::move(text), os_errno}); }

bool extract_object(ExtractRun& run, TargetDirectory& directory, Node node, const std::string& name, const ReadAhead* ahead) {
  const NodeKind kind = node.kind();
  if (!is_safe_leaf(name))
    return run.fail(Severity::failure, "File name in the image would lead out of the target directory: " + shell_quote(node.path()));
  if (!is_wanted(run, node, kind)) return true;
  if (kind == NodeKind::file || kind == NodeKind::boot) return extract_data_file(run, directory, node, name, ahead);
  return extract_special(run, directory, node, name, kind);
}

void run_job(ExtractRun& run, const ExtractJob& job) {
  std::vector<std::byte> buffer;
  std::vector<Neighbour> neighbours;
  auto flush = [&] {
    if (!neighbours.empty()) extract_neighbours(run, *job.directory, neighbours, buffer);
    neighbours.clear();
  };
  std::int64_t start = 0, end = 0;
  for (const std::uint32_t i : order_by_lba(job.files)) {
    if (run.over()) return;
    const Node node = job.files[i];
    Extent extent;
    if (!stored_in_one_extent(node, extent) || extent.size.value > kSmallFile) {
      flush();
      extract_object(run, *job.directory, node, std::string(node.name()));
      continue;
    }
    const std::int64_t at = byte_address(extent.start).value;
    if (!neighbours.empty() && (at - end > kRunGap || at + extent.size.value - start > kRunBytes)) flush();
    if (neighbours.empty()) start = end = at;
    end = std::max(end, at + extent.size.value);
    neighbours.push_back({node, extent, {}});
  }
  flush();
}

}  // namespace core::image
