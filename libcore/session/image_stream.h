// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bytes of a session as libisofs makes them in an own thread. libisofs hands its output over through a ring of
// 2 KiB blocks with a lock and a wake-up for each. A reader that blocks there costs hundreds of thousands of context
// switches; this one looks at the fill of the ring from time to time and takes a megabyte at once.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

#include "libcore/base/problem.h"
#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/image/image.h"
#include "libcore/session/image_options.h"
#include "libcore/session/library_md5.h"

namespace core::session {

class ImageStream {
 public:
  /// Starts the generator thread. The image must not be changed while the stream lives.
  static Result<std::unique_ptr<ImageStream>> start(image::Image& image, const ImageOptions& options, const Placement& placement);
  /// Ends the generator thread, if necessary by cancelling it.
  ~ImageStream();
  ImageStream(const ImageStream&) = delete;
  ImageStream& operator=(const ImageStream&) = delete;

  /// Size of the session as announced.
  Bytes size() const { return size_; }
  /// Fills the buffer. Less than its size means the end of the stream. Fails if generation failed (the cause is in the
  /// message queue of the library) or if `cancel` became true.
  Result<std::size_t> read(std::span<std::byte> buffer, const std::atomic<bool>& cancel);
  /// Fill of the ring, 0 to 100.
  int fill_percent() const;

 private:
  ImageStream(image::Image& image, std::unique_ptr<DeferredDigests> digests, void* source);
  struct RingState { std::size_t size = 0, available = 0; bool active = false, failed = false; };
  RingState ring_state() const;

  image::Image& image_;
  std::unique_ptr<DeferredDigests> digests_;
  void* source_;  ///< struct burn_source of libisofs
  Bytes size_;
};

/// The number of blocks that a session with these options would have, without making it.
Result<Blocks> predict_size(image::Image& image, const ImageOptions& options, const Placement& placement);

}  // namespace core::session
