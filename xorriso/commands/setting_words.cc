// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/commands/setting_words.h"

namespace xorriso {

std::vector<std::string> split_colons(std::string_view list) {
  std::vector<std::string> parts;
  while (true) {
    const auto colon = list.find(':', 1);
    parts.emplace_back(list.substr(0, colon));
    if (colon == list.npos) return parts;
    list.remove_prefix(colon + 1);
  }
}

}  // namespace xorriso
