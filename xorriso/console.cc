// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/console.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <readline/history.h>
#include <readline/readline.h>

#include "xorriso/output/channels.h"
#include "xorriso/program.h"
#include "xorriso/signals.h"

namespace xorriso {
namespace {

/// Waits until stdin has something to read. False if a signal came before.
bool wait_for_input() {
  while (caught_signal() == 0) {
    pollfd fds[2] = {{0, POLLIN, 0}, {signal_pipe(), POLLIN, 0}};
    const int n = ::poll(fds, signal_pipe() >= 0 ? 2 : 1, -1);
    if (n < 0 && errno != EINTR) return true;  // let read() tell what is wrong
    if (n > 0 && fds[0].revents != 0) return true;
  }
  return false;
}

int getc_for_readline(std::FILE*) {
  if (!wait_for_input()) return EOF;
  unsigned char c = 0;
  ssize_t n = 0;
  while ((n = ::read(0, &c, 1)) < 0 && errno == EINTR)
    if (caught_signal() != 0) return EOF;
  return n == 1 ? c : EOF;
}

}  // namespace

Console::~Console() {
  if (readline_used_) ::rl_deprep_terminal();
}

std::optional<std::string> Console::read_line() {
  program_.channels().flush();
  if (program_.settings.dialog.use_readline && !program_.channels().stdout_is_protected()) return read_edited();
  return read_plain();
}

std::optional<std::string> Console::read_line_or_hangup() {
  auto line = read_line();
  if (!line && caught_signal() == 0) ::kill(::getpid(), SIGHUP);
  return line;
}

std::optional<std::string> Console::read_edited() {
  if (!readline_used_) {
    readline_used_ = true;
    ::rl_catch_signals = 0;
    ::rl_getc_function = getc_for_readline;
    ::rl_readline_name = "xorriso";
    ::using_history();
    ::stifle_history(1000);
    for (const auto& line : history_) ::add_history(line.c_str());
  }
  char* line = ::readline("");
  if (line == nullptr || caught_signal() != 0) {
    std::free(line);
    return std::nullopt;
  }
  std::string text(line);
  std::free(line);
  return text;
}

std::optional<std::string> Console::read_plain() {
  while (true) {
    if (const auto end = buffer_.find('\n'); end != buffer_.npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    char chunk[4096];
    if (!wait_for_input()) return std::nullopt;
    const ssize_t n = ::read(0, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      if (buffer_.empty()) return std::nullopt;
      return std::exchange(buffer_, {});
    }
    buffer_.append(chunk, n);
  }
}

void Console::add_history(const std::string& line) {
  if (!program_.settings.dialog.use_readline) return;
  history_.push_back(line);
  if (readline_used_) ::add_history(line.c_str());
}

}  // namespace xorriso
