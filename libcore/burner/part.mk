# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/burner/libburner.a
libcore_burner_libburner_a_SOURCES =
