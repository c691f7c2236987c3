// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/sector_map.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "libcore/base/text.h"

namespace core::image {
namespace {

constexpr char kMagic[] = "xorriso sector bitmap v2 ";
constexpr std::size_t kHeaderSize = 32;
constexpr std::int64_t kMostBlocks = std::int64_t{1} << 31;

struct Closer { void operator()(std::FILE* f) const { std::fclose(f); } };
using File = std::unique_ptr<std::FILE, Closer>;

std::uint32_t big_endian(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

Problem not_a_map(const std::string& path) { return {Severity::failure, "Not a sector map file: " + shell_quote(path)}; }

}  // namespace

Result<SectorMap> SectorMap::load(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return Problem{Severity::failure, "Cannot open path " + shell_quote(path), errno};
  std::array<char, kHeaderSize + 1> header{};
  long text_size = 0;
  if (std::fread(header.data(), 1, kHeaderSize, file.get()) != kHeaderSize || std::strncmp(header.data(), kMagic, sizeof kMagic - 1) != 0 ||
      std::sscanf(header.data() + sizeof kMagic - 1, "%ld", &text_size) != 1 || text_size < 0 ||
      std::fseek(file.get(), text_size, SEEK_CUR) != 0)
    return not_a_map(path);
  std::array<unsigned char, 8> numbers;
  if (std::fread(numbers.data(), 1, numbers.size(), file.get()) != numbers.size()) return not_a_map(path);
  const std::int64_t count = big_endian(numbers.data());
  if (big_endian(numbers.data() + 4) != kBlockSize || count > kMostBlocks) return not_a_map(path);
  SectorMap map;
  std::array<unsigned char, 4096> part;
  while (map.size().value < count) {
    const std::size_t want = std::min<std::size_t>(part.size(), static_cast<std::size_t>((count - map.size().value + 7) / 8));
    if (std::fread(part.data(), 1, want, file.get()) != want) return not_a_map(path);
    for (std::size_t i = 0; i < want * 8 && map.size().value < count; ++i) map.bits_.push_back((part[i / 8] >> (i % 8)) & 1);
  }
  return map;
}

Result<void> SectorMap::save(const std::string& path, const std::string& text) const {
  std::string content = strprintf("%s%zu", kMagic, text.size());
  content.resize(kHeaderSize - 1, ' ');
  content += '\n';
  content += text;
  for (const std::uint32_t number : {static_cast<std::uint32_t>(bits_.size()), static_cast<std::uint32_t>(kBlockSize)})
    for (int shift = 24; shift >= 0; shift -= 8) content += static_cast<char>(number >> shift);
  const std::size_t start = content.size();
  content.resize(start + bits_.size() / 8 + 1, '\0');
  for (std::size_t i = 0; i < bits_.size(); ++i)
    if (bits_[i]) content[start + i / 8] = static_cast<char>(content[start + i / 8] | 1 << (i % 8));
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return Problem{Severity::failure, "Cannot open path " + shell_quote(path), errno};
  const bool written = std::fwrite(content.data(), 1, content.size(), file) == content.size();
  if (std::fclose(file) != 0 || !written) return Problem{Severity::failure, "Cannot write sector map to " + shell_quote(path), errno};
  return {};
}

bool SectorMap::is_valid(Lba block) const { return block.value >= 0 && block.value < size().value && bits_[static_cast<std::size_t>(block.value)]; }

void SectorMap::set(Lba start, Blocks count, bool valid) {
  const auto end = static_cast<std::size_t>((start + count).value);
  if (end > bits_.size()) bits_.resize(end, false);
  std::fill(bits_.begin() + static_cast<std::ptrdiff_t>(start.value), bits_.begin() + static_cast<std::ptrdiff_t>(end), valid);
}

Blocks SectorMap::run_length(Lba start, Lba end) const {
  const bool first = is_valid(start);
  Lba at = start;
  while (at < end && is_valid(at) == first) ++at.value;
  return at - start;
}

}  // namespace core::image
