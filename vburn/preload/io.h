// SPDX-License-Identifier: GPL-3.0-or-later
//
// Byte access to an open virtual device, as the kernel's block layer would give it.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <cstdint>

namespace vburn::preload {

/// read(2) and pread(2) of a device; kCurrentPosition as offset means the common file position.
ssize_t device_read(std::uint64_t handle, void* data, size_t size, std::int64_t offset);
ssize_t device_write(std::uint64_t handle, const void* data, size_t size, std::int64_t offset);
std::int64_t device_seek(std::uint64_t handle, std::int64_t offset, int whence);

}  // namespace vburn::preload
