// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choice of the recorder, what all recorders share, and the recorder of pressed discs, which refuses.
#include "libcore/burner/recorder.h"

#include "libcore/burner/recorders.h"

namespace core::burner {
namespace {

class ReadOnlyRecorder : public Recorder {
 public:
  using Recorder::Recorder;
  Sense write(std::int64_t, std::int64_t, std::span<const std::byte>) override { return sense::cannot_write_incompatible; }
};

}  // namespace

std::unique_ptr<Recorder> Recorder::make(Disc& disc, Platter& platter, const WriteParameters& parameters) {
  switch (behaviour(disc.state())) {
    case Behaviour::cd:
      return make_cd_recorder(disc, platter, parameters);
    case Behaviour::sequential:
      return make_sequential_recorder(disc, platter, parameters);
    case Behaviour::overwrite:
      return make_overwrite_recorder(disc, platter, parameters);
    case Behaviour::read_only:
      break;
  }
  return std::make_unique<ReadOnlyRecorder>(disc, platter, parameters);
}

std::int64_t Recorder::write_bytes(std::int64_t, std::int64_t blocks) const { return blocks * kBlockSize; }

Sense Recorder::close(CloseFunction, int) { return sense::cannot_write_incompatible; }

Sense Recorder::reserve(std::int64_t) { return sense::cannot_write_incompatible; }

Sense Recorder::cue_sheet(std::span<const std::byte>) { return sense::invalid_opcode; }

}  // namespace core::burner
