// SPDX-License-Identifier: GPL-3.0-or-later
//
// ioctl(2) on a virtual device. SCSI commands (SG_IO of <scsi/sg.h>, CDROM_SEND_PACKET of <linux/cdrom.h>) are carried
// over with their data; all other requests are one row of a table that says how many bytes of the program's memory
// belong to them, and the daemon knows what they mean.
#include <errno.h>
#include <linux/cdrom.h>
#include <linux/fs.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/sg.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "vburn/ioctls.h"
#include "vburn/preload/client.h"
#include "vburn/preload/fds.h"
#include "vburn/preload/real.h"

using namespace vburn;
using namespace vburn::preload;

namespace {

int fail(int error) {
  errno = error;
  return -1;
}

/// The program's data of an SG_IO, which may be scattered.
struct Buffers {
  const sg_io_hdr_t& header;

  template <typename Copy>
  void each(size_t limit, Copy copy) const {
    if (header.iovec_count == 0) {
      copy(static_cast<unsigned char*>(header.dxferp), size_t{0}, limit);
      return;
    }
    const sg_iovec_t* const parts = static_cast<const sg_iovec_t*>(header.dxferp);
    size_t done = 0;
    for (unsigned i = 0; i < header.iovec_count && done < limit; i++) {
      const size_t n = parts[i].iov_len < limit - done ? parts[i].iov_len : limit - done;
      copy(static_cast<unsigned char*>(parts[i].iov_base), done, n);
      done += n;
    }
  }
};

unsigned milliseconds_since(const timespec& start) {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<unsigned>((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000);
}

Request command_request(std::uint64_t handle, const unsigned char* cdb, unsigned length, Direction direction,
                        unsigned bytes) {
  Request request;
  request.op = Op::scsi;
  request.handle = handle;
  request.cdb_length = static_cast<std::uint8_t>(length);
  memcpy(request.cdb, cdb, length);
  request.direction = bytes > 0 ? direction : Direction::none;
  request.length = bytes;
  return request;
}

void fill_result(const Reply& reply, sg_io_hdr_t& header) {
  header.status = reply.status;
  header.masked_status = (reply.status >> 1) & 0x1f;
  header.msg_status = 0;
  header.host_status = 0;
  header.driver_status = 0;
  header.sb_len_wr = 0;
  header.info &= ~static_cast<unsigned>(SG_INFO_OK_MASK);
  header.resid = static_cast<int>(reply.residual);
  if (reply.status == 0) return;
  header.info |= SG_INFO_CHECK;
  if (reply.sense_length == 0) return;
  header.driver_status = 0x08;  // sense is there
  const unsigned n = reply.sense_length < header.mx_sb_len ? reply.sense_length : header.mx_sb_len;
  if (header.sbp) memcpy(header.sbp, reply.sense, n);
  header.sb_len_wr = static_cast<unsigned char>(header.sbp ? n : 0);
}

int sg_io(std::uint64_t handle, sg_io_hdr_t& header) {
  if (header.interface_id != 'S') return fail(EINVAL);
  if (header.cmd_len < 6 || header.cmd_len > 16 || !header.cmdp) return fail(EMSGSIZE);
  Direction direction = Direction::none;
  switch (header.dxfer_direction) {
    case SG_DXFER_NONE:
      break;
    case SG_DXFER_TO_DEV:
      direction = Direction::to_device;
      break;
    case SG_DXFER_FROM_DEV:
    case SG_DXFER_TO_FROM_DEV:
      direction = Direction::from_device;
      break;
    default:
      return fail(EINVAL);
  }
  const unsigned bytes = direction == Direction::none ? 0 : header.dxfer_len;
  if (bytes > kSharedBytes) return fail(EIO);
  timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  Exchange exchange;
  unsigned char* const shared = exchange.shared();
  if (!shared) return fail(ENODEV);
  const Buffers buffers{header};
  if (direction == Direction::to_device && bytes > 0)
    buffers.each(bytes, [&](unsigned char* part, size_t at, size_t n) { memcpy(shared + at, part, n); });
  Reply reply;
  if (!exchange.ask(command_request(handle, header.cmdp, header.cmd_len, direction, bytes), reply)) return -1;
  if (direction == Direction::from_device && reply.length > 0)
    buffers.each(reply.length, [&](unsigned char* part, size_t at, size_t n) { memcpy(part, shared + at, n); });
  fill_result(reply, header);
  header.duration = milliseconds_since(start);
  return 0;
}

int send_packet(std::uint64_t handle, cdrom_generic_command& command) {
  if (command.buflen > kSharedBytes) return fail(ENOMEM);
  const Direction direction = command.data_direction == CGC_DATA_WRITE  ? Direction::to_device
                              : command.data_direction == CGC_DATA_READ ? Direction::from_device
                                                                        : Direction::none;
  const unsigned bytes = direction == Direction::none || !command.buffer ? 0 : command.buflen;
  Exchange exchange;
  unsigned char* const shared = exchange.shared();
  if (!shared) return fail(ENODEV);
  if (direction == Direction::to_device && bytes > 0) memcpy(shared, command.buffer, bytes);
  Reply reply;
  if (!exchange.ask(command_request(handle, command.cmd, sizeof command.cmd, direction, bytes), reply)) return -1;
  if (direction == Direction::from_device && reply.length > 0) memcpy(command.buffer, shared, reply.length);
  command.buflen = reply.residual;
  command.stat = reply.status == 0 ? 0 : -EIO;
  if (reply.status == 0) return 0;
  const size_t n = reply.sense_length < sizeof *command.sense ? reply.sense_length : sizeof *command.sense;
  if (command.sense) memcpy(command.sense, reply.sense, n);
  return fail(EIO);
}

/// How many bytes of the argument's memory go in and out; {0, 0} means that the argument is a plain number or unused.
struct Row {
  unsigned long request;
  int in, out;
};

constexpr Row kRows[] = {
    {BLKFLSBUF, 0, 0},
    {BLKGETSIZE64, 0, 8},
    {BLKGETSIZE, 0, 8},
    {BLKBSZGET, 0, 4},
    {BLKIOMIN, 0, 4},
    {BLKIOOPT, 0, 4},
    {BLKALIGNOFF, 0, 4},
    {BLKPBSZGET, 0, 4},
    {BLKRAGET, 0, 8},
    {BLKROGET, 0, 4},
    {BLKROTATIONAL, 0, 2},
    {BLKSECTGET, 0, 2},
    {BLKSSZGET, 0, 4},
    {CDROMCLOSETRAY, 0, 0},
    {CDROMEJECT, 0, 0},
    {CDROMEJECT_SW, 0, 0},
    {CDROMMULTISESSION, sizeof(cdrom_multisession), sizeof(cdrom_multisession)},
    {CDROMREADTOCENTRY, sizeof(cdrom_tocentry), sizeof(cdrom_tocentry)},
    {CDROMREADTOCHDR, 0, sizeof(cdrom_tochdr)},
    {CDROMRESET, 0, 0},
    {CDROM_CHANGER_NSLOTS, 0, 0},
    {CDROM_CLEAR_OPTIONS, 0, 0},
    {CDROM_DISC_STATUS, 0, 0},
    {CDROM_DRIVE_STATUS, 0, 0},
    {CDROM_GET_CAPABILITY, 0, 0},
    {CDROM_LAST_WRITTEN, 0, 8},
    {CDROM_LOCKDOOR, 0, 0},
    {CDROM_MEDIA_CHANGED, 0, 0},
    {CDROM_SELECT_SPEED, 0, 0},
    {CDROM_SET_OPTIONS, 0, 0},
    {SCSI_IOCTL_GET_BUS_NUMBER, 0, 4},
    {SCSI_IOCTL_GET_IDLUN, 0, 8},
    {SG_EMULATED_HOST, 0, 4},
    {SG_GET_RESERVED_SIZE, 0, 4},
    {SG_GET_TIMEOUT, 0, 0},
    {SG_GET_VERSION_NUM, 0, 4},
    {SG_SET_RESERVED_SIZE, 4, 0},
    {SG_SET_TIMEOUT, 4, 0},
};

int simple_request(std::uint64_t handle, unsigned long number, void* argument) {
  for (const Row& row : kRows) {
    if (row.request != number) continue;
    if ((row.in || row.out) && !argument) return fail(EFAULT);
    Request request;
    request.op = Op::ioctl;
    request.handle = handle;
    request.argument = static_cast<std::uint32_t>(number);
    request.value = reinterpret_cast<std::uint64_t>(argument);
    if (row.in) memcpy(request.small, argument, static_cast<size_t>(row.in));
    Reply reply;
    Exchange exchange;
    if (!exchange.ask(request, reply)) return -1;
    if (row.out) memcpy(argument, reply.small, static_cast<size_t>(row.out));
    return static_cast<int>(reply.value);
  }
  return fail(ENOTTY);
}

}  // namespace

VBURN_HOOK int ioctl(int fd, unsigned long number, ...) noexcept {
  va_list arguments;
  va_start(arguments, number);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  const auto handle = device_handle(fd);
  if (handle == 0) return real().ioctl(fd, number, argument);
  number &= 0xffffffffu;  // callers with an int for it sign-extend
  if (number == SG_IO || number == CDROM_SEND_PACKET) {
    if (!argument) return fail(EFAULT);
    return number == SG_IO ? sg_io(handle, *static_cast<sg_io_hdr_t*>(argument))
                           : send_packet(handle, *static_cast<cdrom_generic_command*>(argument));
  }
  return simple_request(handle, number, argument);
}
