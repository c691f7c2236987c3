// SPDX-License-Identifier: GPL-3.0-or-later
//
// Medium in and out, unit attention, time, test writes.
#include "libcore/burner/drive.h"

#include <algorithm>

namespace core::burner {

Recorder& Drive::recorder() {
  const Behaviour now = behaviour(disc->state());
  if (!recorder_ || now != recorder_behaviour_) {
    recorder_ = Recorder::make(*disc, *platter_, modes.write_parameters());
    recorder_behaviour_ = now;
  }
  return *recorder_;
}

void Drive::put_in(std::unique_ptr<Disc> new_disc) {
  disc = std::move(new_disc);
  platter_ = std::make_unique<Platter>(*disc, faults);
  recorder_.reset();
  before_test_.reset();
  tray_open = false;
  insert();
}

void Drive::insert() {
  buffer.clear();
  abort_work();
  recorder_.reset();
  if (!medium()) return;
  modes.reset_for(*medium());
  read_speed_kb = write_speed_kb = 0;
  media_event = MediaEvent::new_media;
  add_attention(sense::medium_changed);
  last_advance_ = clock.now_us();
  // A disc that was in the drive before the first command has had time to spin up.
  if (options.timing.realtime && commands > 0) {
    job_start_ = clock.now_us();
    job_end_ = job_start_ + static_cast<std::int64_t>(static_cast<double>(load_us()) / options.timing.factor);
    job_sense_ = sense::becoming_ready;
  }
}

void Drive::settle() {
  if (!medium()) return;
  advance();
  end_test();
  DiscState& s = *medium();
  if (s.format.state == FormatState::running) s.format.state = FormatState::suspended;
  (void)platter_->sync();
}

void Drive::eject() {
  if (tray_open) return;
  settle();
  if (medium()) media_event = MediaEvent::removal;
  abort_work();
  buffer.clear();
  attentions.clear();
  tray_open = true;
}

std::unique_ptr<Disc> Drive::drop() {
  recorder_.reset();
  platter_.reset();
  before_test_.reset();
  abort_work();
  buffer.clear();
  return std::move(disc);
}

std::unique_ptr<Disc> Drive::take_out() {
  if (!disc) return nullptr;
  settle();
  media_event = MediaEvent::removal;
  attentions.clear();
  return drop();
}

void Drive::add_attention(const Sense& s) {
  const auto same = [&](const Sense& a) { return a.asc == s.asc && a.ascq == s.ascq; };
  if (std::none_of(attentions.begin(), attentions.end(), same)) attentions.push_back(s);
}

Sense Drive::readiness() {
  if (!medium()) return tray_open ? sense::no_medium_open : sense::no_medium_closed;
  return busy();
}

Sense Drive::busy() {
  const std::int64_t now = clock.now_us();
  if (now >= job_end_) return sense::good;
  const std::int64_t span = std::max<std::int64_t>(job_end_ - job_start_, 1);
  if (job_sense_.ascq == sense::becoming_ready.ascq) return job_sense_;
  return job_sense_.with_progress(static_cast<int>((now - job_start_) * 65535 / span));
}

std::int64_t Drive::busy_us() { return std::max<std::int64_t>(0, job_end_ - clock.now_us()); }

void Drive::work(std::int64_t us, const Sense& meanwhile, Immediate immediate, Request& request) {
  if (!options.timing.realtime || us <= 0) return;
  const auto scaled = static_cast<std::int64_t>(static_cast<double>(us) / options.timing.factor);
  job_start_ = clock.now_us();
  job_end_ = job_start_ + scaled;
  job_sense_ = meanwhile;
  if (immediate == Immediate::no) request.delay_us += scaled;
}

Sense Drive::spoil_until_done() {
  if (busy().good()) return sense::good;
  medium()->spoiled = true;
  job_spoils_ = true;
  return platter_->sync();
}

void Drive::delay(std::int64_t us, Request& request) {
  if (options.timing.realtime) request.delay_us += static_cast<std::int64_t>(static_cast<double>(us) / options.timing.factor);
}

int Drive::current_write_speed() const {
  if (!disc || row().write_speeds.empty()) return 0;
  const int fastest = row().write_speeds.front();
  if (write_speed_kb <= 0) return fastest;
  // The fastest speed of the medium that is not above the wish; a wish below all gets the slowest.
  for (const int speed : row().write_speeds)
    if (speed <= write_speed_kb) return speed;
  return row().write_speeds.back();
}

int Drive::current_read_speed() const {
  const int fastest = disc ? row().read_speed_kb : 0;
  return read_speed_kb > 0 ? std::min(read_speed_kb, fastest) : fastest;
}

void Drive::advance() {
  const std::int64_t now = clock.now_us();
  const std::int64_t elapsed = now - last_advance_;
  last_advance_ = now;
  if (!medium()) return;
  buffer.drain(elapsed, current_write_speed(), options.timing.factor);
  DiscState& s = *medium();
  if (job_spoils_ && now >= job_end_) {
    job_spoils_ = false;
    s.spoiled = false;
    (void)platter_->sync();
  }
  if (s.format.state != FormatState::running) return;
  const double rate = options.timing.realtime ? current_write_speed() * options.timing.factor / 1000.0 : 1e18;
  const double blocks = static_cast<double>(elapsed) * rate / kBlockSize;
  const bool done = !options.timing.realtime || blocks >= static_cast<double>(s.format.blocks - s.format.background_done);
  if (!done) {
    s.format.background_done += static_cast<std::int64_t>(blocks);
    return;
  }
  s.format.background_done = s.format.blocks;
  s.format.state = FormatState::formatted;
  media_event = MediaEvent::background_format_completed;
  (void)disc->save(Durability::checkpoint);
}

void Drive::begin_test_if_wanted() {
  if (!medium() || !modes.write_parameters().test_write || before_test_) return;
  if (!has_test_write(medium())) return;
  before_test_ = *medium();
  medium()->simulated = true;
}

void Drive::end_test() {
  if (!before_test_ || !disc) return;
  disc->state() = std::move(*before_test_);
  before_test_.reset();
  recorder_.reset();
}

void Drive::after_recording() {
  if (!recorder_) return;
  if (recorder_->take_session_ended()) end_test();
}

}  // namespace core::burner
