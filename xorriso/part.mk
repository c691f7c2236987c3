# SPDX-License-Identifier: GPL-3.0-or-later
bin_PROGRAMS += xorriso/xorriso
xorriso_xorriso_SOURCES = xorriso/main.cc
xorriso_xorriso_LDADD = \
  libcore/session/libsession.a libcore/drive/libdrive.a libcore/image/libimage.a libcore/base/libbase.a \
  $(BURNIA_LIBS) $(CRYPTO_LIBS) $(READLINE_LIBS) $(ZLIB_LIBS)
