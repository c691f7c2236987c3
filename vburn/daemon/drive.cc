// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/drive.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <thread>
#include <vector>

#include "libcore/base/text.h"
#include "vburn/disc_file.h"

namespace vburn {

using core::Blocks;
using core::kBlockSize;
using core::Lba;
using core::Problem;
using core::Result;
using core::shell_quote;
using core::burner::BlockReply;

namespace {

core::burner::DeviceOptions options_for(int number) {
  core::burner::DeviceOptions options;
  options.identity.serial = core::strprintf("VB%010d", number + 1);
  return options;
}

/// The kernel gives a drive that is becoming ready this long when it opens the device.
constexpr auto kReadyPatience = std::chrono::seconds(20);
constexpr auto kReadyStep = std::chrono::milliseconds(20);

bool carries_blocks(std::uint8_t opcode) { return opcode == 0x2a || opcode == 0xaa || opcode == 0x2e; }

}  // namespace

Drive::Drive(int number) : number_(number), device_(options_for(number), clock_) {}

void Drive::set_timing(core::burner::Timing timing) {
  const std::lock_guard lock(mutex_);
  device_.set_timing(timing);
}

void Drive::set_trace(const Trace* trace) {
  const std::lock_guard lock(mutex_);
  trace_ = trace;
}

Result<void> Drive::load(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (!path.empty()) {
    if (device_.locked() || (blocking_ > 0 && device_.disc()))
      return Problem{.text = core::strprintf("The door of /dev/sr%d is locked by a program", number_)};
    auto file = DiscFile::open(path, Access::own);
    if (!file) return file.problem();
    auto disc = core::burner::Disc::open(std::move(*file));
    if (!disc) {
      disc.problem().text = "State file " + shell_quote(state_file_name(path)) + ": " + disc.problem().text;
      return disc.problem();
    }
    device_.open_tray();
    device_.unload();
    device_.load(std::move(*disc));
    disc_path_ = path;
  } else {
    device_.close_tray();
  }
  return {};
}

Result<void> Drive::eject() {
  const std::lock_guard lock(mutex_);
  if (blocking_ > 0 || (!device_.tray_open() && !device_.open_tray()))
    return Problem{.text = core::strprintf("The door of /dev/sr%d is locked by a program", number_)};
  device_.unload();
  disc_path_.clear();
  return {};
}

void Drive::shut_down() {
  const std::lock_guard lock(mutex_);
  device_.unload();
}

void Drive::power_on() {
  const std::lock_guard lock(mutex_);
  lost_ = false;
}

void Drive::add_fault(const core::burner::Fault& fault) {
  const std::lock_guard lock(mutex_);
  device_.faults().add(fault);
}

void Drive::clear_faults() {
  const std::lock_guard lock(mutex_);
  device_.faults().clear();
}

std::string Drive::fault_text() {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& fault : device_.faults().faults())
    text += core::strprintf("%s (struck %d times)\n", core::burner::to_string(fault).c_str(), fault.struck);
  return text;
}

std::string Drive::describe() {
  const std::lock_guard lock(mutex_);
  std::string text = core::strprintf("/dev/sr%d : ", number_);
  if (lost_) return text + "no power\n";
  text += device_.tray_open() ? "tray open, " : "tray closed, ";
  if (const auto* disc = device_.disc())
    text += std::string(disc->info().medium_name) + " " + shell_quote(disc_path_);
  else
    text += "no disc";
  if (device_.locked()) text += ", door locked";
  if (opens_ + sg_opens_ > 0) text += core::strprintf(", opened %d times", opens_ + sg_opens_);
  if (exclusive_ > 0) text += ", exclusively";
  return text + "\n";
}

void Drive::lose_power() {
  lost_ = true;
  power_ons_++;
  if (auto cycled = device_.power_cycle(); !cycled) disc_path_.clear();
}

bool Drive::gone(const Handle& handle, Reply& reply) const {
  if (!lost_ && handle.power_on == power_ons_) return false;
  reply.error = ENODEV;
  return true;
}

/// What the kernel's cdrom driver opens for writing through the block layer: media with random writing in 2 KiB blocks.
bool Drive::block_writable() {
  const auto* const disc = device_.disc();
  if (!disc) return false;
  const std::uint16_t profile = disc->info().profile;
  return profile == 0x12 || profile == 0x1a || profile == 0x43;
}

void Drive::wait_until_ready(std::unique_lock<std::mutex>& lock) {
  const auto end = std::chrono::steady_clock::now() + kReadyPatience;
  while (device_.disc() && !device_.tray_open() && !device_.ready() && std::chrono::steady_clock::now() < end) {
    lock.unlock();
    std::this_thread::sleep_for(kReadyStep);
    lock.lock();
  }
}

int Drive::open(Handle& handle) {
  std::unique_lock lock(mutex_);
  if (lost_) return ENXIO;
  handle.power_on = power_ons_;
  const bool exclusive = handle.flags & O_EXCL;
  if (handle.node == Node::sg) {
    if (sg_exclusive_ > 0 || (exclusive && sg_opens_ > 0)) return EBUSY;
    sg_opens_++;
    sg_exclusive_ += exclusive;
    return 0;
  }
  if (exclusive && exclusive_ > 0) return EBUSY;
  device_.swallow_unit_attention();
  const bool blocking = !(handle.flags & O_NONBLOCK);
  if (blocking) {
    if (device_.tray_open()) device_.close_tray();
    wait_until_ready(lock);
    device_.swallow_unit_attention();
    if (!device_.disc()) return ENOMEDIUM;
    if ((handle.flags & O_ACCMODE) != O_RDONLY && !block_writable()) return EROFS;
  }
  opens_++;
  exclusive_ += exclusive;
  blocking_ += blocking;
  return 0;
}

void Drive::close(const Handle& handle) {
  const std::lock_guard lock(mutex_);
  const bool exclusive = handle.flags & O_EXCL;
  if (handle.node == Node::sg) {
    sg_opens_--;
    sg_exclusive_ -= exclusive;
    return;
  }
  opens_--;
  exclusive_ -= exclusive;
  blocking_ -= !(handle.flags & O_NONBLOCK);
  if (opens_ == 0) device_.unlock();
}

void Drive::scsi(const Handle& handle, const Request& request, std::span<std::byte> shared, Reply& reply,
                 std::int64_t& delay_us) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  const auto data = shared.first(std::min<std::size_t>(request.length, shared.size()));
  core::burner::Command command;
  command.cdb = std::as_bytes(std::span(request.cdb)).first(std::min<std::size_t>(request.cdb_length, 16));
  // Parameter lists are looked at more than once and must not change meanwhile: the client can write to shared memory.
  std::vector<std::byte> parameters;
  if (request.direction == Direction::to_device) {
    if (!carries_blocks(request.cdb[0])) parameters.assign(data.begin(), data.end());
    command.data_out = parameters.empty() ? std::span<const std::byte>(data) : std::span<const std::byte>(parameters);
  } else if (request.direction == Direction::from_device) {
    command.data_in = data;
  }
  const core::burner::Reply answer = device_.execute(command);
  if (trace_) trace_->command(number_, request, answer);
  if (answer.power_lost) {
    lose_power();
    reply.error = ENODEV;
    return;
  }
  delay_us = answer.delay_us;
  reply.status = static_cast<std::uint8_t>(answer.status);
  reply.length = static_cast<std::uint32_t>(answer.transferred);
  reply.residual = static_cast<std::uint32_t>(answer.residual);
  if (answer.status == core::burner::Status::check_condition) {
    reply.sense_length = static_cast<std::uint8_t>(answer.sense.size());
    std::memcpy(reply.sense, answer.sense.data(), answer.sense.size());
  }
}

/// errno for a block transfer that moved nothing; 0 if it moved something.
int Drive::block_error(const BlockReply& reply) {
  if (!reply.power_lost) return EIO;
  lose_power();
  return ENODEV;
}

BlockReply Drive::read_bytes(std::int64_t offset, std::span<std::byte> data, std::size_t& done) {
  const std::int64_t first = offset / kBlockSize;
  const std::size_t skip = static_cast<std::size_t>(offset % kBlockSize);
  if (skip == 0 && data.size() % kBlockSize == 0) {
    const BlockReply reply = device_.read_blocks(Lba{first}, data);
    done = static_cast<std::size_t>(core::to_bytes(reply.done).value);
    return reply;
  }
  std::vector<std::byte> blocks((skip + data.size() + kBlockSize - 1) / kBlockSize * kBlockSize);
  const BlockReply reply = device_.read_blocks(Lba{first}, blocks);
  const auto got = static_cast<std::size_t>(core::to_bytes(reply.done).value);
  done = got > skip ? std::min(got - skip, data.size()) : 0;
  std::memcpy(data.data(), blocks.data() + skip, done);
  return reply;
}

BlockReply Drive::write_bytes(std::int64_t offset, std::span<const std::byte> data, std::size_t& done) {
  const std::int64_t first = offset / kBlockSize;
  const std::size_t skip = static_cast<std::size_t>(offset % kBlockSize);
  if (skip == 0 && data.size() % kBlockSize == 0) {
    const BlockReply reply = device_.write_blocks(Lba{first}, data);
    done = static_cast<std::size_t>(core::to_bytes(reply.done).value);
    return reply;
  }
  // A part of a block: what the page cache does for real block devices.
  std::vector<std::byte> blocks((skip + data.size() + kBlockSize - 1) / kBlockSize * kBlockSize);
  BlockReply reply = device_.read_blocks(Lba{first}, blocks);
  if (core::to_bytes(reply.done).value != static_cast<std::int64_t>(blocks.size())) return reply;
  std::memcpy(blocks.data() + skip, data.data(), data.size());
  reply = device_.write_blocks(Lba{first}, blocks);
  const auto put = static_cast<std::size_t>(core::to_bytes(reply.done).value);
  done = put > skip ? std::min(put - skip, data.size()) : 0;
  return reply;
}

void Drive::read(Handle& handle, const Request& request, std::span<std::byte> shared, Reply& reply,
                 std::int64_t& delay_us) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  if ((handle.flags & O_ACCMODE) == O_WRONLY || handle.node == Node::sg) {
    reply.error = handle.node == Node::sg ? ENOSYS : EBADF;
    return;
  }
  if (!device_.disc() || device_.tray_open()) {
    reply.error = ENOMEDIUM;
    return;
  }
  const bool current = request.offset == kCurrentPosition;
  const std::int64_t offset = current ? handle.position : request.offset;
  const std::int64_t rest = byte_size() - offset;
  std::size_t length = std::min<std::size_t>(request.length, shared.size());
  if (offset < 0 || rest <= 0) return;
  length = std::min<std::size_t>(length, static_cast<std::size_t>(rest));
  std::size_t done = 0;
  const BlockReply answer = read_bytes(offset, shared.first(length), done);
  delay_us = answer.delay_us;
  if (done == 0 && length > 0) reply.error = block_error(answer);
  reply.length = static_cast<std::uint32_t>(done);
  if (current) handle.position += static_cast<std::int64_t>(done);
}

void Drive::write(Handle& handle, const Request& request, std::span<const std::byte> shared, Reply& reply,
                  std::int64_t& delay_us) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  if ((handle.flags & O_ACCMODE) == O_RDONLY || handle.node == Node::sg) {
    reply.error = handle.node == Node::sg ? ENOSYS : EBADF;
    return;
  }
  const bool current = request.offset == kCurrentPosition;
  const std::int64_t offset = current ? handle.position : request.offset;
  const std::int64_t rest = byte_size() - offset;
  std::size_t length = std::min<std::size_t>(request.length, shared.size());
  if (length == 0) return;
  if (!block_writable()) {
    reply.error = EPERM;  // what write(2) says about a read-only block device
    return;
  }
  if (offset < 0 || rest <= 0) {
    reply.error = ENOSPC;
    return;
  }
  length = std::min<std::size_t>(length, static_cast<std::size_t>(rest));
  std::size_t done = 0;
  const BlockReply answer = write_bytes(offset, shared.first(length), done);
  delay_us = answer.delay_us;
  if (done == 0) reply.error = block_error(answer);
  reply.length = static_cast<std::uint32_t>(done);
  if (current) handle.position += static_cast<std::int64_t>(done);
}

void Drive::seek(Handle& handle, const Request& request, Reply& reply) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  const std::int64_t size = byte_size();
  const std::int64_t base = request.argument == SEEK_SET ? 0 : request.argument == SEEK_CUR ? handle.position : size;
  const std::int64_t target = base + request.offset;
  if (request.argument > SEEK_END || target < 0 || (request.argument == SEEK_END && target > size)) {
    reply.error = EINVAL;
    return;
  }
  reply.value = handle.position = target;
}

void Drive::sync(const Handle& handle, Reply& reply, std::int64_t& delay_us) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  if (!device_.disc() || !block_writable()) return;
  const BlockReply answer = device_.flush();
  delay_us = answer.delay_us;
  if (answer.power_lost || (std::to_integer<int>(answer.sense[0]) & 0x7f) == 0x70) reply.error = block_error(answer);
}

Blocks Drive::size() {
  const std::lock_guard lock(mutex_);
  return device_.block_device_size();
}

core::burner::DriveInfo Drive::info() {
  const std::lock_guard lock(mutex_);
  return device_.info();
}

}  // namespace vburn
