// SPDX-License-Identifier: GPL-3.0-or-later
//
// Time as the virtual burner sees it. The state machine never sleeps and never asks the system: it compares values of
// this clock, and tells in Reply::delay_us how long the answer of a command is to be held back.
#pragma once

#include <cstdint>

namespace core::burner {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Microseconds since an arbitrary point, never going backwards.
  virtual std::int64_t now_us() = 0;
};

/// A clock that stands still until it is told to move; for tests.
class ManualClock : public Clock {
 public:
  std::int64_t now_us() override { return now_; }
  void advance_us(std::int64_t us) { now_ += us; }

 private:
  std::int64_t now_ = 0;
};

/// Whether background work takes the time it takes on a real drive.
struct Timing {
  bool realtime = false;  ///< false: everything is done at once, no command ever answers "busy"
  double factor = 1.0;    ///< speed-up: 10 means ten times faster than a real drive
};

}  // namespace core::burner
