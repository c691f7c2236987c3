// SPDX-License-Identifier: GPL-3.0-or-later
//
// Channels are kept in a fixed table and taken with one atomic exchange, so that threads work side by side and a signal
// handler which talks to the drive finds another channel than the code it interrupted. A forked child must not talk on
// its parent's channels; it starts with none.
#include "vburn/preload/client.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include <atomic>

#include "vburn/preload/fds.h"
#include "vburn/preload/real.h"

namespace vburn::preload {
namespace {

constexpr int kChannels = 64;
// Descriptors of channels live up here, away from the numbers that programs expect for their own files.
constexpr int kChannelFdFloor = 500;

struct Channel {
  std::atomic_flag taken = ATOMIC_FLAG_INIT;
  int fd = -1;
  std::uint64_t inode = 0;  ///< tells whether fd is still ours: programs close what they do not know
  unsigned char* memory = nullptr;
};

Channel g_channels[kChannels];
bool g_active = false;
bool g_immediate = false;
// When this thread's last SCSI command came back, or its last sleep since was cut short, in nanoseconds.
thread_local std::int64_t t_last_good = 0;
constexpr std::int64_t kRecently = 50000000;
// How many sleeps it may still have cut short since. A thread that goes on sleeping waits for another one.
thread_local int t_sleeps_left = 0;
constexpr int kSleepsPerCommand = 12;
bool g_drives[kMaxDrives];
char g_socket_path[sizeof(sockaddr_un::sun_path)];
char g_shadow_root[sizeof(sockaddr_un::sun_path)];

void drop_channels_in_child() {
  for (Channel& channel : g_channels) {
    if (channel.fd >= 0) real().close(channel.fd);
    if (channel.memory) munmap(channel.memory, kSharedBytes);
    channel.fd = -1;
    channel.memory = nullptr;
    channel.taken.clear();
  }
}

[[gnu::constructor]] void start() {
  const char* const dir = getenv(kDirVariable);
  const char* drives = getenv(kDrivesVariable);
  if (!dir || !drives) return;
  const size_t length = strlen(dir);
  if (length + strlen(kSocketName) + 2 > sizeof g_socket_path) return;
  memcpy(g_socket_path, dir, length);
  memcpy(g_shadow_root, dir, length);
  g_socket_path[length] = g_shadow_root[length] = '/';
  strcpy(g_socket_path + length + 1, kSocketName);
  strcpy(g_shadow_root + length + 1, kShadowName);
  for (; *drives != '\0'; drives += strcspn(drives, ",") + (drives[strcspn(drives, ",")] == ',')) {
    const int number = atoi(drives);
    if (number >= 0 && number < kMaxDrives) g_drives[number] = true;
  }
  g_active = true;
  g_immediate = getenv(kWaitsVariable) == nullptr;
  pthread_atfork(nullptr, nullptr, drop_channels_in_child);
  adopt_inherited_descriptors();
}

int connect_daemon(int type_flags) {
  const int fd = socket(AF_UNIX, SOCK_SEQPACKET | type_flags, 0);
  if (fd < 0) return -1;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  strcpy(address.sun_path, g_socket_path);
  int rc;
  do rc = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  while (rc != 0 && errno == EINTR);
  if (rc == 0) return fd;
  real().close(fd);
  errno = ENXIO;  // what open(2) says about a device whose hardware is gone
  return -1;
}

std::int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

std::uint64_t inode_of(int fd) {
  struct stat st;
  return real().fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/// Sends and receives, however often a signal comes in between: a SCSI command is not interruptible.
bool exchange(int fd, const Request& request, Reply& reply, int* passed_fd = nullptr) {
  ssize_t n;
  do n = send(fd, &request, sizeof request, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  if (n != static_cast<ssize_t>(sizeof request)) return false;
  iovec part{&reply, sizeof reply};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  do n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  if (n != static_cast<ssize_t>(sizeof reply)) return false;
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (passed_fd && header && header->cmsg_type == SCM_RIGHTS) memcpy(passed_fd, CMSG_DATA(header), sizeof(int));
  return true;
}

/// Gives up a channel. Its descriptor number is closed only if it is still ours.
void drop(Channel& channel) {
  if (channel.fd >= 0 && inode_of(channel.fd) == channel.inode) real().close(channel.fd);
  if (channel.memory) munmap(channel.memory, kSharedBytes);
  channel.fd = -1;
  channel.memory = nullptr;
}

bool connect_channel(Channel& channel) {
  int fd = connect_daemon(SOCK_CLOEXEC);
  if (fd < 0) return false;
  const int high = real().fcntl(fd, F_DUPFD_CLOEXEC, kChannelFdFloor);
  if (high >= 0) {
    real().close(fd);
    fd = high;
  }
  Request request;
  Reply reply;
  int memory_fd = -1;
  void* memory = MAP_FAILED;
  if (exchange(fd, request, reply, &memory_fd) && reply.error == 0 && memory_fd >= 0)
    memory = real().mmap(nullptr, kSharedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory_fd, 0);
  if (memory_fd >= 0) real().close(memory_fd);
  if (memory == MAP_FAILED) {
    real().close(fd);
    return false;
  }
  channel.fd = fd;
  channel.inode = inode_of(fd);
  channel.memory = static_cast<unsigned char*>(memory);
  return true;
}

}  // namespace

bool active() { return g_active; }
const char* socket_path() { return g_socket_path; }
const char* shadow_root() { return g_shadow_root; }
bool has_drive(int number) { return g_active && number >= 0 && number < kMaxDrives && g_drives[number]; }

bool sleeps_for_drive() {
  if (!g_immediate || t_sleeps_left == 0 || now() - t_last_good > kRecently) return false;
  t_last_good = now();  // a series of sleeps counts as one
  t_sleeps_left--;
  return true;
}

int open_device(int drive, Node node, int flags) {
  const int fd = connect_daemon((flags & O_CLOEXEC) ? SOCK_CLOEXEC : 0);
  if (fd < 0) return -1;
  Request request;
  request.op = Op::open;
  request.drive = static_cast<std::uint8_t>(drive);
  request.node = node;
  request.flags = flags;
  request.handle = inode_of(fd);
  Reply reply;
  int error = ENXIO;
  if (exchange(fd, request, reply)) error = reply.error;
  if (error != 0) {
    real().close(fd);
    errno = error;
    return -1;
  }
  shutdown(fd, SHUT_RD);  // whoever reads the descriptor by ways that we do not see finds its end, and does not wait
  remember_device(fd, request.handle);
  return fd;
}

Exchange::Exchange() {
  const int saved = errno;
  for (int i = 0; i < kChannels && slot_ < 0; i++)
    if (!g_channels[i].taken.test_and_set(std::memory_order_acquire)) slot_ = i;
  if (slot_ >= 0) {
    Channel& channel = g_channels[slot_];
    if (channel.fd >= 0 && inode_of(channel.fd) != channel.inode) drop(channel);
    if (channel.fd < 0) connect_channel(channel);
  }
  errno = saved;
}

Exchange::~Exchange() {
  if (slot_ >= 0) g_channels[slot_].taken.clear(std::memory_order_release);
}

unsigned char* Exchange::shared() { return slot_ < 0 ? nullptr : g_channels[slot_].memory; }

bool Exchange::ask(const Request& request, Reply& reply) {
  if (!shared()) {
    errno = ENODEV;
    return false;
  }
  const int saved = errno;
  Channel& channel = g_channels[slot_];
  if (!exchange(channel.fd, request, reply)) {
    drop(channel);
    errno = ENODEV;
    return false;
  }
  if (request.op == Op::scsi && g_immediate) {
    t_sleeps_left = reply.error == 0 && reply.status == 0 ? kSleepsPerCommand : 0;
    t_last_good = now();
  }
  errno = reply.error != 0 ? reply.error : saved;
  return reply.error == 0;
}

}  // namespace vburn::preload
