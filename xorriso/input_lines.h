// SPDX-License-Identifier: GPL-3.0-or-later
//
// Input of lines from files and from stdin: command files, word lists, and the answers of -prompt and -msg_op.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "xorriso/words.h"

namespace xorriso {

class Program;

/// Lines of a file, "-" being stdin. Lines of more than a megabyte are refused.
class LineReader {
 public:
  /// Reports and returns nullptr if the file can't be opened.
  static std::unique_ptr<LineReader> open(Program& program, const std::string& path);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  enum class Got { line, end, failed };  ///< failed: reported, or a silent read error
  Got next(std::string& line);
  /// Like next(), but joins lines by open quotes and trailing backslashes, and skips comment lines.
  Got next_words(std::vector<std::string>& words);
  int line_number() const { return line_number_; }
  /// The text behind the latest next_words().
  const std::string& text() const { return text_; }

 private:
  LineReader(Program& program, std::FILE* file, std::string path) : program_(program), file_(file), path_(std::move(path)) {}
  Program& program_;
  std::FILE* file_;
  std::string path_, text_;
  int line_number_ = 0;
  bool ends_with_join_ = false;  ///< the text so far expects another line
};

enum class ListQuoting {
  raw,     ///< one line is one word
  quoted,  ///< the lines are split into words as command lines are
};

/// Calls `use` with each non-empty word of a list file until it returns false. Reports what goes wrong. True if all
/// words were used.
bool for_each_list_word(Program& program, const std::string& path, ListQuoting quoting,
                        const std::function<bool(const std::string&)>& use);

}  // namespace xorriso
