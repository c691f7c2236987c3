# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/session/libsession.a
libcore_session_libsession_a_SOURCES = \
  libcore/session/boot_options.cc libcore/session/boot_options.h \
  libcore/session/commit.cc libcore/session/commit.h \
  libcore/session/digest_pipe.cc libcore/session/digest_pipe.h \
  libcore/session/image_options.cc libcore/session/image_options.h \
  libcore/session/image_stream.cc libcore/session/image_stream.h \
  libcore/session/imprint.cc libcore/session/imprint.h \
  libcore/session/library_md5.cc libcore/session/library_md5.h \
  libcore/session/older_head.cc \
  libcore/session/older_head.h \
  libcore/session/names.cc libcore/session/names.h \
  libcore/session/plan.cc libcore/session/plan.h
