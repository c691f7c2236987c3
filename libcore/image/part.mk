# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/image/libimage.a
libcore_image_libimage_a_SOURCES =
