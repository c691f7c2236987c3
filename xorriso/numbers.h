// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers, sizes, speeds and times as users write them.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace xorriso {

/// A size in bytes: a decimal number, fractions allowed, with a last letter k m g t p e (powers of 1024), s (2048) or
/// d (512), in any case. Other text behind the number is ignored; 0 if there is no number.
std::int64_t parse_size(std::string_view word);
/// The same, but without rounding to an integer.
double parse_size_fraction(std::string_view word);

/// An address or a number of blocks: plain digits count blocks, a size with suffix is divided by 2048.
std::int64_t parse_blocks(std::string_view word);

/// Leading integer of a word as scanf reads it; empty if there is none.
std::optional<std::int64_t> parse_integer(std::string_view word);

/// A user or group id from a decimal number or a name of this system.
std::optional<uid_t> find_user(std::string_view word);
std::optional<gid_t> find_group(std::string_view word);

/// Speeds are kept in units of 1000 bytes per second with these three exceptions.
inline constexpr int kSpeedMax = 0, kSpeedMin = -1, kSpeedNone = -2;
/// 1x in bytes per second.
inline constexpr double kCdSpeed = 176400, kDvdSpeed = 1385000, kBdSpeed = 4495625;
/// Decodes "max", "none", "4x", "4cd", "1000k" and so on. A number without unit counts in `default_unit`.
int parse_speed(std::string_view word, double default_unit = kDvdSpeed);
/// As -status shows a speed.
std::string format_speed(int speed);

/// "64k" or "4m".
std::string format_kilo_or_mega(std::int64_t bytes);
/// "4m" or plain bytes; never larger units than m.
std::string format_size(std::int64_t bytes);

struct ParsedTime {
  time_t time = 0;
  int centiseconds = 0;  ///< only from the 16 digits form
};
/// All time forms of the command language; see the manual. `now` is the base of relative times and of missing years.
std::optional<ParsedTime> parse_time(std::string_view word, time_t now);

/// "2007110813374900" in UTC.
std::string format_uuid_time(time_t time, int centiseconds);

}  // namespace xorriso
