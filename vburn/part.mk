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
  vburn/preload/hooks_sleep.cc \
  vburn/preload/hooks_stat.cc \
  vburn/preload/io.h \
  vburn/preload/paths.cc vburn/preload/paths.h \
  vburn/preload/real.cc vburn/preload/real.h \
  vburn/ioctls.h \
  vburn/protocol.h
vburn_vburn_preload_so_CPPFLAGS = -I$(top_srcdir) -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=0
vburn_vburn_preload_so_CXXFLAGS = $(WARN_CXXFLAGS) -fPIC -fvisibility=hidden -fno-exceptions -fno-rtti \
  -fno-threadsafe-statics -fno-builtin -fno-delete-null-pointer-checks -ftls-model=initial-exec
vburn_vburn_preload_so_LDFLAGS = -shared -Wl,--as-needed -Wl,-z,defs -Wl,-Bsymbolic-functions
vburn_vburn_preload_so_LDADD =

# What the program is made of, as a library so that unit tests can link it.
noinst_LIBRARIES += vburn/libvburn.a
vburn_libvburn_a_SOURCES = \
  vburn/cmd_control.cc \
  vburn/cmd_disc.cc \
  vburn/cmd_info.cc \
  vburn/cmd_run.cc \
  vburn/command_line.cc vburn/command_line.h \
  vburn/command_table.cc \
  vburn/commands.h \
  vburn/daemon/admin.cc vburn/daemon/admin.h \
  vburn/daemon/drive.cc vburn/daemon/drive.h \
  vburn/daemon/drive_ioctl.cc \
  vburn/daemon/launch.cc vburn/daemon/launch.h \
  vburn/daemon/server.cc vburn/daemon/server.h \
  vburn/daemon/shadow.cc vburn/daemon/shadow.h \
  vburn/daemon/trace.cc vburn/daemon/trace.h \
  vburn/disc_file.cc vburn/disc_file.h \
  vburn/file_io.cc vburn/file_io.h \
  vburn/ioctls.h \
  vburn/json.cc vburn/json.h \
  vburn/lock_owner.cc vburn/lock_owner.h \
  vburn/preload_path.cc vburn/preload_path.h \
  vburn/protocol.h \
  vburn/words.cc
vburn_libvburn_a_CPPFLAGS = $(AM_CPPFLAGS) -DPKGLIBDIR='"$(pkglibdir)"'

bin_PROGRAMS += vburn/vburn
vburn_vburn_SOURCES = vburn/main.cc
vburn_vburn_LDADD = vburn/libvburn.a libcore/burner/libburner.a libcore/base/libbase.a

completiondir = $(datadir)/bash-completion/completions
nodist_completion_DATA = vburn/completion/vburn
CLEANFILES += vburn/completion/vburn
vburn/completion/vburn: vburn/vburn$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) vburn/completion && vburn/vburn$(EXEEXT) completion > $@.tmp && mv $@.tmp $@
