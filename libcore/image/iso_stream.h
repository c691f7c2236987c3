// SPDX-License-Identifier: GPL-3.0-or-later
//
// libisofs.h hides this struct from C++, because its first member has the name of a keyword. The layout is the library's.
#pragma once

#include "libcore/base/clibs.h"

struct iso_stream {
  IsoStreamIface* methods;
  int refcount;
  void* data;
};
