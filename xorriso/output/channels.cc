// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/channels.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "xorriso/output/packet.h"
#include "xorriso/words.h"

namespace xorriso {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kHoldBytes = 32 << 10;
constexpr auto kHoldTime = std::chrono::milliseconds(100);

}  // namespace

Channels::~Channels() { flush(); }

void Channels::write(Channel channel, std::string_view text) {
  if (text.empty()) return;
  const std::lock_guard lock(mutex_);
  sieve_.watch(channel, text);
  const bool encode = channel == Channel::result ? encode_results_ : encode_infos_;
  if (encode) emit(channel, encode_backslashes(text));
  else emit(channel, text);
  writes_++;
}

void Channels::flush() {
  const std::lock_guard lock(mutex_);
  flush_locked();
}

void Channels::flush_locked() {
  write_all(1, held_);
  held_.clear();
  last_flush_ = Clock::now();
}

void Channels::emit(Channel channel, std::string_view text) {
  if (packet_) {
    const std::string packets = packets_of(channel, text);
    logs_.write(LogSlot::packets, packets);
    held_ += packets;
    if (channel != Channel::result) flush_locked();
  } else if (channel == Channel::mark) {  // without packets the mark is a line that goes both ways
    const std::string line = std::string(text) + "\n";
    emit(Channel::result, line);
    emit(Channel::info, line);
  } else {
    logs_.write(slot_of(channel), text);
    if (logs_.is_open(LogSlot::packets)) logs_.write(LogSlot::packets, packets_of(channel, text));
    if (channel == Channel::result) {
      held_ += text;
    } else {
      flush_locked();
      write_all(info_file_ ? info_file_.get() : 2, text);
    }
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

core::Result<void> Channels::redirect_info(const std::string& path) {
  const std::lock_guard lock(mutex_);
  flush_locked();
  info_file_.reset();
  if (path.empty()) return {};
  info_file_.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666));
  if (info_file_) return {};
  return core::Problem{core::Severity::sorry, "Cannot open logfile:  " + path, errno};
}

void Channels::set_packet_mode(bool on) {
  const std::lock_guard lock(mutex_);
  flush_locked();
  packet_ = on;
}

void Channels::set_encoding(bool results, bool infos) {
  const std::lock_guard lock(mutex_);
  encode_results_ = results;
  encode_infos_ = infos;
}

core::Result<void> Channels::open_log(LogSlot slot, const std::string& path) {
  const std::lock_guard lock(mutex_);
  return logs_.open(slot, path);
}

std::string Channels::log_path(LogSlot slot) {
  const std::lock_guard lock(mutex_);
  return logs_.path(slot);
}

void Channels::with_sieve(const std::function<void(Sieve&)>& use) {
  const std::lock_guard lock(mutex_);
  use(sieve_);
}

}  // namespace xorriso
