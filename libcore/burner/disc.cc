// SPDX-License-Identifier: GPL-3.0-or-later
//
// Making, opening and saving discs.
#include "libcore/burner/disc.h"

#include "libcore/base/text.h"
#include "libcore/burner/layout.h"

namespace core::burner {
namespace {

/// Largest size that a disc of this kind may get. CD: the 99 minute blanks.
std::int64_t largest(const MediumRow& row) {
  if (row.medium == Medium::cd_r || row.medium == Medium::cd_rw) return 445350;
  return row.capacity.value;
}

Result<std::int64_t> checked_size(const NewDisc& options) {
  const MediumRow& row = media_row(options.medium);
  const std::int64_t size = options.size.value == 0 && row.writable ? row.capacity.value : options.size.value;
  const std::int64_t least = row.writable ? 1024 : 1;
  if (size < least || size > largest(row))
    return Problem{.severity = Severity::failure,
                   .text = strprintf("Size of a %s disc has to be between %lld and %lld blocks, not %lld",
                                     std::string(row.name).c_str(), static_cast<long long>(least),
                                     static_cast<long long>(largest(row)), static_cast<long long>(size))};
  return row.writable ? round_down(size, row.write_unit) : size;
}

/// Interrupted formatting leaves media that need it unformatted; CD-RW and DVD-RW have to be blanked or formatted.
void settle_spoiled(DiscState& s) {
  if (!s.spoiled || s.medium == Medium::cd_rw || s.medium == Medium::dvd_rw) return;
  s.spoiled = false;
  s.format = Format{};
  lay_out_blank(s);
}

/// What an interrupted write leaves behind: the drive finds the end of incremental writing again, an interrupted
/// at-once recording stays damaged until the session is closed.
void settle_interruption(DiscState& s) {
  for (Track& t : s.tracks)
    if (t.fill == Fill::incomplete &&
        (t.recording == Recording::tao || t.recording == Recording::sao || t.recording == Recording::dao))
      t.damaged = true;
}

}  // namespace

Result<std::unique_ptr<Disc>> Disc::create(const NewDisc& options, std::unique_ptr<Storage> storage, Random& random) {
  auto size = checked_size(options);
  if (!size) return size.problem();
  DiscState s;
  s.medium = options.medium;
  s.capacity = *size;
  s.disc_id = static_cast<std::uint32_t>(random.next());
  const MediumRow& row = media_row(s.medium);
  if (!row.writable) {
    lay_out_single(s, Recording::pressed, s.capacity);
    s.written.add(0, s.capacity);
  } else if (s.medium == Medium::dvd_ram) {
    const std::int64_t blocks = ram_default_blocks(s.capacity);
    s.format = Format{.state = FormatState::formatted, .blocks = blocks, .spare_clusters = (s.capacity - blocks) / 16};
    lay_out_single(s, Recording::overwrite, blocks);
  } else {
    lay_out_blank(s);
  }
  if (row.layers == 2) s.layer_break = round_up(s.capacity / 2, row.write_unit);
  std::unique_ptr<Disc> disc(new Disc(std::move(s), std::move(storage)));
  if (auto saved = disc->save(Durability::durable); !saved) return saved.problem();
  return disc;
}

Result<std::unique_ptr<Disc>> Disc::open(std::unique_ptr<Storage> storage) {
  auto blob = storage->load_state();
  if (!blob) return blob.problem();
  auto state = parse_state(*blob);
  if (!state) return state.problem();
  settle_interruption(*state);
  settle_spoiled(*state);
  return std::unique_ptr<Disc>(new Disc(std::move(*state), std::move(storage)));
}

Result<void> Disc::save(Durability durability) {
  if (state_.simulated) return {};
  return storage_->save_state(to_text(state_), durability);
}

}  // namespace core::burner
