// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drive's own state, which ends with power: tray, lock, mode pages, pending unit attention, background work, write
// buffer. Command handlers work on this; Device is its outside.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "libcore/burner/clock.h"
#include "libcore/burner/device.h"
#include "libcore/burner/faults.h"
#include "libcore/burner/layout.h"
#include "libcore/burner/mode_pages.h"
#include "libcore/burner/platter.h"
#include "libcore/burner/recorder.h"
#include "libcore/burner/request.h"
#include "libcore/burner/sense.h"
#include "libcore/burner/timing.h"

namespace core::burner {

/// Events of GET EVENT STATUS NOTIFICATION, media class (MMC-6 6.7.2.5).
enum class MediaEvent { none = 0, eject_request = 1, new_media = 2, removal = 3, background_format_completed = 5 };

enum class Immediate { no, yes };

class Drive {
 public:
  Drive(DeviceOptions device_options, Clock& device_clock) : options(std::move(device_options)), clock(device_clock) {}

  DeviceOptions options;
  Clock& clock;
  FaultPlan faults;
  ModePages modes;

  std::unique_ptr<Disc> disc;
  bool tray_open = false;
  bool prevented = false;
  std::vector<Sense> attentions;  ///< oldest first
  MediaEvent media_event = MediaEvent::none;
  std::int64_t commands = 0;
  int read_speed_kb = 0;   ///< 0: as fast as it goes
  int write_speed_kb = 0;

  /// The disc if the tray is closed, else nullptr.
  DiscState* medium() { return disc && !tray_open ? &disc->state() : nullptr; }
  const MediumRow& row() const { return disc->row(); }
  Platter& platter() { return *platter_; }
  /// Recorder for the medium as it is now. Only with a medium.
  Recorder& recorder();
  void forget_recorder() { recorder_.reset(); }

  void put_in(std::unique_ptr<Disc> new_disc);
  std::unique_ptr<Disc> take_out();
  /// The disc without any orderly end, as after a loss of power.
  std::unique_ptr<Disc> drop();
  void eject();  ///< opens the tray
  void settle(); ///< brings the disc to rest before it gets out of reach
  void insert();  ///< what happens when a disc gets into reach: events, defaults
  void add_attention(const Sense& s);

  /// No medium, becoming ready, or busy: the sense which commands that need the medium answer with.
  Sense readiness();
  /// Background work of an immediate command, as TEST UNIT READY tells. Good if there is none.
  Sense busy();
  std::int64_t busy_us();
  /// Starts work that takes `us` microseconds of a real drive: in the background, or as delay of the answer.
  void work(std::int64_t us, const Sense& meanwhile, Immediate immediate, Request& request);
  /// Holds the answer back for `us` microseconds of a real drive.
  void delay(std::int64_t us, Request& request);
  /// The work just begun leaves a spoiled medium if power is lost before it ends.
  Sense spoil_until_done();
  void abort_work() {
    job_end_ = job_start_ = 0;
    job_spoils_ = false;
  }
  /// Lets time pass: buffer, background format.
  void advance();

  int current_write_speed() const;
  int current_read_speed() const;

  /// Test write: the state before it is kept and comes back with end_test().
  void begin_test_if_wanted();
  void end_test();
  /// After everything that a recorder did.
  void after_recording();

  WriteBuffer buffer;

 private:

  std::unique_ptr<Platter> platter_;
  std::unique_ptr<Recorder> recorder_;
  Behaviour recorder_behaviour_ = Behaviour::read_only;
  std::optional<DiscState> before_test_;
  std::int64_t job_start_ = 0;
  std::int64_t job_end_ = 0;
  Sense job_sense_;
  bool job_spoils_ = false;
  std::int64_t last_advance_ = 0;
};

}  // namespace core::burner
