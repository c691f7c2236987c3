// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which descriptors of this process are virtual devices. The answer has to be cheap for the descriptors that are not,
// because every read() of the program asks; and right for those that are, though they may have been duplicated, inherited
// over an exec, or closed by calls that we do not see.
#pragma once

#include <cstdint>

namespace vburn::preload {

/// Looks through the descriptors that this process was born with. Called once.
void adopt_inherited_descriptors();

/// Remembers that `fd` is the client end of the handle with this socket inode number.
void remember_device(int fd, std::uint64_t inode);
/// Remembers that `copy` is a duplicate of `fd`, whatever that is.
void remember_copy(int fd, int copy);
void forget_device(int fd);

/// The inode number (= handle name) if `fd` is a virtual device, otherwise 0. Does not change errno.
std::uint64_t device_handle(int fd);

}  // namespace vburn::preload
