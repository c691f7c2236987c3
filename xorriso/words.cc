// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/words.h"

#include <cctype>

#include "libcore/base/text.h"

namespace xorriso {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool is_octal(char c) { return c >= '0' && c <= '7'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

struct Decoded { char byte = 0; std::size_t length = 0; };  // length 0: not a code

/// The code at the beginning of `code`, which is the text behind a backslash.
Decoded decode_one(std::string_view code) {
  constexpr std::string_view kLetters = "abefnrtv\\";
  constexpr std::string_view kBytes = "\a\b\x1b\f\n\r\t\v\\";
  if (code.empty()) return {};
  if (const auto i = kLetters.find(code[0]); i != kLetters.npos) return {kBytes[i], 1};
  if (code.size() >= 3 && is_octal(code[0]) && is_octal(code[1]) && is_octal(code[2])) {
    const int value = (code[0] - '0') * 64 + (code[1] - '0') * 8 + (code[2] - '0');
    if (value > 0 && value < 256) return {static_cast<char>(value), 3};
    return {};
  }
  if (code.size() >= 3 && code[0] == 'x' && hex_value(code[1]) >= 0 && hex_value(code[2]) >= 0) {
    const int value = hex_value(code[1]) * 16 + hex_value(code[2]);
    if (value > 0) return {static_cast<char>(value), 3};
    return {};
  }
  if (code.size() >= 2 && code[0] == 'c' && code[1] > 64 && code[1] < 96) return {static_cast<char>(code[1] - 64), 2};
  return {};
}

class Splitter {
 public:
  Splitter(std::string_view line, std::string_view separators, const BackslashCodes& codes, std::size_t max_words)
      : line_(line), separators_(separators), codes_(codes), max_words_(max_words) {}

  SplitLine run() {
    while (at_ < line_.size()) {
      const char c = line_[at_];
      if (is_separator(c)) {
        end_word();
        at_++;
      } else if (!in_word_ && max_words_ > 0 && result_.words.size() == max_words_) {
        result_.words.emplace_back(line_.substr(at_));
        return std::move(result_);
      } else if (c == '"' || c == '\'') {
        if (!take_quoted(c)) return std::move(result_);
      } else if (!take_plain()) {
        return std::move(result_);
      }
    }
    end_word();
    return std::move(result_);
  }

 private:
  bool is_separator(char c) const { return separators_.empty() ? is_space(c) : separators_.find(c) != separators_.npos; }

  void add(std::string_view part, bool decode) {
    in_word_ = true;
    word_ += decode ? decode_backslashes(part) : std::string(part);
  }

  void end_word() {
    if (in_word_) result_.words.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  bool take_quoted(char quote) {
    const auto end = line_.find(quote, at_ + 1);
    const bool decode = codes_.with_quoted_input || codes_.in_quotes || (quote == '"' && codes_.in_double_quotes);
    add(line_.substr(at_ + 1, end == line_.npos ? line_.npos : end - at_ - 1), decode);
    if (end == line_.npos) {
      end_word();
      result_.end = SplitLine::End::open_quote;
      return false;
    }
    at_ = end + 1;
    return true;
  }

  bool take_plain() {
    const auto begin = at_;
    while (at_ < line_.size() && !is_separator(line_[at_]) && line_[at_] != '"' && line_[at_] != '\'') at_++;
    auto part = line_.substr(begin, at_ - begin);
    const bool joins = at_ == line_.size() && part.back() == '\\';
    if (joins) part.remove_suffix(1);
    if (!part.empty() || !joins) add(part, codes_.with_quoted_input);
    if (!joins) return true;
    end_word();
    result_.end = SplitLine::End::backslash;
    return false;
  }

  std::string_view line_, separators_;
  const BackslashCodes& codes_;
  std::size_t max_words_;
  std::size_t at_ = 0;
  std::string word_;
  bool in_word_ = false;
  SplitLine result_;
};

}  // namespace

SplitLine split_line(std::string_view line, const BackslashCodes& codes) { return Splitter(line, {}, codes, 0).run(); }

SplitLine split_line_at(std::string_view line, std::string_view separators, const BackslashCodes& codes,
                        std::size_t max_words) {
  return Splitter(line, separators, codes, max_words).run();
}

std::string decode_backslashes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); i++) {
    const Decoded code = text[i] == '\\' ? decode_one(text.substr(i + 1)) : Decoded{};
    out += code.length > 0 ? code.byte : text[i];
    i += code.length;
  }
  return out;
}

std::string encode_backslashes(std::string_view text) {
  constexpr std::string_view kLetters = "abefnrtv\\";
  constexpr std::string_view kBytes = "\a\b\x1b\f\n\r\t\v\\";
  std::string out;
  char quote = 0;
  for (const char c : text) {
    if (c == '"' || c == '\'') {
      if (quote == 0) quote = c;
      else if (quote == c) quote = 0;
    }
    const auto code = kBytes.find(c);
    if ((c > 31 && c < 127 && c != '\\') || (is_space(c) && quote == 0)) {
      out += c;
    } else if (code != kBytes.npos) {
      out += '\\';
      out += kLetters[code];
    } else {
      out += core::strprintf("\\%03o", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace xorriso
