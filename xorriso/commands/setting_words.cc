// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/setting_words.h"

namespace xorriso {

std::vector<ListPart> split_colons(std::string_view list) {
  std::vector<ListPart> parts;
  while (true) {
    const auto colon = list.find(':');
    parts.push_back({std::string(list.substr(0, colon)), std::string(list)});
    if (colon == list.npos) return parts;
    list.remove_prefix(colon + 1);
  }
}

std::optional<std::string> value_of(std::string_view word, std::string_view name) {
  if (!word.starts_with(name) || word.size() <= name.size() || word[name.size()] != '=') return std::nullopt;
  return std::string(word.substr(name.size() + 1));
}

}  // namespace xorriso
