// SPDX-License-Identifier: GPL-3.0-or-later
//
// The time forms of the command language: relative times, seconds since 1970, and several calendar forms.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "libcore/base/text.h"
#include "xorriso/numbers.h"

namespace xorriso {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

/// `count` digits at `at` as a number, -1 if they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size() || !all_digits(text.substr(at, count))) return -1;
  return std::atoi(std::string(text.substr(at, count)).c_str());
}

bool in_range(const std::tm& tm) {
  return tm.tm_mon >= 0 && tm.tm_mon < 12 && tm.tm_mday >= 1 && tm.tm_mday <= 31 && tm.tm_hour >= 0 &&
         tm.tm_hour < 24 && tm.tm_min >= 0 && tm.tm_min < 60 && tm.tm_sec >= 0 && tm.tm_sec < 61;
}

std::optional<ParsedTime> local_time(std::tm tm) {
  tm.tm_isdst = -1;
  if (!in_range(tm)) return std::nullopt;
  return ParsedTime{std::mktime(&tm)};
}

std::optional<ParsedTime> relative(std::string_view word, time_t now) {
  const std::string text(word);
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isdigit(static_cast<unsigned char>(word[1])) || std::fabs(number) > 1e15)
    return std::nullopt;
  double unit = 1, extra = 0;
  switch (*end == 0 ? 's' : end[0]) {
    case 'h': unit = 3600; break;
    case 'd': unit = 86400; break;
    case 'w': unit = 7 * 86400; break;
    case 'm': unit = 31 * 86400; break;
    case 'y': unit = 365.25 * 86400; extra = 86400; break;
    default: break;
  }
  return ParsedTime{static_cast<time_t>(static_cast<double>(now) + number * unit + extra)};
}

std::optional<ParsedTime> seconds(std::string_view word) {
  if (word.size() < 2 || !std::isdigit(static_cast<unsigned char>(word[1]))) return std::nullopt;
  return ParsedTime{static_cast<time_t>(std::strtoll(std::string(word.substr(1)).c_str(), nullptr, 10))};
}

/// Fills hour, minute and second from "hh", "hhmm" or "hhmmss".
bool clock_digits(std::string_view text, std::tm& tm) {
  if (text.size() != 2 && text.size() != 4 && text.size() != 6) return false;
  tm.tm_hour = digits(text, 0, 2);
  tm.tm_min = text.size() >= 4 ? digits(text, 2, 2) : 0;
  tm.tm_sec = text.size() >= 6 ? digits(text, 4, 2) : 0;
  return true;
}

/// YYMMDD[.hhmm[ss]], first character A to Z for the decades from 2000 on.
std::optional<ParsedTime> short_form(std::string_view word) {
  if (word.size() < 6 || (word.size() > 6 && word[6] != '.')) return std::nullopt;
  const unsigned char decade = word[0];
  if (!std::isdigit(decade) && !(decade >= 'A' && decade <= 'Z')) return std::nullopt;
  if (!all_digits(word.substr(1, 5))) return std::nullopt;
  std::tm tm{};
  tm.tm_year = (std::isdigit(decade) ? decade - '0' : decade - 'A' + 10) * 10 + digits(word, 1, 1);
  tm.tm_mon = digits(word, 2, 2) - 1;
  tm.tm_mday = digits(word, 4, 2);
  if (word.size() > 6 && !clock_digits(word.substr(7), tm)) return std::nullopt;
  return local_time(tm);
}

/// MMDDhhmm[[CC]YY][.ss]
std::optional<ParsedTime> date_input_form(std::string_view word, time_t now) {
  const auto dot = word.find('.');
  const auto main = word.substr(0, dot);
  if (!all_digits(main) || (main.size() != 8 && main.size() != 10 && main.size() != 12)) return std::nullopt;
  std::tm tm{};
  std::tm today{};
  ::localtime_r(&now, &today);
  tm.tm_mon = digits(main, 0, 2) - 1;
  tm.tm_mday = digits(main, 2, 2);
  tm.tm_hour = digits(main, 4, 2);
  tm.tm_min = digits(main, 6, 2);
  tm.tm_year = today.tm_year;
  if (main.size() == 10) tm.tm_year = digits(main, 8, 2) + (digits(main, 8, 2) < 70 ? 100 : 0);
  if (main.size() == 12) tm.tm_year = digits(main, 8, 4) - 1900;
  if (dot != word.npos) {
    if (word.size() != dot + 3) return std::nullopt;
    tm.tm_sec = digits(word, dot + 1, 2);
  }
  return local_time(tm);
}

/// YYYY.MM.DD[.hh[mm[ss]]]
std::optional<ParsedTime> dotted_form(std::string_view word) {
  if (word.size() < 10 || word[4] != '.' || word[7] != '.' || (word.size() > 10 && word[10] != '.')) return std::nullopt;
  std::tm tm{};
  if (digits(word, 0, 4) < 0) return std::nullopt;
  tm.tm_year = digits(word, 0, 4) - 1900;
  tm.tm_mon = digits(word, 5, 2) - 1;
  tm.tm_mday = digits(word, 8, 2);
  if (word.size() > 10 && !clock_digits(word.substr(11), tm)) return std::nullopt;
  return local_time(tm);
}

/// YYYYMMDDhhmmsscc as in ECMA-119 8.4.26.1, UTC; "LOC" appended: local time.
std::optional<ParsedTime> volume_form(std::string_view word) {
  const bool local = word.size() == 19 && word.substr(16) == "LOC";
  if ((word.size() != 16 && !local) || !all_digits(word.substr(0, 16))) return std::nullopt;
  std::tm tm{};
  tm.tm_year = digits(word, 0, 4) - 1900;
  tm.tm_mon = digits(word, 4, 2) - 1;
  tm.tm_mday = digits(word, 6, 2);
  tm.tm_hour = digits(word, 8, 2);
  tm.tm_min = digits(word, 10, 2);
  tm.tm_sec = digits(word, 12, 2);
  const bool thirteenth_month = tm.tm_mon == 12;  // the reference program takes it for January of the next year
  if (thirteenth_month) tm.tm_mon = 0, tm.tm_year++;
  if (!in_range(tm) || digits(word, 0, 4) < 1970 || digits(word, 0, 4) > 3000) return std::nullopt;
  tm.tm_isdst = local ? -1 : 0;
  return ParsedTime{local ? std::mktime(&tm) : ::timegm(&tm), digits(word, 14, 2)};
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto begin = text.find_first_not_of(" \t\n");
    if (begin == text.npos) break;
    const auto end = text.find_first_of(" \t\n", begin);
    words.push_back(text.substr(begin, end == text.npos ? text.npos : end - begin));
    text.remove_prefix(end == text.npos ? text.size() : end);
  }
  return words;
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto it = std::find(kMonths.begin(), kMonths.end(), word);
  return it == kMonths.end() ? -1 : static_cast<int>(it - kMonths.begin());
}

bool is_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  if (!word.empty() && word.back() == ',') word.remove_suffix(1);
  return std::find(kDays.begin(), kDays.end(), word) != kDays.end();
}

bool clock_text(std::string_view word, std::tm& tm) {
  if ((word.size() != 5 && word.size() != 8) || word[2] != ':' || (word.size() == 8 && word[5] != ':')) return false;
  tm.tm_hour = digits(word, 0, 2);
  tm.tm_min = digits(word, 3, 2);
  tm.tm_sec = word.size() == 8 ? digits(word, 6, 2) : 0;
  return true;
}

/// What program date(1) prints, in several orders; the time zone is ignored.
std::optional<ParsedTime> date_output_form(std::string_view word, time_t now) {
  std::tm tm{}, today{};
  ::localtime_r(&now, &today);
  tm.tm_year = today.tm_year;
  tm.tm_mon = tm.tm_mday = -1;
  bool zone_seen = false, clock_seen = false, year_seen = false;
  for (const auto part : words_of(word)) {
    if (tm.tm_mon < 0 && month_of(part) >= 0) tm.tm_mon = month_of(part);
    else if (tm.tm_mday < 0 && part.size() <= 2 && all_digits(part)) tm.tm_mday = digits(part, 0, part.size());
    else if (!year_seen && part.size() == 4 && all_digits(part)) {
      tm.tm_year = digits(part, 0, 4) - 1900;
      year_seen = true;
    } else if (!clock_seen && clock_text(part, tm)) clock_seen = true;
    else if (tm.tm_mon < 0 && tm.tm_mday < 0 && is_weekday(part)) continue;
    else if (clock_seen && !zone_seen) zone_seen = true;
    else return std::nullopt;
  }
  return local_time(tm);
}

}  // namespace

std::optional<ParsedTime> parse_time(std::string_view word, time_t now) {
  if (word.size() < 2) return std::nullopt;
  if (word[0] == '+' || word[0] == '-') return relative(word, now);
  if (word[0] == '=' || word[0] == '@') return seconds(word);
  if (auto t = volume_form(word)) return t;
  if (auto t = short_form(word)) return t;
  if (auto t = date_input_form(word, now)) return t;
  if (auto t = dotted_form(word)) return t;
  return date_output_form(word, now);
}

std::string format_uuid_time(time_t time, int centiseconds) {
  std::tm tm{};
  ::gmtime_r(&time, &tm);
  return core::strprintf("%4.4d%2.2d%2.2d%2.2d%2.2d%2.2d%2.2d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                         tm.tm_hour, tm.tm_min, tm.tm_sec, centiseconds);
}

}  // namespace xorriso
