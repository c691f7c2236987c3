// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packet output: each line of a channel becomes a line with a prefix of five characters, "R:1: text\n". The digit tells
// whether the newline belongs to the text (1) or only ends the packet (0).
#pragma once

#include <string>
#include <string_view>

namespace xorriso {

enum class Channel { result, info, mark };

/// The packets of a text.
std::string packets_of(Channel channel, std::string_view text);

/// Writes all of `text`, whatever signals come in between. Gives up if nobody listens any more.
void write_all(int fd, std::string_view text);

}  // namespace xorriso
