// SPDX-License-Identifier: GPL-3.0-or-later
//
// How text becomes words: splitting of input lines with quotes, backslash codes, and the reverse encoding of output.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xorriso/settings.h"

namespace xorriso {

struct SplitLine {
  std::vector<std::string> words;
  enum class End {
    complete,
    open_quote,  ///< the next line belongs to the last word, behind a newline
    backslash,   ///< a trailing backslash outside of quotes joins the next line without newline
  } end = End::complete;
};

/// Splits a line at white space. Quotes of both kinds may begin anywhere inside a word and glue its parts; the other
/// kind of quote is plain text inside. Backslash codes are decoded as `codes` says for quoted and unquoted parts.
SplitLine split_line(std::string_view line, const BackslashCodes& codes);

/// Like split_line, but at the characters of `separators` instead of white space, if there are any. If `max_words` is
/// not 0, then the text behind so many words becomes one more word, taken as it is.
SplitLine split_line_at(std::string_view line, std::string_view separators, const BackslashCodes& codes,
                        std::size_t max_words = 0);

/// Decodes \a \b \e \f \n \r \t \v \\ \NNN \xHH \cX. What is none of these keeps its backslash.
std::string decode_backslashes(std::string_view text);

/// Encodes bytes outside of 32..126 and the backslash. White space control characters are encoded only inside of quotes.
std::string encode_backslashes(std::string_view text);

}  // namespace xorriso
