// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/numbers.h"

#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "libcore/base/text.h"

namespace xorriso {
namespace {

struct Number { double value = 0; std::string_view rest; bool found = false; };

Number leading_number(std::string_view word) {
  const std::string text(word);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value)) return {};
  return {value, word.substr(end - text.c_str()), true};
}

std::int64_t to_integer(double value) {
  constexpr double kLimit = 9.2e18;
  return static_cast<std::int64_t>(std::clamp(value, -kLimit, kLimit));
}

double unit_of(char letter) {
  switch (std::tolower(static_cast<unsigned char>(letter))) {
    case 'k': return 1024.0;
    case 'm': return 1048576.0;
    case 'g': return 1073741824.0;
    case 't': return 1099511627776.0;
    case 'p': return 1099511627776.0 * 1024.0;
    case 'e': return 1099511627776.0 * 1048576.0;
    case 's': return 2048.0;
    case 'd': return 512.0;
    default: return 0;
  }
}

}  // namespace

double parse_size_fraction(std::string_view word) {
  const Number number = leading_number(word);
  if (!number.found) return 0;
  const double unit = number.rest.empty() ? 0 : unit_of(number.rest.back());
  return unit > 0 ? number.value * unit : number.value;
}

std::int64_t parse_size(std::string_view word) { return to_integer(parse_size_fraction(word)); }

std::int64_t parse_blocks(std::string_view word) {
  const Number number = leading_number(word);
  if (!number.found) return 0;
  const double unit = number.rest.empty() ? 0 : unit_of(number.rest.back());
  return to_integer(unit > 0 ? number.value * unit / 2048.0 : number.value);
}

std::optional<std::int64_t> parse_integer(std::string_view word) {
  const std::string text(word);
  char* end = nullptr;
  const long long value = std::strtoll(text.c_str(), &end, 10);
  if (end == text.c_str()) return std::nullopt;
  return value;
}

namespace {

/// Digits with an optional sign, wrapped into 32 bits as the system's ids are.
std::optional<std::uint32_t> parse_id(std::string_view word) {
  const std::string text(word);
  char* end = nullptr;
  const long long value = std::strtoll(text.c_str(), &end, 10);
  if (end == text.c_str() || *end != 0) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

}  // namespace

std::optional<uid_t> find_user(std::string_view word) {
  if (const auto id = parse_id(word)) return *id;
  const passwd* entry = ::getpwnam(std::string(word).c_str());
  if (entry == nullptr) return std::nullopt;
  return entry->pw_uid;
}

std::optional<gid_t> find_group(std::string_view word) {
  if (const auto id = parse_id(word)) return *id;
  const group* entry = ::getgrnam(std::string(word).c_str());
  if (entry == nullptr) return std::nullopt;
  return entry->gr_gid;
}

int parse_speed(std::string_view word, double default_unit) {
  if (word.empty() || word == "any" || word == "max") return kSpeedMax;
  if (word == "min") return kSpeedMin;
  if (word == "none") return kSpeedNone;
  const Number number = leading_number(word);
  if (!number.found) return kSpeedNone;
  if (number.value <= 0) return static_cast<int>(std::max(number.value, -1e6));
  double unit = default_unit;
  if (!number.rest.empty() && (number.rest[0] == 'k' || number.rest[0] == 'K')) unit = 1000;
  else if (!number.rest.empty() && (number.rest[0] == 'm' || number.rest[0] == 'M')) unit = 1e6;
  else for (const char c : number.rest) {
    const int letter = std::tolower(static_cast<unsigned char>(c));
    if (letter == 'c') unit = kCdSpeed;
    else if (letter == 'd') unit = kDvdSpeed;
    else if (letter == 'b') unit = kBdSpeed;
    else continue;
    break;
  }
  return static_cast<int>(std::min(std::ceil(number.value * unit / 1000.0), 2e9));
}

std::string format_speed(int speed) {
  if (speed == kSpeedMax) return "max";
  if (speed == kSpeedMin) return "min";
  if (speed == kSpeedNone) return "none";
  return speed > 0 ? core::strprintf("%dkB/s", speed) : core::strprintf("%d", speed);
}

std::string format_kilo_or_mega(std::int64_t bytes) {
  constexpr std::int64_t kMega = 1 << 20;
  if (bytes >= kMega && bytes % kMega == 0) return core::strprintf("%lldm", static_cast<long long>(bytes / kMega));
  return core::strprintf("%lldk", static_cast<long long>(bytes / 1024));
}

std::string format_size(std::int64_t bytes) {
  constexpr std::int64_t kMega = 1 << 20;
  if (bytes >= kMega && bytes % kMega == 0) return core::strprintf("%lldm", static_cast<long long>(bytes / kMega));
  return core::strprintf("%lld", static_cast<long long>(bytes));
}

}  // namespace xorriso
