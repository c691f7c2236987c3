// SPDX-License-Identifier: GPL-3.0-or-later
//
// The state blob: lines of words, written and read here only (doc/disc-format.md). Reading trusts nothing: a blob with a
// value that no disc can have is refused, naming the line, before any of it is used.
#include <charconv>
#include <optional>

#include "libcore/base/text.h"
#include "libcore/burner/state.h"
#include "libcore/burner/state_words.h"

namespace core::burner {
namespace {

constexpr std::int64_t kMaxAddress = 0x7fffffff;
constexpr std::size_t kMaxWearUnits = 0x7fffffff / 16;

using LL = long long;

void put_ranges(std::string& out, const char* key, const RangeSet& set) {
  int on_line = 0;
  for (const auto& [first, end] : set.ranges()) {
    if (on_line == 0) out += key;
    out += strprintf(" %lld-%lld", static_cast<LL>(first), static_cast<LL>(end - 1));
    if (++on_line == 16) {
      out += '\n';
      on_line = 0;
    }
  }
  if (on_line) out += '\n';
}

void put_wear(std::string& out, const Wear& wear) {
  std::size_t i = 0;
  int on_line = 0;
  while (i < wear.cycles.size()) {
    std::size_t run = i;
    while (run < wear.cycles.size() && wear.cycles[run] == wear.cycles[i]) ++run;
    if (on_line == 0) out += "wear";
    out += strprintf(" %ux%zu", static_cast<unsigned>(wear.cycles[i]), run - i);
    i = run;
    if (++on_line == 16) {
      out += '\n';
      on_line = 0;
    }
  }
  if (on_line) out += '\n';
}

void put_tracks(std::string& out, const DiscState& s) {
  for (const Session& session : s.sessions)
    out += strprintf("session %s %lld\n", session.closed ? "closed" : "open", static_cast<LL>(session.lead_out));
  for (const Track& t : s.tracks)
    out += strprintf("track %d %d %s %s %s %s %d %d %lld %lld %lld %d\n", t.number, t.session, word_of(kFillWords, t.fill),
         word_of(kRecordingWords, t.recording), t.reserved ? "sized" : "unsized", t.damaged ? "damaged" : "sound",
         static_cast<int>(t.control), t.sector_size, static_cast<LL>(t.start), static_cast<LL>(t.size),
         static_cast<LL>(t.nwa), t.packet_size);
}

/// The words of one line, taken one after the other; any misfit makes the whole line bad.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::string_view word() {
    const auto end = rest_.find(' ');
    const std::string_view w = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    return w;
  }
  bool more() const { return !rest_.empty(); }
  bool good() const { return good_; }
  void fail() { good_ = false; }

  std::int64_t number(std::int64_t low, std::int64_t high) { return number_of(word(), low, high); }
  std::int64_t number_of(std::string_view w, std::int64_t low, std::int64_t high) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(w.data(), w.data() + w.size(), value);
    if (error != std::errc() || end != w.data() + w.size() || value < low || value > high) good_ = false;
    return good_ ? value : low;
  }
  bool choice(std::string_view yes, std::string_view no) {
    const std::string_view w = word();
    if (w != yes && w != no) good_ = false;
    return w == yes;
  }
  template <typename Table>
  auto one_of(const Table& table) {
    const std::string_view w = word();
    for (const auto& row : table)
      if (w == row.word) return row.value;
    good_ = false;
    return table[0].value;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

void read_ranges(Words& words, RangeSet& set) {
  while (words.more() && words.good()) {
    const std::string_view w = words.word();
    const auto dash = w.find('-');
    if (dash == std::string_view::npos) return words.fail();
    const std::int64_t first = words.number_of(w.substr(0, dash), 0, kMaxAddress);
    const std::int64_t last = words.number_of(w.substr(dash + 1), first, kMaxAddress);
    if (words.good()) set.add(first, last - first + 1);
  }
}

void read_wear(Words& words, Wear& wear) {
  while (words.more() && words.good()) {
    const std::string_view w = words.word();
    const auto cross = w.find('x');
    if (cross == std::string_view::npos) return words.fail();
    const std::int64_t cycles = words.number_of(w.substr(0, cross), 0, 0xffff);
    const std::int64_t run =
        words.number_of(w.substr(cross + 1), 1, static_cast<std::int64_t>(kMaxWearUnits - wear.cycles.size()));
    if (words.good()) wear.cycles.insert(wear.cycles.end(), static_cast<std::size_t>(run), static_cast<std::uint16_t>(cycles));
  }
}

void read_track(Words& words, DiscState& s) {
  Track t;
  t.number = static_cast<int>(words.number(1, 0xffff));
  t.session = static_cast<int>(words.number(1, 0xffff));
  t.fill = words.one_of(kFillWords);
  t.recording = words.one_of(kRecordingWords);
  t.reserved = words.choice("sized", "unsized");
  t.damaged = words.choice("damaged", "sound");
  t.control = static_cast<std::uint8_t>(words.number(0, 15));
  t.sector_size = static_cast<int>(words.number(2048, 2352));
  t.start = words.number(0, kMaxAddress);
  t.size = words.number(0, kMaxAddress);
  t.nwa = words.number(0, kMaxAddress);
  t.packet_size = static_cast<int>(words.number(0, 0xffff));
  const bool last_is_invisible = !s.tracks.empty() && s.tracks.back().fill == Fill::invisible;
  if (static_cast<std::size_t>(t.number) != s.tracks.size() + 1 || last_is_invisible ||
      static_cast<std::size_t>(t.session) > s.sessions.size() || t.nwa < t.start ||
      (!s.tracks.empty() && t.start < s.tracks.back().start))
    words.fail();
  s.tracks.push_back(t);
}

std::string unhex(Words& words) {
  std::string bytes;
  const std::string_view w = words.word();
  if (w.size() % 36 != 0 || w.size() > 36 * 2048) words.fail();
  for (std::size_t i = 0; i + 1 < w.size() && words.good(); i += 2) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(w.data() + i, w.data() + i + 2, value, 16);
    if (error != std::errc() || end != w.data() + i + 2) words.fail();
    bytes += static_cast<char>(value);
  }
  return bytes;
}

/// Lines after the first. False: not understood.
bool read_line(std::string_view text, DiscState& s) {
  Words words(text);
  const std::string_view key = words.word();
  if (key == "medium") {
    const MediumRow* row = find_medium(words.word());
    if (!row) return false;
    s.medium = row->medium;
  } else if (key == "capacity") {
    s.capacity = words.number(1, kMaxAddress);
  } else if (key == "id") {
    s.disc_id = static_cast<std::uint32_t>(words.number(0, 0xffffffff));
  } else if (key == "disc") {
    s.finalized = words.choice("final", "open");
    s.incremental_ok = words.choice("incremental", "at-once");
    s.layer_break = words.number(0, kMaxAddress);
    s.spare_used = words.number(0, kMaxAddress);
  } else if (key == "format") {
    s.format.state = words.one_of(kFormatWords);
    s.format.blocks = words.number(0, kMaxAddress);
    s.format.spare_clusters = words.number(0, kMaxAddress);
    s.format.pow = words.choice("pow", "plain");
    s.format.background_done = words.number(0, kMaxAddress);
  } else if (key == "session") {
    Session session;
    session.closed = words.choice("closed", "open");
    session.lead_out = words.number(0, kMaxAddress);
    if (s.sessions.size() >= 0xffff) return false;
    s.sessions.push_back(session);
  } else if (key == "spoiled") {
    s.spoiled = true;
  } else if (key == "track") {
    read_track(words, s);
  } else if (key == "written") {
    read_ranges(words, s.written);
  } else if (key == "unreadable") {
    read_ranges(words, s.unreadable);
  } else if (key == "wear") {
    read_wear(words, s.wear);
  } else if (key == "defects") {
    while (words.more() && words.good()) s.defects.push_back(words.number(0, kMaxAddress));
  } else if (key == "cd-text") {
    s.cd_text = unhex(words);
  } else {
    return false;
  }
  return words.good() && !words.more();
}

Problem bad_blob(const std::string& why) {
  return Problem{.severity = Severity::failure, .text = "Virtual disc state is not usable: " + why};
}

}  // namespace

std::string to_text(const DiscState& s) {
  std::string out = strprintf("vburn-disc %d\n", kStateVersion);
  out += "medium " + std::string(media_row(s.medium).name) + "\n";
  out += strprintf("capacity %lld\nid %u\n", static_cast<LL>(s.capacity), s.disc_id);
  out += strprintf("disc %s %s %lld %lld\n", s.finalized ? "final" : "open",
                   s.incremental_ok ? "incremental" : "at-once",
                   static_cast<LL>(s.layer_break), static_cast<LL>(s.spare_used));
  out += strprintf("format %s %lld %lld %s %lld\n", word_of(kFormatWords, s.format.state),
                   static_cast<LL>(s.format.blocks), static_cast<LL>(s.format.spare_clusters),
                   s.format.pow ? "pow" : "plain", static_cast<LL>(s.format.background_done));
  if (s.spoiled) out += "spoiled\n";
  put_tracks(out, s);
  put_ranges(out, "written", s.written);
  put_ranges(out, "unreadable", s.unreadable);
  put_wear(out, s.wear);
  for (std::size_t i = 0; i < s.defects.size(); ++i)
    out += (i % 16 == 0 ? (i ? "\ndefects" : "defects") : "") + strprintf(" %lld", static_cast<LL>(s.defects[i])) +
           (i + 1 == s.defects.size() ? "\n" : "");
  if (!s.cd_text.empty()) {
    out += "cd-text ";
    for (const char c : s.cd_text) out += strprintf("%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    out += '\n';
  }
  return out + "end\n";
}

Result<DiscState> parse_state(std::string_view text) {
  DiscState s;
  bool ended = false;
  int number = 0;
  while (!text.empty() && !ended) {
    const auto newline = text.find('\n');
    if (newline == std::string_view::npos) break;
    const std::string_view one = text.substr(0, newline);
    text.remove_prefix(newline + 1);
    ++number;
    if (number == 1) {
      if (!one.starts_with("vburn-disc ")) return bad_blob("it is not one");
      if (one != strprintf("vburn-disc %d", kStateVersion))
        return bad_blob("version " + shell_quote(one.substr(11)) + " is not known here");
      continue;
    }
    ended = one == "end";
    if (!ended && !read_line(one, s)) return bad_blob(strprintf("line %d is not understood: ", number) + shell_quote(one));
  }
  if (!ended) return bad_blob("it is cut off");
  if (s.capacity == 0 || s.sessions.empty() || s.tracks.empty()) return bad_blob("capacity, sessions or tracks are missing");
  if (s.format.blocks > s.capacity) return bad_blob("format is larger than the medium");
  for (const Track& t : s.tracks)
    if (t.nwa > s.capacity || t.size > s.capacity + 2 || t.start + t.size > s.capacity + 2)
      return bad_blob(strprintf("track %d lies outside of the medium", t.number));
  if (s.written.end() > s.capacity + 2 || s.wear.cycles.size() > static_cast<std::size_t>(s.capacity) + 1)
    return bad_blob("its map is larger than the medium");
  return s;
}

void Wear::count(std::int64_t first, std::int64_t blocks, int unit) {
  if (blocks <= 0) return;
  const auto from = static_cast<std::size_t>(first / unit);
  const auto to = static_cast<std::size_t>((first + blocks - 1) / unit);
  if (cycles.size() <= to) cycles.resize(to + 1, 0);
  for (std::size_t i = from; i <= to; ++i)
    if (cycles[i] < 0xffff) ++cycles[i];
}

}  // namespace core::burner
