// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/pacifier.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "libcore/base/text.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Phase;
using core::strprintf;

/// How often the counters are looked at. A line appears at most this much after its time.
constexpr std::chrono::milliseconds kTick{50};
/// Commands that read content tell about it more rarely.
constexpr double kRareFactor = 5.0;

std::string seconds_text(const FrontendSettings& settings, double seconds) {
  if (settings.pacifier_interval < 1.0) return strprintf("%.1f", std::max(0.1, seconds));
  return strprintf("%d", std::max(1, static_cast<int>(seconds)));
}

char speed_letter(std::int64_t one_x) { return one_x <= 200000 ? 'C' : one_x >= 4000000 ? 'B' : 'D'; }

/// Multiples of 1x since the last shown line; negative if that can't be told yet.
double rate(const ProgressSample& now, const ProgressSample& before) {
  const double seconds = now.seconds - before.seconds;
  if (before.phase != now.phase || seconds < 0.001) return -1;
  return static_cast<double>(now.bytes - before.bytes) / seconds / static_cast<double>(now.one_x);
}

double percent(const ProgressSample& s) {
  return s.total > 0 ? 100.0 * static_cast<double>(s.done) / static_cast<double>(s.total) : 0.0;
}

std::string writing_native(const ProgressSample& now, const ProgressSample& before) {
  std::string line = strprintf("Writing: %10llds  %5.1f%%   fifo %3d%%  buf %3d%%", static_cast<long long>(now.done / 2048), percent(now),
                               std::max(0, now.fifo_percent), now.buffer_percent < 0 ? 50 : now.buffer_percent);
  if (const double x = rate(now, before); x >= 0) line += strprintf("  %5.1fx%c ", x, speed_letter(now.one_x));
  return line;
}

/// The end gets estimated when there is some experience, and as long as it is not imminent.
std::string writing_mkisofs(const ProgressSample& now, std::time_t clock) {
  const double done = percent(now);
  std::string line = strprintf(" %2.2f%% done", done);
  if (now.seconds < 2.0 || (done < 2.0 && now.done < 10 << 20)) return line;
  const double rest = now.seconds * (100.0 - done) / done;
  if (rest < 1.0) return line;
  const std::time_t end = clock + static_cast<std::time_t>(rest);
  std::tm parts{};
  char text[80] = "";
  if (::localtime_r(&end, &parts) != nullptr) std::strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y", &parts);
  return line + ", estimate finish " + text;
}

std::string writing_cdrecord(const ProgressSample& now, const ProgressSample& before) {
  std::string line = strprintf("%4lld of %4lld MB written (fifo %2d%%) [buf %3d%%]", static_cast<long long>(now.done >> 20),
                               static_cast<long long>(now.total >> 20), std::max(0, now.fifo_percent),
                               now.buffer_percent < 0 ? 50 : now.buffer_percent);
  if (const double x = rate(now, before); x >= 0) line += strprintf("  %4.1fx.", x);
  return line;
}

/// " 24832k", "2048.5m": a byte count in seven characters.
std::string byte_text(std::int64_t bytes) {
  const double kilo = static_cast<double>(bytes) / 1024.0;
  if (kilo < 999999.5) return strprintf("%6.0fk", kilo);
  const double mega = kilo / 1024.0;
  return mega < 9999.95 ? strprintf("%6.1fm", mega) : strprintf("%6.1fg", mega / 1024.0);
}

std::string counting(const FrontendSettings& settings, const ProgressSample& now, const ProgressSample& before, std::string_view what,
                     bool with_rate) {
  std::string line = strprintf("%7lld ", static_cast<long long>(now.done));
  if (now.total > 0 && now.phase == Phase::reading) line = strprintf("%lld of %lld ", static_cast<long long>(now.done), static_cast<long long>(now.total));
  line.append(what).append(" in ").append(seconds_text(settings, now.seconds)).append(" seconds");
  if (!with_rate) return line;
  ProgressSample first = before;
  if (before.phase != now.phase) first = {.phase = now.phase};
  if (const double x = rate(now, first); x >= 0) line += strprintf(" , %.1fx%c", x, speed_letter(now.one_x));
  return line;
}

std::string patience(const char* what, const ProgressSample& now) {
  return strprintf("%s. Working since %d seconds", what, static_cast<int>(now.seconds));
}

std::string drive_work(const char* patient_text, const char* percent_text, const ProgressSample& now) {
  if (now.permille <= 0) return patience(patient_text, now);
  return strprintf("%s  ( %.1f%% done in %d seconds )", percent_text, now.permille / 10.0, static_cast<int>(now.seconds));
}

bool is_rare(Phase phase) { return phase == Phase::reading; }

}  // namespace

std::string progress_line(const FrontendSettings& settings, const ProgressSample& now, const ProgressSample& before, std::time_t clock) {
  switch (now.phase) {
    case Phase::idle: return {};
    case Phase::inserting: return counting(settings, now, before, "files added", false);
    case Phase::loading: return counting(settings, now, before, "nodes read", false);
    case Phase::deleting: return counting(settings, now, before, "iso_rr_paths deleted", false);
    case Phase::reading: return counting(settings, now, before, "content bytes read", true);
    case Phase::checking: return counting(settings, now, before, "blocks read", true);
    case Phase::extracting: return counting(settings, now, before, "files restored (" + byte_text(now.bytes) + ")", true);
    case Phase::closing: return patience("Closing track/session", now);
    case Phase::blanking: return drive_work("Blanking", "Blanking", now);
    case Phase::formatting: return drive_work("Formatting", "Formatting", now);
    case Phase::waiting: return patience("Thank you for being patient", now) + ".";
    case Phase::writing: break;
  }
  switch (settings.pacifier) {
    case FrontendSettings::Style::mkisofs: return writing_mkisofs(now, clock);
    case FrontendSettings::Style::cdrecord: return writing_cdrecord(now, before);
    case FrontendSettings::Style::xorriso: break;
  }
  return writing_native(now, before);
}

std::string counter_line(const FrontendSettings& settings, std::int64_t count, std::string_view what, double seconds) {
  return strprintf("%7lld ", static_cast<long long>(count)).append(what).append(" in ").append(seconds_text(settings, seconds)) + " seconds";
}

Pacifier::Pacifier(Program& program) : program_(program), thread_([this] { run(); }) {}

Pacifier::~Pacifier() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Pacifier::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, kTick, [this] { return ending_; })) look();
}

void Pacifier::look() {
  const core::Progress& p = program_.progress;
  ProgressSample now{.phase = p.phase,
                     .done = p.done,
                     .total = p.total,
                     .bytes = p.bytes,
                     .fifo_percent = p.fifo_percent,
                     .buffer_percent = p.buffer_percent,
                     .permille = p.permille,
                     .one_x = p.one_x};
  if (now.phase == Phase::idle) return;
  const FrontendSettings& settings = program_.settings.frontend;
  const auto clock = std::chrono::steady_clock::now();
  const std::int64_t start = p.started_ns;
  now.seconds = std::chrono::duration<double>(clock.time_since_epoch()).count() - static_cast<double>(start) * 1e-9;
  const auto interval = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(settings.pacifier_interval * (is_rare(now.phase) ? kRareFactor : 1.0)));
  if (start != phase_start_ || now.phase != phase_) {
    phase_start_ = start;
    phase_ = now.phase;
    shown_ = {};
    // The first line about writing comes as soon as something was written.
    next_ = clock;
    if (phase_ != Phase::writing) next_ = std::chrono::steady_clock::time_point(std::chrono::nanoseconds(start)) + interval;
  }
  if (clock < next_ || (phase_ == Phase::writing && now.done == 0)) return;
  const std::string line = progress_line(settings, now, shown_, std::time(nullptr));
  shown_ = now;
  next_ = clock + interval - kTick / 2;
  if (!line.empty()) program_.report(core::Severity::update, line);
}

}  // namespace xorriso
