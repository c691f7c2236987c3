// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/base/problem.h"

#include <strings.h>

#include <array>
#include <utility>

namespace core {
namespace {

constexpr std::array<std::pair<Severity, std::string_view>, 13> kNames{{
    {Severity::all, "ALL"},
    {Severity::errfile, "ERRFILE"},
    {Severity::debug, "DEBUG"},
    {Severity::update, "UPDATE"},
    {Severity::note, "NOTE"},
    {Severity::hint, "HINT"},
    {Severity::warning, "WARNING"},
    {Severity::sorry, "SORRY"},
    {Severity::mishap, "MISHAP"},
    {Severity::failure, "FAILURE"},
    {Severity::fatal, "FATAL"},
    {Severity::abort, "ABORT"},
    {Severity::never, "NEVER"},
}};

}  // namespace

std::string_view severity_name(Severity s) {
  std::string_view name = kNames.front().second;
  for (const auto& [severity, text] : kNames)
    if (severity <= s) name = text;
  return name;
}

std::optional<Severity> parse_severity(std::string_view word) {
  for (const auto& [severity, text] : kNames)
    if (word.size() >= text.size() && strncasecmp(word.data(), text.data(), text.size()) == 0) return severity;
  return std::nullopt;
}

}  // namespace core
