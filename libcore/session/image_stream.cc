// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/session/image_stream.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "libcore/base/clibs.h"
#include "libcore/base/libraries.h"

namespace core::session {
namespace {

using namespace std::chrono_literals;

/// How long to sleep before the ring is looked at again: at first short, because a small image is ready at once.
constexpr auto kShortestWait = 20us;
constexpr auto kLongestWait = 500us;

/// libisofs and libburn declare the same structure in two name spaces.
burn::burn_source* source_of(void* handle) { return static_cast<burn::burn_source*>(handle); }
struct ::burn_source* libisofs_source(void* handle) { return static_cast<struct ::burn_source*>(handle); }

}  // namespace

ImageStream::ImageStream(image::Image& image, std::unique_ptr<DeferredDigests> digests, void* source)
    : image_(image), digests_(std::move(digests)), source_(source), size_{source_of(source)->get_size(source_of(source))} {}

Result<std::unique_ptr<ImageStream>> ImageStream::start(image::Image& image, const ImageOptions& options, const Placement& placement) {
  auto opts = make_write_opts(options, placement);
  if (!opts) return opts.problem();
  auto digests = options.md5 ? std::make_unique<DeferredDigests>() : nullptr;
  struct ::burn_source* source = nullptr;
  forget_source_troubles();
  const int ret = iso_image_create_burn_source(image.handle(), opts->get(), &source);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot start image generation");
  return std::unique_ptr<ImageStream>(new ImageStream(image, std::move(digests), source));
}

ImageStream::~ImageStream() {
  burn::burn_source* source = source_of(source_);
  if (ring_state().active) source->cancel(source);
  burn::burn_source_free(source);
  while (iso_image_generator_is_running(image_.handle()) == 1) std::this_thread::sleep_for(kLongestWait);
}

ImageStream::RingState ImageStream::ring_state() const {
  RingState state;
  std::size_t unused = 0;
  const int ret = iso_ring_buffer_get_status(libisofs_source(source_), &state.size, &unused);
  state.available = state.size - std::min(unused, state.size);
  state.active = ret == 1;
  state.failed = ret < 0 || ret == 3 || ret == 7;
  return state;
}

int ImageStream::fill_percent() const {
  const RingState state = ring_state();
  return state.size == 0 ? 0 : static_cast<int>(100 * state.available / state.size);
}

Result<std::size_t> ImageStream::read(std::span<std::byte> buffer, const std::atomic<bool>& cancel) {
  burn::burn_source* source = source_of(source_);
  std::size_t filled = 0;
  auto wait = kShortestWait;
  while (filled < buffer.size()) {
    if (cancel) return Problem{Severity::abort, "Image generation was cancelled", 0, Origin::xorriso};
    const RingState state = ring_state();
    const std::size_t wanted = std::min(buffer.size() - filled, state.size / 2);
    if (state.active && state.available < wanted) {
      std::this_thread::sleep_for(wait);
      wait = std::min<std::chrono::microseconds>(wait * 2, kLongestWait);
      continue;
    }
    wait = kShortestWait;
    const std::size_t taken = std::min(wanted, state.available / kBlockSize * kBlockSize);
    if (taken == 0) {
      if (state.failed) return Problem{Severity::mishap, "Image generation failed", 0, Origin::xorriso};
      break;
    }
    const int got = source->read_xt(source, reinterpret_cast<unsigned char*>(buffer.data() + filled), static_cast<int>(taken));
    if (got < static_cast<int>(taken)) return Problem{Severity::mishap, "Image generation failed", 0, Origin::xorriso};
    filled += taken;
  }
  return filled;
}

Result<Blocks> predict_size(image::Image& image, const ImageOptions& options, const Placement& placement) {
  auto opts = make_write_opts(options, placement);
  if (!opts) return opts.problem();
  iso_write_opts_set_will_cancel(opts->get(), 1);
  struct ::burn_source* source = nullptr;
  forget_source_troubles();
  const int ret = iso_image_create_burn_source(image.handle(), opts->get(), &source);
  if (ret < 0) return problem_from_libisofs(ret, "Cannot predict image size");
  burn::burn_source* s = source_of(source);
  const Blocks size = blocks_for(Bytes{s->get_size(s)});
  s->cancel(s);
  burn::burn_source_free(s);
  return size;
}

}  // namespace core::session
