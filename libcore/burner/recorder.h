// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may be written where, and what closing means: one recorder per way of writing (CD, sequential DVD and BD,
// overwritable, read-only). Recorders change the disc's state through the platter and know no SCSI but sense.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "libcore/burner/disc.h"
#include "libcore/burner/layout.h"
#include "libcore/burner/platter.h"
#include "libcore/burner/sense.h"

namespace core::burner {

enum class WriteType { incremental = 0, tao = 1, sao = 2, raw = 3, layer_jump = 4 };

/// The write parameters mode page (MMC-6 7.5) as recorders need it.
struct WriteParameters {
  bool test_write = false;
  WriteType write_type = WriteType::incremental;
  int multi_session = 0;  ///< 3: next session allowed
  bool fixed_packet = false;
  int track_mode = 4;
  int block_type = 8;
  std::int64_t packet_size = 0;
};

/// Functions of CLOSE TRACK SESSION (MMC-6 6.3).
enum class CloseFunction { stop_format = 0, track = 1, session = 2, border = 3, dl_final = 4, final_radius = 5, final_any = 6 };

class Recorder {
 public:
  Recorder(Disc& disc, Platter& platter, const WriteParameters& parameters)
      : disc_(disc), platter_(platter), parameters_(parameters) {}
  virtual ~Recorder() = default;

  static std::unique_ptr<Recorder> make(Disc& disc, Platter& platter, const WriteParameters& parameters);

  /// Bytes that a WRITE of these blocks has to bring along.
  virtual std::int64_t write_bytes(std::int64_t lba, std::int64_t blocks) const;
  /// `data` holds write_bytes(). Nothing is written if the sense is an ILLEGAL REQUEST.
  virtual Sense write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) = 0;
  /// SYNCHRONIZE CACHE, apart from making things durable: what it ends on this medium.
  virtual Sense flush() { return sense::good; }
  virtual Sense close(CloseFunction function, int track);
  virtual Sense reserve(std::int64_t blocks);
  virtual Sense cue_sheet(std::span<const std::byte> sheet);

  /// True once after a session has been closed: a test write ends here.
  bool take_session_ended() { return std::exchange(session_ended_, false); }
  /// True if WRITE has to wait for room in the drive's buffer instead of answering "long write in progress".
  virtual bool waits_for_buffer() const { return false; }

 protected:
  DiscState& state() const { return disc_.state(); }

  Disc& disc_;
  Platter& platter_;
  const WriteParameters& parameters_;
  bool session_ended_ = false;
};

}  // namespace core::burner
