// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one place that includes the libburnia headers. The order matters: libburn.h declares into namespace burn when
// compiled as C++, libisofs.h and libisoburn.h do not, and libisoburn.h expects the others' names to be there.
// libisofs and libburn each have an own struct burn_source of the same layout: the documented way to hand the one to
// the other is a cast, which lives in libcore/session.
#pragma once

#include <sys/types.h>

#include <cstdint>

#include <libisofs/libisofs.h>

#include <libburn/libburn.h>
using burn::burn_disc;
using burn::burn_drive;
using burn::burn_drive_info;
using burn::burn_toc_entry;
using burn::burn_write_opts;

#include <libisoburn/libisoburn.h>
