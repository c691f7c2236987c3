// SPDX-License-Identifier: GPL-3.0-or-later
//
// GET CONFIGURATION (MMC-6 6.6) and the features of chapter 5.3: what the drive can do at all, and which of it is current
// with the medium that is in. Programs decide by these what they dare to do.
#include "libcore/burner/handlers.h"

namespace core::burner {
namespace {

constexpr std::uint16_t kProfiles[] = {0x43, 0x41, 0x40, 0x2b, 0x1b, 0x1a, 0x15, 0x14,
                                       0x13, 0x12, 0x11, 0x10, 0x0a, 0x09, 0x08};

/// Medium and what follows from it, for the questions of the table below.
struct View {
  const Drive& drive;
  const DiscState* s;
  std::uint16_t profile;
  bool is(std::initializer_list<std::uint16_t> list) const {
    for (const auto p : list)
      if (p == profile) return true;
    return false;
  }
  bool cd() const { return is({0x08, 0x09, 0x0a}); }
  bool dvd() const { return profile >= 0x10 && profile <= 0x2b; }
  bool bd() const { return is({0x40, 0x41, 0x43}); }
  bool cd_packet() const { return profile == 0x0a && s->format.state != FormatState::none; }
};

struct Feature {
  std::uint16_t code;
  int version;
  bool persistent;
  bool (*current)(const View&);
  void (*data)(const View&, Answer&);
};

int blocking(const View& v) {
  if (v.bd()) return 32;
  return v.dvd() ? 16 : 1;
}

void profile_list(const View& v, Answer& a) {
  for (const std::uint16_t p : kProfiles) a.u16(p).u8(p == v.profile ? 1 : 0).u8(0);
}

void random_writable(const View& v, Answer& a) {
  const std::int64_t last = v.s ? std::max<std::int64_t>(user_limit(*v.s), 1) - 1 : 0;
  a.u32(last).u32(kBlockSize).u16(blocking(v)).u8(1).u8(0);
}

void incremental(const View&, Answer& a) { a.u16(0x0100).u8(1).u8(1).u8(16).zeros(3); }

void formattable(const View&, Answer& a) { a.u8(0x0c).zeros(3).u8(0x01).zeros(3); }

void dvd_minus_write(const View&, Answer& a) { a.u8(0x4e).zeros(3); }

void bd_read(const View&, Answer& a) { a.zeros(4).zeros(6).u16(6).zeros(6).u16(6).zeros(6).u16(1); }

void bd_write(const View&, Answer& a) { a.u8(0x01).zeros(3).zeros(6).u16(6).zeros(6).u16(6); }

void serial(const View& v, Answer& a) { a.text(v.drive.options.identity.serial, 12); }

constexpr bool yes(const View&) { return true; }

// Order is that of the codes, as GET CONFIGURATION wants it.
constexpr Feature kFeatures[] = {
    {0x0000, 0, true, yes, profile_list},
    {0x0001, 2, true, yes, [](const View&, Answer& a) { a.u32(2).u8(1).zeros(3); }},
    {0x0002, 1, true, yes, [](const View&, Answer& a) { a.u8(2).zeros(3); }},
    {0x0003, 1, true, yes, [](const View&, Answer& a) { a.u8(0x29).zeros(3); }},
    {0x0010, 0, false, [](const View& v) { return v.s != nullptr; },
     [](const View& v, Answer& a) { a.u32(kBlockSize).u16(blocking(v)).u8(1).u8(0); }},
    {0x001d, 0, false, [](const View& v) { return v.profile == 0x08; }, [](const View&, Answer&) {}},
    {0x001e, 2, false, [](const View& v) { return v.cd(); }, [](const View&, Answer& a) { a.u8(1).zeros(3); }},
    {0x001f, 1, false, [](const View& v) { return v.dvd(); }, [](const View&, Answer& a) { a.u8(1).u8(0).u8(1).u8(0); }},
    {0x0020, 1, false, [](const View& v) { return v.is({0x12, 0x1a, 0x43}); }, random_writable},
    {0x0021, 1, false,
     [](const View& v) {
       // Not on CD: variable packets are not offered there.
       return v.is({0x11, 0x15, 0x1b, 0x2b, 0x41}) || (v.profile == 0x14 && v.s->incremental_ok);
     },
     incremental},
    {0x0023, 1, false, [](const View& v) { return v.is({0x0a, 0x12, 0x13, 0x14, 0x1a, 0x41, 0x43}); }, formattable},
    {0x0024, 1, false,
     [](const View& v) { return v.is({0x12, 0x43}) || (v.profile == 0x41 && v.s->format.spare_clusters > 0); },
     [](const View&, Answer& a) { a.u8(0x80).zeros(3); }},
    {0x0026, 0, false, [](const View& v) { return v.profile == 0x13 || v.cd_packet(); }, [](const View&, Answer&) {}},
    {0x002a, 0, false, [](const View& v) { return v.profile == 0x1a; }, [](const View&, Answer& a) { a.u8(1).zeros(3); }},
    {0x002b, 0, false, [](const View& v) { return v.profile == 0x1b; }, [](const View&, Answer& a) { a.u8(1).zeros(3); }},
    {0x002d, 2, false, [](const View& v) { return v.is({0x09, 0x0a}) && !v.cd_packet(); },
     [](const View&, Answer& a) { a.u8(0x46).u8(0).u16(0x0100); }},
    {0x002e, 0, false, [](const View& v) { return v.is({0x09, 0x0a}) && !v.cd_packet(); },
     [](const View&, Answer& a) { a.u8(0x66).u24(99 * 8 * 4); }},
    {0x002f, 1, false, [](const View& v) { return v.is({0x11, 0x13, 0x14, 0x15}); }, dvd_minus_write},
    {0x0037, 0, false, [](const View& v) { return v.profile == 0x0a; },
     [](const View&, Answer& a) { a.u8(0).u8(0x1f).zeros(2); }},
    {0x0038, 0, false, [](const View& v) { return v.profile == 0x41 && v.s->format.pow; },
     [](const View&, Answer& a) { a.zeros(4); }},
    {0x003b, 0, false, [](const View& v) { return v.profile == 0x2b; }, [](const View&, Answer& a) { a.u8(1).zeros(3); }},
    {0x0040, 1, false, [](const View& v) { return v.bd(); }, bd_read},
    {0x0041, 1, false, [](const View& v) { return v.is({0x41, 0x43}); }, bd_write},
    {0x0100, 0, true, yes, [](const View&, Answer&) {}},
    {0x0105, 1, true, yes, [](const View&, Answer& a) { a.zeros(4); }},
    {0x0107, 4, true, yes, [](const View&, Answer& a) { a.u8(0x1f).zeros(3); }},
    {0x0108, 0, true, yes, serial},
};

void append(const Feature& f, const View& v, Answer& a) {
  Answer data;
  f.data(v, data);
  a.u16(f.code).u8(f.version << 2 | (f.persistent ? 2 : 0) | (f.current(v) ? 1 : 0));
  a.u8(static_cast<std::int64_t>(data.size())).append(data);
}

}  // namespace

Sense cmd_get_configuration(Drive& drive, Request& request) {
  const auto cdb = request.cdb();
  const unsigned kind = cdb.u8(1) & 3;
  const unsigned from = cdb.u16(2);
  if (kind == 3) return sense::invalid_field;
  const DiscState* s = drive.medium();
  const View view{drive, s, s ? profile(*s) : std::uint16_t{0}};
  Answer a;
  a.u32(0).u16(0).u16(view.profile);
  for (const Feature& f : kFeatures) {
    const bool wanted = kind == 2 ? f.code == from : f.code >= from && (kind == 0 || f.current(view));
    if (wanted) append(f, view, a);
  }
  a.set32(0, static_cast<std::int64_t>(a.size()) - 4);
  request.reply(a, cdb.u16(7));
  return sense::good;
}

}  // namespace core::burner
