// SPDX-License-Identifier: GPL-3.0-or-later
//
// A host with one drive and one disc in memory, for tests: commands by name, answers as numbers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "libcore/burner/device.h"
#include "test/unit/burner/memory_storage.h"

namespace core::burner {

/// Sense of a reply as one number: key, ASC, ASCQ as in 0x52102. 0: GOOD.
inline std::uint32_t code_of(const SenseBytes& s) {
  const auto at = [&s](std::size_t i) { return std::to_integer<std::uint32_t>(s[i]); };
  return (at(2) & 15) << 16 | at(12) << 8 | at(13);
}

class Host {
 public:
  explicit Host(const char* medium, std::int64_t blocks = 0, DeviceOptions options = {});

  /// Sends a command; the reply and the data that came in are kept.
  std::uint32_t send(std::initializer_list<int> cdb, std::span<const std::byte> out = {}, std::size_t in_size = 0);
  std::uint32_t send(const std::vector<std::byte>& cdb, std::span<const std::byte> out, std::size_t in_size);

  const Reply& reply() const { return reply_; }
  const std::vector<std::byte>& in() const { return in_; }
  std::uint32_t u8(std::size_t at) const { return at < in_.size() ? std::to_integer<std::uint32_t>(in_[at]) : 0xdeadu; }
  std::uint32_t u16(std::size_t at) const { return u8(at) << 8 | u8(at + 1); }
  std::uint32_t u24(std::size_t at) const { return u16(at) << 8 | u8(at + 2); }
  std::uint32_t u32(std::size_t at) const { return u16(at) << 16 | u16(at + 2); }

  /// Blocks filled with a pattern made of `mark` and their address.
  std::uint32_t write(std::int64_t lba, int blocks, int mark = 1);
  std::uint32_t read(std::int64_t lba, int blocks);
  /// Do these blocks hold the pattern?
  bool holds(std::int64_t lba, int blocks, int mark = 1);
  bool reads_zeros(std::int64_t lba, int blocks);
  /// Writes `blocks` in chunks of 31, as a client with 63 KiB buffers; stops at the first sense.
  std::uint32_t write_many(std::int64_t lba, int blocks, int mark = 1);

  std::uint32_t sync() { return send({0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0}); }
  std::uint32_t close(int function, int track = 0) { return send({0x5b, 0, function, 0, 0, track, 0, 0, 0, 0}); }
  std::uint32_t reserve(std::int64_t blocks);
  std::uint32_t blank(int type) { return send({0xa1, type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}); }
  std::uint32_t format(int type, std::int64_t blocks, std::uint32_t parameter = 0, int subtype = 0, int code = 1);
  struct WriteMode {
    int type = 0;
    int multi = 3;
    bool test = false;
    int block_type = 8;
    int track_mode = 4;
    bool fixed_packet = false;
  };
  std::uint32_t select(const WriteMode& mode);
  std::uint32_t unit_ready() { return send({0, 0, 0, 0, 0, 0}); }

  struct DiscReply {
    int status, session_state, sessions, first_track, last_track, background;
    bool erasable;
  };
  DiscReply disc();
  struct TrackReply {
    std::uint32_t sense;
    int number, session, bits, mode;
    bool damaged, nwa_valid;
    std::int64_t start, nwa, free, packet, size;
  };
  TrackReply track(int number);
  /// Start of the next session as clients find it: start of the first track of the last session.
  std::int64_t next_start();
  std::int64_t capacity();  ///< READ CAPACITY: last block
  int profile();
  bool feature_current(int code);

  /// Kills the device, and makes a new one that opens the disc as the storage has it. False: disc could not be opened.
  bool restart();

  ManualClock clock;
  std::shared_ptr<Cells> cells = std::make_shared<Cells>();
  DeviceOptions options;
  std::unique_ptr<Device> device;

 private:
  Reply reply_;
  std::vector<std::byte> in_;
};

/// Parameter list bytes from numbers.
std::vector<std::byte> bytes(std::initializer_list<int> values);

}  // namespace core::burner
