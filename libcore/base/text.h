// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small text helpers that every module needs: quoting as scripts expect it, printf into a string, number words.
#pragma once

#include <string>
#include <string_view>

namespace core {

/// printf into a std::string.
[[gnu::format(printf, 1, 2)]] std::string strprintf(const char* format, ...);

/// Wraps text in single quotes; an inner ' becomes '"'"'. This is how paths appear in messages and result lines.
std::string shell_quote(std::string_view text);

}  // namespace core
