// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of medium kinds: names, capacities, write units, speeds and identification codes. Capacities are those of
// MMC-6 and the medium standards (ECMA-130, 267, 279, 337, 338, 349, 371, 394), see doc/burner.md.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libcore/base/units.h"

namespace core::burner {

enum class Medium {
  cd_rom, cd_r, cd_rw,
  dvd_rom, dvd_r, dvd_r_dl, dvd_rw, dvd_plus_r, dvd_plus_r_dl, dvd_plus_rw, dvd_ram,
  bd_rom, bd_r, bd_r_dl, bd_re, bd_re_dl,
};

enum class Family { cd, dvd, bd };

/// One kind of medium. Profiles are the numbers of MMC-6 table 95.
struct MediumRow {
  Medium medium;
  std::string_view name;      ///< as `vburn create --medium` takes it: "dvd+rw"
  std::string_view title;     ///< for people: "DVD+RW"
  Family family;
  std::uint16_t profile;      ///< of a virgin medium; DVD-RW changes to 0013h by formatting
  Blocks capacity;            ///< default size. ROM: largest size
  int write_unit;             ///< blocks per ECC block or packet; 1 on CD
  bool writable;
  bool rewritable;
  int layers;
  int rewrite_limit;          ///< overwrites that a unit stands, 0 = write once
  std::string_view maker;     ///< manufacturer id, shape depends on the family
  std::string_view type;      ///< media type id
  int base_speed_kb;          ///< 1x in 1000 bytes per second
  std::span<const int> write_speeds;  ///< in kB/s, fastest first, empty on ROM
  int read_speed_kb;
};

std::span<const MediumRow> media_table();
const MediumRow& media_row(Medium medium);
/// nullptr if no medium has this name.
const MediumRow* find_medium(std::string_view name);

}  // namespace core::burner
