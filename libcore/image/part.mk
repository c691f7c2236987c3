# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/image/libimage.a
libcore_image_libimage_a_SOURCES = \
  libcore/image/checksum.cc libcore/image/checksum.h \
  libcore/image/checksum_md5.cc libcore/image/checksum_md5.h \
  libcore/image/checksum_md5_kernels.cc libcore/image/checksum_md5_kernels.h \
  libcore/image/checksum_parallel.cc \
  libcore/image/checksum_serial.cc \
  libcore/image/checksum_work.h \
  libcore/image/data_source.cc libcore/image/data_source.h \
  libcore/image/image.cc libcore/image/image.h \
  libcore/image/load.cc libcore/image/load.h \
  libcore/image/node.cc libcore/image/node.h \
  libcore/image/pattern.cc libcore/image/pattern.h \
  libcore/image/pattern_expand.cc
