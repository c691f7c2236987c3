// SPDX-License-Identifier: GPL-3.0-or-later
//
// Commands about the drive itself: SPC-4 6.6 INQUIRY, 6.39 REQUEST SENSE, 6.47 TEST UNIT READY; MMC-6 6.7 GET EVENT STATUS
// NOTIFICATION, 6.10 MECHANISM STATUS, 6.13 PREVENT ALLOW MEDIUM REMOVAL, 6.42 START STOP UNIT.
#include "libcore/burner/handlers.h"

namespace core::burner {

Sense cmd_test_unit_ready(Drive&, Request&) { return sense::good; }

Sense cmd_accept(Drive&, Request&) { return sense::good; }

Sense cmd_refuse_field(Drive&, Request&) { return sense::invalid_field; }

Sense cmd_request_sense(Drive& drive, Request& request) {
  Sense now = drive.readiness();
  Answer a;
  for (const std::byte b : to_bytes(now)) a.u8(std::to_integer<int>(b));
  request.reply(a, request.cdb().u8(4));
  return sense::good;
}

Sense cmd_inquiry(Drive& drive, Request& request) {
  const Identity& id = drive.options.identity;
  const auto cdb = request.cdb();
  const std::size_t allocation = cdb.u16(3);
  Answer a;
  if (cdb.bit(1, 0x01)) {
    const auto page = cdb.u8(2);
    a.u8(0x05).u8(page);
    if (page == 0x00) a.u16(2).u8(0x00).u8(0x80);
    else if (page == 0x80) a.u16(12).text(id.serial, 12);
    else return sense::invalid_field;
  } else {
    if (cdb.u8(2) != 0) return sense::invalid_field;
    a.u8(0x05).u8(0x80).u8(0x05).u8(0x02).u8(91).zeros(3);
    a.text(id.vendor, 8).text(id.product, 16).text(id.revision, 4).zeros(22);
    a.u16(0).u16(0x0060).u16(0x0460).u16(0x04c0).zeros(96 - 66);  // version descriptors: SAM-3, SPC-4, MMC-6
  }
  request.reply(a, allocation);
  return sense::good;
}

Sense cmd_start_stop(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const bool load_eject = cdb.bit(4, 0x02);
  const bool start = cdb.bit(4, 0x01);
  if (cdb.u8(4) >> 4) return sense::good;  // power conditions: all the same to us
  drive.end_test();
  if (!load_eject) {
    if (start && !drive.medium()) return drive.readiness();
    return sense::good;
  }
  if (start) {
    if (drive.tray_open) {
      drive.tray_open = false;
      drive.insert();
    }
    return sense::good;
  }
  if (drive.tray_open) return sense::good;
  if (drive.prevented) return sense::removal_prevented;
  if (Sense busy = drive.busy(); !busy.good()) return busy;
  drive.eject();
  return sense::good;
}

Sense cmd_prevent_removal(Drive& drive, Request& request) {
  drive.prevented = request.cdb().bit(4, 0x01);
  return sense::good;
}

Sense cmd_get_event(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (!cdb.bit(1, 0x01)) return sense::invalid_field;  // only polled operation
  constexpr unsigned kSupported = 0x56;                // operational change, power, media, device busy
  const unsigned wanted = cdb.u8(4) & kSupported;
  Answer a;
  if (wanted == 0) {
    a.u16(2).u8(0x80).u8(kSupported);
  } else if (wanted & 0x02 && !(wanted & 0x10 && drive.media_event != MediaEvent::none)) {
    a.u16(6).u8(1).u8(kSupported).zeros(4);
  } else if (wanted & 0x10) {
    a.u16(6).u8(4).u8(kSupported).u8(static_cast<int>(drive.media_event));
    a.u8((drive.medium() ? 2 : 0) | (drive.tray_open ? 1 : 0)).u16(0);
    drive.media_event = MediaEvent::none;
  } else if (wanted & 0x04) {
    a.u16(6).u8(2).u8(kSupported).u8(0).u8(1).u16(0);
  } else {
    const std::int64_t left = drive.busy_us() / 100000;
    a.u16(6).u8(6).u8(kSupported).u8(0).u8(left > 0 ? 1 : 0).u16(std::min<std::int64_t>(left, 0xffff));
  }
  request.reply(a, cdb.u16(7));
  return sense::good;
}

Sense cmd_mechanism_status(Drive& drive, Request& request) {
  Answer a;
  a.u8(0).u8(drive.tray_open ? 0x10 : 0).zeros(6);
  request.reply(a, request.cdb().u16(8));
  return sense::good;
}

Sense cmd_log_sense(Drive&, Request& request) {
  if ((request.cdb().u8(2) & 0x3f) != 0) return sense::invalid_field;
  Answer a;
  a.u8(0).u8(0).u16(1).u8(0);
  request.reply(a, request.cdb().u16(7));
  return sense::good;
}

}  // namespace core::burner
