// SPDX-License-Identifier: GPL-3.0-or-later
#include "xorriso/list_files.h"

#include <cerrno>
#include <fstream>
#include <iostream>

#include "libcore/base/text.h"
#include "xorriso/program.h"

namespace xorriso {

bool for_each_line(Program& program, const std::string& path, const std::function<bool(const std::string&)>& take) {
  using core::Severity;
  std::ifstream file;
  const bool is_stdin = path == "-";
  if (is_stdin) {
    program.report(Severity::note, "Ready for data at standard input");
  } else {
    const auto disk = program.disk_path(path);
    errno = 0;
    if (disk) file.open(*disk, std::ios::binary);
    if (!disk || !file.is_open())
      return program.fail(Severity::failure, "Failed to open file " + core::shell_quote(path) + " in rb mode", errno);
  }
  std::istream& in = is_stdin ? std::cin : file;
  for (std::string line; std::getline(in, line);)
    if (!take(line)) break;
  return true;
}

}  // namespace xorriso
