// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/find.h"

#include "test/unit/image/sample_tree.h"

using core::image::FindArguments;
using core::image::FindBuilder;
using core::image::FindExpression;
using core::image::FindSubject;
namespace tests = core::image::find_tests;
using Word = FindBuilder::Word;

namespace {

/// Builds an expression from a short text: t and f are constants, N negates, & and | are operators, ( ) brackets,
/// P is -prune, Y and X are decisions, ? : then, e elseif, E else, . endif.
FindExpression expression(const char* text) {
  FindBuilder builder;
  for (; *text != '\0'; text++) {
    FindArguments a;
    a.first = *text == 't';
    switch (*text) {
      case 't': case 'f': builder.add_test(tests::constant, std::move(a), false); break;
      case 'N': builder.add(Word::negate); break;
      case '&': builder.add(Word::both); break;
      case '|': builder.add(Word::either); break;
      case '(': builder.add(Word::open); break;
      case ')': builder.add(Word::close); break;
      case '?': builder.add(Word::if_); break;
      case ':': builder.add(Word::then); break;
      case 'e': builder.add(Word::else_if); break;
      case 'E': builder.add(Word::else_); break;
      case '.': builder.add(Word::end_if); break;
      case 'P': builder.add_prune(); break;
      case 'Y': builder.add_decision(true); break;
      case 'X': builder.add_decision(false); break;
      default: FAIL("bad letter");
    }
  }
  return builder.finish();
}

bool value(const char* text) { return expression(text).evaluate(FindSubject{}).matches; }

}  // namespace

TEST_CASE("operators group to the right and without precedence") {
  CHECK(value(""));
  CHECK(value("tt"));
  CHECK(!value("tf"));
  CHECK(value("f|t"));
  CHECK(value("t|f&f"));     // t or (f and f)
  CHECK(!value("f&t|t"));    // f and (t or t)
  CHECK(value("(f&t)|t"));
  CHECK(value("NNt"));
  CHECK(value("N(tf)"));
  CHECK(value("Nft"));
}

TEST_CASE("conditions") {
  CHECK(value("?t:t."));
  CHECK(!value("?t:f."));
  CHECK(!value("?f:t."));
  CHECK(value("?f:fEt."));
  CHECK(value("?f:fet:t."));
  CHECK(!value("?f:tet:fEt."));
  CHECK(value("?t:fet:t."));    // a false result lets the next condition have its turn
  CHECK(!value("?t:fEt."));
  CHECK(value("?t:tet:t.&f"));  // what follows belongs to the last condition
  CHECK(value("N?t:tet:t."));
  CHECK(value("?f:t.|t"));
  CHECK(value("?t:?f:fEt.."));
}

TEST_CASE("decisions end the evaluation") {
  CHECK(value("Yf"));
  CHECK(!value("X|t"));
  CHECK(value("N(tY)f"));
  CHECK(value("t|X"));
}

TEST_CASE("words that are missing at the end don't matter, others make the expression hopeless") {
  CHECK(value("t&"));
  CHECK(value("f|"));
  CHECK(value("tN"));
  CHECK(value("(t"));
  CHECK(value("?t:t"));
  for (const char* bad : {"()", "t)", "|t", "&t", "t||t", "?t.", ":t", ".", "?t:tE.", "(t&)"}) CHECK(!value(bad));
}

TEST_CASE("prune is reached or not") {
  CHECK(expression("P").evaluate({}).prune);
  CHECK(expression("t|P").evaluate({}).prune == false);
  CHECK(expression("f|P").evaluate({}).prune);
}

TEST_CASE("tests of nodes") {
  const auto image = make_tree({"/d/", "/d/f=abc"});
  const auto subject = [&](const char* path) {
    const core::image::Node node = image->find(path);
    return FindSubject{.image = image.get(), .node = node, .path = path, .name = node.name(), .depth = 2};
  };
  FindArguments a;
  a.text = "d";
  CHECK(tests::type(subject("/d"), a));
  CHECK(!tests::type(subject("/d/f"), a));
  a.text = "-";
  CHECK(tests::type(subject("/d/f"), a));
  a.text = "";
  CHECK(tests::type(subject("/d"), a));
  a.pattern = *core::image::Pattern::compile("*/f");
  CHECK(tests::wholename(subject("/d/f"), a));
  CHECK(!tests::name(subject("/d/f"), a));
  a.first = 2;
  CHECK(tests::maxdepth(subject("/d"), a));
  CHECK(tests::mindepth(subject("/d"), a));
  a.first = 1;
  CHECK(!tests::maxdepth(subject("/d"), a));
  CHECK(tests::pending_data(subject("/d/f"), a));
  CHECK(!tests::pending_data(subject("/d"), a));
  CHECK(!tests::filter(subject("/d/f"), a));
  a.first = -5;
  a.second = 10;
  CHECK(tests::lba_range(subject("/d"), a));
  a.first = 5;
  CHECK(!tests::lba_range(subject("/d"), a));
}

TEST_CASE("files on disk match few tests") {
  struct stat info{};
  info.st_mode = S_IFDIR | 0755;
  info.st_dev = 7;
  const FindSubject subject{.disk = &info, .path = "x", .name = "x", .depth = 1, .parent_device = 8};
  FindArguments a;
  a.text = "m";
  CHECK(tests::type(subject, a));
  a.text = "d";
  CHECK(tests::type(subject, a));
  CHECK(!tests::acl(subject, a));
  CHECK(!tests::md5(subject, a));
  CHECK(!tests::hidden(subject, a));
}
