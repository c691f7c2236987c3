// SPDX-License-Identifier: GPL-3.0-or-later
#include <clocale>
#include <string>
#include <vector>

#include "xorriso/run.h"

int main(int argc, char** argv) {
  std::setlocale(LC_CTYPE, "");
  return xorriso::run_program(argc > 0 ? argv[0] : "xorriso", std::vector<std::string>(argv + (argc > 0), argv + argc));
}
