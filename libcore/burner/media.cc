// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of medium kinds. Product codes are those of media that existed, so that tools print what users know.
#include "libcore/burner/media.h"

namespace core::burner {
namespace {

// kB/s; CD 1x = 176.4, DVD 1x = 1385, BD 1x = 4495.
constexpr int kCdSpeeds[] = {8467, 5645, 4234, 2822, 1411, 706};
constexpr int kCdRwSpeeds[] = {4234, 2822, 1764, 1411, 706};
constexpr int kDvdRSpeeds[] = {22160, 16620, 11080, 8310, 5540, 2770};
constexpr int kDvdDlSpeeds[] = {11080, 8310, 5540, 3324};
constexpr int kDvdRwSpeeds[] = {8310, 5540, 2770, 1385};
constexpr int kDvdPlusRwSpeeds[] = {11080, 8310, 5540, 3324};
constexpr int kDvdRamSpeeds[] = {6925, 4155, 2770};
constexpr int kBdRSpeeds[] = {53940, 35960, 26970, 17980, 8990};
constexpr int kBdReSpeeds[] = {8990, 4495};

constexpr MediumRow kMedia[] = {
    {Medium::cd_rom, "cd-rom", "CD-ROM", Family::cd, 0x08, {449849}, 1, false, false, 1, 0, "", "", 176, {}, 8467},
    {Medium::cd_r, "cd-r", "CD-R", Family::cd, 0x09, {359847}, 1, true, false, 1, 0, "", "", 176, kCdSpeeds, 8467},
    {Medium::cd_rw, "cd-rw", "CD-RW", Family::cd, 0x0a, {359847}, 1, true, true, 1, 1000, "", "", 176, kCdRwSpeeds,
     7056},
    {Medium::dvd_rom, "dvd-rom", "DVD-ROM", Family::dvd, 0x10, {4173824}, 16, false, false, 1, 0, "", "", 1385, {},
     22160},
    {Medium::dvd_r, "dvd-r", "DVD-R", Family::dvd, 0x11, {2298496}, 16, true, false, 1, 0, "TYG03", "", 1385,
     kDvdRSpeeds, 22160},
    {Medium::dvd_r_dl, "dvd-r-dl", "DVD-R DL", Family::dvd, 0x15, {4171712}, 16, true, false, 2, 0, "MKM 01", "", 1385,
     kDvdDlSpeeds, 16620},
    {Medium::dvd_rw, "dvd-rw", "DVD-RW", Family::dvd, 0x14, {2298496}, 16, true, true, 1, 1000, "RITEKW", "04", 1385,
     kDvdRwSpeeds, 16620},
    {Medium::dvd_plus_r, "dvd+r", "DVD+R", Family::dvd, 0x1b, {2295104}, 16, true, false, 1, 0, "YUDEN000", "T03", 1385,
     kDvdRSpeeds, 22160},
    {Medium::dvd_plus_r_dl, "dvd+r-dl", "DVD+R DL", Family::dvd, 0x2b, {4173824}, 16, true, false, 2, 0, "MKM",
     "001", 1385, kDvdDlSpeeds, 16620},
    {Medium::dvd_plus_rw, "dvd+rw", "DVD+RW", Family::dvd, 0x1a, {2295104}, 16, true, true, 1, 1000, "RITEK", "004",
     1385, kDvdPlusRwSpeeds, 16620},
    {Medium::dvd_ram, "dvd-ram", "DVD-RAM", Family::dvd, 0x12, {2295072}, 16, true, true, 1, 100000, "MATSUS", "", 1385,
     kDvdRamSpeeds, 6925},
    {Medium::bd_rom, "bd-rom", "BD-ROM", Family::bd, 0x40, {24438784}, 32, false, false, 1, 0, "", "", 4495, {}, 35960},
    {Medium::bd_r, "bd-r", "BD-R", Family::bd, 0x41, {12219392}, 32, true, false, 1, 0, "MEI", "T02", 4495, kBdRSpeeds,
     35960},
    {Medium::bd_r_dl, "bd-r-dl", "BD-R DL", Family::bd, 0x41, {24438784}, 32, true, false, 2, 0, "MEI", "T01", 4495,
     kBdRSpeeds, 26970},
    {Medium::bd_re, "bd-re", "BD-RE", Family::bd, 0x43, {12219392}, 32, true, true, 1, 1000, "MEI", "001", 4495,
     kBdReSpeeds, 26970},
    {Medium::bd_re_dl, "bd-re-dl", "BD-RE DL", Family::bd, 0x43, {24438784}, 32, true, true, 2, 1000, "TDKBLD", "Wfa",
     4495, kBdReSpeeds, 26970},
};

}  // namespace

std::span<const MediumRow> media_table() { return kMedia; }

const MediumRow& media_row(Medium medium) {
  for (const MediumRow& row : kMedia)
    if (row.medium == medium) return row;
  return kMedia[0];
}

const MediumRow* find_medium(std::string_view name) {
  for (const MediumRow& row : kMedia)
    if (row.name == name) return &row;
  return nullptr;
}

}  // namespace core::burner
