// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words by which the state blob and info name the values of DiscState.
#pragma once

#include "libcore/burner/state.h"

namespace core::burner {

template <typename T>
struct WordRow {
  T value;
  const char* word;
};

inline constexpr WordRow<Fill> kFillWords[] = {
    {Fill::invisible, "invisible"},
    {Fill::reserved, "reserved"},
    {Fill::incomplete, "incomplete"},
    {Fill::complete, "complete"},
};

inline constexpr WordRow<Recording> kRecordingWords[] = {
    {Recording::none, "none"},
    {Recording::pressed, "pressed"},
    {Recording::tao, "track-at-once"},
    {Recording::sao, "session-at-once"},
    {Recording::dao, "disc-at-once"},
    {Recording::incremental, "incremental"},
    {Recording::fixed_packet, "fixed-packet"},
    {Recording::overwrite, "overwrite"},
};

inline constexpr WordRow<FormatState> kFormatWords[] = {
    {FormatState::none, "unformatted"},
    {FormatState::intermediate, "intermediate"},
    {FormatState::formatted, "formatted"},
    {FormatState::running, "running"},
    {FormatState::suspended, "suspended"},
};

template <typename T, std::size_t n>
const char* word_of(const WordRow<T> (&table)[n], T value) {
  for (const auto& row : table)
    if (row.value == value) return row.word;
  return "";
}

}  // namespace core::burner
