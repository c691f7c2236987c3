// SPDX-License-Identifier: GPL-3.0-or-later
//
// The message sieve of -msg_op: watches the lines of result and info channel for certain beginnings and keeps the
// interesting words of the lines, so that frontends need not take them apart.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xorriso/output/packet.h"

namespace xorriso {

class Sieve {
 public:
  /// Begins to watch; what was kept before is disposed.
  void start();
  void stop();
  bool is_active() const { return active_; }
  /// Disposes what was kept.
  void clear() { records_.clear(); }

  /// The beginnings that are watched for, sorted. Empty if not active.
  std::vector<std::string_view> names() const;
  static bool is_known(std::string_view name);

  /// Text of a channel; lines may come in pieces.
  void watch(Channel channel, std::string_view text);

  struct Record { std::vector<std::string> words; std::size_t remaining = 0; };
  /// Takes the oldest record of a name out of the sieve.
  std::optional<Record> take(std::string_view name);

 private:
  void watch_line(std::string_view line);
  bool active_ = false;
  std::string pending_[3];
  std::map<std::string_view, std::deque<std::vector<std::string>>> records_;
};

}  // namespace xorriso
