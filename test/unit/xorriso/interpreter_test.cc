// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/interpreter.h"

#include <doctest/doctest.h>

#include "xorriso/command_table.h"
#include "xorriso/prescan.h"
#include "xorriso/program.h"

using namespace xorriso;
using Strings = std::vector<std::string>;

namespace {

/// A program that shows nothing on the terminal of the test.
struct Quiet {
  Quiet() { program.settings.exceptions.report_about = program.settings.exceptions.abort_on = core::Severity::never; }
  Program program;
};

std::size_t count(const Strings& words) { return count_arguments(*find_command(words[0]), words, 0, "--"); }

}  // namespace

TEST_CASE("the argument counter") {
  CHECK(count({"-print", "a", "b"}) == 1);
  CHECK(count({"-print"}) == 0);
  CHECK(count({"-load", "a", "-print"}) == 2);
  CHECK(count({"-rm", "a", "b", "--", "-print"}) == 3);
  CHECK(count({"-rm", "a", "b"}) == 2);
  CHECK(count({"-chmod", "--", "b", "--", "-print"}) == 3);
  CHECK(count({"-setfacl_list", "a", "b", "--", "c"}) == 3);
}

TEST_CASE_FIXTURE(Quiet, "words are executed in their order, missing ones are empty") {
  CHECK(interpret(program, Strings{"-volid", "A", "-volid", "B", "-publisher"}) == Outcome::go_on);
  CHECK(program.settings.image.texts.volume_id == "B");
  CHECK(program.settings.image.texts.publisher_id.empty());
}

TEST_CASE_FIXTURE(Quiet, "an event of abort_on ends the sequence") {
  program.settings.exceptions.abort_on = core::Severity::failure;
  CHECK(interpret(program, Strings{"-report_about", "NEVER", "-acl", "bad", "-volid", "A"}) == Outcome::aborted);
  CHECK(program.settings.image.texts.volume_id == "ISOIMAGE");
}

TEST_CASE_FIXTURE(Quiet, "-end ends the sequence") {
  CHECK(interpret(program, Strings{"-end", "-volid", "A"}) == Outcome::ended);
  CHECK(program.settings.image.texts.volume_id == "ISOIMAGE");
}

TEST_CASE_FIXTURE(Quiet, "backslash codes of program arguments count from the setting on") {
  interpret(program, Strings{"-publisher", "a\\tb", "-backslash_codes", "with_program_arguments", "-volset_id", "a\\tb"}, WordSource::arguments);
  CHECK(program.settings.image.texts.publisher_id == "a\\tb");
  CHECK(program.settings.image.texts.volume_set_id == "a\tb");
}

TEST_CASE_FIXTURE(Quiet, "the early scan finds unknown words before anything is executed") {
  program.settings.exceptions.abort_on = core::Severity::failure;
  const Strings words{"-report_about", "NEVER", "-volid", "A", "-nonsense"};
  CHECK_FALSE(prescan(program, words, PrescanPass::first).aborted);
  CHECK(prescan(program, words, PrescanPass::second).aborted);
  CHECK(program.settings.image.texts.volume_id == "ISOIMAGE");
}

TEST_CASE_FIXTURE(Quiet, "the early scan leaves the delimiter as it was") {
  const Strings words{"-list_delimiter", "+", "-not_paths", "a", "+", "-x"};
  CHECK(prescan(program, words, PrescanPass::second).sort);
  CHECK(program.settings.scripting.list_delimiter == "--");
}

TEST_CASE_FIXTURE(Quiet, "option -x sorts by rank, stably, aliases first") {
  const Strings words{"-x", "-commit", "-volid", "B", "-rmi", "a", "--", "-volid", "A", "nonsense", "-dev", "d"};
  CHECK(sort_arguments(program, words) == Strings{"-rmi", "a", "--", "-dev", "d", "-volid", "B", "-volid", "A", "-commit"});
}
