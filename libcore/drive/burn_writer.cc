// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/drive/burn_writer.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <vector>

#include "libcore/base/clibs.h"
#include "libcore/base/text.h"
#include "libcore/drive/burn_ring.h"

namespace core::drive {
namespace {

using namespace std::chrono_literals;

Phase phase_of(burn::burn_drive_status status) {
  switch (status) {
    case burn::BURN_DRIVE_CLOSING_TRACK:
    case burn::BURN_DRIVE_CLOSING_SESSION:
    case burn::BURN_DRIVE_WRITING_LEADOUT: return Phase::closing;
    case burn::BURN_DRIVE_FORMATTING: return Phase::formatting;
    case burn::BURN_DRIVE_WRITING: return Phase::writing;
    default: return Phase::waiting;
  }
}

struct Disc {
  burn::burn_disc* disc = nullptr;
  burn::burn_session* session = nullptr;
  burn::burn_track* track = nullptr;
  Disc() = default;
  Disc(const Disc&) = delete;
  Disc& operator=(const Disc&) = delete;
  /// Leaves the objects to the library for ever.
  void give_away() {
    static std::vector<void*> objects;  // so that they stay known
    for (void* p : {static_cast<void*>(disc), static_cast<void*>(session), static_cast<void*>(track)}) objects.push_back(p);
    disc = nullptr;
    session = nullptr;
    track = nullptr;
  }
  ~Disc() {
    if (track != nullptr) burn::burn_track_free(track);
    if (session != nullptr) burn::burn_session_free(session);
    if (disc != nullptr) burn::burn_disc_free(disc);
  }
};

class BurnWriter final : public SessionWriter {
 public:
  BurnWriter(Drive& drive, const WriteSettings& settings, Lba start, Progress& progress)
      : drive_(drive), settings_(settings), start_(start), progress_(progress) {}

  ~BurnWriter() override {
    if (!begun_ || finished_) return;
    ring_->cancel();
    burn::burn_drive_cancel(drive_.handle());
    wait_for_end();
  }

  Result<void> begin();
  std::size_t preferred_chunk() const override { return BurnRing::kChunk; }
  Lba start() const override { return start_; }
  Blocks written() const override { return written_; }
  Result<void> write(std::span<const std::byte> bytes) override;
  Result<void> finish() override;

 private:
  Result<void> compose_disc();
  Result<void> choose_write_type(burn::burn_write_opts* options);
  burn::burn_write_opts* make_options();
  bool busy() { return publish() != burn::BURN_DRIVE_IDLE; }
  burn::burn_drive_status publish();
  void wait_for_end();
  Problem failure() const {
    return {Severity::fatal, strprintf("Burn run on %s failed after %lld blocks. The session is incomplete.",
                                       shell_quote(drive_.identity().address).c_str(),
                                       static_cast<long long>(written_.value))};
  }

  Drive& drive_;
  WriteSettings settings_;
  Lba start_;
  Progress& progress_;
  std::shared_ptr<BurnRing> ring_ = std::make_shared<BurnRing>();
  Disc disc_;
  Blocks written_;
  bool begun_ = false, finished_ = false;
};

Result<void> BurnWriter::compose_disc() {
  disc_.disc = burn::burn_disc_create();
  disc_.session = burn::burn_session_create();
  disc_.track = burn::burn_track_create();
  burn::burn_source* source = ring_->make_source(ring_, settings_.expected.value_or(Bytes{0}));
  if (disc_.disc == nullptr || disc_.session == nullptr || disc_.track == nullptr || source == nullptr ||
      burn::burn_disc_add_session(disc_.disc, disc_.session, BURN_POS_END) <= 0 ||
      burn::burn_session_add_track(disc_.session, disc_.track, BURN_POS_END) <= 0)
    return Problem{Severity::fatal, "Cannot create the description of a burn run", 0};
  burn::burn_track_define_data(disc_.track, 0, 0, 1, BURN_MODE1);
  const auto status = burn::burn_track_set_source(disc_.track, source);
  burn::burn_source_free(source);
  if (status != burn::BURN_SOURCE_OK) return Problem{Severity::fatal, "libburn refuses the source of the track", 0};
  return {};
}

burn::burn_write_opts* BurnWriter::make_options() {
  burn::burn_write_opts* o = burn::burn_write_opts_new(drive_.handle());
  if (o == nullptr) return nullptr;
  burn::burn_write_opts_set_perform_opc(o, 0);
  // Overwritable media know no sessions; that they stay appendable is our emulation.
  burn::burn_write_opts_set_multi(o, settings_.close || drive_.overwritable() ? 0 : 1);
  burn::burn_write_opts_set_simulate(o, settings_.dummy ? 1 : 0);
  burn::burn_write_opts_set_underrun_proof(o, 1);
  if (drive_.overwritable()) burn::burn_write_opts_set_start_byte(o, byte_address(start_).value);
  using Stream = WriteSettings::Stream;
  if (settings_.stream_recording != Stream::off)
    burn::burn_write_opts_set_stream_recording(
        o, settings_.stream_recording == Stream::full ? 1 : static_cast<int>(std::max<std::int64_t>(settings_.stream_start.value, 16)));
  burn::burn_write_opts_set_dvd_obs(o, settings_.dvd_obs);
  burn::burn_write_opts_set_obs_pad(o, settings_.obs_pad);
  return o;
}

/// CD: the first session as a whole, with its size known in advance; later ones track by track. Other media: what libburn
/// finds suitable for drive, medium and the wish to keep the medium appendable.
Result<void> BurnWriter::choose_write_type(burn::burn_write_opts* options) {
  const int profile = drive_.profile().number;
  const bool is_cd = profile == 0x09 || profile == 0x0a;
  auto type = settings_.type;
  if (is_cd && type == WriteSettings::Type::automatic)
    type = drive_.status() == MediumStatus::appendable || !settings_.expected ? WriteSettings::Type::tao : WriteSettings::Type::sao;
  char reasons[BURN_REASONS_LEN] = "";
  if (type == WriteSettings::Type::tao) {
    burn::burn_write_opts_set_write_type(options, burn::BURN_WRITE_TAO, burn::BURN_BLOCK_MODE1);
  } else if (type == WriteSettings::Type::sao) {
    burn::burn_write_opts_set_write_type(options, burn::BURN_WRITE_SAO, burn::BURN_BLOCK_SAO);
  } else if (burn::burn_write_opts_auto_write_type(options, disc_.disc, reasons, 0) == burn::BURN_WRITE_NONE) {
    return Problem{Severity::failure, std::string("Failed to find a suitable write type: ") + reasons};
  }
  if (burn::burn_precheck_write(options, disc_.disc, reasons, 0) <= 0)
    return Problem{Severity::failure, std::string("Burn run is not permissible with drive and medium: ") + reasons};
  return {};
}

Result<void> BurnWriter::begin() {
  if (settings_.speed_kb != 0) burn::burn_drive_set_speed(drive_.handle(), 0, settings_.speed_kb);
  auto composed = compose_disc();
  if (!composed) return composed;
  burn::burn_write_opts* options = make_options();
  if (options == nullptr) return Problem{Severity::fatal, "Cannot create options for a burn run"};
  auto chosen = choose_write_type(options);
  if (chosen) {
    progress_.phase = Phase::waiting;
    begun_ = true;
    burn::burn_disc_write(options, disc_.disc);
  }
  burn::burn_write_opts_free(options);
  return chosen;
}

burn::burn_drive_status BurnWriter::publish() {
  burn::burn_progress p{};
  const auto status = burn::burn_drive_get_status(drive_.handle(), &p);
  if (status == burn::BURN_DRIVE_IDLE) return status;
  progress_.phase = phase_of(status);
  off_t read = 0, sent = 0;
  burn::burn_track_get_counters(disc_.track, &read, &sent);
  written_ = std::max(written_, blocks_for(Bytes{sent}));
  if (p.buffer_capacity > 0)
    progress_.buffer_percent = static_cast<int>(100.0 * (p.buffer_capacity - std::min(p.buffer_available, p.buffer_capacity)) / p.buffer_capacity);
  if (status == burn::BURN_DRIVE_FORMATTING && p.sectors > 0) progress_.permille = static_cast<int>(1000.0 * p.sector / p.sectors);
  return status;
}

Result<void> BurnWriter::write(std::span<const std::byte> bytes) {
  if (finished_) return failure();
  while (!bytes.empty()) {
    if (progress_.cancel) return Problem{Severity::mishap, "Burn run canceled"};
    const std::size_t n = ring_->put(bytes, 100ms);
    bytes = bytes.subspan(n);
    const bool alive = busy();
    if (!alive || ring_->abandoned()) {
      wait_for_end();
      return failure();
    }
  }
  return {};
}

void BurnWriter::wait_for_end() {
  auto pause = 1ms;
  while (busy()) {
    std::unique_lock lock(ring_->mutex());
    ring_->wait_for_event(lock, pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(100));
  }
  off_t read = 0, sent = 0;
  burn::burn_track_get_counters(disc_.track, &read, &sent);
  written_ = blocks_for(Bytes{sent});
  // A drive with which the connection got lost counts as idle while the writing thread is still about to clean up.
  if (!ring_->wait_for_consumer(10s) || !burn::burn_drive_wrote_well(drive_.handle())) disc_.give_away();
  finished_ = true;
}

Result<void> BurnWriter::finish() {
  if (finished_) return failure();
  ring_->end_of_data();
  wait_for_end();
  if (!burn::burn_drive_wrote_well(drive_.handle())) return failure();
  return {};
}

}  // namespace

Result<std::unique_ptr<SessionWriter>> start_burning(Drive& drive, const WriteSettings& settings, Lba start, Progress& progress) {
  auto writer = std::make_unique<BurnWriter>(drive, settings, start, progress);
  auto begun = writer->begin();
  if (!begun) return std::move(begun).problem();
  return std::unique_ptr<SessionWriter>(std::move(writer));
}

}  // namespace core::drive
