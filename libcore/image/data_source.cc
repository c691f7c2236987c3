// SPDX-License-Identifier: GPL-3.0-or-later
//
// Directory trees and small files are read block by block by libisofs, mostly in ascending order but in several places at
// once. A few chunks in least-recently-used order turn that into large reads. The lock is there because the thread that
// makes a session reads old content while others may look at the tree.
#include "libcore/image/data_source.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

#include "libcore/base/clibs.h"

namespace core::image {
namespace {

constexpr std::int64_t kChunkBlocks = 32;
constexpr std::size_t kChunks = 24;

struct Chunk {
  std::int64_t start = -1;  ///< Block address, -1: unused.
  std::int64_t blocks = 0;
  std::uint64_t last_use = 0;
  std::vector<std::byte> bytes;
};

struct Source {
  std::shared_ptr<BlockSource> blocks;
  std::int64_t displacement = 0;
  std::mutex lock;
  std::uint64_t clock = 0;
  std::size_t recent = 0;
  std::array<Chunk, kChunks> chunks;

  const std::byte* find(std::int64_t block);
  bool fill(Chunk& chunk, std::int64_t block);
};

bool holds(const Chunk& c, std::int64_t block) { return c.start >= 0 && block >= c.start && block < c.start + c.blocks; }

const std::byte* Source::find(std::int64_t block) {
  if (!holds(chunks[recent], block)) {
    std::size_t at = 0, oldest = 0;
    for (; at < kChunks && !holds(chunks[at], block); ++at)
      if (chunks[at].last_use < chunks[oldest].last_use) oldest = at;
    if (at == kChunks) {
      at = oldest;
      if (!fill(chunks[at], block)) return nullptr;
    }
    recent = at;
    chunks[at].last_use = ++clock;
  }
  const Chunk& chunk = chunks[recent];
  return chunk.bytes.data() + (block - chunk.start) * kBlockSize;
}

/// Reads the aligned chunk around `block`, or that block alone if the chunk can't be read as a whole.
bool Source::fill(Chunk& chunk, std::int64_t block) {
  const std::int64_t end = blocks->capacity().value;
  chunk.start = block - block % kChunkBlocks;
  chunk.blocks = std::min(kChunkBlocks, end - chunk.start);
  if (chunk.blocks > block - chunk.start) {
    chunk.bytes.resize(static_cast<std::size_t>(chunk.blocks * kBlockSize));
    if (blocks->read(Lba{chunk.start}, chunk.bytes)) return true;
  }
  chunk.start = block;
  chunk.blocks = 1;
  chunk.bytes.resize(kBlockSize);
  if (blocks->read(Lba{block}, chunk.bytes)) return true;
  chunk.start = -1;
  return false;
}

Source& source_of(IsoDataSource* src) { return *static_cast<Source*>(src->data); }

int open_source(IsoDataSource*) { return 1; }
int close_source(IsoDataSource*) { return 1; }

int read_block(IsoDataSource* src, uint32_t lba, uint8_t* buffer) {
  Source& source = source_of(src);
  const std::int64_t block = static_cast<std::int64_t>(lba) + source.displacement;
  if (block < 0) return static_cast<int>(ISO_DATA_SOURCE_SORRY);
  const std::lock_guard<std::mutex> guard(source.lock);
  const std::byte* bytes = source.find(block);
  if (bytes == nullptr) return static_cast<int>(ISO_DATA_SOURCE_MISHAP);
  std::memcpy(buffer, bytes, kBlockSize);
  return 1;
}

void free_source(IsoDataSource* src) {
  delete &source_of(src);
  src->data = nullptr;
}

}  // namespace

iso_data_source* new_data_source(std::shared_ptr<BlockSource> source, Blocks displacement) {
  // libisofs gives the struct back by free().
  auto* src = static_cast<IsoDataSource*>(std::calloc(1, sizeof(IsoDataSource)));
  if (src == nullptr) return nullptr;
  auto* own = new Source;
  own->blocks = std::move(source);
  own->displacement = displacement.value;
  src->version = 0;
  src->refcount = 1;
  src->open = open_source;
  src->close = close_source;
  src->read_block = read_block;
  src->free_data = free_source;
  src->data = own;
  return src;
}

}  // namespace core::image
