// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command -page: in dialog, result text stops after each page and asks the user what to do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace xorriso {

class Program;

class Pager {
 public:
  explicit Pager(Program& program) : program_(program) {}

  /// Starts counting lines anew.
  void begin_command();
  /// Hands text to the result channel, asking at page ends.
  void write(std::string_view text);
  /// The user does not want the rest of the present command.
  bool abort_requested() const { return state_ == State::aborted; }
  /// What the user typed instead of an answer: the next line of the dialog.
  std::optional<std::string> take_next_line();

 private:
  void write_line(std::string_view line);
  void ask();
  Program& program_;
  enum class State { counting, free, aborted } state_ = State::counting;
  int lines_ = 0;
  std::optional<std::string> next_line_;
};

}  // namespace xorriso
