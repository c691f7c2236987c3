// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ioctls of <linux/cdrom.h>, <linux/fs.h> and <scsi/sg.h> that programs use on a drive. Their struct arguments travel
// in the `small` fields of request and reply.
#include <errno.h>
#include <linux/cdrom.h>
#include <linux/fs.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/sg.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "vburn/daemon/drive.h"
#include "vburn/ioctls.h"

namespace vburn {
namespace {

constexpr int kSectorBytes = 512;  // the unit of BLKGETSIZE, whatever the block size

template <typename T>
void answer(Reply& reply, T value) {
  static_assert(sizeof value <= kSmallBytes);
  std::memcpy(reply.small, &value, sizeof value);
}

template <typename T>
T argument_of(const Request& request) {
  T value;
  std::memcpy(&value, request.small, sizeof value);
  return value;
}

/// All that the drive can do, in the bits of CDROM_GET_CAPABILITY.
constexpr int kCapabilities = CDC_CLOSE_TRAY | CDC_OPEN_TRAY | CDC_LOCK | CDC_SELECT_SPEED | CDC_MULTI_SESSION |
                              CDC_MEDIA_CHANGED | CDC_RESET | CDC_DRIVE_STATUS | CDC_GENERIC_PACKET | CDC_CD_R |
                              CDC_CD_RW | CDC_DVD | CDC_DVD_R | CDC_DVD_RAM | CDC_RAM;

}  // namespace

int Drive::drive_status() {
  if (device_.tray_open()) return CDS_TRAY_OPEN;
  if (!device_.disc()) return CDS_NO_DISC;
  return device_.ready() ? CDS_DISC_OK : CDS_DRIVE_NOT_READY;
}

int Drive::disc_status() {
  if (device_.tray_open() || !device_.disc()) return CDS_NO_DISC;
  for (const auto& track : device_.disc()->info().tracks)
    if (track.state == "complete") return track.audio ? CDS_AUDIO : CDS_DATA_1;
  return CDS_NO_INFO;
}

int Drive::eject_by_ioctl() {
  if (opens_ > 1) return EBUSY;
  device_.unlock();
  device_.open_tray();
  return 0;
}

/// READ TOC/PMA/ATIP of MMC-6 6.26.
bool Drive::read_toc(int format, int track, bool msf, std::span<std::byte> data) {
  std::array<std::uint8_t, 10> cdb{0x43, static_cast<std::uint8_t>(msf ? 2 : 0), static_cast<std::uint8_t>(format)};
  cdb[6] = static_cast<std::uint8_t>(track);
  cdb[8] = static_cast<std::uint8_t>(data.size());
  core::burner::Command command;
  command.cdb = std::as_bytes(std::span(cdb));
  command.data_in = data;
  const auto reply = device_.execute(command);
  if (reply.power_lost) lose_power();
  return !reply.power_lost && reply.status == core::burner::Status::good && reply.transferred >= 4;
}

int Drive::toc_ioctl(const Request& request, Reply& reply) {
  if (device_.tray_open() || !device_.disc()) return ENOMEDIUM;
  std::array<std::byte, 12> data{};
  const auto byte = [&data](int i) { return std::to_integer<unsigned>(data[static_cast<std::size_t>(i)]); };
  const auto lba = [&byte] { return static_cast<int>(byte(8) << 24 | byte(9) << 16 | byte(10) << 8 | byte(11)); };
  const auto put_address = [&](cdrom_addr& address, unsigned format) {
    if (format == CDROM_MSF)
      address.msf = {static_cast<__u8>(byte(9)), static_cast<__u8>(byte(10)), static_cast<__u8>(byte(11))};
    else
      address.lba = lba();
  };
  switch (request.argument) {
    case CDROMREADTOCHDR:
      if (!read_toc(0, 0, false, data)) return EIO;
      answer(reply, cdrom_tochdr{static_cast<__u8>(byte(2)), static_cast<__u8>(byte(3))});
      return 0;
    case CDROMREADTOCENTRY: {
      auto entry = argument_of<cdrom_tocentry>(request);
      if (entry.cdte_format != CDROM_LBA && entry.cdte_format != CDROM_MSF) return EINVAL;
      if (!read_toc(0, entry.cdte_track, entry.cdte_format == CDROM_MSF, data)) return EIO;
      entry.cdte_adr = byte(5) >> 4;
      entry.cdte_ctrl = byte(5) & 15;
      entry.cdte_datamode = (byte(5) & CDROM_DATA_TRACK) ? 1 : 0;
      put_address(entry.cdte_addr, entry.cdte_format);
      answer(reply, entry);
      return 0;
    }
    default: {  // CDROMMULTISESSION
      auto session = argument_of<cdrom_multisession>(request);
      if (session.addr_format != CDROM_LBA && session.addr_format != CDROM_MSF) return EINVAL;
      if (!read_toc(1, 0, session.addr_format == CDROM_MSF, data)) return EIO;
      session.xa_flag = byte(2) != byte(3);
      put_address(session.addr, session.addr_format);
      answer(reply, session);
      return 0;
    }
  }
}

void Drive::ioctl(const Handle& handle, const Request& request, Reply& reply) {
  const std::lock_guard lock(mutex_);
  if (gone(handle, reply)) return;
  switch (request.argument) {
    case BLKGETSIZE64: answer<std::uint64_t>(reply, static_cast<std::uint64_t>(byte_size())); break;
    case BLKGETSIZE: answer<unsigned long>(reply, static_cast<unsigned long>(byte_size() / kSectorBytes)); break;
    case BLKSSZGET: answer<int>(reply, static_cast<int>(core::kBlockSize)); break;
    case BLKBSZGET: answer<int>(reply, static_cast<int>(core::kBlockSize)); break;
    case BLKPBSZGET: answer<unsigned>(reply, static_cast<unsigned>(core::kBlockSize)); break;
    case BLKIOMIN: answer<unsigned>(reply, static_cast<unsigned>(core::kBlockSize)); break;
    case BLKRAGET: answer<unsigned long>(reply, 256); break;
    case BLKIOOPT: case BLKALIGNOFF: case BLKROGET: answer<int>(reply, 0); break;
    case BLKROTATIONAL: answer<unsigned short>(reply, 1); break;
    case BLKSECTGET: answer<unsigned short>(reply, kSharedBytes / kSectorBytes); break;
    case CDROM_DRIVE_STATUS: reply.value = drive_status(); break;
    case CDROM_DISC_STATUS: reply.value = disc_status(); break;
    case CDROM_GET_CAPABILITY: reply.value = kCapabilities; break;
    case CDROM_CHANGER_NSLOTS: reply.value = 1; break;
    case CDROMEJECT: reply.error = eject_by_ioctl(); break;
    case CDROMCLOSETRAY: device_.close_tray(); break;
    case CDROM_LOCKDOOR: {
      const std::array<std::uint8_t, 6> cdb{0x1e, 0, 0, 0, static_cast<std::uint8_t>(request.value ? 1 : 0), 0};
      core::burner::Command command;
      command.cdb = std::as_bytes(std::span(cdb));
      if (device_.execute(command).power_lost) lose_power();
      break;
    }
    case CDROMREADTOCHDR: case CDROMREADTOCENTRY: case CDROMMULTISESSION:
      reply.error = toc_ioctl(request, reply);
      break;
    case CDROM_LAST_WRITTEN: answer<long>(reply, static_cast<long>(device_.block_device_size().value)); break;
    case SCSI_IOCTL_GET_IDLUN: answer(reply, std::array<int, 2>{number_, 0}); break;
    case SCSI_IOCTL_GET_BUS_NUMBER: answer<int>(reply, number_); break;
    case SG_GET_VERSION_NUM: answer<int>(reply, 30527); break;
    case SG_EMULATED_HOST: answer<int>(reply, 1); break;
    case SG_GET_TIMEOUT: reply.value = sg_timeout_; break;
    case SG_SET_TIMEOUT: sg_timeout_ = argument_of<int>(request); break;
    case SG_GET_RESERVED_SIZE: answer<int>(reply, sg_reserved_); break;
    case SG_SET_RESERVED_SIZE:
      sg_reserved_ = std::clamp(argument_of<int>(request), 0, static_cast<int>(kSharedBytes));
      break;
    default: break;  // the others of the preload library's table are requests that just succeed
  }
}

}  // namespace vburn
