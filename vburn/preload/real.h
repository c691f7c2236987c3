// SPDX-License-Identifier: GPL-3.0-or-later
//
// The C library's own functions, past our replacements of them. They are looked up once, at the first call of any hook,
// which may come before our constructor: other libraries' constructors open files too.
//
// The whole preload library is C in C++ clothes: no exceptions, no allocation in hooks that a signal handler or a fork
// child may call, nothing of libstdc++, because it lives in programs that know nothing of it.
#pragma once

#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/xattr.h>
#include <unistd.h>

/// A function of the C library that we replace. Nothing else of this library is visible to the program.
#define VBURN_HOOK extern "C" [[gnu::visibility("default")]]

#define VBURN_REAL_FUNCTIONS(X)                                                                                   \
  X(open) X(open64) X(openat) X(openat64) X(creat) X(creat64) X(close) X(dup) X(dup2) X(dup3) X(fcntl)            \
  X(fcntl64) X(read) X(pread) X(pread64) X(readv) X(preadv) X(preadv64) X(write) X(pwrite) X(pwrite64) X(writev)  \
  X(pwritev) X(pwritev64) X(lseek) X(lseek64) X(fsync) X(fdatasync) X(mmap) X(mmap64) X(sendfile) X(sendfile64)   \
  X(copy_file_range) X(splice) X(posix_fadvise) X(posix_fadvise64) X(readahead) X(ioctl) X(stat) X(stat64)        \
  X(lstat) X(lstat64) X(fstat) X(fstat64) X(fstatat) X(fstatat64) X(statx) X(access) X(faccessat) X(euidaccess)   \
  X(readlink) X(readlinkat) X(realpath) X(canonicalize_file_name) X(opendir) X(fdopendir) X(readdir) X(readdir64) \
  X(closedir) X(rewinddir) X(dirfd) X(scandir) X(scandir64) X(glob) X(glob64) X(fopen) X(fopen64) X(fdopen)       \
  X(fileno) X(fileno_unlocked) X(getxattr) X(lgetxattr) X(listxattr) X(llistxattr)

namespace vburn::preload {

struct Real {
#define VBURN_DECLARE(name) decltype(&::name) name;
  VBURN_REAL_FUNCTIONS(VBURN_DECLARE)
#undef VBURN_DECLARE
};

const Real& real();

}  // namespace vburn::preload
