// SPDX-License-Identifier: GPL-3.0-or-later
//
// One drive of the daemon: the burner's state machine with a disc file in it, surrounded by what the Linux sr driver
// adds: exclusive opening, the block device with its byte positions, door locking, ioctls. Thread safe: each call takes
// the drive for itself, as commands on one bus do.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "libcore/burner/device.h"
#include "vburn/daemon/trace.h"
#include "vburn/protocol.h"

namespace vburn {

class SteadyClock : public core::burner::Clock {
 public:
  std::int64_t now_us() override {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

/// An open file description of a device node. What it says about the drive is guarded by the drive.
struct Handle {
  std::uint64_t inode = 0;
  int drive = 0;
  Node node = Node::sr;
  int flags = 0;               ///< of open(2)
  int fd = -1;                 ///< our end of the connection
  std::int64_t position = 0;   ///< bytes
  std::uint64_t power_on = 0;  ///< it dies with the power-on it was opened in
};

class Drive {
 public:
  explicit Drive(int number);

  int number() const { return number_; }

  /// From now on. What was loaded before counts as loaded long ago.
  void set_timing(core::burner::Timing timing);
  /// Tells each command to this file, which outlives the drive. nullptr: no more.
  void set_trace(const Trace* trace);
  /// Puts a disc file into the drive, in place of the one that is there, and closes the tray. An empty path only closes it.
  core::Result<void> load(const std::string& path);
  /// Opens the tray and takes the disc out. Refused while a program has locked the door.
  core::Result<void> eject();
  /// Takes the disc out unasked, after all it is to keep went to it: end of the daemon.
  void shut_down();
  /// Power on again after a power loss.
  void power_on();
  void add_fault(const core::burner::Fault& fault);
  void clear_faults();
  /// Lines for people: what is in the drive, what it does, which faults are planned.
  std::string describe();
  std::string fault_text();

  /// open(2) of a node: 0 or errno. Fills in the rest of the handle.
  int open(Handle& handle);
  /// Last close(2) of what open() gave.
  void close(const Handle& handle);

  /// Requests on an open handle. The caller holds the answer back for `delay_us`.
  void scsi(const Handle& handle, const Request& request, std::span<std::byte> shared, Reply& reply,
            std::int64_t& delay_us);
  void read(Handle& handle, const Request& request, std::span<std::byte> shared, Reply& reply, std::int64_t& delay_us);
  void write(Handle& handle, const Request& request, std::span<const std::byte> shared, Reply& reply,
             std::int64_t& delay_us);
  void seek(Handle& handle, const Request& request, Reply& reply);
  void sync(const Handle& handle, Reply& reply, std::int64_t& delay_us);
  void ioctl(const Handle& handle, const Request& request, Reply& reply);

  /// Size of the block device.
  core::Blocks size();
  core::burner::DriveInfo info();

 private:
  bool gone(const Handle& handle, Reply& reply) const;
  void lose_power();
  bool block_writable();
  void wait_until_ready(std::unique_lock<std::mutex>& lock);
  std::int64_t byte_size() { return core::to_bytes(device_.block_device_size()).value; }
  int drive_status();
  int disc_status();
  int eject_by_ioctl();
  int toc_ioctl(const Request& request, Reply& reply);
  bool read_toc(int format, int track, bool msf, std::span<std::byte> data);
  core::burner::BlockReply read_bytes(std::int64_t offset, std::span<std::byte> data, std::size_t& done);
  core::burner::BlockReply write_bytes(std::int64_t offset, std::span<const std::byte> data, std::size_t& done);
  int block_error(const core::burner::BlockReply& reply);

  const int number_;
  std::mutex mutex_;
  SteadyClock clock_;
  core::burner::Device device_;
  const Trace* trace_ = nullptr;
  std::string disc_path_;
  bool lost_ = false;            ///< after a power loss: as if the cable were pulled
  std::uint64_t power_ons_ = 1;
  int opens_ = 0;                ///< of the sr node and its alias
  int exclusive_ = 0;            ///< of those, by O_EXCL
  int blocking_ = 0;             ///< of those, without O_NONBLOCK: the kernel keeps the door locked
  int sg_opens_ = 0;
  int sg_exclusive_ = 0;
  int sg_timeout_ = 6000;        ///< in 1/100 s, only remembered
  int sg_reserved_ = 512 * 1024;
};

}  // namespace vburn
