// SPDX-License-Identifier: GPL-3.0-or-later
//
// Listing of directories to which we add names: first ours, out of the shadow tree, then the machine's own except those
// that ours replace. glob(3) and scandir(3) list by internal calls, so glob gets our functions through its own
// GLOB_ALTDIRFUNC interface, and scandir is done here.
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <atomic>

#include "vburn/preload/client.h"
#include "vburn/preload/paths.h"
#include "vburn/preload/real.h"

using namespace vburn;
using namespace vburn::preload;

static_assert(sizeof(dirent) == sizeof(dirent64) && sizeof(glob_t) == sizeof(glob64_t));

namespace {

constexpr int kMerged = 64;

/// A directory stream that shows more than the machine has.
struct Merged {
  std::atomic<DIR*> main{nullptr};
  DIR* shadow = nullptr;   ///< nullptr after its last entry
  char directory[PATH_MAX];
  bool devices = false;
};
Merged g_merged[kMerged];

Merged* find(DIR* dir) {
  for (Merged& merged : g_merged)
    if (merged.main.load(std::memory_order_acquire) == dir) return &merged;
  return nullptr;
}

/// Makes `dir`, which lists a directory with additions, show them.
void add_shadow(DIR* dir, const char* shadow) {
  static std::atomic_flag lock = ATOMIC_FLAG_INIT;
  DIR* const additions = real().opendir(shadow);
  if (!additions) return;
  while (lock.test_and_set(std::memory_order_acquire)) {
  }
  Merged* const free_slot = find(nullptr);
  if (free_slot) {
    free_slot->shadow = additions;
    strcpy(free_slot->directory, shadow);
    const char* const name = strrchr(shadow, '/');
    free_slot->devices = name && strcmp(name, "/dev") == 0;
    free_slot->main.store(dir, std::memory_order_release);
  }
  lock.clear(std::memory_order_release);
  if (!free_slot) real().closedir(additions);
}

bool is_dot(const char* name) { return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')); }

/// Is this name of the machine replaced by one of ours?
bool replaced(const Merged& merged, const char* name) {
  char path[PATH_MAX];
  const size_t length = strlen(merged.directory);
  if (length + strlen(name) + 2 > sizeof path) return false;
  memcpy(path, merged.directory, length);
  path[length] = '/';
  strcpy(path + length + 1, name);
  return real().faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/// Only these names of the machine can collide; the test spares a system call for all others.
bool may_collide(const char* name) {
  return strncmp(name, "sr", 2) == 0 || strncmp(name, "scd", 3) == 0 || strncmp(name, "sg", 2) == 0 ||
         strncmp(name, "11:", 3) == 0 || strncmp(name, "21:", 3) == 0 || strcmp(name, "cdrom") == 0;
}

dirent* next_entry(DIR* dir) {
  Merged* const merged = active() ? find(dir) : nullptr;
  if (!merged) return real().readdir(dir);
  while (merged->shadow) {
    dirent* const entry = real().readdir(merged->shadow);
    if (!entry) {
      real().closedir(merged->shadow);
      merged->shadow = nullptr;
      break;
    }
    if (is_dot(entry->d_name)) continue;
    if (merged->devices)
      entry->d_type = strncmp(entry->d_name, "sg", 2) == 0 ? DT_CHR : strcmp(entry->d_name, "cdrom") == 0 ? DT_LNK : DT_BLK;
    return entry;
  }
  dirent* entry;
  do entry = real().readdir(dir);
  while (entry && may_collide(entry->d_name) && replaced(*merged, entry->d_name));
  return entry;
}

DIR* open_directory(const char* path) {
  Path target;
  classify(AT_FDCWD, path, Links::follow, target);
  if (target.kind == PathKind::shadow) return real().opendir(target.real);
  if (target.kind == PathKind::device) {
    errno = ENOTDIR;
    return nullptr;
  }
  DIR* const dir = real().opendir(path);
  char shadow[PATH_MAX];
  if (dir && has_additions(path, shadow)) add_shadow(dir, shadow);
  return dir;
}

template <typename Entry>
int scan(const char* path, Entry*** list, int (*filter)(const Entry*), int (*compare)(const Entry**, const Entry**)) {
  DIR* const dir = open_directory(path);
  if (!dir) return -1;
  Entry** entries = nullptr;
  size_t count = 0;
  const int saved = errno;
  errno = 0;
  while (Entry* const entry = reinterpret_cast<Entry*>(next_entry(dir))) {
    if (filter && !filter(entry)) continue;
    if ((count & (count - 1)) == 0)
      entries = static_cast<Entry**>(realloc(entries, (count ? 2 * count : 1) * sizeof *entries));
    Entry* const copy = static_cast<Entry*>(malloc(entry->d_reclen));
    if (!entries || !copy) abort();
    entries[count++] = static_cast<Entry*>(memcpy(copy, entry, entry->d_reclen));
  }
  errno = saved;
  closedir(dir);
  if (compare && count > 1)
    qsort(entries, count, sizeof *entries, reinterpret_cast<int (*)(const void*, const void*)>(compare));
  *list = entries;
  return static_cast<int>(count);
}

void glob_close(void* dir) { closedir(static_cast<DIR*>(dir)); }
void* glob_open(const char* path) { return opendir(path); }
dirent* glob_read(void* dir) { return next_entry(static_cast<DIR*>(dir)); }

int glob_ours(const char* pattern, int flags, int (*on_error)(const char*, int), glob_t* result) {
  if (!active() || (flags & GLOB_ALTDIRFUNC)) return real().glob(pattern, flags, on_error, result);
  result->gl_closedir = glob_close;
  result->gl_readdir = glob_read;
  result->gl_opendir = glob_open;
  result->gl_lstat = [](const char* path, struct stat* st) { return lstat(path, st); };
  result->gl_stat = [](const char* path, struct stat* st) { return stat(path, st); };
  return real().glob(pattern, flags | GLOB_ALTDIRFUNC, on_error, result);
}

}  // namespace

VBURN_HOOK DIR* opendir(const char* path) { return open_directory(path); }

VBURN_HOOK DIR* fdopendir(int fd) {
  DIR* const dir = real().fdopendir(fd);
  if (!dir || !active()) return dir;
  char name[48];
  char path[PATH_MAX];
  char shadow[PATH_MAX];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const ssize_t n = real().readlink(name, path, sizeof path - 1);
  if (n <= 0) return dir;
  path[n] = '\0';
  if (has_additions(path, shadow)) add_shadow(dir, shadow);
  return dir;
}

VBURN_HOOK dirent* readdir(DIR* dir) { return next_entry(dir); }
VBURN_HOOK dirent64* readdir64(DIR* dir) { return reinterpret_cast<dirent64*>(next_entry(dir)); }

VBURN_HOOK int closedir(DIR* dir) {
  if (Merged* const merged = active() ? find(dir) : nullptr) {
    if (merged->shadow) real().closedir(merged->shadow);
    merged->shadow = nullptr;
    merged->main.store(nullptr, std::memory_order_release);
  }
  return real().closedir(dir);
}

VBURN_HOOK void rewinddir(DIR* dir) noexcept {
  if (Merged* const merged = active() ? find(dir) : nullptr) {
    if (merged->shadow) real().closedir(merged->shadow);
    merged->shadow = real().opendir(merged->directory);
  }
  real().rewinddir(dir);
}

VBURN_HOOK int scandir(const char* path, dirent*** list, int (*filter)(const dirent*),
                       int (*compare)(const dirent**, const dirent**)) {
  return active() ? scan<dirent>(path, list, filter, compare) : real().scandir(path, list, filter, compare);
}
VBURN_HOOK int scandir64(const char* path, dirent64*** list, int (*filter)(const dirent64*),
                         int (*compare)(const dirent64**, const dirent64**)) {
  return active() ? scan<dirent64>(path, list, filter, compare) : real().scandir64(path, list, filter, compare);
}

VBURN_HOOK int glob(const char* pattern, int flags, int (*on_error)(const char*, int), glob_t* result) noexcept {
  return glob_ours(pattern, flags, on_error, result);
}
VBURN_HOOK int glob64(const char* pattern, int flags, int (*on_error)(const char*, int), glob64_t* result) noexcept {
  return glob_ours(pattern, flags, on_error, reinterpret_cast<glob_t*>(result));
}
