// SPDX-License-Identifier: GPL-3.0-or-later
//
// Helpers for commands which choose among words and show the choice in -status.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcore/base/text.h"
#include "xorriso/command.h"
#include "xorriso/program.h"

namespace xorriso {

/// One word of a setting and what it means. Words may have synonyms: the first with a value is shown by -status.
template <typename T>
struct Choice { std::string_view word; T value; };

template <typename T, std::size_t N>
const Choice<T>* find_choice(const Choice<T> (&choices)[N], std::string_view word) {
  for (const auto& choice : choices)
    if (choice.word == word) return &choice;
  return nullptr;
}

/// The first choice of which a non-empty `word` is a prefix.
template <typename T, std::size_t N>
const Choice<T>* find_choice_by_prefix(const Choice<T> (&choices)[N], std::string_view word) {
  for (const auto& choice : choices)
    if (!word.empty() && choice.word.starts_with(word)) return &choice;
  return nullptr;
}

/// Stores the meaning of `word`, or reports "-command: unknown mode 'word'".
template <typename T, std::size_t N>
bool choose(Program& program, std::string_view command, const std::string& word, const Choice<T> (&choices)[N], T& target,
            core::Severity severity = core::Severity::failure) {
  const auto* choice = find_choice(choices, word);
  if (choice == nullptr)
    return program.fail(severity, "-" + std::string(command) + ": unknown mode " + core::shell_quote(word));
  target = choice->value;
  return true;
}

template <typename T, std::size_t N>
std::string choice_word(const Choice<T> (&choices)[N], T value) {
  for (const auto& choice : choices)
    if (choice.value == value) return std::string(choice.word);
  return {};
}

inline constexpr Choice<bool> kOnOff[] = {{"on", true}, {"off", false}};
inline constexpr const char* on_off(bool on) { return on ? "on" : "off"; }

using StatusLines = std::vector<StatusLine>;

/// One part of a list like "on:off:limit=5", and all text from its begin on, which is what error messages show.
struct ListPart { std::string word, rest; };

/// The parts of a list. A colon at the end makes an empty last part; the empty text has one empty part.
std::vector<ListPart> split_colons(std::string_view list);

/// If `word` is "name=value": the value.
std::optional<std::string> value_of(std::string_view word, std::string_view name);

}  // namespace xorriso
