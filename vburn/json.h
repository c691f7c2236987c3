// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace vburn {

/// Writes JSON text, indented, members in the order in which they are put.
class Json {
 public:
  Json& open_object(std::string_view key = {});
  Json& close_object();
  Json& open_list(std::string_view key = {});
  Json& close_list();
  Json& put(std::string_view key, std::string_view value);
  Json& put(std::string_view key, const char* value) { return put(key, std::string_view(value)); }
  Json& put(std::string_view key, bool value) { return member(key, value ? "true" : "false"); }
  Json& put(std::string_view key, double value);
  Json& put(std::string_view key, std::integral auto value) { return member(key, std::to_string(value)); }
  const std::string& text() const { return text_; }

 private:
  Json& member(std::string_view key, std::string_view literal);
  void begin(std::string_view key);
  Json& open(std::string_view key, char bracket);
  Json& close(char bracket);

  std::string text_;
  std::vector<int> counts_;  ///< members so far, per open object or list
};

}  // namespace vburn
