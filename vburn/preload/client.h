// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way to the daemon: open devices and ask for things.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vburn/protocol.h"

namespace vburn::preload {

/// Does this process run under a virtual burner at all?
bool active();
/// Where the daemon listens, and its directory of things to show in place of the real ones.
const char* socket_path();
const char* shadow_root();
/// Is there a drive of this number?
bool has_drive(int number);

/// Opens a device as open(2) would. The new descriptor, or -1 and errno.
int open_device(int drive, Node node, int flags);

/// Has this thread just had a command executed well, by a drive that takes no time for anything? Then it needs no sleep.
bool sleeps_for_drive();

/// One exchange with the daemon. While it lives, shared() is this thread's own.
class Exchange {
 public:
  Exchange();
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// kSharedBytes of memory, or nullptr if the daemon cannot be reached.
  unsigned char* shared();
  /// Asks and waits for the answer. False and errno if there was none or if it says error; the device of a daemon that
  /// is gone is a device that is gone: ENODEV.
  bool ask(const Request& request, Reply& reply);

 private:
  int slot_ = -1;
};

}  // namespace vburn::preload
