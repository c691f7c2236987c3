// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counters that workers publish and a pacifier thread looks at once per interval. No worker prints. Plain relaxed
// atomics: a value that is one update old is as good as the next one.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace core {

/// What a worker is busy with. The pacifier chooses its words by this.
enum class Phase : int {
  idle,
  inserting,   ///< done = files added
  loading,     ///< done = nodes read
  writing,     ///< done/total = bytes, fifo and drive buffer fill
  closing,     ///< closing track or session; total unknown
  blanking,    ///< permille
  formatting,  ///< permille
  waiting,     ///< drive is preparing, "Thank you for being patient"
  reading,     ///< content bytes read (check_md5, compare)
  checking,    ///< done/total = blocks read (check_media)
  extracting,  ///< done = files restored, bytes
  deleting,    ///< done = iso_rr_paths deleted
};

struct Progress {
  std::atomic<Phase> phase{Phase::idle};
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};           ///< 0 = unknown
  std::atomic<std::int64_t> bytes{0};           ///< content bytes moved so far
  std::atomic<int> fifo_percent{-1};            ///< fill of our fifo, -1 = no fifo
  std::atomic<int> buffer_percent{-1};          ///< fill of the drive's buffer, -1 = unknown
  std::atomic<int> permille{-1};                ///< progress of blank and format as the drive tells, -1 = unknown
  std::atomic<int> one_x{1385000};              ///< bytes per second of speed 1x on the medium in use
  std::atomic<std::int64_t> started_ns{0};      ///< steady clock when the phase began
  std::atomic<bool> cancel{false};              ///< set by whoever wants the worker to end at the next safe point

  void start(Phase p, std::int64_t expected_total = 0) {
    done = 0;
    bytes = 0;
    total = expected_total;
    fifo_percent = -1;
    buffer_percent = -1;
    permille = -1;
    started_ns = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
    phase = p;
  }
};

/// Publishes a phase as long as it lives, then idle.
class PhaseScope {
 public:
  PhaseScope(Progress& progress, Phase p, std::int64_t expected_total = 0) : progress_(progress) { progress.start(p, expected_total); }
  ~PhaseScope() { progress_.phase = Phase::idle; }
  PhaseScope(const PhaseScope&) = delete;
  PhaseScope& operator=(const PhaseScope&) = delete;

 private:
  Progress& progress_;
};

}  // namespace core
