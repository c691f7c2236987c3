// SPDX-License-Identifier: GPL-3.0-or-later
//
// The expected lines are those which GNU xorriso 1.5.4 printed while it wrote into a slow pipe.
#include <doctest/doctest.h>

#include "xorriso/output/pacifier.h"

using namespace xorriso;
using core::Phase;

namespace {

ProgressSample writing(std::int64_t sectors, int fifo, double seconds) {
  return {.phase = Phase::writing, .done = sectors * 2048, .total = 14832 * 2048, .bytes = sectors * 2048, .fifo_percent = fifo, .buffer_percent = 50, .seconds = seconds};
}

}  // namespace

TEST_CASE("the native style tells sectors, percentages and the rate since the last line") {
  const FrontendSettings settings;
  CHECK(progress_line(settings, writing(304, 100, 0.02), {}, 0) == "Writing:        304s    2.0%   fifo 100%  buf  50%");
  CHECK(progress_line(settings, writing(2864, 100, 1.02), writing(304, 100, 0.02), 0) ==
        "Writing:       2864s   19.3%   fifo 100%  buf  50%    3.8xD ");
}

TEST_CASE("the style of cdrecord tells megabytes") {
  FrontendSettings settings;
  settings.pacifier = FrontendSettings::Style::cdrecord;
  CHECK(progress_line(settings, writing(560, 100, 0.1), {}, 0) == "   1 of   28 MB written (fifo 100%) [buf  50%]");
  CHECK(progress_line(settings, writing(13312, 64, 2.6), writing(10752, 100, 2.1), 0) ==
        "  26 of   28 MB written (fifo 64%) [buf  50%]   7.6x.");
}

TEST_CASE("the style of mkisofs estimates the end after two seconds unless it is near") {
  FrontendSettings settings;
  settings.pacifier = FrontendSettings::Style::mkisofs;
  CHECK(progress_line(settings, writing(4656, 100, 1.8), {}, 0) == " 31.39% done");
  // 2.5 s for 43.47 % leave 3.25 s.
  CHECK(progress_line(settings, writing(6448, 100, 2.5), {}, 1795156589) == " 43.47% done, estimate finish Fri Nov 20 06:36:32 2026");
  CHECK(progress_line(settings, writing(13616, 100, 5.3), {}, 0) == " 91.80% done");
}

TEST_CASE("counters have whole seconds unless the interval is shorter than one") {
  FrontendSettings settings;
  CHECK(counter_line(settings, 59, "files added", 0.01) == "     59 files added in 1 seconds");
  CHECK(counter_line(settings, 100400, "files added", 5.46) == " 100400 files added in 5 seconds");
  settings.pacifier_interval = 0.7;
  CHECK(counter_line(settings, 100400, "files added", 5.19) == " 100400 files added in 5.2 seconds");
  CHECK(counter_line(settings, 7, "nodes read", 0.0) == "      7 nodes read in 0.1 seconds");
}

TEST_CASE("what restores and what checks tells its rate") {
  FrontendSettings settings;
  settings.pacifier_interval = 0.1;
  const ProgressSample restoring{.phase = Phase::extracting, .done = 1, .bytes = 24832 * 1024, .seconds = 0.1};
  CHECK(progress_line(settings, restoring, {}, 0) == "      1 files restored ( 24832k) in 0.1 seconds , 183.6xD");
  const ProgressSample checking{.phase = Phase::checking, .done = 34656, .total = 1049036, .bytes = 34656 * 2048, .seconds = 0.1};
  CHECK(progress_line(settings, checking, {}, 0) == "  34656 blocks read in 0.1 seconds , 512.5xD");
  CHECK(progress_line(settings, {}, {}, 0).empty());
}
