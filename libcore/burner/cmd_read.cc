// SPDX-License-Identifier: GPL-3.0-or-later
//
// READ (SBC-3 5.11 ff.), VERIFY (MMC-6 6.44), SEEK. What is not recorded cannot be read: beyond the recorded area the
// address is out of range, in gaps inside of it the medium is blank (on CD: no data track).
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

constexpr int kRead12 = 0xa8;

Sense why_unreadable(const DiscState& s, std::int64_t lba) {
  if (behaviour(s) == Behaviour::overwrite) return sense::address_out_of_range.at(lba);
  if (lba >= std::max(readable_end(s), s.written.end())) return sense::address_out_of_range.at(lba);
  if (media_row(s.medium).family == Family::cd) return sense::illegal_mode.at(lba);
  return sense::blank_check.at(lba);
}

}  // namespace

Platter::Outcome read_user_blocks(Drive& drive, std::int64_t lba, std::span<std::byte> data, Request& request) {
  const DiscState& s = *drive.medium();
  const auto blocks = static_cast<std::int64_t>(data.size()) / kBlockSize;
  if (blocks == 0) return {sense::good, 0};
  if (lba < 0) return {sense::address_out_of_range, 0};
  const Track* track = track_at(s, lba);
  if (track && track->audio()) return {sense::illegal_mode.at(lba), 0};
  const std::int64_t readable = drive.platter().readable(lba, blocks);
  Platter::Outcome done{sense::good, 0};
  if (readable > 0) {
    done = drive.platter().read(lba, data.first(static_cast<std::size_t>(readable * kBlockSize)));
    drive.delay(transfer_us(done.done * kBlockSize, drive.current_read_speed()), request);
  }
  if (done.sense.good() && readable < blocks) done.sense = why_unreadable(s, lba + readable);
  return done;
}

Sense cmd_read(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const auto lba = static_cast<std::int32_t>(cdb.u32(2));
  const std::size_t blocks = request.opcode() == kRead12 ? cdb.u32(6) : cdb.u16(7);
  const std::size_t room = request.in.size() / kBlockSize;
  const auto done = read_user_blocks(drive, lba, request.in.first(std::min(blocks, room) * kBlockSize), request);
  request.transferred = static_cast<std::size_t>(done.done * kBlockSize);
  return done.sense;
}

Sense cmd_verify(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  auto lba = static_cast<std::int64_t>(cdb.u32(2));
  std::int64_t left = cdb.u16(7);
  std::vector<std::byte> scratch(static_cast<std::size_t>(std::min<std::int64_t>(left, 512) * kBlockSize));
  while (left > 0) {
    const std::int64_t n = std::min<std::int64_t>(left, 512);
    const auto done = read_user_blocks(drive, lba, std::span(scratch).first(static_cast<std::size_t>(n * kBlockSize)), request);
    if (!done.sense.good()) return done.sense;
    lba += n;
    left -= n;
  }
  return sense::good;
}

Sense cmd_seek(Drive& drive, Request& request) {
  const std::int64_t lba = request.cdb().u32(2);
  return lba < std::max(readable_end(*drive.medium()), user_limit(*drive.medium())) ? sense::good : sense::address_out_of_range;
}

}  // namespace core::burner
