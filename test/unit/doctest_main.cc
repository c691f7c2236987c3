// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main program of each unit test.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <clocale>

int main(int argc, char** argv) {
  std::setlocale(LC_CTYPE, "C.UTF-8");
  return doctest::Context(argc, argv).run();
}
