// SPDX-License-Identifier: GPL-3.0-or-later
//
// BLANK (MMC-6 6.2) and FORMAT UNIT (MMC-6 6.5): parameters in, work done, time taken.
#include "libcore/burner/blank_format.h"
#include "libcore/burner/handlers.h"

namespace core::burner {

Sense cmd_blank(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const int type = static_cast<int>(cdb.u8(1) & 7);
  if (drive.faults.strikes_command(FaultKind::blank_error, request.opcode())) return sense::medium_corrupted;
  drive.end_test();
  Sense s = blank_medium(*drive.disc, drive.platter(), type);
  if (!s.good()) return s;
  drive.forget_recorder();
  drive.work(blank_us(drive.row(), drive.medium()->capacity, type), sense::operation_in_progress,
             cdb.bit(1, 0x10) ? Immediate::yes : Immediate::no, request);
  return drive.spoil_until_done();
}

Sense cmd_format_unit(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (drive.faults.strikes_command(FaultKind::format_error, request.opcode())) return sense::format_failed;
  if (!cdb.bit(1, 0x10)) return sense::invalid_field;  // parameters are mandatory
  const Parameters list = request.parameters(request.out.size());
  if (list.size() < 12 || list.u16(2) < 8) return sense::parameter_length;
  FormatRequest format;
  format.code = static_cast<int>(cdb.u8(1) & 7);
  format.blocks = list.u32(4);
  format.type = static_cast<int>(list.u8(8) >> 2);
  format.subtype = static_cast<int>(list.u8(8) & 3);
  format.parameter = list.u24(9);
  drive.end_test();
  const std::int64_t blocks = drive.medium()->capacity;
  Sense s = format_medium(*drive.disc, drive.platter(), format);
  if (!s.good()) return s;
  drive.forget_recorder();
  drive.advance();
  drive.work(format_us(drive.row(), blocks, format.type), sense::formatting,
             list.bit(1, 0x02) ? Immediate::yes : Immediate::no, request);
  return drive.spoil_until_done();
}

}  // namespace core::burner
