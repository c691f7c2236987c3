// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/output/packet.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace xorriso {

std::string packets_of(Channel channel, std::string_view text) {
  constexpr std::array kLetters{'R', 'I', 'M'};
  std::string packets;
  while (!text.empty()) {
    const auto end = text.find('\n');
    packets += kLetters[static_cast<int>(channel)];
    packets += end == text.npos ? ":0: " : ":1: ";
    packets += text.substr(0, end);
    packets += '\n';
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return packets;
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;  // there is no channel left to complain on
    text.remove_prefix(n);
  }
}

}  // namespace xorriso
