// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the preload library and the command line say to the daemon. All talk goes over one Unix socket of type
// SOCK_SEQPACKET, one Request and one Reply per exchange, both plain structs of fixed size: client and daemon are always
// of the same build and on the same machine.
//
// A connection is one of two things, as its first Request tells:
//   channel  (Op::hello) belongs to one thread at a time of one process. The daemon answers with a shared memory file
//            through which the bulk data of all later requests of this channel travel.
//   handle   (Op::open) IS the open device: its client end is the file descriptor that the program believes to be
//            /dev/sr0. After the answer nothing is ever said on it. It can be duplicated, inherited and executed away;
//            when its last copy is closed, or its last owner dies, the daemon sees the end of it as the kernel would.
//            Requests on channels name a handle by the inode number of its client end.
#pragma once

#include <cstdint>

namespace vburn {

inline constexpr std::uint32_t kProtocolVersion = 0x56420001;

/// Size of the shared memory of a channel, and so the largest transfer of one command.
inline constexpr std::uint32_t kSharedBytes = 1u << 20;

/// Environment of the programs under test: the directory of the daemon and the numbers of its drives ("0,1").
inline constexpr const char* kDirVariable = "VBURN_DIR";
inline constexpr const char* kDrivesVariable = "VBURN_DRIVES";
inline constexpr const char* kWaitsVariable = "VBURN_WAITS";  ///< set: programs sleep as long as they want to

/// Names inside the directory of a daemon.
inline constexpr const char* kSocketName = "socket";  ///< where it listens
inline constexpr const char* kShadowName = "root";    ///< tree of files shown in place of some of /dev, /sys and /proc

inline constexpr int kMaxDrives = 16;
inline constexpr int kCdromMajor = 11;
inline constexpr int kSgMajor = 21;

enum class Op : std::uint16_t {
  hello,     ///< make this connection a channel; Reply carries the shared memory descriptor
  open,      ///< make this connection a handle: drive, node, flags, handle (own inode number)
  scsi,      ///< cdb, direction, length
  read,      ///< offset (or kCurrentPosition), length
  write,     ///< offset (or kCurrentPosition), length
  seek,      ///< offset, argument = whence; Reply::value = new position
  sync,      ///< fsync(2)
  ioctl,     ///< argument = request number, value = scalar argument; struct argument in Request/Reply::small
  query,     ///< Reply: drive, node, flags of the handle
  admin,     ///< text command of the command line in shared memory; answer text there
};

enum class Node : std::uint8_t { sr, scd, sg };

/// Directions as in sg_io_hdr_t.
enum class Direction : std::uint8_t { none, to_device, from_device };

inline constexpr std::int64_t kCurrentPosition = -1;
inline constexpr int kSmallBytes = 64;

struct Request {
  std::uint32_t version = kProtocolVersion;
  Op op = Op::hello;
  Direction direction = Direction::none;
  std::uint8_t cdb_length = 0;
  std::uint8_t cdb[16] = {};
  std::uint64_t handle = 0;
  std::int64_t offset = 0;
  std::uint64_t value = 0;
  std::uint32_t argument = 0;
  std::uint32_t length = 0;
  std::int32_t flags = 0;  ///< of open(2)
  std::uint8_t drive = 0;
  Node node = Node::sr;
  std::uint8_t reserved[2] = {};
  std::uint8_t small[kSmallBytes] = {};
};

struct Reply {
  std::int32_t error = 0;  ///< errno, 0 = the request was executed
  std::uint8_t status = 0;  ///< SCSI status
  std::uint8_t sense_length = 0;
  std::uint8_t drive = 0;
  Node node = Node::sr;
  std::uint8_t sense[20] = {};
  std::uint32_t length = 0;    ///< bytes transferred, or put into shared memory
  std::uint32_t residual = 0;
  std::int32_t flags = 0;
  std::int64_t value = 0;      ///< return value of the call, or position
  std::uint8_t small[kSmallBytes] = {};
};

static_assert(sizeof(Request) == 128 && sizeof(Reply) == 112);

}  // namespace vburn
