# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/drive/libdrive.a
libcore_drive_libdrive_a_SOURCES = \
  libcore/drive/acquire.cc libcore/drive/acquire.h \
  libcore/drive/acquire_options.h \
  libcore/drive/burn_ring.cc libcore/drive/burn_ring.h \
  libcore/drive/burn_writer.cc libcore/drive/burn_writer.h \
  libcore/drive/drive.h \
  libcore/drive/file_writer.cc libcore/drive/file_writer.h \
  libcore/drive/lib_drive.cc libcore/drive/lib_drive.h \
  libcore/drive/lib_medium.cc \
  libcore/drive/session_writer.h
