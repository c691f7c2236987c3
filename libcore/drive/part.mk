# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/drive/libdrive.a
libcore_drive_libdrive_a_SOURCES =
