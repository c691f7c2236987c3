// SPDX-License-Identifier: GPL-3.0-or-later
//
// Absolute paths are looked at by their text after "//", "/./" and "/../" are folded. Relative ones are completed only
// if their last component can be one of ours, because asking for the current directory costs a system call. Symbolic
// links elsewhere that lead to /dev/srN are followed one by one, after the real call has failed with ENOENT.
#include "vburn/preload/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vburn/preload/client.h"
#include "vburn/preload/fds.h"
#include "vburn/preload/real.h"

namespace vburn::preload {
namespace {

bool starts(const char* text, const char* prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/// The number of a drive, if `text` is exactly that and the drive exists; otherwise -1.
int drive_number(const char* text) {
  if (*text < '0' || *text > '9' || (text[0] == '0' && text[1] != '\0')) return -1;
  char* end = nullptr;
  const long number = strtol(text, &end, 10);
  return *end == '\0' && number < kMaxDrives && has_drive(static_cast<int>(number)) ? static_cast<int>(number) : -1;
}

/// "sr0", "scd0", "sg0": true and what it is.
bool device_by_name(const char* name, Path& result) {
  static constexpr struct {
    const char* prefix;
    Node node;
  } kPrefixes[] = {{"sr", Node::sr}, {"scd", Node::scd}, {"sg", Node::sg}};
  for (const auto& row : kPrefixes) {
    if (!starts(name, row.prefix)) continue;
    const int number = drive_number(name + strlen(row.prefix));
    if (number < 0) continue;
    result.kind = PathKind::device;
    result.drive = number;
    result.node = row.node;
    return true;
  }
  return false;
}

bool link_by_name(const char* name, Path& result) {
  if (strcmp(name, "cdrom") != 0 || !has_drive(0)) return false;
  result.kind = PathKind::link;
  result.drive = 0;
  result.node = Node::sr;
  return true;
}

/// Folds an absolute path into out. False if it is too long.
bool fold(const char* path, char (&out)[PATH_MAX]) {
  size_t used = 0;
  while (*path != '\0') {
    while (*path == '/') path++;
    const size_t length = strcspn(path, "/");
    if (length == 0) break;
    if (length == 2 && path[0] == '.' && path[1] == '.') {
      while (used > 0 && out[--used] != '/') {
      }
    } else if (!(length == 1 && path[0] == '.')) {
      if (used + length + 2 > PATH_MAX) return false;
      out[used++] = '/';
      memcpy(out + used, path, length);
      used += length;
    }
    path += length;
  }
  if (used == 0) out[used++] = '/';
  out[used] = '\0';
  return true;
}

/// The directory that a descriptor or AT_FDCWD stands for.
bool directory_of(int dirfd, char (&out)[PATH_MAX]) {
  if (dirfd == AT_FDCWD) return getcwd(out, sizeof out) != nullptr;
  char name[48];
  snprintf(name, sizeof name, "/proc/self/fd/%d", dirfd);
  const ssize_t n = real().readlink(name, out, sizeof out - 1);
  if (n <= 0) return false;
  out[n] = '\0';
  return out[0] == '/';
}

/// Makes an absolute, folded path of one that could be ours. False: it cannot be.
bool complete(int dirfd, const char* path, char (&out)[PATH_MAX]) {
  if (path[0] == '/') {
    if (strstr(path, "dev") == nullptr && strstr(path, "sys") == nullptr && strstr(path, "/fd/") == nullptr) return false;
    return fold(path, out);
  }
  const char* const slash = strrchr(path, '/');
  const char* const last = slash ? slash + 1 : path;
  Path ignored;
  if (!device_by_name(last, ignored) && !link_by_name(last, ignored)) return false;
  char base[PATH_MAX];
  if (!directory_of(dirfd, base)) return false;
  const size_t length = strlen(base);
  if (length + strlen(path) + 2 > PATH_MAX) return false;
  base[length] = '/';
  strcpy(base + length + 1, path);
  return fold(base, out);
}

/// "/dev/fd/3", "/proc/self/fd/3", "/dev/stdin": the descriptor, or -1.
int descriptor_of(const char* path) {
  const char* number = nullptr;
  if (starts(path, "/dev/fd/"))
    number = path + 8;
  else if (starts(path, "/proc/self/fd/"))
    number = path + 14;
  else if (starts(path, "/proc/")) {
    char own[48];
    snprintf(own, sizeof own, "/proc/%ld/fd/", static_cast<long>(getpid()));
    if (starts(path, own)) number = path + strlen(own);
  } else if (strcmp(path, "/dev/stdin") == 0)
    return 0;
  if (!number || *number < '0' || *number > '9') return -1;
  char* end = nullptr;
  const long fd = strtol(number, &end, 10);
  return *end == '\0' && fd <= INT_MAX ? static_cast<int>(fd) : -1;
}

bool device_by_descriptor(const char* path, Path& result) {
  const int fd = descriptor_of(path);
  const std::uint64_t handle = fd < 0 ? 0 : device_handle(fd);
  if (handle == 0) return false;
  Request request;
  request.op = Op::query;
  request.handle = handle;
  Reply reply;
  Exchange exchange;
  if (!exchange.ask(request, reply)) return false;
  result.kind = PathKind::device;
  result.drive = reply.drive;
  result.node = reply.node;
  return true;
}

struct Addition {
  const char* directory;  ///< of the machine
  const char* prefix;     ///< of the names that we add there
};

/// Directories under /sys in which each drive has an entry. /dev is handled apart: its entries are devices.
constexpr Addition kAdditions[] = {
    {"/sys/block", "sr"},         {"/sys/class/block", "sr"},  {"/sys/class/scsi_generic", "sg"},
    {"/sys/dev/block", "11:"},    {"/sys/dev/char", "21:"},
};

/// Whether a relative directory can be one of those, or stand for one.
bool may_be_addition(const char* directory) {
  static constexpr const char* kLast[] = {".", "..", "dev", "block", "scsi_generic", "char"};
  const char* const slash = strrchr(directory, '/');
  for (const char* const last : kLast)
    if (strcmp(slash ? slash + 1 : directory, last) == 0) return true;
  return false;
}

bool set_shadow(const char* path, Path& result) {
  const int n = snprintf(result.real, sizeof result.real, "%s%s", shadow_root(), path);
  if (n <= 0 || n >= static_cast<int>(sizeof result.real)) return false;
  result.kind = PathKind::shadow;
  return true;
}

bool shadow_by_path(const char* path, Path& result) {
  if (starts(path, "/proc/sys/dev/cdrom") && (path[19] == '/' || path[19] == '\0')) return set_shadow(path, result);
  if (!starts(path, "/sys/")) return false;
  for (const Addition& row : kAdditions) {
    const size_t length = strlen(row.directory);
    if (strncmp(path, row.directory, length) != 0 || path[length] != '/') continue;
    const char* const name = path + length + 1;
    if (!starts(name, row.prefix)) continue;
    char number[8];
    const char* const digits = name + strlen(row.prefix);
    const size_t n = strcspn(digits, "/");
    if (n == 0 || n >= sizeof number) continue;
    memcpy(number, digits, n);
    number[n] = '\0';
    if (drive_number(number) >= 0) return set_shadow(path, result);
  }
  // A directory that the machine does not have at all, as /sys/class/scsi_generic without SCSI.
  if (strcmp(path, "/sys/class/scsi_generic") == 0 && real().access(path, F_OK) != 0) return set_shadow(path, result);
  return false;
}

bool classify_absolute(const char* path, Links links, Path& result) {
  if (starts(path, "/dev/")) {
    if (device_by_name(path + 5, result)) return true;
    if (link_by_name(path + 5, result)) {
      if (links == Links::follow) result.kind = PathKind::device;
      return true;
    }
  }
  if (shadow_by_path(path, result)) return true;
  return links == Links::follow && device_by_descriptor(path, result);
}

/// A symbolic link anywhere (/dev/disk/by-id/..., a user's own) whose target is one of ours.
void follow_link(int dirfd, const char* path, Path& result) {
  char target[PATH_MAX];
  char holder[PATH_MAX];
  if (strlen(path) >= sizeof holder) return;
  strcpy(holder, path);
  for (int depth = 0; depth < 8; depth++) {
    const ssize_t n = real().readlinkat(dirfd, holder, target, sizeof target - 1);
    if (n <= 0) return;
    target[n] = '\0';
    if (target[0] != '/') {
      char* const slash = strrchr(holder, '/');
      const size_t stem = slash ? slash + 1 - holder : 0;
      if (stem + n + 1 > sizeof holder) return;
      memcpy(holder + stem, target, n + 1);
    } else {
      strcpy(holder, target);
    }
    char folded[PATH_MAX];
    if (complete(dirfd, holder, folded) && classify_absolute(folded, Links::follow, result)) return;
  }
}

}  // namespace

void classify(int dirfd, const char* path, Links links, Path& result) {
  result.kind = PathKind::plain;
  if (!active() || path == nullptr || path[0] == '\0') return;
  const int saved = errno;
  char folded[PATH_MAX];
  const bool ours = complete(dirfd, path, folded) && classify_absolute(folded, links, result);
  if (!ours && links == Links::follow && starts(path, "/dev/")) follow_link(dirfd, path, result);
  errno = saved;
}

bool leads_to_device(int dirfd, const char* path, Path& result) {
  result.kind = PathKind::plain;
  if (!active()) return false;
  const int saved = errno;
  follow_link(dirfd, path, result);
  errno = saved;
  return result.kind == PathKind::device;
}

bool has_additions(const char* directory, char (&shadow)[PATH_MAX]) {
  if (!active()) return false;
  char folded[PATH_MAX];
  char base[PATH_MAX];
  const int saved = errno;
  if (directory[0] != '/') {
    if (!may_be_addition(directory)) return false;
    if (!directory_of(AT_FDCWD, base) || strlen(base) + strlen(directory) + 2 > sizeof base) return false;
    strcat(base, "/");
    strcat(base, directory);
    directory = base;
  }
  errno = saved;
  if (!fold(directory, folded)) return false;
  bool found = strcmp(folded, "/dev") == 0;
  for (const Addition& row : kAdditions) found = found || strcmp(folded, row.directory) == 0;
  if (!found) return false;
  const int n = snprintf(shadow, sizeof shadow, "%s%s", shadow_root(), folded);
  return n > 0 && n < static_cast<int>(sizeof shadow);
}

void device_name(int drive, Node node, char (&name)[32]) {
  static constexpr const char* kNames[] = {"sr", "scd", "sg"};
  snprintf(name, sizeof name, "/dev/%s%d", kNames[static_cast<int>(node)], drive);
}

}  // namespace vburn::preload
