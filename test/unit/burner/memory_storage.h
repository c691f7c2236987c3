// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disc's storage in memory, for tests. What it keeps outlives the Storage object, so that a test can pull the plug: kill()
// leaves what a killed process leaves, power_off() what a host without power leaves.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <memory>
#include <string>

#include "libcore/burner/storage.h"

namespace core::burner {

/// The bytes of one disc.
struct Cells {
  using Block = std::array<std::byte, 2048>;
  using Raw = std::array<std::byte, 2352>;
  struct Content {
    std::map<std::int64_t, Block> blocks;
    std::map<std::int64_t, Raw> raw;
    std::string state;
  };
  Content now;      ///< what other processes see
  Content durable;  ///< what survives loss of power
  int saves = 0;
  int durable_saves = 0;
  bool fail_writes = false;

  void power_off() { now = durable; }
};

class MemoryStorage : public Storage {
 public:
  explicit MemoryStorage(std::shared_ptr<Cells> cells) : cells_(std::move(cells)) {}

  Result<void> read(Lba first, std::span<std::byte> data) override {
    for (std::size_t i = 0; i * 2048 < data.size(); ++i) {
      const auto found = cells_->now.blocks.find(first.value + static_cast<std::int64_t>(i));
      if (found == cells_->now.blocks.end()) std::memset(data.data() + i * 2048, 0, 2048);
      else std::memcpy(data.data() + i * 2048, found->second.data(), 2048);
    }
    return {};
  }
  Result<void> write(Lba first, std::span<const std::byte> data) override {
    if (cells_->fail_writes) return Problem{.text = "no space"};
    for (std::size_t i = 0; i * 2048 < data.size(); ++i)
      std::memcpy(cells_->now.blocks[first.value + static_cast<std::int64_t>(i)].data(), data.data() + i * 2048, 2048);
    return {};
  }
  Result<void> discard(Lba first, Blocks count) override {
    auto& blocks = cells_->now.blocks;
    blocks.erase(blocks.lower_bound(first.value), blocks.lower_bound(first.value + count.value));
    return {};
  }
  Result<void> read_raw(Bytes offset, std::span<std::byte> data) override {
    for (std::size_t i = 0; i * 2352 < data.size(); ++i) {
      const auto found = cells_->now.raw.find(offset.value / 2352 + static_cast<std::int64_t>(i));
      if (found == cells_->now.raw.end()) std::memset(data.data() + i * 2352, 0, 2352);
      else std::memcpy(data.data() + i * 2352, found->second.data(), 2352);
    }
    return {};
  }
  Result<void> write_raw(Bytes offset, std::span<const std::byte> data) override {
    for (std::size_t i = 0; i * 2352 < data.size(); ++i)
      std::memcpy(cells_->now.raw[offset.value / 2352 + static_cast<std::int64_t>(i)].data(), data.data() + i * 2352, 2352);
    return {};
  }
  Result<void> discard_raw() override {
    cells_->now.raw.clear();
    return {};
  }
  Result<std::string> load_state() override { return cells_->now.state; }
  Result<void> save_state(std::string_view blob, Durability durability) override {
    if (cells_->fail_writes) return Problem{.text = "no space"};
    cells_->now.state = blob;
    ++cells_->saves;
    if (durability == Durability::durable) {
      ++cells_->durable_saves;
      cells_->durable = cells_->now;
    }
    return {};
  }

 private:
  std::shared_ptr<Cells> cells_;
};

}  // namespace core::burner
