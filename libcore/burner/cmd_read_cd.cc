// SPDX-License-Identifier: GPL-3.0-or-later
//
// READ CD and READ CD MSF (MMC-6 6.17, 6.18), READ SUB-CHANNEL and READ HEADER of older standards: raw parts of CD sectors.
#include "libcore/burner/cue_sheet.h"
#include "libcore/burner/handlers.h"
#include "libcore/burner/msf.h"
#include "libcore/burner/sector.h"

namespace core::burner {
namespace {

constexpr int kReadCdMsf = 0xb9;

/// Which parts of a sector were asked for.
struct Parts {
  bool sync, header, user, edc;
  int c2_bytes;
  int sub_channel;  ///< 0 none, 1 raw, 2 Q
  bool nothing() const { return !sync && !header && !user && !edc && c2_bytes == 0 && sub_channel == 0; }
};

Sense read_parts(const Parameters& cdb, Parts& p) {
  const unsigned flags = cdb.u8(9);
  const unsigned c2 = flags >> 1 & 3;
  const unsigned sub = cdb.u8(10) & 7;
  if (c2 == 3 || (sub != 0 && sub != 1 && sub != 2)) return sense::invalid_field;
  p = Parts{(flags & 0x80) != 0, (flags & 0x20) != 0, (flags & 0x10) != 0, (flags & 0x08) != 0,
            c2 == 0 ? 0 : c2 == 1 ? 294 : 296, static_cast<int>(sub)};
  return sense::good;
}

/// Raw P-W: bit 6 of each of the 96 bytes is one bit of Q.
void put_sub_channel(const Track& t, std::int64_t lba, int kind, std::vector<std::byte>& out) {
  const auto q = q_frame(t.control, t.number, lba, t.start);
  if (kind == 2) {
    out.insert(out.end(), q.begin(), q.end());
    out.resize(out.size() + 4);
    return;
  }
  for (std::size_t bit = 0; bit < 96; ++bit) {
    const bool set = (std::to_integer<unsigned>(q[bit / 8]) >> (7 - bit % 8) & 1) != 0;
    out.push_back(set ? std::byte{0x40} : std::byte{0});
  }
}

Sense append_sector(Drive& drive, const Track& t, std::int64_t lba, const Parts& p, std::vector<std::byte>& out,
                    Request& request) {
  const auto part = [&out](const RawSector& s, std::size_t from, std::size_t size) {
    out.insert(out.end(), s.begin() + static_cast<std::ptrdiff_t>(from), s.begin() + static_cast<std::ptrdiff_t>(from + size));
  };
  RawSector sector{};
  if (t.audio()) {
    if (!drive.platter().readable(lba, 1)) return sense::illegal_mode.at(lba);
    if (const auto done = drive.platter().read_raw(lba, sector); !done.sense.good()) return done.sense;
    if (p.user) part(sector, 0, sector.size());
  } else {
    std::array<std::byte, 2048> user{};
    if (const auto done = read_user_blocks(drive, lba, user, request); !done.sense.good()) return done.sense;
    sector = mode1_sector(lba, user);
    if (p.sync) part(sector, 0, 12);
    if (p.header) part(sector, 12, 4);
    if (p.user) part(sector, 16, 2048);
    if (p.edc) part(sector, 2064, 288);
  }
  out.resize(out.size() + static_cast<std::size_t>(p.c2_bytes));
  if (p.sub_channel) put_sub_channel(t, lba, p.sub_channel, out);
  return sense::good;
}

bool type_fits(unsigned expected, const Track& t) {
  if (expected == 0) return true;
  if (expected == 1) return t.audio();
  return expected == 2 && !t.audio();
}

}  // namespace

Sense cmd_read_cd(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const DiscState& s = *drive.medium();
  if (drive.row().family != Family::cd) return sense::cannot_read_incompatible;
  std::int64_t lba = static_cast<std::int32_t>(cdb.u32(2));
  std::int64_t count = cdb.u24(6);
  if (request.opcode() == kReadCdMsf) {
    const auto at = [&cdb](std::size_t i) { return static_cast<int>(cdb.u8(i)); };
    lba = msf_to_lba(at(3), at(4), at(5));
    count = msf_to_lba(at(6), at(7), at(8)) - lba;
  }
  Parts parts{};
  if (Sense why = read_parts(cdb, parts); !why.good()) return why;
  if (count <= 0) return count < 0 ? sense::invalid_field : sense::good;
  const unsigned expected = cdb.u8(1) >> 2 & 7;
  std::vector<std::byte> out;
  Sense result = sense::good;
  for (; count > 0 && result.good() && out.size() < request.in.size(); --count, ++lba) {
    const Track* t = lba < 0 ? nullptr : track_at(s, lba);
    if (!t || (lba >= readable_end(s) && lba >= s.written.end())) result = sense::address_out_of_range.at(lba);
    else if (!type_fits(expected, *t)) result = sense::illegal_mode.at(lba);
    else if (!parts.nothing()) result = append_sector(drive, *t, lba, parts, out, request);
    if (parts.nothing()) break;
  }
  request.transferred = std::min(out.size(), request.in.size());
  std::copy_n(out.begin(), request.transferred, request.in.begin());
  return result;
}

Sense cmd_read_subchannel(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (drive.row().family != Family::cd) return sense::cannot_read_incompatible;
  Answer a;
  a.u8(0).u8(0x15).u16(0);
  if (cdb.bit(2, 0x40)) {
    const unsigned format = cdb.u8(3);
    const Track& t = drive.medium()->tracks.front();
    if (format == 1) {
      a.u8(1).u8(0x10 | t.control).u8(t.number).u8(1);
      if (cdb.bit(1, 0x02)) {
        put_msf(a, 0);
        put_msf(a, -150);
      } else {
        a.u32(0).u32(0);
      }
    } else if (format == 2 || format == 3) {
      a.u8(static_cast<int>(format)).zeros(19);  // no catalog number, no ISRC
    } else {
      return sense::invalid_field;
    }
    a.set16(2, static_cast<std::int64_t>(a.size()) - 4);
  }
  request.reply(a, cdb.u16(7));
  return sense::good;
}

Sense cmd_read_header(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  if (drive.row().family != Family::cd) return sense::cannot_read_incompatible;
  const std::int64_t lba = cdb.u32(2);
  const Track* t = track_at(*drive.medium(), lba);
  if (!t || lba >= readable_end(*drive.medium())) return sense::address_out_of_range;
  if (t->audio()) return sense::illegal_mode;
  Answer a;
  a.u8(1).zeros(3);
  if (cdb.bit(1, 0x02)) put_msf(a, lba);
  else a.u32(lba);
  request.reply(a, cdb.u16(7));
  return sense::good;
}

}  // namespace core::burner
