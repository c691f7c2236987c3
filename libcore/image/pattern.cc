// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/pattern.h"

#include <cwchar>
#include <cwctype>

#include <cstdlib>

namespace core::image {

namespace {

// A byte that is no character of the locale is kept as a number above all characters, equal only to itself.
constexpr char32_t kRawByte = 0x200000;

/// Takes the first character of `text`, which must not be empty.
char32_t take_character(std::string_view& text) {
  const unsigned char byte = static_cast<unsigned char>(text.front());
  if (byte < 0x80 || MB_CUR_MAX == 1) {
    text.remove_prefix(1);
    return byte;
  }
  std::mbstate_t state{};
  wchar_t wide = 0;
  const std::size_t length = std::mbrtowc(&wide, text.data(), text.size(), &state);
  if (length == 0 || length > text.size()) {
    text.remove_prefix(1);
    return kRawByte + byte;
  }
  text.remove_prefix(length);
  return static_cast<char32_t>(wide);
}

/// The regular expression that a pattern stands for; it appears in the message about a pattern that is not understood.
std::string as_regular_expression(std::string_view pattern) {
  std::string out = "^";
  bool in_set = false;
  for (std::size_t i = 0; i < pattern.size(); i++) {
    const char c = pattern[i];
    if (c == '\\' && !in_set) {
      out += c;
      if (i + 1 < pattern.size()) out += pattern[++i];
    } else if (c == '*' && !in_set) {
      out += ".*";
    } else if (c == '?' && !in_set) {
      out += '.';
    } else if (c == '[' && !in_set) {
      in_set = true;
      out += c;
      if (i + 1 < pattern.size() && (pattern[i + 1] == '!' || pattern[i + 1] == '^')) {
        out += '^';
        i++;
      }
    } else {
      if (c == ']') in_set = false;
      if (c == '.' || c == '$' || c == '^' || c == '+' || c == '!') out += '\\';
      out += c;
    }
  }
  return out + "$";
}

}  // namespace

bool has_wildcards(std::string_view word) { return word.find_first_of("*?[") != std::string_view::npos; }

class Pattern::Compiler {
 public:
  explicit Compiler(std::string_view text) : rest_(text) {}

  bool run(Pattern& out) {
    while (!rest_.empty()) {
      const std::string_view before = rest_;
      const char32_t c = take_character(rest_);
      if (c == '*') {
        if (out.elements_.empty() || out.elements_.back().kind != Element::Kind::star)
          out.elements_.push_back({.kind = Element::Kind::star});
      } else if (c == '?') {
        out.elements_.push_back({.kind = Element::Kind::any});
      } else if (c == '[') {
        Element set{.kind = Element::Kind::set};
        if (!parse_set(set)) return false;
        out.elements_.push_back(std::move(set));
      } else if (c == '\\' && !rest_.empty()) {
        const std::string_view escaped = rest_;
        const char32_t next = take_character(rest_);
        add_literal(out, next, escaped.substr(0, escaped.size() - rest_.size()));
      } else {
        add_literal(out, c, before.substr(0, before.size() - rest_.size()));
      }
    }
    return true;
  }

 private:
  static void add_literal(Pattern& out, char32_t c, std::string_view bytes) {
    if (out.elements_.empty())
      out.prefix_ += bytes;
    else
      out.elements_.push_back({.kind = Element::Kind::character, .character = c});
  }

  bool parse_set(Element& set) {
    if (!rest_.empty() && (rest_.front() == '!' || rest_.front() == '^')) {
      set.negated = true;
      rest_.remove_prefix(1);
    }
    for (bool first = true;; first = false) {
      if (rest_.empty()) return false;
      if (rest_.front() == ']' && !first) break;
      if (rest_.starts_with("[:") && parse_class(set)) continue;
      const char32_t low = take_character(rest_);
      char32_t high = low;
      if (rest_.size() >= 2 && rest_[0] == '-' && rest_[1] != ']') {
        rest_.remove_prefix(1);
        high = take_character(rest_);
        if (high < low) return false;
      }
      set.ranges.push_back({low, high});
    }
    rest_.remove_prefix(1);
    return true;
  }

  bool parse_class(Element& set) {
    const std::size_t end = rest_.find(":]");
    if (end == std::string_view::npos) return false;
    const std::wctype_t type = std::wctype(std::string(rest_.substr(2, end - 2)).c_str());
    if (type == 0) return false;
    set.classes.push_back(type);
    rest_.remove_prefix(end + 2);
    return true;
  }

  std::string_view rest_;
};

Result<Pattern> Pattern::compile(std::string_view text) {
  Pattern out;
  if (Compiler(text).run(out)) return out;
  return Problem{.severity = Severity::failure,
                 .text = "Cannot compile regular expression : " + as_regular_expression(text)};
}

Pattern Pattern::literal(std::string_view text) {
  Pattern out;
  out.prefix_ = text;
  return out;
}

bool Pattern::accepts(const Element& element, char32_t c) {
  switch (element.kind) {
    case Element::Kind::character: return c == element.character;
    case Element::Kind::any: return c < kRawByte;
    case Element::Kind::star: return false;
    case Element::Kind::set: break;
  }
  if (c >= kRawByte) return false;
  bool found = false;
  for (const Range& range : element.ranges) found = found || (c >= range.first && c <= range.last);
  for (const unsigned long type : element.classes)
    found = found || std::iswctype(static_cast<std::wint_t>(c), type) != 0;
  return found != element.negated;
}

// Walks both sides once; after a mismatch the last star takes one character more. Earlier stars need no second chance.
bool Pattern::match_from(std::size_t element, std::string_view name) const {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t star = kNone;
  std::string_view star_rest;
  while (true) {
    if (element == elements_.size() && name.empty()) return true;
    if (element < elements_.size()) {
      if (elements_[element].kind == Element::Kind::star) {
        star = element++;
        star_rest = name;
        continue;
      }
      if (!name.empty()) {
        std::string_view rest = name;
        if (accepts(elements_[element], take_character(rest))) {
          name = rest;
          element++;
          continue;
        }
      }
    }
    if (star == kNone || star_rest.empty()) return false;
    if (take_character(star_rest) >= kRawByte) return false;
    name = star_rest;
    element = star + 1;
  }
}

bool Pattern::matches(std::string_view name) const {
  if (!name.starts_with(prefix_)) return false;
  name.remove_prefix(prefix_.size());
  return match_from(0, name);
}

}  // namespace core::image
