// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/content.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"
#include "libcore/base/text.h"

namespace core::image {
namespace {

constexpr std::int64_t kDriveChunk = 64;  // blocks: what optical drives read best at once

/// Plain bytes in the loaded image.
class StoredContent : public FileContent {
 public:
  StoredContent(BlockSource& source, std::vector<Extent> extents) : source_(source), extents_(std::move(extents)) {
    for (const Extent& e : extents_) size_ += e.size;
  }
  bool is_stored() const override { return true; }

  Result<std::size_t> read(Bytes offset, std::span<std::byte> buffer) override {
    std::size_t done = 0;
    std::int64_t extent_start = 0;
    for (const Extent& e : extents_) {
      const std::int64_t skip = offset.value + static_cast<std::int64_t>(done) - extent_start;
      extent_start += e.size.value;
      if (skip >= e.size.value || done == buffer.size()) continue;
      const std::size_t n = std::min(buffer.size() - done, static_cast<std::size_t>(e.size.value - skip));
      auto result = read_bytes(source_, byte_address(e.start) + Bytes{skip}, buffer.subspan(done, n));
      if (!result) return std::move(result).problem();
      done += n;
    }
    return done;
  }

 private:
  BlockSource& source_;
  std::vector<Extent> extents_;
};

/// Whatever libisofs can stream: filters, pending disk files, parts of them.
class StreamContent : public FileContent {
 public:
  StreamContent(IsoStream* stream, std::string path) : stream_(stream), path_(std::move(path)) {
    size_ = {static_cast<std::int64_t>(iso_stream_get_size(stream))};
  }
  ~StreamContent() override { iso_stream_close(stream_); }

  Result<std::size_t> read(Bytes offset, std::span<std::byte> buffer) override {
    std::vector<std::byte> skipped;
    while (at_ < offset.value) {
      skipped.resize(static_cast<std::size_t>(std::min<std::int64_t>(offset.value - at_, 64 << 10)));
      auto got = read_some(skipped);
      if (!got || *got == 0) return got;
    }
    std::size_t done = 0;
    while (done < buffer.size()) {
      auto got = read_some(buffer.subspan(done));
      if (!got) return got;
      if (*got == 0) break;
      done += *got;
    }
    return done;
  }

 private:
  Result<std::size_t> read_some(std::span<std::byte> buffer) {
    const int ret = iso_stream_read(stream_, buffer.data(), std::min(buffer.size(), std::size_t{1} << 30));
    if (ret < 0) return problem_from_libisofs(ret, "Cannot read content of file " + shell_quote(path_));
    at_ += ret;
    return static_cast<std::size_t>(ret);
  }

  IsoStream* stream_;
  std::string path_;
  std::int64_t at_ = 0;
};

class MemoryContent : public FileContent {
 public:
  explicit MemoryContent(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {
    size_ = {static_cast<std::int64_t>(bytes_.size())};
  }
  Result<std::size_t> read(Bytes offset, std::span<std::byte> buffer) override {
    const auto at = std::min(static_cast<std::size_t>(offset.value), bytes_.size());
    const std::size_t n = std::min(buffer.size(), bytes_.size() - at);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at), n, buffer.begin());
    return n;
  }

 private:
  std::vector<std::byte> bytes_;
};

Problem no_content(Node node) { return {Severity::failure, "File has no content to read: " + shell_quote(node.path())}; }

Result<std::unique_ptr<FileContent>> open_boot_catalog(const Image& image, Node node) {
  IsoBoot* catalog = nullptr;
  std::uint32_t lba = 0;
  char* content = nullptr;
  off_t size = 0;
  if (iso_image_get_bootcat(image.handle(), &catalog, &lba, &content, &size) != 1 || content == nullptr) return no_content(node);
  const auto* bytes = reinterpret_cast<const std::byte*>(content);
  auto result = std::make_unique<MemoryContent>(std::vector<std::byte>(bytes, bytes + size));
  std::free(content);
  return std::unique_ptr<FileContent>(std::move(result));
}

bool is_filtered(IsoFile* file) { return iso_stream_get_input_stream(iso_file_get_stream(file), 0) != nullptr; }

/// False if the file has no such bytes.
bool read_from_file(const BlockSource::RawFile& raw, Bytes offset, std::span<std::byte> buffer) {
  while (!buffer.empty()) {
    const ssize_t got = pread(raw.fd, buffer.data(), buffer.size(), offset.value + raw.offset.value);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    buffer = buffer.subspan(static_cast<std::size_t>(got));
    offset.value += got;
  }
  return true;
}

}  // namespace

Result<void> read_bytes(BlockSource& source, Bytes offset, std::span<std::byte> buffer) {
  // If the short way fails, the source gets its chance to succeed, or to tell what is wrong.
  if (const auto raw = source.raw_file(); raw.fd >= 0 && read_from_file(raw, offset, buffer)) return {};
  std::vector<std::byte> chunk;
  while (!buffer.empty()) {
    const Lba start{offset.value / kBlockSize};
    const auto skip = static_cast<std::size_t>(offset.value % kBlockSize);
    const Blocks count = std::min(Blocks{kDriveChunk}, blocks_for(Bytes{static_cast<std::int64_t>(skip + buffer.size())}));
    chunk.resize(static_cast<std::size_t>(to_bytes(count).value));
    auto result = source.read(start, chunk);
    if (!result) return result;
    const std::size_t n = std::min(buffer.size(), chunk.size() - skip);
    std::memcpy(buffer.data(), chunk.data() + skip, n);
    buffer = buffer.subspan(n);
    offset.value += static_cast<std::int64_t>(n);
  }
  return {};
}

Result<std::unique_ptr<FileContent>> FileContent::open(const Image& image, BlockSource& source, Node node) {
  const NodeKind kind = node ? node.kind() : NodeKind::other;
  if (kind == NodeKind::boot) return open_boot_catalog(image, node);
  if (kind != NodeKind::file) return no_content(node);
  auto* file = reinterpret_cast<IsoFile*>(node.handle());
  std::vector<Extent> extents = node.extents();
  if (!extents.empty() && !is_filtered(file)) return std::unique_ptr<FileContent>(new StoredContent(source, std::move(extents)));
  IsoStream* stream = iso_file_get_stream(file);
  const int ret = iso_stream_open(stream);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot open content of file " + shell_quote(node.path()));
  return std::unique_ptr<FileContent>(new StreamContent(stream, node.path()));
}

bool stored_in_one_extent(Node node, Extent& extent) {
  if (node.kind() != NodeKind::file) return false;
  auto* file = reinterpret_cast<IsoFile*>(node.handle());
  int count = 0;
  iso_file_section* sections = nullptr;
  if (iso_file_get_old_image_sections(file, &count, &sections, 0) != 1) return false;
  if (count == 1) extent = {Lba{sections[0].block}, Bytes{sections[0].size}};
  if (count > 0) std::free(sections);
  return count == 1 && !is_filtered(file);
}

}  // namespace core::image
