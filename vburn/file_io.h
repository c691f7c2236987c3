// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole transfers at an offset of a file, and copying of images.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "libcore/base/result.h"

namespace vburn {

/// Fills `data`; what lies behind the end of the file reads as zeros. False and errno on failure.
bool read_at(int fd, std::int64_t offset, std::span<std::byte> data);
bool write_at(int fd, std::int64_t offset, std::span<const std::byte> data);
bool write_zeros(int fd, std::int64_t offset, std::int64_t count);

/// The content of a small file. The problem carries errno.
core::Result<std::string> read_file(const std::string& path);

/// Is this a regular file with content?
core::Result<void> check_image(const std::string& path);

/// Copies the data of `from` to the start of `to`, holes staying holes, the end padded to a whole block.
core::Result<void> copy_sparse(const std::string& from, int to, const std::string& to_name);

}  // namespace vburn
