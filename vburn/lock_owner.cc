// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kernel tells the holders of locks in /proc/locks, one line each:
//   1: FLOCK  ADVISORY  WRITE 4711 08:01:131090 0 EOF
#include "vburn/lock_owner.h"

#include <sys/stat.h>

#include <algorithm>
#include <sstream>

#include "libcore/base/text.h"
#include "vburn/file_io.h"

namespace vburn {

std::string lock_owner(int fd) {
  struct stat st;
  auto locks = read_file("/proc/locks");
  if (fstat(fd, &st) != 0 || !locks) return {};
  std::istringstream lines(*locks);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string number, kind, advisory, mode, place;
    long pid = 0;
    if (!(words >> number >> kind >> advisory >> mode >> pid >> place) || kind != "FLOCK") continue;
    // Only the inode number is compared: the device numbers of some file systems differ from what stat(2) tells.
    const auto colon = place.rfind(':');
    if (colon == std::string::npos || place.substr(colon + 1) != std::to_string(st.st_ino)) continue;
    auto command = read_file("/proc/" + std::to_string(pid) + "/cmdline");
    std::string text = command ? *command : std::string();
    while (!text.empty() && text.back() == '\0') text.pop_back();
    std::replace(text.begin(), text.end(), '\0', ' ');
    if (text.size() > 120) text = text.substr(0, 117) + "...";
    return text.empty() ? core::strprintf("process %ld", pid) : core::strprintf("process %ld (%s)", pid, text.c_str());
  }
  return {};
}

}  // namespace vburn
