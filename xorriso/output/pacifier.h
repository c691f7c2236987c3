// SPDX-License-Identifier: GPL-3.0-or-later
//
// UPDATE lines while a command takes its time. Workers publish counters in core::Progress; one thread looks at them and
// words them in the style of -pacifier. No worker prints, and no worker waits for the thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "libcore/base/progress.h"
#include "xorriso/settings.h"

namespace xorriso {

class Program;

/// A look at the counters.
struct ProgressSample {
  core::Phase phase = core::Phase::idle;
  std::int64_t done = 0, total = 0, bytes = 0;
  int fifo_percent = -1, buffer_percent = -1, permille = -1;
  std::int64_t one_x = 1385000;   ///< bytes per second of speed 1x
  double seconds = 0;             ///< since the phase began
};

/// The line for `now`, without newline; `before` is what was shown last in this phase, or default. `clock` is the time of
/// the day, for estimates. Empty: nothing to tell.
std::string progress_line(const FrontendSettings& settings, const ProgressSample& now, const ProgressSample& before, std::time_t clock);

/// "      59 files added in 1 seconds": how a counting command sums up.
std::string counter_line(const FrontendSettings& settings, std::int64_t count, std::string_view what, double seconds);

class Pacifier {
 public:
  explicit Pacifier(Program& program);
  ~Pacifier();
  Pacifier(const Pacifier&) = delete;
  Pacifier& operator=(const Pacifier&) = delete;

 private:
  void run();
  void look();

  Program& program_;
  ProgressSample shown_;
  core::Phase phase_ = core::Phase::idle;  ///< the one that gets told about, and when it began
  std::int64_t phase_start_ = 0;
  std::chrono::steady_clock::time_point next_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace xorriso
