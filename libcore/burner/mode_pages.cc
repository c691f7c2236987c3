// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mode page contents. A MODE SELECT of page 05 with a write type that the medium does not have fails with 5/26/00:
// programs find out by that what a drive can do.
#include "libcore/burner/mode_pages.h"

namespace core::burner {
namespace {

constexpr int kWritePage = 0x05;
constexpr int kCapabilitiesPage = 0x2a;

std::vector<std::uint8_t> write_page(WriteType type, int track_mode) {
  std::vector<std::uint8_t> p(52, 0);
  p[0] = kWritePage;
  p[1] = 50;
  p[2] = static_cast<std::uint8_t>(0x40 | static_cast<int>(type));  // BUFE
  p[3] = static_cast<std::uint8_t>(track_mode);
  p[4] = 8;
  p[15] = 150;  // audio pause length
  return p;
}

/// Bits of page 05 that can be changed.
std::vector<std::uint8_t> write_page_mask() {
  std::vector<std::uint8_t> p(52, 0xff);
  p[0] = kWritePage;
  p[1] = 50;
  p[2] = 0x7f;
  return p;
}

Answer capabilities_page(const Capabilities& c, PageControl control) {
  const std::size_t count = control == PageControl::changeable ? 0 : c.write_speeds.size();
  Answer a;
  a.u8(kCapabilitiesPage).u8(static_cast<std::int64_t>(30 + 4 * count));
  if (control == PageControl::changeable) return a.zeros(30);
  a.u8(0x3f).u8(0x37).u8(0xf1).u8(0x77);
  a.u8(0x29 | (c.locked ? 2 : 0)).u8(0x23);
  a.u16(c.max_read_kb).u16(256).u16(c.buffer_kb).u16(c.read_kb);
  a.u16(0).u16(c.write_speeds.empty() ? 0 : c.write_speeds.front()).u16(c.write_kb).u16(1);
  a.u16(0).u8(0).u8(0).u16(c.write_kb).u16(static_cast<std::int64_t>(count));
  for (const int speed : c.write_speeds) a.u16(0).u16(speed);
  return a;
}

bool has_write_type(const DiscState* medium, int type, bool fixed_packet) {
  if (!medium) return type <= 2;
  switch (media_row(medium->medium).family) {
    case Family::cd:
      if (type == 0) return medium->medium == Medium::cd_rw && fixed_packet;
      return type == 1 || type == 2;
    case Family::dvd:
    case Family::bd:
      break;
  }
  return type == 0 || type == 2;
}

}  // namespace

bool has_test_write(const DiscState* medium) {
  if (!medium) return true;
  switch (behaviour(*medium)) {
    case Behaviour::cd:
      return true;
    case Behaviour::sequential:
      return medium->medium == Medium::dvd_r || medium->medium == Medium::dvd_r_dl || medium->medium == Medium::dvd_rw;
    default:
      return false;
  }
}

ModePages::ModePages() {
  standard_[0x01] = {0x01, 10, 0xc0, 0x20, 0, 0, 0, 0, 0x05, 0, 0, 0};
  standard_[kWritePage] = write_page(WriteType::incremental, 5);
  standard_[0x08] = {0x08, 10, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  standard_[0x0d] = {0x0d, 6, 0, 0x0d, 0, 60, 0, 75};
  standard_[0x0e] = {0x0e, 14, 0x04, 0, 0, 0, 0, 75, 0x01, 0xff, 0x02, 0xff, 0, 0, 0, 0};
  standard_[0x1a] = {0x1a, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  standard_[0x1d] = {0x1d, 10, 0, 0, 0x04, 0, 0, 0x07, 0x08, 0, 0, 0};
  current_ = standard_;
  read_write_parameters();
}

void ModePages::reset_for(const DiscState& medium) {
  const bool cd = media_row(medium.medium).family == Family::cd;
  Page page = write_page(cd ? WriteType::tao : WriteType::incremental, cd ? 4 : 5);
  if (behaviour(medium) == Behaviour::overwrite && cd) page = write_page(WriteType::incremental, 7);
  if (profile(medium) == 0x13 || (cd && behaviour(medium) == Behaviour::overwrite)) {
    page[3] |= 0x20;
    page[13] = cd ? 32 : 16;
  }
  standard_[kWritePage] = page;
  current_ = standard_;
  read_write_parameters();
}

Answer ModePages::pages(int code, PageControl control, const Capabilities& capabilities) const {
  Answer a;
  const auto& values = control == PageControl::standard ? standard_ : current_;
  for (const auto& [number, page] : values) {
    if (code != 0x3f && code != number) continue;
    const Page mask = number == kWritePage ? write_page_mask() : Page(page.size(), 0);
    for (std::size_t i = 0; i < page.size(); ++i)
      a.u8(control == PageControl::changeable && i >= 2 ? mask[i] : page[i]);
  }
  if (code == 0x3f || code == kCapabilitiesPage) a.append(capabilities_page(capabilities, control));
  return a;
}

Sense ModePages::select(const Parameters& list, const DiscState* medium) {
  std::map<int, Page> wanted = current_;
  std::size_t at = 0;
  while (at < list.size()) {
    const int code = static_cast<int>(list.u8(at) & 0x3f);
    const std::size_t length = list.u8(at + 1) + 2;
    if (at + length > list.size()) return sense::parameter_length;
    const Parameters page = list.from(at);
    at += length;
    if (code == kCapabilitiesPage) continue;
    const auto known = wanted.find(code);
    if (known == wanted.end() || known->second.size() != length) return sense::invalid_parameter;
    if (code == kWritePage) {
      if (Sense s = check_write_parameters(page, medium); !s.good()) return s;
    }
    for (std::size_t i = 2; i < length; ++i) known->second[i] = static_cast<std::uint8_t>(page.u8(i));
  }
  current_ = std::move(wanted);
  read_write_parameters();
  return sense::good;
}

Sense ModePages::check_write_parameters(const Parameters& page, const DiscState* medium) const {
  const int type = static_cast<int>(page.u8(2) & 15);
  const bool fixed_packet = page.bit(3, 0x20);
  const int block_type = static_cast<int>(page.u8(4) & 15);
  const bool cd = !medium || media_row(medium->medium).family == Family::cd;
  if (!has_write_type(medium, type, fixed_packet)) return sense::invalid_parameter;
  if (page.bit(2, 0x10) && !has_test_write(medium)) return sense::invalid_parameter;
  if (block_type != 8 && !(cd && (block_type == 0 || block_type == 10))) return sense::invalid_parameter;
  return sense::good;
}

void ModePages::read_write_parameters() {
  const Page& p = current_.at(kWritePage);
  parameters_.test_write = (p[2] & 0x10) != 0;
  parameters_.write_type = static_cast<WriteType>(p[2] & 15);
  parameters_.multi_session = p[3] >> 6;
  parameters_.fixed_packet = (p[3] & 0x20) != 0;
  parameters_.track_mode = p[3] & 15;
  parameters_.block_type = p[4] & 15;
  parameters_.packet_size = (p[10] << 24) | (p[11] << 16) | (p[12] << 8) | p[13];
}

}  // namespace core::burner
