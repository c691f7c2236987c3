// SPDX-License-Identifier: GPL-3.0-or-later
//
// Burn programs grant real drives time: half a second after each START STOP UNIT, a second between two looks whether a
// session is closed. A drive that does everything at once needs none of that. So, unless the drive is to take realistic
// time, a thread that sleeps right after a command which succeeded sleeps a thousandth of what it asked for. Who sleeps
// after a command that failed waits for a change, and who has not spoken to the drive is no concern of ours.
#include <dlfcn.h>
#include <poll.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "vburn/preload/client.h"
#include "vburn/preload/real.h"

using namespace vburn::preload;

namespace {

constexpr long kDivisor = 1000;
constexpr long kNanosecond = 1000000000L;

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

timespec shortened(const timespec& wanted) {
  const long long total = static_cast<long long>(wanted.tv_sec) * kNanosecond + wanted.tv_nsec;
  return {static_cast<time_t>(total / kDivisor / kNanosecond), static_cast<long>(total / kDivisor % kNanosecond)};
}

bool valid(const timespec* t) { return t && t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < kNanosecond; }

}  // namespace

VBURN_HOOK int clock_nanosleep(clockid_t clock, int flags, const timespec* wanted, timespec* rest) {
  static auto* const real_sleep = next<int(clockid_t, int, const timespec*, timespec*)>("clock_nanosleep");
  if ((flags & TIMER_ABSTIME) || !valid(wanted) || !sleeps_for_drive()) return real_sleep(clock, flags, wanted, rest);
  const timespec less = shortened(*wanted);
  return real_sleep(clock, flags, &less, rest);
}

VBURN_HOOK int nanosleep(const timespec* wanted, timespec* rest) {
  static auto* const real_sleep = next<int(const timespec*, timespec*)>("nanosleep");
  if (!valid(wanted) || !sleeps_for_drive()) return real_sleep(wanted, rest);
  const timespec less = shortened(*wanted);
  return real_sleep(&less, rest);
}

VBURN_HOOK int usleep(useconds_t wanted) {
  static auto* const real_sleep = next<int(useconds_t)>("usleep");
  return real_sleep(sleeps_for_drive() ? static_cast<useconds_t>(wanted / kDivisor) : wanted);
}

VBURN_HOOK unsigned sleep(unsigned seconds) {
  static auto* const real_sleep = next<unsigned(unsigned)>("sleep");
  if (!sleeps_for_drive()) return real_sleep(seconds);
  const timespec wanted{static_cast<time_t>(seconds), 0};
  nanosleep(&wanted, nullptr);
  return 0;
}

VBURN_HOOK int poll(pollfd* fds, nfds_t count, int milliseconds) {
  static auto* const real_poll = next<int(pollfd*, nfds_t, int)>("poll");
  if (count == 0 && milliseconds > 0 && sleeps_for_drive()) milliseconds /= kDivisor;
  return real_poll(fds, count, milliseconds);
}

VBURN_HOOK int select(int count, fd_set* in, fd_set* out, fd_set* except, timeval* timeout) {
  static auto* const real_select = next<int(int, fd_set*, fd_set*, fd_set*, timeval*)>("select");
  if (count == 0 && timeout && sleeps_for_drive()) {
    timeout->tv_usec = (timeout->tv_sec % kDivisor * 1000000 + timeout->tv_usec) / kDivisor;
    timeout->tv_sec /= kDivisor;
  }
  return real_select(count, in, out, except, timeout);
}
