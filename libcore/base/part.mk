# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/base/libbase.a
libcore_base_libbase_a_SOURCES = \
  libcore/base/block_source.h \
  libcore/base/clibs.h \
  libcore/base/libraries.cc libcore/base/libraries.h \
  libcore/base/md5.cc libcore/base/md5.h \
  libcore/base/path.cc libcore/base/path.h \
  libcore/base/problem.cc libcore/base/problem.h \
  libcore/base/progress.h \
  libcore/base/result.h \
  libcore/base/text.cc libcore/base/text.h \
  libcore/base/unique_fd.h \
  libcore/base/units.h
