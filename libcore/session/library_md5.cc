// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/library_md5.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <type_traits>

#include "libcore/base/clibs.h"
#include "libcore/session/digest_pipe.h"

namespace core::session {
namespace {

/// What libisofs holds as opaque pointer. It may free it by free(), so it has to be plain memory.
struct Context {
  PipedMd5 digest;
  bool in_pipe = false;
};
static_assert(std::is_trivially_copyable_v<Context> && std::is_trivially_destructible_v<Context>);

/// The C interface has no place for a handle, so the one pipe in use has to be found by a global pointer.
struct ActivePipe {
  DigestPipe pipe;
  const std::thread::id owner = std::this_thread::get_id();  ///< prepares the image and computes little
  std::thread::id producer;                                  ///< the first other thread that computes
};
std::atomic<ActivePipe*> active_pipe{nullptr};
std::mutex producer_mutex;
std::atomic<unsigned> calls{0};

/// The pipe, if the calling thread is the one whose digests get deferred.
DigestPipe* pipe_of_this_thread() {
  ActivePipe* active = active_pipe.load(std::memory_order_acquire);
  if (active == nullptr) return nullptr;
  thread_local ActivePipe* known = nullptr;
  thread_local bool mine = false;
  if (known != active) {
    const std::thread::id self = std::this_thread::get_id();
    std::lock_guard lock(producer_mutex);
    if (active->producer == std::thread::id() && self != active->owner) active->producer = self;
    mine = active->producer == self;
    known = active;
  }
  return mine ? &active->pipe : nullptr;
}

void settle(Context& c) {
  if (!c.in_pipe) return;
  if (ActivePipe* active = active_pipe.load(std::memory_order_acquire)) active->pipe.settle(c.digest);
  c.in_pipe = false;
}

int start(void** handle) {
  if (*handle != nullptr) {
    settle(*static_cast<Context*>(*handle));
    std::free(*handle);
  }
  *handle = std::malloc(sizeof(Context));
  if (*handle == nullptr) return static_cast<int>(ISO_OUT_OF_MEM);
  new (*handle) Context();
  return 1;
}

void compute(Context& c, std::span<const std::byte> data) {
  DigestPipe* pipe = pipe_of_this_thread();
  if (pipe == nullptr) {
    settle(c);
    c.digest.md5.update(data);
    return;
  }
  c.in_pipe = true;
  pipe->add(c.digest, data);
}

}  // namespace

bool library_md5_is_ours() {
  static const bool ours = [] {
    const unsigned before = calls;
    // A name that exceeds the limit gets its end replaced by an MD5.
    char name[201];
    std::memset(name, 'n', 200);
    name[200] = 0;
    iso_truncate_leaf_name(1, 64, name, 0);
    return calls != before;
  }();
  return ours;
}

DeferredDigests::DeferredDigests() { active_pipe = new ActivePipe; }

DeferredDigests::~DeferredDigests() { delete active_pipe.exchange(nullptr); }

}  // namespace core::session

using core::session::Context;

extern "C" {

[[gnu::visibility("default")]] int iso_md5_start(void** md5_context) {
  ++core::session::calls;
  return core::session::start(md5_context);
}

[[gnu::visibility("default")]] int iso_md5_compute(void* md5_context, char* data, int datalen) {
  if (md5_context == nullptr || datalen < 0) return static_cast<int>(ISO_NULL_POINTER);
  try {
    core::session::compute(*static_cast<Context*>(md5_context), {reinterpret_cast<std::byte*>(data), static_cast<std::size_t>(datalen)});
  } catch (const std::bad_alloc&) {
    return static_cast<int>(ISO_OUT_OF_MEM);
  }
  return 1;
}

[[gnu::visibility("default")]] int iso_md5_clone(void* old_md5_context, void** new_md5_context) {
  if (old_md5_context == nullptr) return static_cast<int>(ISO_NULL_POINTER);
  auto& old = *static_cast<Context*>(old_md5_context);
  core::session::settle(old);
  const int ret = core::session::start(new_md5_context);
  if (ret > 0) static_cast<Context*>(*new_md5_context)->digest.md5 = old.digest.md5;
  return ret;
}

[[gnu::visibility("default")]] int iso_md5_end(void** md5_context, char result[16]) {
  if (*md5_context == nullptr) return static_cast<int>(ISO_NULL_POINTER);
  auto& context = *static_cast<Context*>(*md5_context);
  core::session::settle(context);
  context.digest.md5.finish(std::span<std::byte, 16>(reinterpret_cast<std::byte*>(result), 16));
  std::free(*md5_context);
  *md5_context = nullptr;
  return 1;
}

}  // extern "C"
