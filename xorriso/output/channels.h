// SPDX-License-Identifier: GPL-3.0-or-later
//
// The three channels on which the program speaks: R carries results (normally stdout), I carries events and notices
// (normally stderr), M carries the mark text for frontends (both). Copies go to log files, and packet output puts all
// three on stdout with a prefix per line.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "libcore/base/unique_fd.h"
#include "xorriso/output/logs.h"
#include "xorriso/output/sieve.h"

namespace xorriso {

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

  /// Sends the info channel to a file, which gets truncated; the empty path sends it to stderr again.
  core::Result<void> redirect_info(const std::string& path);

  /// Packet mode: "R:1: text\n" and so on, all on stdout.
  void set_packet_mode(bool on);
  bool packet_mode() const { return packet_; }

  /// Encoding of unusual bytes by backslash codes, for results on the one hand, info and mark on the other.
  void set_encoding(bool results, bool infos);

  /// -logfile: see Logs::open(). Thread safe.
  core::Result<void> open_log(LogSlot slot, const std::string& path);
  std::string log_path(LogSlot slot);

  /// Lets `use` work with the message sieve of -msg_op while nobody writes.
  void with_sieve(const std::function<void(Sieve&)>& use);

  /// Counts how often anything was written, so that the dialog knows whether its prompt needs a bar.
  long writes() const { return writes_; }

 private:
  void emit(Channel channel, std::string_view text);
  void flush_locked();

  std::mutex mutex_;
  Logs logs_;
  Sieve sieve_;
  std::string held_;
  std::chrono::steady_clock::time_point last_flush_{};
  core::UniqueFd real_stdout_, info_file_;
  bool packet_ = false, encode_results_ = false, encode_infos_ = false;
  std::atomic<long> writes_{0};
};

}  // namespace xorriso
