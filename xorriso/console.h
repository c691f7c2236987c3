// SPDX-License-Identifier: GPL-3.0-or-later
//
// Input from the user or from a program at stdin: with line editing by GNU readline, or plain lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace xorriso {

class Program;

class Console {
 public:
  explicit Console(Program& program) : program_(program) {}
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// The next line without newline. Empty optional at end of input and after a signal.
  std::optional<std::string> read_line();
  /// The same for people who don't answer: end of input is taken as a hangup of the terminal, like SIGHUP.
  std::optional<std::string> read_line_or_hangup();

  /// Commands of the dialog and texts of -history, oldest first. Kept only with -use_readline on.
  void add_history(const std::string& line);
  const std::vector<std::string>& history() const { return history_; }

 private:
  std::optional<std::string> read_plain();
  std::optional<std::string> read_edited();
  Program& program_;
  std::vector<std::string> history_;
  std::string buffer_;
  bool readline_used_ = false;
};

}  // namespace xorriso
