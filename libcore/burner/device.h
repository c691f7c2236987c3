// SPDX-License-Identifier: GPL-3.0-or-later
//
// The virtual burner: a multi-profile MMC-6 drive as a state machine. A command comes in as command block and data, an
// answer goes out as status, sense and data. The device has no clock, no thread and no file of its own. It is not
// thread safe: its owner lets one call in at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "libcore/base/result.h"
#include "libcore/base/units.h"
#include "libcore/burner/clock.h"
#include "libcore/burner/disc.h"
#include "libcore/burner/faults.h"
#include "libcore/burner/info.h"

namespace core::burner {

struct Command {
  std::span<const std::byte> cdb;       ///< 6 to 16 bytes; a short one is refused, never read beyond
  std::span<const std::byte> data_out;  ///< from the client
  std::span<std::byte> data_in;         ///< room for the answer; its size is the client's buffer size
};

enum class Status : std::uint8_t { good = 0x00, check_condition = 0x02 };

/// Fixed format sense data, SPC-4 4.5.3.
using SenseBytes = std::array<std::byte, 18>;

struct Reply {
  bool power_lost = false;     ///< the drive died before answering: there is no status. The owner reports a lost device
  Status status = Status::good;
  SenseBytes sense{};          ///< valid if status is check_condition
  std::size_t transferred = 0; ///< bytes put into data_in, or taken from data_out
  std::size_t residual = 0;    ///< buffer size of the client minus transferred
  std::int64_t delay_us = 0;   ///< hold the answer back this long (0 unless real-time timing or a `slow` fault)
};

/// Answer of block device access. `done` blocks are good, the next one has `sense` unless all are done.
struct BlockReply {
  Blocks done{0};
  bool power_lost = false;
  SenseBytes sense{};
  std::int64_t delay_us = 0;
};

struct Identity {
  std::string vendor = "VBURN";             ///< 8 characters used
  std::string product = "VIRTUAL BURNER";   ///< 16
  std::string revision = "1.00";            ///< 4
  std::string serial = "VB0000000001";      ///< 12
};

struct DeviceOptions {
  Identity identity;
  Timing timing;
};

class Device {
 public:
  /// The clock has to outlive the device.
  Device(DeviceOptions options, Clock& clock);
  ~Device();
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  /// The one entrance for commands. Any bytes are welcome.
  Reply execute(const Command& command);

  /// Puts a disc into the drive and closes the tray; the next command gets unit attention 6/28/00. A disc that was in
  /// the drive has to be unloaded before. With real-time timing the disc has to spin up, unless it is loaded before the
  /// first command.
  void load(std::unique_ptr<Disc> disc);
  /// Takes the disc out, after what the drive still has in its cache went to it. nullptr if there was none.
  std::unique_ptr<Disc> unload();
  Disc* disc();  ///< in the tray, be it open or closed; may be nullptr

  /// As by the button of the drive: refused (false) while PREVENT is in force.
  bool open_tray();
  void close_tray();
  bool tray_open() const;
  bool locked() const;  ///< PREVENT ALLOW MEDIUM REMOVAL is in force
  void unlock();        ///< what the kernel does at last close

  /// Medium in the closed tray, and the drive able to work with it. False while becoming ready.
  bool ready();
  /// Takes away a pending unit attention, as the kernel does when a device is opened. True if there was one.
  bool swallow_unit_attention();

  /// Block device access as read(2) and write(2) of /dev/sr0 do it, obeying readability, media rules and faults.
  BlockReply read_blocks(Lba first, std::span<std::byte> data);
  BlockReply write_blocks(Lba first, std::span<const std::byte> data);
  /// Brings everything acknowledged onto the medium, as SYNCHRONIZE CACHE.
  BlockReply flush();
  /// Size of the block device, as READ CAPACITY tells. 0 if there is no readable medium.
  Blocks block_device_size();

  FaultPlan& faults();
  /// Power off and on: what was only in the drive's cache is gone, the state is re-read from the disc's storage.
  /// A problem means that the storage could not be read: the drive is then empty.
  Result<void> power_cycle();

  void set_timing(Timing timing);
  DriveInfo info();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace core::burner
