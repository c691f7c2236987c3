// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signal handlers know no objects, so what they touch is global to this file.
#include "xorriso/signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace xorriso {
namespace {

constexpr int kCaught[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU};

std::atomic<int> first_signal{0};
std::atomic<std::atomic<bool>*> cancel_flag{nullptr};
int pipe_ends[2] = {-1, -1};

extern "C" void on_signal(int number) {
  const int saved = errno;
  int none = 0;
  if (first_signal.compare_exchange_strong(none, number)) {
    if (auto* cancel = cancel_flag.load()) cancel->store(true);
    if (::write(pipe_ends[1], "x", 1) < 0) errno = saved;
  } else {
    constexpr char kText[] = "\nxorriso : ABORT : Second signal. Ending at once, without cleanup.\n";
    if (::write(2, kText, sizeof kText - 1) < 0) errno = saved;
    ::_exit(1);
  }
  errno = saved;
}

/// The libraries divide by zero when a drive dies while it is being acquired. There is no way on from there, but the
/// run shall not end without a word.
extern "C" void on_arithmetic_fault(int) {
  constexpr char kText[] =
      "\nxorriso : ABORT : UNIX-SIGNAL:  SIGFPE. A library failed, probably because the drive vanished. "
      "Changes which were not reported as written are lost.\n";
  if (::write(2, kText, sizeof kText - 1) < 0) ::_exit(1);
  ::_exit(1);
}

void set_all(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  for (const int number : kCaught) ::sigaction(number, &action, nullptr);
}

}  // namespace

void set_signal_handling(SignalMode mode, std::atomic<bool>* cancel) {
  if (pipe_ends[0] < 0 && ::pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
  cancel_flag = cancel;
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGFPE, mode == SignalMode::on ? on_arithmetic_fault : SIG_DFL);
  if (mode == SignalMode::on) set_all(on_signal);
  else if (mode == SignalMode::sig_ign) set_all(SIG_IGN);
  else set_all(SIG_DFL);
}

void signals_off() {
  if (pipe_ends[0] >= 0) set_all(SIG_DFL);
  cancel_flag = nullptr;
}

int caught_signal() { return first_signal; }

int signal_pipe() { return pipe_ends[0]; }

const char* signal_name(int number) {
  switch (number) {
    case SIGHUP: return "SIGHUP";
    case SIGINT: return "SIGINT";
    case SIGQUIT: return "SIGQUIT";
    case SIGTERM: return "SIGTERM";
    case SIGUSR1: return "SIGUSR1";
    case SIGUSR2: return "SIGUSR2";
    case SIGXCPU: return "SIGXCPU";
    default: return "signal";
  }
}

}  // namespace xorriso
