// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "libcore/base/clibs.h"
#include "libcore/image/pattern.h"

using core::image::Pattern;
using Words = std::vector<std::string>;

namespace {

bool match(const char* pattern, const char* name) { return Pattern::compile(pattern)->matches(name); }

std::vector<core::Problem> reported;
core::FunctionSink sink([](core::Problem p) { reported.push_back(std::move(p)); });

void add(IsoImage* image, IsoDir* parent, const Words& names) {
  for (const std::string& name : names) {
    IsoDir* dir = nullptr;
    REQUIRE(iso_image_add_new_dir(image, parent, name.c_str(), &dir) > 0);
  }
}

/// A tree of the directories a, a/x1, a/x2, b, b/x1, .hidden, f1, f2, "we*ird".
std::unique_ptr<core::image::Image> sample() {
  iso_init();
  auto image = std::move(core::image::Image::create("T")).value();
  IsoImage* handle = image->handle();
  IsoDir* root = iso_image_get_root(handle);
  add(handle, root, {"f2", "f1", ".hidden", "we*ird"});
  IsoDir *a = nullptr, *b = nullptr;
  REQUIRE(iso_image_add_new_dir(handle, root, "a", &a) > 0);
  REQUIRE(iso_image_add_new_dir(handle, root, "b", &b) > 0);
  add(handle, a, {"x1", "x2"});
  add(handle, b, {"x1"});
  return image;
}

Words expand(const core::image::Image& image, const char* cwd, const Words& words) {
  return core::image::expand_in_image(image, cwd, words, sink).value();
}

}  // namespace

TEST_CASE("stars and question marks") {
  CHECK(match("*", ""));
  CHECK(match("*", ".x"));
  CHECK(match("?", "a"));
  CHECK(!match("?", ""));
  CHECK(!match("?", "ab"));
  CHECK(match("a*b*c", "aXbYbZc"));
  CHECK(!match("a*b*c", "aXbYbZ"));
  CHECK(match("**x", "xxx"));
  CHECK(match("*.txt", "a.b.txt"));
  CHECK(!match("*.txt", "a.txt.b"));
  CHECK(match("a*", "a/b"));
}

TEST_CASE("characters that mean something to regular expressions are plain") {
  CHECK(match("a.b*", "a.bc"));
  CHECK(!match("a.b*", "axbc"));
  CHECK(match("c++*", "c++11"));
  CHECK(!match("c++*", "ccc"));
  CHECK(match("^$(){}|*", "^$(){}|"));
}

TEST_CASE("sets") {
  CHECK(match("[abc]", "b"));
  CHECK(!match("[abc]", "d"));
  CHECK(match("[a-cx-z]", "y"));
  CHECK(match("[!a-c]", "d"));
  CHECK(match("[^a-c]", "d"));
  CHECK(!match("[!a-c]", "b"));
  CHECK(match("[]]", "]"));
  CHECK(match("[!]]", "a"));
  CHECK(match("[a-]", "-"));
  CHECK(match("[[]", "["));
  CHECK(match("[*]", "*"));
  CHECK(!match("[*]", "x"));
  CHECK(match("[[:digit:]][[:alpha:]_]", "7_"));
  CHECK(!match("[[:digit:]]", "x"));
}

TEST_CASE("a backslash makes the next character plain") {
  CHECK(match("\\*", "*"));
  CHECK(!match("\\*", "x"));
  CHECK(match("a\\?*", "a?b"));
  CHECK(match("*\\", "a\\"));
}

TEST_CASE("characters of several bytes count as one, stray bytes as none") {
  CHECK(match("?", "\xc3\xa4"));
  CHECK(!match("??", "\xc3\xa4"));
  CHECK(match("[\xc3\xa4-\xc3\xbc]", "\xc3\xb6"));
  CHECK(!match("bad*", "bad\xe4"));
  CHECK(match("*\xe4", "bad\xe4"));
}

TEST_CASE("patterns that can't be understood tell their regular expression") {
  for (const char* bad : {"[", "[a", "[]", "[!]", "[z-a]", "a["}) CHECK(!Pattern::compile(bad).ok());
  CHECK(Pattern::compile("[a-").problem().text == "Cannot compile regular expression : ^[a-$");
  CHECK(Pattern::compile("x.[!]").problem().text == "Cannot compile regular expression : ^x\\.[^]$");
}

TEST_CASE("expansion in the image keeps the order of the words and of the tree") {
  const auto image = sample();
  CHECK(expand(*image, "/", {"f*", "a"}) == Words{"f1", "f2", "a"});
  CHECK(expand(*image, "/", {"*"}) == Words{".hidden", "a", "b", "f1", "f2", "we*ird"});
  CHECK(expand(*image, "/", {"*/x1"}) == Words{"a/x1", "b/x1"});
  CHECK(expand(*image, "/", {"?/*"}) == Words{"a/x1", "a/x2", "b/x1"});
  CHECK(expand(*image, "/", {"we[*]ird", "we\\*ird"}) == Words{"we*ird", "we*ird"});
}

TEST_CASE("words without match stay unaltered") {
  const auto image = sample();
  CHECK(expand(*image, "/", {"nix*", "nix", "f1/*"}) == Words{"nix*", "nix", "f1/*"});
}

TEST_CASE("results are relative as their words, unless one word of the list is absolute") {
  const auto image = sample();
  CHECK(expand(*image, "/a", {"x?"}) == Words{"x1", "x2"});
  CHECK(expand(*image, "/a", {"../f*"}) == Words{"/f1", "/f2"});
  CHECK(expand(*image, "/", {"f*", "/a"}) == Words{"/f1", "/f2", "/a"});
  CHECK(expand(*image, "/", {"f1", "/a"}) == Words{"/f1", "/a"});
  CHECK(expand(*image, "/", {"a/", "./*d"}) == Words{"a", "we*ird"});
  CHECK(expand(*image, "/a", {".", "x1"}) == Words{".", "x1"});
}

TEST_CASE("a bad word ends the expansion with the cause reported first") {
  const auto image = sample();
  reported.clear();
  const auto result = core::image::expand_in_image(*image, "/", Words{"f1", "[x"}, sink);
  REQUIRE(!result.ok());
  CHECK(result.problem().text == "Cannot compile pattern to regular expression:  [x");
  REQUIRE(reported.size() == 1);
  CHECK(reported[0].text == "Cannot compile regular expression : ^[x$");
  reported.clear();
  CHECK(!core::image::expand_in_image(*image, "/", Words{"../*"}, sink).ok());
  CHECK(reported.at(0).text == "Your '..' bonked at the root directory.");
}

TEST_CASE("expansion on disk") {
  namespace fs = std::filesystem;
  char name[] = "/tmp/pattern-test-XXXXXX";
  const std::string top = mkdtemp(name);
  fs::create_directories(top + "/d1/sub");
  std::ofstream(top + "/d1/f").put('x');
  std::ofstream(top + "/.dot").put('x');
  fs::create_directory_symlink("d1", top + "/link");
  using core::image::expand_on_disk;
  using core::image::LinkHopping;
  const auto run = [&](const Words& words, LinkHopping hopping) { return *expand_on_disk(top, words, hopping, sink); };
  CHECK(run({"*"}, LinkHopping::yes) == Words{".dot", "d1", "link"});
  CHECK(run({"l*/*"}, LinkHopping::yes) == Words{"link/f", "link/sub"});
  CHECK(run({"l*/*"}, LinkHopping::no) == Words{"l*/*"});
  CHECK(run({top + "/d*/f", "d*"}, LinkHopping::yes) == Words{top + "/d1/f", "d1"});
  CHECK(run({"no*", "d1/f/"}, LinkHopping::yes) == Words{"no*", "d1/f"});
  fs::remove_all(top);
}
