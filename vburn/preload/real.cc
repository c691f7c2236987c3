// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/preload/real.h"

#include <dlfcn.h>

#include <atomic>

namespace vburn::preload {
namespace {

Real g_real;
std::atomic<bool> g_resolved{false};

}  // namespace

const Real& real() {
  if (!g_resolved.load(std::memory_order_acquire)) {
    // Two threads that come here at once find and store the same addresses.
#define VBURN_RESOLVE(name) g_real.name = reinterpret_cast<decltype(&::name)>(dlsym(RTLD_NEXT, #name));
    VBURN_REAL_FUNCTIONS(VBURN_RESOLVE)
#undef VBURN_RESOLVE
    g_resolved.store(true, std::memory_order_release);
  }
  return g_real;
}

}  // namespace vburn::preload
