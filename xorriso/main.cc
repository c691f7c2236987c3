// SPDX-License-Identifier: GPL-3.0-or-later
#include <malloc.h>

#include <clocale>
#include <string>
#include <vector>

#include "xorriso/run.h"

int main(int argc, char** argv) {
  ::mallopt(M_ARENA_MAX, 2);  // threads allocate little; more heaps would keep more memory that nobody uses
  std::setlocale(LC_CTYPE, "");
  return xorriso::run_program(argc > 0 ? argv[0] : "xorriso", std::vector<std::string>(argv + (argc > 0), argv + argc));
}
