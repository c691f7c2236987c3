// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a real drive takes: durations of blanking, formatting and closing, and the buffer between host and laser.
#pragma once

#include <cstdint>

#include "libcore/burner/clock.h"
#include "libcore/burner/media.h"

namespace core::burner {

/// Times of a real drive in microseconds, not yet divided by Timing::factor.
std::int64_t transfer_us(std::int64_t bytes, int kb_per_second);
std::int64_t load_us();
std::int64_t blank_us(const MediumRow& row, std::int64_t blocks, int type);
std::int64_t format_us(const MediumRow& row, std::int64_t blocks, int type);
std::int64_t close_session_us(const MediumRow& row);

/// Size of the drive's write buffer in bytes.
std::int64_t buffer_size(Family family);

/// Fill of the write buffer. Without real-time timing it is always empty.
class WriteBuffer {
 public:
  /// What the laser took since the last call.
  void drain(std::int64_t elapsed_us, int kb_per_second, double factor);
  void add(std::int64_t bytes) { fill_ += bytes; }
  void clear() { fill_ = 0; }
  std::int64_t fill() const { return fill_; }

 private:
  std::int64_t fill_ = 0;
};

}  // namespace core::burner
