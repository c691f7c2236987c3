// SPDX-License-Identifier: GPL-3.0-or-later
//
// Listings of directories on disk with the attributes of their files: one pass over the names and one statx() per file,
// by a second thread ahead of the consumer.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace core::image {

/// What is known about one file on disk without opening it.
struct DiskFile {
  mode_t mode = 0;
  uid_t uid = 0;
  gid_t gid = 0;
  dev_t device = 0;        ///< Of the file system that holds it.
  dev_t special = 0;       ///< Of device files.
  ino_t inode = 0;
  std::int64_t size = 0;
  time_t atime = 0, mtime = 0, ctime = 0;
  nlink_t links = 1;
  int error = 0;           ///< errno if the attributes can't be had; then all else is void.
  bool has_acl = false;
  bool has_xattr = false;  ///< Only looked for if asked for.
};

enum class Links { keep, follow };

/// Which attributes beyond those of statx() are to be looked for.
struct DiskLook {
  bool acl = true;         ///< Even if ACLs are not wanted: they change the meaning of the permission bits.
  bool xattr = false;      ///< namespace "user"
  bool xattr_all = false;
};

DiskFile look_at(const std::string& path, Links links, const DiskLook& look);

/// True if the effective user may read content of the file.
bool may_read(const std::string& path, const DiskFile& file);

struct DiskEntry : DiskFile {
  std::uint32_t name_at = 0;
};

/// A directory's entries without "." and "..", sorted by name as strcmp does, ascending.
struct DiskListing {
  std::string path;
  int error = 0;           ///< errno if the directory can't be read.
  std::vector<DiskEntry> entries;
  std::string names;       ///< All names, each with a 0 behind it.
  const char* name(const DiskEntry& e) const { return names.c_str() + e.name_at; }
};

DiskListing list_directory(std::string path, const DiskLook& look);

/// Reads announced directories ahead. The consumer takes them in any order; best is the order of announcement.
class DirectoryReader {
 public:
  struct Task;
  explicit DirectoryReader(const DiskLook& look);
  ~DirectoryReader();

  /// Announces directories that will be needed before all those that were announced earlier.
  std::vector<std::shared_ptr<Task>> announce(std::vector<std::string> paths);
  /// The listing; reads it now if nobody did so far.
  DiskListing take(const std::shared_ptr<Task>& task);

 private:
  void run();
  const DiskLook look_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Task>> waiting_;
  std::size_t entries_ahead_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace core::image
