// SPDX-License-Identifier: GPL-3.0-or-later
//
// Speeds and buffer: MMC-6 6.8 GET PERFORMANCE, 6.37 SET CD SPEED, 6.39 SET STREAMING, 6.15 READ BUFFER CAPACITY.
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

std::int64_t last_block(Drive& drive) {
  if (!drive.medium()) return 0;
  return std::max<std::int64_t>(user_limit(*drive.medium()), 1) - 1;
}

/// Type 0: nominal performance, one descriptor from first to last block.
void nominal(Drive& drive, const Parameters& cdb, Answer& head, std::vector<Answer>& descriptors) {
  const bool write = cdb.bit(1, 0x04);
  head.set8(4, write ? 2 : 0);
  if (cdb.u8(1) & 0x03) return;  // exceptions: none
  const int speed = write ? drive.current_write_speed() : drive.current_read_speed();
  if (speed == 0) return;
  Answer d;
  d.u32(0).u32(speed).u32(last_block(drive)).u32(speed);
  descriptors.push_back(d);
}

/// Type 3: write speeds.
void write_speeds(Drive& drive, std::vector<Answer>& descriptors) {
  if (!drive.medium()) return;
  for (const int speed : drive.row().write_speeds) {
    Answer d;
    d.u8(0x02).zeros(3).u32(last_block(drive)).u32(drive.row().read_speed_kb).u32(speed);
    descriptors.push_back(d);
  }
}

}  // namespace

Sense cmd_get_performance(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  Answer a;
  a.zeros(8);
  std::vector<Answer> descriptors;
  if (cdb.u8(10) == 0x00) nominal(drive, cdb, a, descriptors);
  else if (cdb.u8(10) == 0x03) write_speeds(drive, descriptors);
  else return sense::invalid_field;
  // The length tells of all descriptors, also of those that the client did not ask for.
  a.set32(0, 4 + 16 * static_cast<std::int64_t>(descriptors.size()));
  const std::size_t most = cdb.u16(8);
  for (std::size_t i = 0; i < descriptors.size() && i < most; ++i) a.append(descriptors[i]);
  request.reply(a, a.size());
  return sense::good;
}

Sense cmd_set_cd_speed(Drive& drive, Request& request) {
  const auto wish = [](unsigned v) { return v == 0xffff ? 0 : static_cast<int>(v); };
  drive.read_speed_kb = wish(request.cdb().u16(2));
  drive.write_speed_kb = wish(request.cdb().u16(4));
  return sense::good;
}

Sense cmd_set_streaming(Drive& drive, Request& request) {
  const std::size_t length = request.cdb().u16(9);
  if (length == 0) return sense::good;
  const Parameters p = request.parameters(length);
  if (request.cdb().u8(8) == 0x05) return sense::good;  // DBI cache zone
  if (p.size() < 28) return sense::parameter_length;
  const auto speed = [&p](std::size_t at) {
    const std::int64_t kb = p.u32(at);
    const std::int64_t ms = p.u32(at + 4);
    return ms == 0 ? 0 : static_cast<int>(std::min<std::int64_t>(kb * 1000 / ms, 0x7fffffff));
  };
  const bool restore = p.bit(0, 0x04);
  drive.read_speed_kb = restore ? 0 : speed(12);
  drive.write_speed_kb = restore ? 0 : speed(20);
  return sense::good;
}

Sense cmd_buffer_capacity(Drive& drive, Request& request) {
  const Family family = drive.medium() ? drive.row().family : Family::dvd;
  const std::int64_t size = buffer_size(family);
  const std::int64_t free = std::max<std::int64_t>(size - drive.buffer.fill(), 0);
  Answer a;
  a.u16(10).u8(0);
  if (request.cdb().bit(1, 0x01)) a.u8(1).u32(0).u32(free / kBlockSize);
  else a.u8(0).u32(size).u32(free);
  request.reply(a, request.cdb().u16(7));
  return sense::good;
}

}  // namespace core::burner
