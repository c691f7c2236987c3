// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/preload/fds.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <atomic>

#include "vburn/preload/client.h"
#include "vburn/preload/real.h"

namespace vburn::preload {
namespace {

// One word per possible descriptor: the socket inode number it had when we last knew it as a device, else 0. The pages
// of it that are never touched cost nothing. Descriptors beyond the table cannot be devices: open says so with EMFILE.
constexpr int kTableSize = 65536;
std::atomic<std::uint64_t> g_table[kTableSize];

std::uint64_t socket_inode(int fd) {
  struct stat st;
  const int saved = errno;
  const bool is_socket = real().fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode);
  errno = saved;
  return is_socket ? st.st_ino : 0;
}

bool connected_to_daemon(int fd) {
  sockaddr_un peer{};
  socklen_t length = sizeof peer;
  if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0 || peer.sun_family != AF_UNIX) return false;
  peer.sun_path[sizeof peer.sun_path - 1] = '\0';
  return strcmp(peer.sun_path, socket_path()) == 0;
}

}  // namespace

void adopt_inherited_descriptors() {
  DIR* dir = real().opendir("/proc/self/fd");
  if (!dir) return;
  while (const dirent* entry = real().readdir(dir)) {
    const int fd = atoi(entry->d_name);
    if (entry->d_name[0] == '.' || fd >= kTableSize) continue;
    const std::uint64_t inode = socket_inode(fd);
    if (inode != 0 && connected_to_daemon(fd)) g_table[fd].store(inode, std::memory_order_relaxed);
  }
  real().closedir(dir);
}

void remember_device(int fd, std::uint64_t inode) {
  if (fd >= 0 && fd < kTableSize) g_table[fd].store(inode, std::memory_order_relaxed);
}

void remember_copy(int fd, int copy) {
  if (copy >= 0 && copy != fd) remember_device(copy, device_handle(fd));
}

void forget_device(int fd) { remember_device(fd, 0); }

std::uint64_t device_handle(int fd) {
  if (fd < 0 || fd >= kTableSize) return 0;
  const std::uint64_t inode = g_table[fd].load(std::memory_order_relaxed);
  if (inode == 0) return 0;
  if (socket_inode(fd) == inode) return inode;
  g_table[fd].store(0, std::memory_order_relaxed);  // closed behind our back, the number is something else now
  return 0;
}

}  // namespace vburn::preload
