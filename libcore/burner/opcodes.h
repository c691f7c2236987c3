// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dispatch table: one row per operation code. Everything a handler may rely on is checked by what its row says.
#pragma once

#include <span>
#include <string_view>

#include "libcore/burner/handlers.h"

namespace core::burner {

enum class Direction { none, in, out };

enum class Needs {
  nothing,  ///< works always, also during background work
  medium,   ///< a medium that is ready and not busy
  intact,   ///< likewise, and its blanking or formatting was not interrupted
};

/// What a pending unit attention does to a command.
enum class Attention { reported, left_pending };

/// Media that a command makes sense for; on others it is refused by the sense beside it.
enum class Media { all, cd, writable, rewritable };

struct OpcodeRow {
  int opcode;
  std::string_view name;
  std::size_t length;  ///< of the command block
  Direction direction;
  Needs needs;
  Attention attention;
  Media media;
  Sense refusal;
  Sense (*handler)(Drive&, Request&);
};

std::span<const OpcodeRow> opcode_table();
/// nullptr: the device does not know this command.
const OpcodeRow* find_opcode(int opcode);
bool applies(Media media, const MediumRow& row);

}  // namespace core::burner
