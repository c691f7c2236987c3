// SPDX-License-Identifier: GPL-3.0-or-later
//
// The work list of a file check, shared by the ways to run it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libcore/image/checksum.h"

namespace core::image {

/// Bytes that have to be digested once, and the files that share them.
struct Content {
  std::int64_t lba = -1;           ///< First block, -1 = not in the loaded image.
  std::int64_t size = 0;           ///< Bytes over all extents.
  std::uint32_t first_member = 0;  ///< Into CheckWork::members.
  std::uint32_t count : 31 = 1;
  std::uint32_t single_extent : 1 = 1;
};

struct CheckWork {
  std::span<const Node> files;
  std::vector<Content> contents;       ///< Ascending by lba.
  std::vector<std::uint32_t> members;  ///< Positions in files.

  /// Compares the digest with what each member has recorded. Different contents may be settled by several threads.
  void settle(const Image& image, const Content& content, const Md5& digest, std::vector<FileCheck>& results) const;
  void settle(const Content& content, FileCheck outcome, std::vector<FileCheck>& results) const;
  Node first_file(const Content& content) const { return files[members[content.first_member]]; }
};

struct CheckRun {
  const Image& image;
  BlockSource& source;
  const CheckWork& work;
  Progress& progress;
  ProblemSink& problems;
  std::vector<FileCheck>& results;
};

/// Needs source.raw_file(). Skips contents with lba -1.
void check_parallel(const CheckRun& run);

/// Reads in ascending order through source.read(), 64 blocks at a time, and digests in a second thread.
void check_serial(const CheckRun& run);

/// Reports why `size` blocks from `start` on can not be read.
void report_unreadable(const CheckRun& run, Lba start, Blocks size);

/// What follows in the event stream when content of the loaded image could not be read.
Problem content_read_problem();

}  // namespace core::image
