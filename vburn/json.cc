// SPDX-License-Identifier: GPL-3.0-or-later
//
// RFC 8259. File names may hold any bytes; what is no valid UTF-8 is shown as the replacement character.
#include "vburn/json.h"

#include "libcore/base/text.h"

namespace vburn {
namespace {

/// Length of the UTF-8 sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : (lead & 0xf0) == 0xe0 ? 3
                             : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; i++)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  return length;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const char c = text[0];
    if (length == 0)
      out += "\\ufffd";
    else if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += core::strprintf("\\u%04x", static_cast<unsigned>(c));
    else
      out += text.substr(0, length);
    text.remove_prefix(length ? length : 1);
  }
  return out + "\"";
}

}  // namespace

void Json::begin(std::string_view key) {
  if (!counts_.empty()) {
    if (counts_.back()++ > 0) text_ += ',';
    text_ += '\n' + std::string(2 * counts_.size(), ' ');
  }
  if (!key.empty()) text_ += quote(key) + ": ";
}

Json& Json::member(std::string_view key, std::string_view literal) {
  begin(key);
  text_ += literal;
  return *this;
}

Json& Json::open(std::string_view key, char bracket) {
  begin(key);
  text_ += bracket;
  counts_.push_back(0);
  return *this;
}

Json& Json::close(char bracket) {
  const bool any = counts_.back() > 0;
  counts_.pop_back();
  if (any) text_ += '\n' + std::string(2 * counts_.size(), ' ');
  text_ += bracket;
  return *this;
}

Json& Json::open_object(std::string_view key) { return open(key, '{'); }
Json& Json::close_object() { return close('}'); }
Json& Json::open_list(std::string_view key) { return open(key, '['); }
Json& Json::close_list() { return close(']'); }
Json& Json::put(std::string_view key, std::string_view value) { return member(key, quote(value)); }
Json& Json::put(std::string_view key, double value) { return member(key, core::strprintf("%.2f", value)); }

}  // namespace vburn
