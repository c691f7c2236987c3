// SPDX-License-Identifier: GPL-3.0-or-later
//
// Data to and from the medium. The drive's cache is modelled by when the disc's state is saved: data reach the storage at
// once, but which of them count is told by the state. It is checkpointed whenever as much as a drive's buffer holds has
// been written, and made durable by sync().
#include "libcore/burner/platter.h"

#include <algorithm>

#include "libcore/burner/layout.h"

namespace core::burner {
namespace {

constexpr std::int64_t kCheckpointBlocks = 2048;  // 4 MiB, the order of a drive's buffer
constexpr std::size_t kFineMapRanges = 4096;
constexpr std::int64_t kCoarseMapBlocks = 1024;

std::int64_t blocks_of(std::span<const std::byte> data) { return static_cast<std::int64_t>(data.size()) / kBlockSize; }

}  // namespace

std::int64_t Platter::unit() const {
  const DiscState& s = disc_.state();
  if (s.medium == Medium::cd_rw) return 32;
  return disc_.row().write_unit;
}

void Platter::lose_power(std::int64_t lba) {
  power_lost_ = true;
  DiscState& s = disc_.state();
  if (s.simulated || behaviour(s) != Behaviour::overwrite) return;
  // The unit in flight is neither old nor new. This is a fact of the medium, so it goes into its state.
  s.unreadable.add(round_down(lba, unit()), unit());
  (void)disc_.save(Durability::checkpoint);
}

Platter::Outcome Platter::write(std::int64_t lba, std::span<const std::byte> data) {
  const std::int64_t blocks = blocks_of(data);
  Lba where;
  const auto part = [&](std::int64_t n) { return data.first(static_cast<std::size_t>(n * kBlockSize)); };
  if (faults_.empty()) return write_healthy(lba, data);
  if (faults_.strikes_blocks(FaultKind::power_loss, opcode_, Lba{lba}, Blocks{blocks}, &where)) {
    Outcome before = write_healthy(lba, part(where.value - lba));
    lose_power(where.value);
    return {sense::write_error, before.done};
  }
  for (const FaultKind kind : {FaultKind::write_error, FaultKind::worn_out})
    if (faults_.strikes_blocks(kind, opcode_, Lba{lba}, Blocks{blocks}, &where)) {
      Outcome before = write_healthy(lba, part(where.value - lba));
      if (!before.sense.good()) return before;
      return {sense::write_error.at(where.value), before.done};
    }
  if (faults_.strikes_blocks(FaultKind::silent_loss, opcode_, Lba{lba}, Blocks{blocks})) {
    pad(lba, blocks);
    return {sense::good, blocks};
  }
  return write_healthy(lba, data);
}

Platter::Outcome Platter::write_healthy(std::int64_t lba, std::span<const std::byte> data) {
  const std::int64_t blocks = blocks_of(data);
  if (blocks == 0) return {sense::good, 0};
  if (Sense s = wear_and_defects(lba, blocks); !s.good()) return {s, 0};
  DiscState& s = disc_.state();
  if (!s.simulated) {
    if (auto written = disc_.storage().write(Lba{lba}, data); !written) return {sense::write_error.at(lba), 0};
  }
  note_map(lba, blocks);
  if (!s.unreadable.empty()) s.unreadable.remove(lba, blocks);
  note_written(blocks);
  return {sense::good, blocks};
}

/// The map of overwritable media is only for people, so it gets coarse before it gets large.
void Platter::note_map(std::int64_t lba, std::int64_t blocks) {
  DiscState& s = disc_.state();
  std::int64_t end = lba + blocks;
  if (s.written.ranges().size() > kFineMapRanges && behaviour(s) == Behaviour::overwrite) {
    lba = round_down(lba, kCoarseMapBlocks);
    end = std::min(round_up(end, kCoarseMapBlocks), user_limit(s));
  }
  s.written.add(lba, end - lba);
}

Platter::Outcome Platter::write_raw(std::int64_t lba, std::span<const std::byte> data) {
  const std::int64_t sectors = static_cast<std::int64_t>(data.size()) / 2352;
  Lba where;
  if (faults_.strikes_blocks(FaultKind::power_loss, opcode_, Lba{lba}, Blocks{sectors}, &where)) {
    lose_power(where.value);
    return {sense::write_error, 0};
  }
  if (faults_.strikes_blocks(FaultKind::write_error, opcode_, Lba{lba}, Blocks{sectors}, &where))
    return {sense::write_error.at(where.value), 0};
  DiscState& s = disc_.state();
  if (!s.simulated) {
    if (auto written = disc_.storage().write_raw(Bytes{lba * 2352}, data); !written)
      return {sense::write_error.at(lba), 0};
  }
  s.written.add(lba, sectors);
  note_written(sectors);
  return {sense::good, sectors};
}

void Platter::pad(std::int64_t lba, std::int64_t blocks) {
  if (blocks <= 0) return;
  DiscState& s = disc_.state();
  // What an interrupted write left behind must not show through.
  if (!s.simulated && !s.written.contains(lba, blocks)) (void)disc_.storage().discard(Lba{lba}, Blocks{blocks});
  s.written.add(lba, blocks);
  note_written(blocks);
}

void Platter::note_written(std::int64_t blocks) {
  DiscState& s = disc_.state();
  if (s.simulated) return;
  dirty_ = true;
  since_checkpoint_ += blocks;
}

Sense Platter::checkpoint() {
  if (since_checkpoint_ < kCheckpointBlocks) return sense::good;
  since_checkpoint_ = 0;
  return disc_.save(Durability::checkpoint) ? sense::good : sense::storage_failed;
}

Sense Platter::wear_and_defects(std::int64_t lba, std::int64_t blocks) {
  DiscState& s = disc_.state();
  const std::int64_t limit = disc_.row().rewrite_limit;
  const std::int64_t u = unit();
  if (!s.simulated && limit > 0) s.wear.count(lba, blocks, static_cast<int>(u));
  if (limit == 0 && faults_.empty()) return sense::good;
  for (std::int64_t start = round_down(lba, u); start < lba + blocks; start += u) {
    const std::size_t index = static_cast<std::size_t>(start / u);
    const bool worn = limit > 0 && index < s.wear.cycles.size() && s.wear.cycles[index] > std::min<std::int64_t>(limit, 0xfffe);
    const bool bad = !faults_.empty() && faults_.strikes_blocks(FaultKind::bad_block, opcode_, Lba{start}, Blocks{u});
    if (!worn && !bad) continue;
    if (Sense r = remap(start); !r.good()) return r.at(std::max(start, lba));
  }
  return sense::good;
}

Sense Platter::remap(std::int64_t unit_start) {
  DiscState& s = disc_.state();
  if (std::find(s.defects.begin(), s.defects.end(), unit_start) != s.defects.end()) return sense::good;
  if (s.spare_used >= s.format.spare_clusters) return sense::write_error;
  if (s.simulated) return sense::good;
  ++s.spare_used;
  s.defects.push_back(unit_start);
  return sense::good;
}

std::int64_t Platter::readable(std::int64_t lba, std::int64_t blocks) const {
  const DiscState& s = disc_.state();
  if (behaviour(s) == Behaviour::overwrite)
    return is_formatted(s) ? std::clamp<std::int64_t>(user_limit(s) - lba, 0, blocks) : 0;
  return std::clamp<std::int64_t>(s.written.first_gap(lba) - lba, 0, blocks);
}

Platter::Outcome Platter::read(std::int64_t lba, std::span<std::byte> data) {
  std::int64_t blocks = blocks_of(data);
  Sense result = sense::good;
  const DiscState& s = disc_.state();
  for (const auto& [first, end] : s.unreadable.ranges())
    if (first < lba + blocks && end > lba) {
      blocks = std::max<std::int64_t>(first - lba, 0);
      result = sense::unrecovered_read.at(lba + blocks);
      break;
    }
  for (const FaultKind kind : {FaultKind::read_error, FaultKind::bad_block}) {
    if (faults_.empty()) break;
    Lba where;
    if (!faults_.strikes_blocks(kind, opcode_, Lba{lba}, Blocks{blocks}, &where)) continue;
    const std::int64_t start = round_down(where.value, unit());
    if (kind == FaultKind::bad_block && std::find(s.defects.begin(), s.defects.end(), start) != s.defects.end()) continue;
    blocks = where.value - lba;
    result = (kind == FaultKind::bad_block ? sense::unrecovered_read : sense::read_error).at(where.value);
  }
  if (blocks > 0) {
    const auto part = data.first(static_cast<std::size_t>(blocks * kBlockSize));
    if (auto done = disc_.storage().read(Lba{lba}, part); !done) return {sense::unrecovered_read.at(lba), 0};
  }
  return {result, blocks};
}

Platter::Outcome Platter::read_raw(std::int64_t lba, std::span<std::byte> data) {
  const std::int64_t sectors = static_cast<std::int64_t>(data.size()) / 2352;
  Lba where;
  if (faults_.strikes_blocks(FaultKind::read_error, opcode_, Lba{lba}, Blocks{sectors}, &where))
    return {sense::read_error.at(where.value), 0};
  if (auto done = disc_.storage().read_raw(Bytes{lba * 2352}, data); !done) return {sense::unrecovered_read.at(lba), 0};
  return {sense::good, sectors};
}

Sense Platter::erase() {
  DiscState& s = disc_.state();
  s.written.clear();
  s.unreadable.clear();
  s.cd_text.clear();
  // The state goes first: should power be lost now, the old data are not part of the disc any more.
  if (Sense saved = sync(); !saved.good()) return saved;
  if (!disc_.storage().discard(Lba{0}, Blocks{s.capacity}) || !disc_.storage().discard_raw()) return sense::storage_failed;
  return sense::good;
}

Sense Platter::sync() {
  DiscState& s = disc_.state();
  if (s.simulated) return sense::good;
  since_checkpoint_ = 0;
  if (!disc_.save(Durability::durable)) return sense::storage_failed;
  dirty_ = false;
  return sense::good;
}

}  // namespace core::burner
