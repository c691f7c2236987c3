// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cue sheet entries are 8 bytes: CTL/ADR, TNO, INDEX, DATA FORM, SCMS, MIN, SEC, FRAME (MMC-6 6.33.3).
#include "libcore/burner/cue_sheet.h"

#include "libcore/burner/request.h"

namespace core::burner {
namespace {

constexpr int kLeadIn = 0x00;
constexpr int kLeadOut = 0xaa;

struct Form {
  int code;  ///< bits 5-0 of DATA FORM
  int bytes;
  int user_offset;
};

constexpr Form kForms[] = {
    {0x00, 2352, 0}, {0x01, 0, 0},     {0x10, 2048, 0}, {0x11, 2352, 16},
    {0x12, 2048, 0}, {0x13, 2352, 16}, {0x14, 0, 0},
};

const Form* find_form(unsigned data_form) {
  for (const Form& f : kForms)
    if (static_cast<unsigned>(f.code) == (data_form & 0x3f)) return &f;
  return nullptr;
}

struct Entry {
  int control, tno, index;
  const Form* form;
  bool lead_in_text;
  std::int64_t lba;
};

/// Entries without those for catalog number and ISRC. False: a value that no sheet may have.
bool read_entries(std::span<const std::byte> sheet, std::vector<Entry>& entries) {
  const Parameters p(sheet);
  for (std::size_t at = 0; at + 8 <= p.size(); at += 8) {
    const unsigned adr = p.u8(at) & 15;
    if (adr == 2 || adr == 3) continue;
    Entry e;
    e.control = static_cast<int>(p.u8(at) >> 4);
    e.tno = static_cast<int>(p.u8(at + 1));
    e.index = static_cast<int>(p.u8(at + 2));
    e.form = find_form(p.u8(at + 3));
    e.lead_in_text = (p.u8(at + 3) & 0xc0) == 0x40;
    e.lba = msf_to_lba(static_cast<int>(p.u8(at + 5)), static_cast<int>(p.u8(at + 6)), static_cast<int>(p.u8(at + 7)));
    if (adr != 1 || !e.form || p.u8(at + 6) > 59 || p.u8(at + 7) > 74) return false;
    if ((p.u8(at + 3) & 0xc0) != 0 && !(e.lead_in_text && e.tno == kLeadIn)) return false;
    entries.push_back(e);
  }
  return true;
}

bool plausible(const std::vector<Entry>& entries, std::int64_t start, std::int64_t limit) {
  if (entries.size() < 3 || entries.front().tno != kLeadIn || entries.back().tno != kLeadOut) return false;
  if (entries.back().lba > limit || entries.back().lba <= start) return false;
  for (std::size_t i = 1; i + 1 < entries.size(); ++i) {
    const Entry& e = entries[i];
    if (e.tno == kLeadIn || e.tno == kLeadOut || e.lba < start - 150 || e.lba > entries[i + 1].lba) return false;
    if (e.tno != entries[i - 1].tno && e.index > 1) return false;
  }
  return true;
}

}  // namespace

std::int64_t msf_to_lba(int minute, int second, int frame) {
  const std::int64_t n = (static_cast<std::int64_t>(minute) * 60 + second) * 75 + frame - 150;
  return minute >= 90 ? n - 450000 : n;
}

const CueSpan* CuePlan::span_at(std::int64_t lba) const {
  for (const CueSpan& s : spans)
    if (lba >= s.first && lba < s.end) return &s;
  return nullptr;
}

Sense read_cue_sheet(std::span<const std::byte> sheet, std::int64_t start, std::int64_t limit, std::int64_t lead_in,
                     CuePlan& plan) {
  std::vector<Entry> entries;
  plan = CuePlan{};
  if (sheet.size() % 8 != 0 || !read_entries(sheet, entries) || !plausible(entries, start, limit))
    return sense::invalid_parameter;
  if (entries[0].lead_in_text) plan.spans.push_back({lead_in, start - 150, 96, 0, -1});
  int tno = -1;
  for (std::size_t i = 1; i + 1 < entries.size(); ++i) {
    const Entry& e = entries[i];
    const std::int64_t end = entries[i + 1].lba;
    if (e.index > 0 && e.tno != tno) {
      tno = e.tno;
      Track t;
      t.number = static_cast<int>(plan.tracks.size()) + 1;
      t.control = static_cast<std::uint8_t>(e.control);
      t.sector_size = t.audio() ? 2352 : 2048;
      t.recording = Recording::sao;
      t.fill = Fill::reserved;
      t.reserved = true;
      t.start = t.nwa = e.lba;
      plan.tracks.push_back(t);
    }
    // A pregap of the same kind of sectors is the end of the track before it, as the table of content sees it.
    const bool continues = !plan.tracks.empty() && !plan.spans.empty() && e.form->bytes == plan.spans.back().bytes &&
                           plan.tracks.back().audio() == ((e.control & 4) == 0);
    const bool pregap = e.index == 0 && !continues;
    if (!pregap) plan.tracks.back().size = end - plan.tracks.back().start;
    if (end > e.lba)
      plan.spans.push_back({e.lba, end, e.form->bytes, e.form->user_offset,
                            pregap ? -1 : static_cast<int>(plan.tracks.size()) - 1});
  }
  plan.lead_out = entries.back().lba;
  if (plan.tracks.empty() || plan.tracks.size() > 99 || plan.tracks[0].start != start) return sense::invalid_parameter;
  for (const Track& t : plan.tracks)
    if (t.size <= 0) return sense::invalid_parameter;
  return sense::good;
}

void collect_cd_text(std::span<const std::byte> sub_channel, std::string& packs) {
  for (std::size_t at = 0; at + 24 <= sub_channel.size(); at += 24) {
    std::string pack;
    for (std::size_t i = 0; i < 24; i += 4) {
      std::uint32_t bits = 0;
      for (std::size_t j = 0; j < 4; ++j) bits = bits << 6 | (std::to_integer<std::uint32_t>(sub_channel[at + i + j]) & 0x3f);
      for (int shift = 16; shift >= 0; shift -= 8) pack += static_cast<char>(bits >> shift & 0xff);
    }
    const bool is_pack = (static_cast<unsigned char>(pack[0]) & 0xf0) == 0x80;
    const bool repeats = packs.size() >= 18 && packs.compare(0, 18, pack) == 0;
    if (repeats || packs.size() >= 18 * 2048) return;
    if (is_pack) packs += pack;
  }
}

}  // namespace core::burner
