// SPDX-License-Identifier: GPL-3.0-or-later
//
// MODE SENSE and MODE SELECT, 6 and 10 byte forms (SPC-4 6.8 to 6.12). No block descriptors.
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

constexpr int kModeSense6 = 0x1a;
constexpr int kModeSelect6 = 0x15;

Capabilities capabilities(Drive& drive) {
  Capabilities c;
  c.locked = drive.prevented;
  if (!drive.medium()) {
    c.max_read_kb = c.read_kb = media_row(Medium::dvd_rw).read_speed_kb;
    c.buffer_kb = static_cast<int>(buffer_size(Family::dvd) / 1024);
    return c;
  }
  c.buffer_kb = static_cast<int>(buffer_size(drive.row().family) / 1024);
  c.max_read_kb = drive.row().read_speed_kb;
  c.read_kb = drive.current_read_speed();
  c.write_kb = drive.current_write_speed();
  c.write_speeds = drive.row().write_speeds;
  return c;
}

}  // namespace

Sense cmd_mode_sense(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const bool short_form = request.opcode() == kModeSense6;
  const auto control = static_cast<PageControl>(cdb.u8(2) >> 6);
  const int code = static_cast<int>(cdb.u8(2) & 0x3f);
  if (control == PageControl::saved) return sense::saving_not_supported;
  const Answer pages = drive.modes.pages(code, control, capabilities(drive));
  if (pages.size() == 0) return sense::invalid_field;
  Answer a;
  if (short_form) a.u8(static_cast<std::int64_t>(pages.size()) + 3).zeros(3);
  else a.u16(static_cast<std::int64_t>(pages.size()) + 6).zeros(6);
  a.append(pages);
  request.reply(a, short_form ? cdb.u8(4) : cdb.u16(7));
  return sense::good;
}

Sense cmd_mode_select(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const bool short_form = request.opcode() == kModeSelect6;
  const std::size_t length = short_form ? cdb.u8(4) : cdb.u16(7);
  if (length == 0) return sense::good;
  if (cdb.bit(1, 0x01)) return sense::invalid_field;  // save pages
  const std::size_t header = short_form ? 4 : 8;
  const Parameters list = request.parameters(length);
  if (list.size() < header) return sense::parameter_length;
  const std::size_t descriptors = short_form ? list.u8(3) : list.u16(6);
  if (header + descriptors > list.size()) return sense::parameter_length;
  if (Sense s = drive.modes.select(list.from(header + descriptors), drive.medium()); !s.good()) return s;
  if (!drive.modes.write_parameters().test_write) drive.end_test();
  return sense::good;
}

}  // namespace core::burner
