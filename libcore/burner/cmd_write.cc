// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writing and ending it: SBC-3 5.26 WRITE; MMC-6 6.43 SYNCHRONIZE CACHE, 6.31 RESERVE TRACK, 6.3 CLOSE TRACK SESSION, 6.35
// SEND OPC INFORMATION, 6.33 SEND CUE SHEET.
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

constexpr int kWrite12 = 0xaa;

/// Room in the drive's buffer. Sequential media answer "long write in progress", others let the client wait.
Sense take_buffer(Drive& drive, std::int64_t bytes, Request& request) {
  if (!drive.options.timing.realtime) return sense::good;
  const std::int64_t over = drive.buffer.fill() + bytes - buffer_size(drive.row().family);
  if (over > 0 && drive.buffer.fill() > 0) {
    if (!drive.recorder().waits_for_buffer()) return sense::long_write;
    drive.delay(transfer_us(over, drive.current_write_speed()), request);
  }
  drive.buffer.add(bytes);
  return sense::good;
}

Immediate immediate(const Request& request, unsigned mask) {
  return request.cdb().bit(1, mask) ? Immediate::yes : Immediate::no;
}

}  // namespace

Sense write_user_blocks(Drive& drive, std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data,
                        Request& request) {
  if (drive.faults.strikes_blocks(FaultKind::long_busy, request.opcode(), Lba{lba}, Blocks{blocks})) return sense::long_write;
  if (Sense s = take_buffer(drive, static_cast<std::int64_t>(data.size()), request); !s.good()) return s;
  drive.begin_test_if_wanted();
  Sense result = drive.recorder().write(lba, blocks, data);
  if (Sense s = drive.platter().checkpoint(); !s.good() && result.good()) result = s;
  drive.after_recording();
  return result;
}

Sense cmd_write(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const auto lba = static_cast<std::int32_t>(cdb.u32(2));
  const std::int64_t blocks = request.opcode() == kWrite12 ? cdb.u32(6) : cdb.u16(7);
  if (blocks == 0) return sense::good;
  const std::int64_t bytes = drive.recorder().write_bytes(lba, blocks);
  if (bytes > static_cast<std::int64_t>(request.out.size())) return sense::invalid_field;
  const auto data = request.out.first(static_cast<std::size_t>(bytes));
  request.transferred = data.size();
  return write_user_blocks(drive, lba, blocks, data, request);
}

Sense cmd_synchronize(Drive& drive, Request& request) {
  if (drive.faults.strikes_command(FaultKind::sync_error, request.opcode())) return sense::write_error;
  const std::int64_t left = transfer_us(drive.buffer.fill(), drive.current_write_speed());
  Sense s = drive.recorder().flush();
  if (s.good() && drive.platter().dirty()) s = drive.platter().sync();
  drive.after_recording();
  if (s.good()) drive.work(left, sense::long_write, immediate(request, 0x02), request);
  return s;
}

Sense cmd_reserve_track(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (cdb.bit(1, 0x03)) return sense::invalid_field;  // reservation by address, RMZ
  drive.begin_test_if_wanted();
  Sense s = drive.recorder().reserve(cdb.u32(5));
  return s.good() ? drive.platter().sync() : s;
}

Sense cmd_close(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (drive.faults.strikes_command(FaultKind::close_error, request.opcode())) return sense::incomplete_track;
  const unsigned function = cdb.u8(2) & 7;
  if (function > 6) return sense::invalid_field;
  const std::int64_t left = transfer_us(drive.buffer.fill(), drive.current_write_speed());
  const bool session = function > 1;
  Sense s = drive.recorder().close(static_cast<CloseFunction>(function), static_cast<int>(cdb.u16(4)));
  if (!s.good()) return s;
  s = drive.platter().sync();
  drive.after_recording();
  if (s.good())
    drive.work(left + (session ? close_session_us(drive.row()) : 1000000), sense::operation_in_progress,
               immediate(request, 0x01), request);
  return s;
}

Sense cmd_send_opc(Drive& drive, Request& request) {
  if (drive.faults.strikes_command(FaultKind::opc_error, request.opcode())) return sense::calibration_error;
  if (!drive.row().writable) return sense::cannot_write_incompatible;
  (void)request.parameters(request.cdb().u16(7));
  drive.delay(1500000, request);
  return sense::good;
}

Sense cmd_send_cue(Drive& drive, Request& request) {
  const std::size_t length = request.cdb().u24(6);
  if (drive.faults.strikes_command(FaultKind::cue_error, request.opcode())) return sense::invalid_parameter;
  if (length > request.out.size()) return sense::parameter_length;
  (void)request.parameters(length);
  return drive.recorder().cue_sheet(request.out.first(length));
}

}  // namespace core::burner
