# SPDX-License-Identifier: GPL-3.0-or-later
# The preload library is a program to automake (no libtool for one file): linked as a shared object, without sanitizers,
# because it lives in programs that have none, and without libstdc++.
pkglibexec_PROGRAMS += vburn/vburn-preload.so
vburn_vburn_preload_so_SOURCES = \
  vburn/preload/client.cc vburn/preload/client.h \
  vburn/preload/fds.cc vburn/preload/fds.h \
  vburn/preload/hooks_dir.cc \
  vburn/preload/hooks_io.cc \
  vburn/preload/hooks_ioctl.cc \
  vburn/preload/hooks_open.cc \
  vburn/preload/hooks_stat.cc \
  vburn/preload/io.h \
  vburn/preload/paths.cc vburn/preload/paths.h \
  vburn/preload/real.cc vburn/preload/real.h \
  vburn/ioctls.h \
  vburn/protocol.h
vburn_vburn_preload_so_CPPFLAGS = -I$(top_srcdir) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0
vburn_vburn_preload_so_CXXFLAGS = $(WARN_CXXFLAGS) -fPIC -fvisibility=hidden -fno-exceptions -fno-rtti \
  -fno-threadsafe-statics -fno-builtin -fno-delete-null-pointer-checks
vburn_vburn_preload_so_LDFLAGS = -shared -Wl,--as-needed -Wl,-z,defs -Wl,-Bsymbolic-functions
vburn_vburn_preload_so_LDADD =
