// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/input_lines.h"

#include <cerrno>

#include "libcore/base/text.h"
#include "xorriso/program.h"

namespace xorriso {
namespace {

using core::Severity;
using core::shell_quote;

constexpr std::size_t kLineLimit = 1 << 20;

}  // namespace

std::unique_ptr<LineReader> LineReader::open(Program& program, const std::string& path) {
  if (path == "-") {
    program.report(Severity::note, "Ready for data at standard input");
    return std::unique_ptr<LineReader>(new LineReader(program, stdin, path));
  }
  std::FILE* file = std::fopen(path.c_str(), "rbe");  // relative to the real working directory, not to -cdx
  if (file == nullptr) {
    program.report(Severity::failure, "Failed to open file " + shell_quote(path) + " in rb mode", errno);
    return nullptr;
  }
  return std::unique_ptr<LineReader>(new LineReader(program, file, path));
}

LineReader::~LineReader() {
  if (file_ != stdin) std::fclose(file_);
}

LineReader::Got LineReader::next(std::string& line) {
  line.clear();
  int c = 0;
  while ((c = std::getc(file_)) != EOF && c != '\n') {
    line += static_cast<char>(c);
    if (line.size() >= kLineLimit) {
      program_.report(Severity::failure, "Input line too long");
      return Got::failed;
    }
  }
  if (c == EOF && std::ferror(file_)) return Got::failed;
  if (c == EOF && line.empty()) return Got::end;
  line_number_++;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return Got::line;
}

LineReader::Got LineReader::next_words(std::vector<std::string>& words) {
  words.clear();
  std::string line;
  std::string& text = text_;
  text.clear();
  while (true) {
    const Got got = next(line);
    if (got == Got::end && (ends_with_join_ || !text.empty())) {
      const auto split = split_line(text, program_.settings.scripting.backslash_codes);
      if (split.end == SplitLine::End::open_quote || ends_with_join_) {
        program_.report(Severity::failure, "Open quotation mark at end of input");
        return Got::failed;
      }
      words = split.words;
      return Got::line;
    }
    if (got != Got::line) return got;
    if (text.empty() && !ends_with_join_ && line.starts_with("#")) {
      text = line;
      return Got::line;
    }
    text += line;
    ends_with_join_ = false;
    auto split = split_line(text, program_.settings.scripting.backslash_codes);
    if (split.end == SplitLine::End::complete) {
      words = std::move(split.words);
      return Got::line;
    }
    if (split.end == SplitLine::End::open_quote) text += '\n';
    else text.pop_back();
    ends_with_join_ = true;
  }
}

bool for_each_list_word(Program& program, const std::string& path, ListQuoting quoting,
                        const std::function<bool(const std::string&)>& use) {
  const auto reader = LineReader::open(program, path);
  if (reader == nullptr) return false;
  while (true) {
    std::vector<std::string> words;
    std::string line;
    const auto got = quoting == ListQuoting::raw ? reader->next(line) : reader->next_words(words);
    if (got == LineReader::Got::end) return true;
    if (quoting == ListQuoting::raw) words = {line};
    bool ok = got == LineReader::Got::line;
    for (const auto& word : words)
      if (ok && !word.empty()) ok = use(word);
    if (ok) continue;
    return program.fail(Severity::failure, "Aborted reading of file " + shell_quote(path) +
                                               core::strprintf(" in line number %d", reader->line_number()));
  }
}

}  // namespace xorriso
