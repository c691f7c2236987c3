// SPDX-License-Identifier: GPL-3.0-or-later
//
// The three channels on which the program speaks: R carries results (normally stdout), I carries events and notices
// (normally stderr), M carries the mark text for frontends (both). Copies go to log files, and packet output puts all
// three on stdout with a prefix per line.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "libcore/base/unique_fd.h"

namespace xorriso {

enum class Channel { result, info, mark };

class Channels {
 public:
  Channels() = default;
  ~Channels();
  Channels(const Channels&) = delete;
  Channels& operator=(const Channels&) = delete;

  /// Thread safe. Result text may be held back for a moment; everything else goes out at once, behind all earlier results.
  void write(Channel channel, std::string_view text);

  /// Hands out held back result text.
  void flush();

  /// From now on what would go to stdout goes to stderr, because stdout will carry image data. Returns a file
  /// descriptor of the original stdout, which stays owned by this object.
  int protect_stdout();
  bool stdout_is_protected() const { return real_stdout_.get() >= 0; }
  int real_stdout() const { return stdout_is_protected() ? real_stdout_.get() : 1; }

  /// Packet mode: "R:1: text\n" and so on, all on stdout.
  void set_packet_mode(bool on);
  bool packet_mode() const { return packet_; }

 private:
  void emit(Channel channel, std::string_view text);
  void flush_locked();

  std::mutex mutex_;
  std::string held_;
  std::chrono::steady_clock::time_point last_flush_{};
  core::UniqueFd real_stdout_;
  int out_ = 1;
  bool packet_ = false;
};

}  // namespace xorriso
