// SPDX-License-Identifier: GPL-3.0-or-later
//
// READ DISC STRUCTURE and SEND DISC STRUCTURE (MMC-6 6.21, 6.36): physical format, product codes, layer break, spare areas.
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

struct Structure {
  unsigned format;
  bool (*applies)(const DiscState&);
  void (*fill)(const DiscState&, Answer&);
};

constexpr std::int64_t kFirstSector = 0x30000;
constexpr std::int64_t kRamFirstSector = 0x31000;

bool is_plus(const DiscState& s) {
  return s.medium == Medium::dvd_plus_r || s.medium == Medium::dvd_plus_r_dl || s.medium == Medium::dvd_plus_rw;
}
bool is_minus(const DiscState& s) {
  return s.medium == Medium::dvd_r || s.medium == Medium::dvd_r_dl || s.medium == Medium::dvd_rw;
}
bool any(const DiscState&) { return true; }

int book_type(const DiscState& s) {
  switch (s.medium) {
    case Medium::dvd_ram: return 0x16;
    case Medium::dvd_r: return 0x25;
    case Medium::dvd_r_dl: return 0x26;
    case Medium::dvd_rw: return 0x33;
    case Medium::dvd_plus_rw: return 0x92;
    case Medium::dvd_plus_r: return 0xa1;
    case Medium::dvd_plus_r_dl: return 0xe1;
    default: return 0x01;
  }
}

void physical(const DiscState& s, std::int64_t blocks, Answer& a) {
  const MediumRow& row = media_row(s.medium);
  const int kind = !row.writable ? 0x01 : row.rewritable ? 0x04 : 0x02;
  const bool two = row.layers == 2;
  const std::int64_t first = s.medium == Medium::dvd_ram ? kRamFirstSector : kFirstSector;
  const std::size_t at = a.size();
  a.u8(book_type(s)).u8(0x0f).u8((two ? 0x30 : 0) | kind).u8(0);
  a.u8(0).u24(first).u8(0).u24(first + std::max<std::int64_t>(blocks, 1) - 1);
  a.u8(0).u24(two ? first + s.layer_break - 1 : 0).u8(0).zeros(2);
  a.code(row.maker, 8).code(row.type, 3).u8(0);
  a.zeros(at + 2048 - a.size());
}

void physical_format(const DiscState& s, Answer& a) {
  physical(s, is_formatted(s) ? user_limit(s) : s.capacity, a);
  if (!is_plus(s))
    for (std::size_t i = 4 + 19; i < 4 + 31; ++i) a.set8(i, 0);
}

void last_border(const DiscState& s, Answer& a) { physical(s, readable_end(s), a); }

void zeros_4(const DiscState&, Answer& a) { a.zeros(4); }

void pre_recorded(const DiscState& s, Answer& a) {
  const MediumRow& row = media_row(s.medium);
  a.zeros(16).u8(3).code(row.maker, 6).u8(0).u8(4).code(row.type, 6).zeros(13);
}

void adip(const DiscState& s, Answer& a) {
  physical(s, s.capacity, a);
}

void layer_boundary(const DiscState& s, Answer& a) { a.u8(0x80).zeros(3).u32(s.layer_break); }

/// Spare area in blocks: free, and allocated. Drives count blocks here, not clusters.
void spare_area(const DiscState& s, Answer& a) {
  const int unit = media_row(s.medium).write_unit;
  a.u32(0).u32((s.format.spare_clusters - s.spare_used) * unit).u32(s.format.spare_clusters * unit);
}

void disc_information_bd(const DiscState& s, Answer& a) {
  const MediumRow& row = media_row(s.medium);
  a.zeros(4096);
  a.set_text(4, "DI");
  a.set8(4 + 2, 1);
  a.set8(4 + 5, 1);  // one unit of information
  a.set_text(4 + 8, !row.writable ? "BDO" : row.rewritable ? "BDW" : "BDR");
  a.set8(4 + 12, row.layers << 4);
  a.set_text(4 + 100, row.maker);
  a.set_text(4 + 106, row.type);
  a.set8(4 + 111, 0);
}

constexpr Structure kDvd[] = {
    {0x00, any, physical_format},
    {0x01, any, zeros_4},
    {0x04, any, [](const DiscState&, Answer& a) { a.zeros(2048); }},
    {0x0a, [](const DiscState& s) { return s.medium == Medium::dvd_ram; }, spare_area},
    {0x0e, is_minus, pre_recorded},
    {0x10, any, last_border},
    {0x11, is_plus, adip},
    {0x20, [](const DiscState& s) { return media_row(s.medium).layers == 2; }, layer_boundary},
};

constexpr Structure kBd[] = {
    {0x00, any, disc_information_bd},
    {0x0a, [](const DiscState& s) { return media_row(s.medium).writable; }, spare_area},
};

}  // namespace

Sense cmd_disc_structure(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const DiscState& s = *drive.medium();
  const Family family = drive.row().family;
  if (family == Family::cd) return sense::cannot_read_incompatible;
  if ((cdb.u8(1) & 15) != (family == Family::bd ? 1u : 0u)) return sense::invalid_field;
  const std::span<const Structure> table =
      family == Family::bd ? std::span<const Structure>(kBd) : std::span<const Structure>(kDvd);
  const unsigned format = cdb.u8(7);
  Answer a;
  a.u32(0);
  bool found = false;
  for (const Structure& row : table) {
    if (!row.applies(s)) continue;
    if (format == 0xff) {
      Answer sized;
      sized.u32(0);
      row.fill(s, sized);
      const bool sendable = row.format == 0x20;
      a.u8(row.format).u8(0x40 | (sendable ? 0x80 : 0)).u16(static_cast<std::int64_t>(sized.size()));
      found = true;
    } else if (row.format == format) {
      row.fill(s, a);
      found = true;
    }
  }
  if (!found) return sense::invalid_field;
  a.set16(0, static_cast<std::int64_t>(a.size()) - 2);
  request.reply(a, cdb.u16(8));
  return sense::good;
}

Sense cmd_send_disc_structure(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  DiscState& s = *drive.medium();
  const Parameters list = request.parameters(cdb.u16(8));
  switch (cdb.u8(7)) {
    case 0x05:  // copyright management
    case 0x0f:  // timestamp
      return sense::good;
    case 0x20: {
      if (media_row(s.medium).layers != 2 || behaviour(s) != Behaviour::sequential) return sense::invalid_field;
      if (disc_status(s) != DiscStatus::blank) return sense::sequence_error;
      const std::int64_t blocks = list.u32(8);
      if (blocks % 16 || blocks < s.capacity / 8 || blocks > round_up(s.capacity / 2, 16)) return sense::invalid_parameter;
      s.layer_break = blocks;
      return drive.platter().sync();
    }
    default:
      return sense::invalid_field;
  }
}

}  // namespace core::burner
