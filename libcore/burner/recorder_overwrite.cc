// SPDX-License-Identifier: GPL-3.0-or-later
//
// Overwritable media: DVD+RW, DVD-RAM, BD-RE, DVD-RW in restricted overwrite, CD-RW with fixed packets. Any block may be
// written once the medium is formatted; the last two want whole, aligned units (MMC-6 5.3.9, 5.3.19).
#include "libcore/burner/layout.h"
#include "libcore/burner/recorders.h"

namespace core::burner {
namespace {

class OverwriteRecorder : public Recorder {
 public:
  using Recorder::Recorder;

  Sense write(std::int64_t lba, std::int64_t blocks, std::span<const std::byte> data) override {
    DiscState& s = state();
    if (!is_formatted(s)) return sense::cannot_format_incompatible;
    const std::int64_t formatted = user_limit(s);
    const bool grows = may_grow() && lba <= formatted && lba + blocks > formatted && lba + blocks <= s.capacity;
    if (lba < 0 || (lba + blocks > formatted && !grows)) return sense::address_out_of_range.at(formatted);
    const int unit = restricted_unit();
    if (lba % unit || blocks % unit) return sense::invalid_write_address.at(lba);
    if (grows) {
      s.format.blocks = lba + blocks;
      lay_out_single(s, Recording::overwrite, s.format.blocks);
    }
    return platter_.write(lba, data).sense;
  }

  Sense close(CloseFunction function, int) override {
    Format& format = state().format;
    switch (function) {
      case CloseFunction::stop_format:
        if (state().medium != Medium::dvd_plus_rw) return sense::invalid_field;
        if (format.state == FormatState::running)
          format.state = format.background_done >= format.blocks ? FormatState::formatted : FormatState::suspended;
        break;
      case CloseFunction::session:
      case CloseFunction::border:
        if (format.state == FormatState::none) break;
        format.state = FormatState::formatted;
        format.background_done = format.blocks;
        break;
      case CloseFunction::track:
        break;
      default:
        return sense::invalid_field;
    }
    session_ended_ = true;
    return sense::good;
  }

  Sense reserve(std::int64_t) override { return sense::cannot_write_incompatible; }
  bool waits_for_buffer() const override { return true; }

 private:
  /// DVD-RW between quick format or quick grow and the closing of its session: writing at the end of what is formatted
  /// goes on beyond it (MMC-6 6.5.4.2, format types 15h and 13h).
  bool may_grow() const {
    return state().medium == Medium::dvd_rw && state().format.state == FormatState::intermediate;
  }

  int restricted_unit() const {
    if (state().medium == Medium::dvd_rw) return 16;
    if (state().medium == Medium::cd_rw) return 32;
    return 1;
  }
};

}  // namespace

std::unique_ptr<Recorder> make_overwrite_recorder(Disc& disc, Platter& platter, const WriteParameters& parameters) {
  return std::make_unique<OverwriteRecorder>(disc, platter, parameters);
}

}  // namespace core::burner
