// SPDX-License-Identifier: GPL-3.0-or-later
#include <doctest/doctest.h>

#include "libcore/session/plan.h"

using namespace core;
using namespace core::session;
using drive::MediumStatus;

TEST_CASE("the first session on a blank file starts behind the head and activates it") {
  const auto plan = make_plan({.same_drive = true, .status = MediumStatus::blank, .overwritable = true, .next_writable = Lba{32}});
  REQUIRE(plan);
  CHECK(plan->method == Method::fresh);
  CHECK(plan->image_start == Lba{32});
  CHECK(plan->write_start == Lba{32});
  CHECK(plan->activates_head);
  CHECK(!plan->refers_to_older);
  // 371 blocks and 300 KiB of padding are 521 blocks; the next multiple of 32 is 544.
  CHECK(blocks_on_medium(*plan, Blocks{371}, Bytes{300 << 10}) == Blocks{544});
  CHECK(blocks_on_medium(*plan, Blocks{32}, Bytes{0}) == Blocks{32});
  CHECK(blocks_on_medium(*plan, Blocks{32}, Bytes{1}) == Blocks{64});
}

TEST_CASE("without emulated table of content the first session starts at 0 and has no head") {
  for (const auto nwa : {Lba{0}, Lba{32}}) {
    const auto plan = make_plan({.same_drive = true, .overwritable = true, .emulate_toc = false, .next_writable = nwa});
    REQUIRE(plan);
    CHECK(plan->write_start == Lba{0});
    CHECK(!plan->activates_head);
    CHECK(blocks_on_medium(*plan, Blocks{38}, Bytes{300 << 10}) == Blocks{188});
  }
}

TEST_CASE("growing refers to older sessions and goes to the next writable address") {
  const auto plan = make_plan(
      {.same_drive = true, .image_loaded = true, .status = MediumStatus::appendable, .overwritable = true, .next_writable = Lba{416}});
  REQUIRE(plan);
  CHECK(plan->method == Method::growing);
  CHECK(plan->image_start == Lba{416});
  CHECK(plan->refers_to_older);
  CHECK(plan->activates_head);
  CHECK(blocks_on_medium(*plan, Blocks{50}, Bytes{300 << 10}) == Blocks{224});
}

TEST_CASE("growing on media with sessions of their own needs no head") {
  const auto plan =
      make_plan({.same_drive = true, .image_loaded = true, .status = MediumStatus::appendable, .next_writable = Lba{12345}});
  REQUIRE(plan);
  CHECK(plan->write_start == Lba{12345});
  CHECK(!plan->activates_head);
}

TEST_CASE("modifying copies the old content to a blank medium") {
  const auto plan = make_plan({.image_loaded = true, .status = MediumStatus::blank, .overwritable = true, .next_writable = Lba{32}});
  REQUIRE(plan);
  CHECK(plan->method == Method::modifying);
  CHECK(plan->image_start == Lba{32});
  CHECK(!plan->refers_to_older);
}

TEST_CASE("a pipe gets the image from address 0 on") {
  const auto plan = make_plan({.image_loaded = true, .status = MediumStatus::blank});
  REQUIRE(plan);
  CHECK(plan->write_start == Lba{0});
  CHECK(!plan->activates_head);
  CHECK(blocks_on_medium(*plan, Blocks{38}, Bytes{300 << 10}) == Blocks{188});
}

TEST_CASE("blind growing makes addresses for elsewhere and writes to the start of the output") {
  const auto plan = make_plan({.image_loaded = true, .overwritable = true, .next_writable = Lba{32}, .blind_address = Lba{1000}});
  REQUIRE(plan);
  CHECK(plan->method == Method::blind_growing);
  CHECK(plan->image_start == Lba{1000});
  CHECK(plan->write_start == Lba{0});
  CHECK(plan->refers_to_older);
  CHECK(!plan->activates_head);
}

TEST_CASE("another drive with data on it is refused, as is a closed medium") {
  const auto other = make_plan({.status = MediumStatus::appendable, .overwritable = true, .next_writable = Lba{64}});
  REQUIRE(!other);
  CHECK(other.problem().text == "-indev differs from -outdev and -outdev media holds non-zero data");
  CHECK(other.problem().severity == Severity::failure);
  CHECK(!make_plan({.same_drive = true, .status = MediumStatus::closed}));
  CHECK(!make_plan({.same_drive = true, .status = MediumStatus::no_medium}));
}

TEST_CASE("a first session that can't be read back starts at block 0, and later ones update the head") {
  const auto first = make_plan({.same_drive = true, .overwritable = true, .readable = false, .next_writable = Lba{0}});
  REQUIRE(first);
  CHECK(first->write_start == Lba{0});
  CHECK_FALSE(first->activates_head);
  CHECK(first->granularity == Blocks{32});
  const auto next = make_plan({.same_drive = true, .status = MediumStatus::appendable, .overwritable = true, .readable = false,
                               .next_writable = Lba{192}});
  REQUIRE(next);
  CHECK(next->write_start == Lba{192});
  CHECK(next->activates_head);
}
