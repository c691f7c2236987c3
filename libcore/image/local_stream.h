// SPDX-License-Identifier: GPL-3.0-or-later
//
// Content of a file on disk as libisofs reads it when a session is made.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

struct iso_stream;
struct Iso_Node;

namespace core::image {

/// The directory of a local file, shared by the streams of its files. Reference counted; used by one thread at a time.
class SourceDirectory {
 public:
  /// With one reference, which the caller owns.
  static SourceDirectory* create(std::string path) { return new SourceDirectory(std::move(path)); }
  SourceDirectory* ref() { ++references_; return this; }
  void unref() { if (--references_ == 0) delete this; }
  const std::string& path() const { return path_; }

 private:
  explicit SourceDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
  int references_ = 1;
};

/// What a stream must know of its file: libisofs groups hard links and sorts by device and inode.
struct SourceFile {
  dev_t device = 0;
  ino_t inode = 0;
  std::int64_t size = 0;
};

/// A stream over the file `name` in `directory`; takes an own reference on it. Nothing is opened before libisofs asks for
/// content. Null: out of memory.
iso_stream* new_local_stream(SourceDirectory* directory, std::string_view name, const SourceFile& file);

/// Absolute path on disk of the content of a data file; empty if its content comes from elsewhere.
std::string local_path_of(Iso_Node* node);

}  // namespace core::image
