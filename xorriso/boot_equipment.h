// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pending and loaded boot equipment: what -status and -boot_image show_status tell about it, and how it gets into the
// image when a session is made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "xorriso/command.h"

namespace core::session { struct ImageOptions; }

namespace xorriso {

class Program;

/// The text behind "Boot record  : ". Empty: nothing was loaded that boots.
std::string boot_record_words(const Program& program);

/// What will happen to loaded boot images: "discarded", "kept unchanged", ...
std::string_view fate_of_loaded_boot_images(const Program& program);

/// Reports a pending boot image which is not in the image.
void check_pending_boot_image(Program& program);

/// The lines "-boot_image ..." for -status.
void boot_status_lines(const Program& program, std::vector<StatusLine>& lines);

/// Attaches the pending boot image to the image and begins a new one. False: reported.
bool attach_pending_boot_image(Program& program);

/// Does what has to be done in the image before a session is made or its size gets predicted, and completes the options
/// by the content of the system area. False: reported.
bool prepare_boot_equipment(Program& program, core::session::ImageOptions& options);

/// A GUID as 32 hex digits in disk byte order, or dashed as users write it.
std::string guid_hex(const std::array<std::uint8_t, 16>& guid);
std::string guid_dashed(const std::array<std::uint8_t, 16>& guid);
std::optional<std::array<std::uint8_t, 16>> parse_guid(std::string_view word);
std::string hex_digits(std::span<const std::uint8_t> bytes);
/// Bytes from an even number of hex digits, else nothing.
std::optional<std::vector<std::uint8_t>> parse_hex(std::string_view digits);

}  // namespace xorriso
