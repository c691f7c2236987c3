// SPDX-License-Identifier: GPL-3.0-or-later
//
// Format types by medium: CD-RW 10h; DVD-RW 00h, 10h, 11h, 13h, 15h; DVD-RAM 00h, 01h; DVD+RW 26h; BD-RE 00h, 01h, 30h,
// 31h; BD-R 00h, 32h (MMC-6 6.5.4.2). A format that a medium does not have, or a size it cannot get, is 5/26/00.
#include "libcore/burner/blank_format.h"

#include <algorithm>

#include "libcore/burner/layout.h"

namespace core::burner {
namespace {

void set_format(DiscState& s, FormatState state, std::int64_t blocks, std::int64_t spares) {
  s.spoiled = false;
  s.format = Format{.state = state, .blocks = blocks, .spare_clusters = spares};
}

Sense finish(Disc& disc, Platter& platter, Recording recording) {
  lay_out_single(disc.state(), recording, disc.state().format.blocks);
  return platter.sync();
}

Sense format_cd_rw(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  const std::int64_t most = cd_packet_capacity(s.capacity);
  if (r.code == 1 && (r.type != 0x10 || r.parameter != 32)) return sense::invalid_parameter;
  const std::int64_t blocks = r.code == 7 || r.blocks == 0 ? most : r.blocks;
  if (blocks > most || blocks % 32) return sense::invalid_parameter;
  if (Sense why = platter.erase(); !why.good()) return why;
  set_format(s, FormatState::formatted, blocks, 0);
  lay_out_single(s, Recording::fixed_packet, blocks);
  s.tracks[0].packet_size = 32;
  return platter.sync();
}

Sense format_dvd_rw(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  if (r.type == 0x11 || r.type == 0x13) {
    const std::int64_t room = s.capacity - s.format.blocks;
    const std::int64_t more = r.blocks == 0xffffffff ? room : round_up(r.blocks, 16);
    if (!is_formatted(s) || more > room) return sense::invalid_parameter;
    s.format.blocks += more;
    s.format.state = FormatState::intermediate;
    return finish(disc, platter, Recording::overwrite);
  }
  if (r.type != 0x00 && r.type != 0x10 && r.type != 0x15) return sense::invalid_parameter;
  const bool quick = r.type == 0x15;
  std::int64_t blocks = r.blocks == 0xffffffff ? s.capacity : round_up(r.blocks, 16);
  if (blocks > s.capacity) return sense::invalid_parameter;
  if (blocks == 0) blocks = quick ? 16 : s.capacity;
  if (Sense why = platter.erase(); !why.good()) return why;
  set_format(s, quick ? FormatState::intermediate : FormatState::formatted, blocks, 0);
  s.incremental_ok = true;
  return finish(disc, platter, Recording::overwrite);
}

Sense format_dvd_plus_rw(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  if (r.type != 0x26 || r.parameter > 1) return sense::invalid_parameter;
  if (r.parameter == 1) {
    if (!is_formatted(s)) return sense::invalid_parameter;
    if (s.format.state == FormatState::suspended) s.format.state = FormatState::running;
    return platter.sync();
  }
  if (Sense why = platter.erase(); !why.good()) return why;
  set_format(s, FormatState::running, s.capacity, 0);
  return finish(disc, platter, Recording::overwrite);
}

Sense format_dvd_ram(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  if (r.type > 0x01) return sense::invalid_parameter;
  const std::int64_t blocks = r.type == 0x01 ? ram_default_blocks(s.capacity) : s.format.blocks;
  if (r.blocks != 0 && r.blocks != 0xffffffff && r.blocks != blocks) return sense::invalid_parameter;
  if (r.type == 0x00) {
    if (Sense why = platter.erase(); !why.good()) return why;
    s.defects.clear();
    s.spare_used = 0;
  }
  set_format(s, FormatState::formatted, blocks, (s.capacity - blocks) / 16);
  return finish(disc, platter, Recording::overwrite);
}

/// Spare clusters that a BD format asks for; -1 if it cannot have them.
std::int64_t bd_spares(const DiscState& s, const FormatRequest& r) {
  const SpareSizes sizes = bd_spare_sizes(s);
  if (r.type == 0x31) return 0;
  if (r.type == 0x01) return sizes.large;
  if (r.type == 0x00 || r.parameter == 0) return sizes.standard;
  // Sizes that the medium does not list are taken, down to the smallest spare area.
  if (r.parameter < sizes.minimum || r.parameter > sizes.large) return -1;
  return r.parameter;
}

Sense format_bd_re(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  if (r.type != 0x00 && r.type != 0x01 && r.type != 0x30 && r.type != 0x31) return sense::invalid_parameter;
  const std::int64_t spares = bd_spares(s, r);
  if (spares < 0) return sense::invalid_parameter;
  if (r.type == 0x30 && r.subtype == 2) {
    // Full certification writes the whole surface; the other ways leave data where they are.
    if (Sense why = platter.erase(); !why.good()) return why;
    s.defects.clear();
    s.spare_used = 0;
  }
  s.spare_used = std::min(s.spare_used, spares);
  set_format(s, FormatState::formatted, s.capacity - spares * 32, spares);
  return finish(disc, platter, Recording::overwrite);
}

Sense format_bd_r(Disc& disc, Platter& platter, const FormatRequest& r) {
  DiscState& s = disc.state();
  if (disc_status(s) != DiscStatus::blank) return sense::cannot_format_incompatible;
  if ((r.type != 0x00 && r.type != 0x32) || r.subtype > 1) return sense::invalid_parameter;
  const std::int64_t spares = bd_spares(s, r);
  if (spares < 0) return sense::invalid_parameter;
  set_format(s, FormatState::formatted, s.capacity - spares * 32, spares);
  s.format.pow = r.subtype == 0 && r.type == 0x32;
  lay_out_blank(s);
  return platter.sync();
}

}  // namespace

Sense blank_medium(Disc& disc, Platter& platter, int type) {
  DiscState& s = disc.state();
  if (s.medium != Medium::cd_rw && s.medium != Medium::dvd_rw) return sense::cannot_format_incompatible;
  if (type != 0 && type != 1) return sense::invalid_field;
  s.format = Format{};
  s.spoiled = false;
  s.incremental_ok = s.medium != Medium::dvd_rw || type == 0;
  lay_out_blank(s);
  return platter.erase();
}

Sense format_medium(Disc& disc, Platter& platter, const FormatRequest& request) {
  if (request.code != 1 && !(request.code == 7 && disc.state().medium == Medium::cd_rw)) return sense::invalid_field;
  switch (disc.state().medium) {
    case Medium::cd_rw:
      return format_cd_rw(disc, platter, request);
    case Medium::dvd_rw:
      return format_dvd_rw(disc, platter, request);
    case Medium::dvd_plus_rw:
      return format_dvd_plus_rw(disc, platter, request);
    case Medium::dvd_ram:
      return format_dvd_ram(disc, platter, request);
    case Medium::bd_re:
    case Medium::bd_re_dl:
      return format_bd_re(disc, platter, request);
    case Medium::bd_r:
    case Medium::bd_r_dl:
      return format_bd_r(disc, platter, request);
    default:
      return sense::cannot_format_incompatible;
  }
}

}  // namespace core::burner
