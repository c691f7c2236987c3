// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/json.h"

#include <doctest/doctest.h>

TEST_CASE("objects, lists and values are written as RFC 8259 wants them") {
  vburn::Json json;
  json.open_object().put("a", 1).put("b", true).put("c", 0.5).open_list("d").close_list();
  json.open_list("e").open_object().put("f", "g").close_object().close_list().close_object();
  CHECK(json.text() ==
        "{\n  \"a\": 1,\n  \"b\": true,\n  \"c\": 0.50,\n  \"d\": [],\n  \"e\": [\n    {\n      \"f\": \"g\"\n    }\n  ]\n}");
}

TEST_CASE("strings are escaped, bytes that are no UTF-8 are replaced") {
  vburn::Json json;
  json.open_object().put("k", "q\" b\\ n\n \xc3\xa4 \xff \xc3").close_object();
  CHECK(json.text() == "{\n  \"k\": \"q\\\" b\\\\ n\\u000a \xc3\xa4 \\ufffd \\ufffd\"\n}");
}
