// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which formats a medium offers (MMC-6 6.24, format types of table 387) and how large they are. The sizes of real media are
// reproduced exactly; for discs of another size the spare areas shrink in proportion.
#include <algorithm>

#include "libcore/burner/layout.h"

namespace core::burner {
namespace {

constexpr std::int64_t kBdCluster = 32;
constexpr std::int64_t kBdRawClusters = 381856;  // single layer, 12 219 392 blocks

void add_bd_re(const DiscState& state, std::vector<FormatDescriptor>& list) {
  const SpareSizes spare = bd_spare_sizes(state);
  const auto size = [&](std::int64_t clusters) { return state.capacity - clusters * kBdCluster; };
  list.push_back({0x00, size(spare.standard), 0x800});
  if (is_formatted(state)) list.push_back({0x01, size(spare.large), 0x800});
  for (const std::int64_t clusters : {spare.standard, spare.large, spare.minimum})
    list.push_back({0x30, size(clusters), static_cast<std::uint32_t>(clusters)});
  list.push_back({0x31, state.capacity, 0x800});
}

void add_bd_r(const DiscState& state, std::vector<FormatDescriptor>& list) {
  if (disc_status(state) != DiscStatus::blank) return;
  const SpareSizes spare = bd_spare_sizes(state);
  const auto size = [&](std::int64_t clusters) { return state.capacity - clusters * kBdCluster; };
  list.push_back({0x00, size(spare.standard), 0x800});
  for (const std::int64_t clusters : {spare.standard, spare.large, spare.minimum})
    list.push_back({0x32, size(clusters), static_cast<std::uint32_t>(clusters)});
}

void add_dvd_rw(const DiscState& state, std::vector<FormatDescriptor>& list) {
  const std::int64_t full = state.capacity;
  list.push_back({0x00, full, 0x800});
  list.push_back({0x10, full, 16});
  if (is_formatted(state) && state.format.blocks < full) list.push_back({0x13, full - state.format.blocks, 16});
  list.push_back({0x15, full, 16});
}

}  // namespace

SpareSizes bd_spare_sizes(const DiscState& state) {
  const std::int64_t clusters = state.capacity / kBdCluster;
  const std::int64_t layers = media_row(state.medium).layers;
  const auto part = [&](std::int64_t of_full) {
    return clusters >= kBdRawClusters ? of_full * layers : of_full * clusters / kBdRawClusters;
  };
  return {std::max<std::int64_t>(part(4096), 1), std::max<std::int64_t>(part(12288), 2),
          std::max<std::int64_t>(part(20480), 3)};
}

std::int64_t cd_packet_capacity(std::int64_t capacity) {
  // F counts frames from the start of the program area's pregap; each packet of 32 user blocks occupies 39.
  const std::int64_t frames = capacity + 150;
  return std::max<std::int64_t>(0, (frames - 152 + 7) / 39 * 32);
}

std::int64_t ram_default_blocks(std::int64_t capacity) {
  return capacity == 2295072 ? 2236704 : round_down(capacity - capacity * 58368 / 2295072, 16);
}

FormatDescriptor current_capacity(const DiscState& state) {
  const bool formatted = is_formatted(state);
  switch (behaviour(state)) {
    case Behaviour::overwrite:
      return {formatted ? 2 : 1, formatted ? user_limit(state) : state.capacity, 0x800};
    case Behaviour::cd:
    case Behaviour::sequential:
      if (disc_status(state) == DiscStatus::blank) return {1, state.capacity, 0x800};
      if (state.medium == Medium::dvd_rw) return {2, state.capacity, 0x800};
      return {2, formatted ? user_limit(state) : std::max<std::int64_t>(readable_end(state), 0), 0x800};
    case Behaviour::read_only:
      break;
  }
  return {2, state.capacity, 0x800};
}

std::vector<FormatDescriptor> format_descriptors(const DiscState& state) {
  std::vector<FormatDescriptor> list;
  switch (state.medium) {
    case Medium::cd_rw:
      list.push_back({0x10, cd_packet_capacity(state.capacity), 32});
      break;
    case Medium::dvd_rw:
      add_dvd_rw(state, list);
      break;
    case Medium::dvd_plus_rw:
      list.push_back({0x26, state.capacity, 0});
      break;
    case Medium::dvd_ram:
      list.push_back({0x00, user_limit(state), 0x800});
      list.push_back({0x01, ram_default_blocks(state.capacity), 0x800});
      break;
    case Medium::bd_re:
    case Medium::bd_re_dl:
      add_bd_re(state, list);
      break;
    case Medium::bd_r:
    case Medium::bd_r_dl:
      add_bd_r(state, list);
      break;
    default:
      break;
  }
  return list;
}

}  // namespace core::burner
