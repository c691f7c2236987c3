// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/channels.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace xorriso {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kHoldBytes = 32 << 10;
constexpr auto kHoldTime = std::chrono::milliseconds(100);

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;  // nobody listens; there is no channel left to complain on
    text.remove_prefix(n);
  }
}

}  // namespace

Channels::~Channels() { flush(); }

void Channels::write(Channel channel, std::string_view text) {
  const std::lock_guard lock(mutex_);
  emit(channel, text);
}

void Channels::flush() {
  const std::lock_guard lock(mutex_);
  flush_locked();
}

void Channels::flush_locked() {
  write_all(out_, held_);
  held_.clear();
  last_flush_ = Clock::now();
}

void Channels::emit(Channel channel, std::string_view text) {
  if (packet_) {
    constexpr std::array kLetters{'R', 'I', 'M'};
    while (!text.empty()) {
      const auto end = text.find('\n');
      held_ += kLetters[static_cast<int>(channel)];
      held_ += end == text.npos ? ":0: " : ":1: ";
      held_ += text.substr(0, end);
      held_ += '\n';
      text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    if (channel != Channel::result) flush_locked();
  } else if (channel == Channel::result) {
    held_ += text;
  } else {
    flush_locked();
    if (channel == Channel::mark) write_all(out_, text);
    write_all(2, text);
  }
  if (held_.size() >= kHoldBytes || (!held_.empty() && Clock::now() - last_flush_ > kHoldTime)) flush_locked();
}

int Channels::protect_stdout() {
  const std::lock_guard lock(mutex_);
  if (!real_stdout_) {
    flush_locked();
    real_stdout_.reset(::fcntl(1, F_DUPFD_CLOEXEC, 3));
    ::dup2(2, 1);
  }
  return real_stdout_.get();
}

void Channels::set_packet_mode(bool on) {
  const std::lock_guard lock(mutex_);
  flush_locked();
  packet_ = on;
}

}  // namespace xorriso
