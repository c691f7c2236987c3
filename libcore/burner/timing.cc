// SPDX-License-Identifier: GPL-3.0-or-later
//
// Durations are of the order that drives show; no client depends on them (doc/burner.md, own choice).
#include "libcore/burner/timing.h"

#include <algorithm>

#include "libcore/base/units.h"

namespace core::burner {
namespace {

constexpr std::int64_t kSecond = 1000000;

/// Whole surfaces are blanked and formatted somewhat below the top speed: 15 minutes for a 6x DVD-RW.
int surface_speed(const MediumRow& row) {
  if (row.write_speeds.empty()) return row.base_speed_kb;
  return row.write_speeds[row.write_speeds.size() > 1 ? 1 : 0];
}

}  // namespace

std::int64_t transfer_us(std::int64_t bytes, int kb_per_second) {
  return bytes * 1000 / std::max(kb_per_second, 1);
}

std::int64_t load_us() { return 2 * kSecond; }

std::int64_t blank_us(const MediumRow& row, std::int64_t blocks, int type) {
  if (type == 0) return transfer_us(blocks * kBlockSize, surface_speed(row));
  return row.family == Family::cd ? 60 * kSecond : 38 * kSecond;
}

std::int64_t format_us(const MediumRow& row, std::int64_t blocks, int type) {
  if (type == 0x26) return 35 * kSecond;
  if (type == 0x11 || type == 0x13 || type == 0x15) return 40 * kSecond;
  if (row.family == Family::bd || type == 0x01) return 60 * kSecond;
  return transfer_us(blocks * kBlockSize, surface_speed(row));
}

std::int64_t close_session_us(const MediumRow& row) { return row.family == Family::bd ? 10 * kSecond : 30 * kSecond; }

std::int64_t buffer_size(Family family) {
  switch (family) {
    case Family::cd:
      return 0x126800;
    case Family::dvd:
      return 0x118000;
    case Family::bd:
      break;
  }
  return 0x180000;
}

void WriteBuffer::drain(std::int64_t elapsed_us, int kb_per_second, double factor) {
  const double drained = static_cast<double>(elapsed_us) * kb_per_second * factor / 1000.0;
  fill_ = drained >= static_cast<double>(fill_) ? 0 : fill_ - static_cast<std::int64_t>(drained);
}

}  // namespace core::burner
