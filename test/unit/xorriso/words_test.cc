// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/words.h"

#include <doctest/doctest.h>

using xorriso::BackslashCodes;
using xorriso::split_line;
using xorriso::SplitLine;
using Strings = std::vector<std::string>;

TEST_CASE("words are split at white space") {
  CHECK(split_line("-print a\tb\r -x ", {}).words == Strings{"-print", "a", "b", "-x"});
  CHECK(split_line("", {}).words.empty());
  CHECK(split_line("   ", {}).words.empty());
}

TEST_CASE("quotes glue parts of a word and may be empty") {
  CHECK(split_line(R"(a'b'"c" d)", {}).words == Strings{"abc", "d"});
  CHECK(split_line(R"("a b"' c' '' "")", {}).words == Strings{"a b c", "", ""});
  CHECK(split_line(R"("it's" 'say "x"')", {}).words == Strings{"it's", "say \"x\""});
}

TEST_CASE("an open quote and a trailing backslash ask for the next line") {
  const auto quote = split_line("-print \"a b", {});
  CHECK(quote.end == SplitLine::End::open_quote);
  CHECK(quote.words == Strings{"-print", "a b"});
  const auto joined = split_line("-print abc\\", {});
  CHECK(joined.end == SplitLine::End::backslash);
  CHECK(joined.words == Strings{"-print", "abc"});
  CHECK(split_line("-print 'abc\\'", {}).end == SplitLine::End::complete);
}

TEST_CASE("backslash codes are decoded where the setting says so") {
  const std::string line = R"(a\tb "c\td" 'e\tf')";
  CHECK(split_line(line, {}).words == Strings{"a\\tb", "c\\td", "e\\tf"});
  CHECK(split_line(line, {.in_double_quotes = true}).words == Strings{"a\\tb", "c\td", "e\\tf"});
  CHECK(split_line(line, {.in_quotes = true}).words == Strings{"a\\tb", "c\td", "e\tf"});
  CHECK(split_line(line, {.with_quoted_input = true}).words == Strings{"a\tb", "c\td", "e\tf"});
}

TEST_CASE("the backslash codes") {
  CHECK(xorriso::decode_backslashes(R"(\a\b\e\f\n\r\t\v\\)") == "\a\b\x1b\f\n\r\t\v\\");
  CHECK(xorriso::decode_backslashes(R"(\101\x41\cA)") == "AA\x01");
  CHECK(xorriso::decode_backslashes(R"(\q\000\x00\08\xZZ\c!\)") == R"(\q\000\x00\08\xZZ\c!\)");
  CHECK(xorriso::decode_backslashes("\\777") == "\\777");
}

TEST_CASE("encoding keeps white space outside of quotes and survives decoding") {
  CHECK(xorriso::encode_backslashes("a\tb\\c\x7f") == "a\tb\\\\c\\177");
  CHECK(xorriso::encode_backslashes("\"a\tb\n\"\n") == "\"a\\tb\\n\"\n");
  CHECK(xorriso::encode_backslashes("\xc3\xa4") == "\\303\\244");
  const std::string odd = "\x01\x02 \\ \xff\x80z";
  CHECK(xorriso::decode_backslashes(xorriso::encode_backslashes(odd)) == odd);
}

TEST_CASE("other separators than white space") {
  CHECK(xorriso::split_line_at("a:b:c d", ":", {}).words == Strings{"a", "b", "c d"});
  CHECK(xorriso::split_line_at("'a:b':c", ":", {}).words == Strings{"a:b", "c"});
  CHECK(xorriso::split_line_at("a b  c 'd' ", "", {}, 2).words == Strings{"a", "b", "c 'd' "});
}
