// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks up recorded sums, makes the work list of a check, and runs it: on a source that several threads may read
// (checksum_parallel.cc) or on one that wants to be read in ascending order by one (checksum_serial.cc).
#include "libcore/image/checksum.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <numeric>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"
#include "libcore/image/checksum_work.h"

namespace core::image {
namespace {

IsoFile* as_file(Node node) {
  if (!node || iso_node_get_type(node.handle()) != LIBISO_FILE) return nullptr;
  return reinterpret_cast<IsoFile*>(node.handle());
}

Md5 md5_from(const char (&bytes)[16]) {
  Md5 md5;
  std::memcpy(md5.data(), bytes, 16);
  return md5;
}

/// The address by which files are sorted; -1 = content is not in the loaded image.
std::int64_t first_block(const IsoNode* node) {
  std::uint32_t lba = 0;
  return iso_node_get_old_image_lba(const_cast<IsoNode*>(node), &lba, 0) == 1 ? std::int64_t{lba} : -1;
}

/// Where the recorded bytes of a file stand. Its present size may differ, if a filter was put on it.
Content content_of(IsoFile* file) {
  int count = 0;
  iso_file_section* sections = nullptr;
  if (iso_file_get_old_image_sections(file, &count, &sections, 0) != 1) return {.lba = -1, .size = iso_file_get_size(file)};
  Content content{.lba = count > 0 ? std::int64_t{sections[0].block} : 0, .single_extent = count == 1 ? 1U : 0U};
  for (int i = 0; i < count; ++i) content.size += sections[i].size;
  std::free(sections);
  return content;
}

/// One entry per distinct content, ascending; files that share it (hard links) hang on it.
CheckWork plan_work(const Image& image, std::span<const Node> files, std::vector<FileCheck>& results) {
  CheckWork work;
  work.files = files;
  work.contents.reserve(files.size());
  work.members.reserve(files.size());
  for (std::uint32_t i : order_by_lba(files)) {
    const Node file = files[i];
    if (as_file(file) == nullptr || iso_file_get_md5(image.handle(), as_file(file), nullptr, 1) != 1) {
      results[i] = FileCheck::no_md5;
      continue;
    }
    Content content = content_of(as_file(file));
    Content* last = work.contents.empty() ? nullptr : &work.contents.back();
    if (last != nullptr && content.lba >= 0 && last->lba == content.lba && last->size == content.size) {
      ++last->count;
    } else {
      content.first_member = static_cast<std::uint32_t>(work.members.size());
      work.contents.push_back(content);
    }
    work.members.push_back(i);
  }
  return work;
}

}  // namespace

std::optional<Md5> recorded_md5(const Image& image, Node file) {
  char md5[16];
  if (as_file(file) == nullptr || iso_file_get_md5(image.handle(), as_file(file), md5, 0) != 1) return std::nullopt;
  return md5_from(md5);
}

std::optional<SessionMd5> recorded_session_md5(const Image& image) {
  std::uint32_t start = 0, end = 0;
  char md5[16];
  if (iso_image_get_session_md5(image.handle(), &start, &end, md5, 0) != 1 || end < start) return std::nullopt;
  return SessionMd5{Lba{start}, Blocks{std::int64_t{end} - start}, md5_from(md5)};
}

std::vector<std::uint32_t> order_by_lba(std::span<const Node> files) {
  // Address and index (31 bits) as one number; content that is not in the loaded image comes first.
  std::vector<std::uint64_t> keys(files.size());
  for (std::uint32_t i = 0; i < files.size(); ++i)
    keys[i] = static_cast<std::uint64_t>(first_block(files[i].handle()) + 1) << 31 | i;
  if (!std::is_sorted(keys.begin(), keys.end())) std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> order(files.size());
  std::transform(keys.begin(), keys.end(), order.begin(), [](std::uint64_t key) { return static_cast<std::uint32_t>(key & 0x7fffffff); });
  return order;
}

void CheckWork::settle(const Image& image, const Content& content, const Md5& digest, std::vector<FileCheck>& results) const {
  for (std::uint32_t m = 0; m < content.count; ++m) {
    const std::uint32_t i = members[content.first_member + m];
    const auto recorded = recorded_md5(image, files[i]);
    results[i] = !recorded ? FileCheck::no_md5 : *recorded == digest ? FileCheck::match : FileCheck::mismatch;
  }
}

void CheckWork::settle(const Content& content, FileCheck outcome, std::vector<FileCheck>& results) const {
  for (std::uint32_t m = 0; m < content.count; ++m) results[members[content.first_member + m]] = outcome;
}

std::vector<FileCheck> check_files(const Image& image, BlockSource& source, std::span<const Node> files, Progress& progress,
                                   ProblemSink& problems) {
  std::vector<FileCheck> results(files.size(), FileCheck::skipped);
  const CheckWork work = plan_work(image, files, results);
  const CheckRun run{image, source, work, progress, problems, results};
  if (source.raw_file().fd >= 0)
    check_parallel(run);
  else
    check_serial(run);
  // Content that is not in the loaded image but has a sum nevertheless is read through its own stream.
  for (const Content& content : work.contents) {
    if (content.lba >= 0) continue;
    auto digest = digest_content(files[work.members[content.first_member]], progress);
    if (digest) {
      work.settle(image, content, *digest, results);
    } else {
      problems.report(std::move(digest).problem());
      work.settle(content, FileCheck::unreadable, results);
    }
  }
  return results;
}

Result<Md5> digest_content(Node file, Progress& progress) {
  IsoFile* handle = as_file(file);
  if (handle == nullptr) return Problem{Severity::failure, "Not a data file: " + shell_quote(file.path())};
  IsoStream* stream = iso_file_get_stream(handle);
  int ret = iso_stream_open(stream);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot open content of file " + shell_quote(file.path()));
  std::vector<std::byte> buffer(std::size_t{256} << 10);
  Md5Chain chain;
  while ((ret = iso_stream_read(stream, buffer.data(), buffer.size())) > 0) {
    chain.update({buffer.data(), static_cast<std::size_t>(ret)});
    progress.done += ret;
  }
  iso_stream_close(stream);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot read content of file " + shell_quote(file.path()));
  return chain.peek();
}

}  // namespace core::image
