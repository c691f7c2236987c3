// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/trace.h"

#include <errno.h>
#include <fcntl.h>

#include <algorithm>
#include <cstring>

#include "libcore/base/text.h"

namespace vburn {

core::Result<Trace> Trace::open(const std::string& path) {
  Trace trace;
  trace.fd_.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
  if (trace.fd_) return trace;
  const int error = errno;
  return core::Problem{.text = "Cannot open trace file " + core::shell_quote(path) + " : " + std::strerror(error),
                       .os_errno = error};
}

void Trace::command(int drive, const Request& request, const core::burner::Reply& reply) const {
  std::string line = core::strprintf("sr%d", drive);
  for (int i = 0; i < std::min<int>(request.cdb_length, sizeof request.cdb); i++)
    line += core::strprintf(" %02x", static_cast<unsigned>(request.cdb[i]));
  static constexpr const char* kDirections[] = {"", " out", " in"};
  if (request.direction != Direction::none)
    line += core::strprintf("%s %zu", kDirections[static_cast<int>(request.direction)], reply.transferred);
  const auto sense = [&reply](int i) { return std::to_integer<unsigned>(reply.sense[static_cast<std::size_t>(i)]); };
  if (reply.power_lost)
    line += " power lost\n";
  else if (reply.status == core::burner::Status::good)
    line += " good\n";
  else
    line += core::strprintf(" %x/%02x/%02x\n", sense(2) & 15u, sense(12), sense(13));
  [[maybe_unused]] const ssize_t n = write(fd_.get(), line.data(), line.size());  // one write: lines of drives do not mix
}

}  // namespace vburn
