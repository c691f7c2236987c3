// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/drive/burn_ring.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "libcore/base/clibs.h"

namespace core::drive {
namespace {

/// What hangs on burn_source.data.
struct SourceState { std::shared_ptr<BurnRing> ring; off_t size = 0; };

SourceState& state_of(burn::burn_source* s) { return *static_cast<SourceState*>(s->data); }

int source_read(burn::burn_source* s, unsigned char* buffer, int size) { return state_of(s).ring->get(buffer, size); }
off_t source_size(burn::burn_source* s) { return state_of(s).size; }
int source_set_size(burn::burn_source* s, off_t size) {
  state_of(s).size = size;
  return 1;
}
int source_cancel(burn::burn_source* s) {
  state_of(s).ring->abandon();
  return 1;
}
void source_free(burn::burn_source* s) {
  state_of(s).ring->abandon();
  delete &state_of(s);
}

}  // namespace

burn::burn_source* BurnRing::make_source(const std::shared_ptr<BurnRing>& ring, Bytes size) {
  // libburn releases the struct by free().
  auto* s = static_cast<burn::burn_source*>(std::calloc(1, sizeof(burn::burn_source)));
  if (s == nullptr) return nullptr;
  ring->self_ = ring;
  auto* state = new (std::nothrow) SourceState{ring, size.value};
  if (state == nullptr) {
    std::free(s);
    return nullptr;
  }
  s->refcount = 1;
  s->version = 1;
  s->read_xt = source_read;
  s->get_size = source_size;
  s->set_size = source_set_size;
  s->cancel = source_cancel;
  s->free_data = source_free;
  s->data = state;
  return s;
}

void BurnRing::publish_filling() {
  chunks_[(first_ + count_) % kChunks].size = filled_;
  filled_ = 0;
  ++count_;
  changed_.notify_all();
}

std::size_t BurnRing::put(std::span<const std::byte> bytes, std::chrono::milliseconds patience) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    Chunk* chunk;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_for(lock, patience, [&] { return count_ < kChunks || abandoned_; }) || abandoned_) return done;
      chunk = &chunks_[(first_ + count_) % kChunks];
    }
    const std::size_t n = std::min(bytes.size() - done, kChunk - filled_);
    std::memcpy(chunk->data.data() + filled_, bytes.data() + done, n);
    filled_ += n;
    done += n;
    if (filled_ == kChunk) {
      const std::lock_guard lock(mutex_);
      publish_filling();
    }
  }
  return done;
}

void BurnRing::end_of_data() {
  std::unique_lock lock(mutex_);
  if (filled_ > 0) {
    changed_.wait(lock, [&] { return count_ < kChunks || abandoned_; });
    if (!abandoned_) publish_filling();
  }
  end_ = true;
  changed_.notify_all();
}

void BurnRing::cancel() {
  const std::lock_guard lock(mutex_);
  canceled_ = true;
  changed_.notify_all();
}

void BurnRing::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

/// Lives as long as the thread that reads from the ring, and tells the producer about its end.
struct BurnRing::Presence {
  std::shared_ptr<BurnRing> ring;
  Presence() = default;
  Presence(const Presence&) = delete;
  Presence& operator=(const Presence&) = delete;
  ~Presence() { leave(); }
  void leave() {
    if (!ring) return;
    const std::lock_guard lock(ring->mutex_);
    ring->consumed_from_ = false;
    ring->changed_.notify_all();
  }
  void enter(std::shared_ptr<BurnRing> r) {
    leave();
    ring = std::move(r);
    if (!ring) return;
    const std::lock_guard lock(ring->mutex_);
    ring->consumed_from_ = true;
  }
};

bool BurnRing::wait_for_consumer(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return !consumed_from_; });
}

int BurnRing::get(unsigned char* buffer, int size) {
  thread_local Presence presence;
  if (presence.ring.get() != this) presence.enter(self_.lock());
  int done = 0;
  while (done < size) {
    if (taken_ == 0) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return count_ > 0 || end_ || canceled_; });
      if (canceled_) return -1;
      if (count_ == 0) return done;
    }
    const Chunk& chunk = chunks_[first_];
    const std::size_t n = std::min<std::size_t>(static_cast<std::size_t>(size - done), chunk.size - taken_);
    std::memcpy(buffer + done, chunk.data.data() + taken_, n);
    taken_ += n;
    done += static_cast<int>(n);
    if (taken_ == chunk.size) {
      const std::lock_guard lock(mutex_);
      first_ = (first_ + 1) % kChunks;
      --count_;
      taken_ = 0;
      changed_.notify_all();
    }
  }
  return done;
}

}  // namespace core::drive
