// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "libcore/base/result.h"
#include "libcore/base/unique_fd.h"
#include "libcore/burner/device.h"
#include "vburn/protocol.h"

namespace vburn {

/// A file that gets a line for each command of each drive: what a program asks for, and what it gets.
///   sr0 28 00 00 00 00 10 00 00 10 00 in 32768 good
///   sr0 2a 00 00 00 00 20 00 00 10 00 out 32768 5/21/02
class Trace {
 public:
  /// Appends to the file; it is made if there is none.
  static core::Result<Trace> open(const std::string& path);

  void command(int drive, const Request& request, const core::burner::Reply& reply) const;

 private:
  core::UniqueFd fd_;
};

}  // namespace vburn
