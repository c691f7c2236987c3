# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/burner/libburner.a
libcore_burner_libburner_a_SOURCES = \
  libcore/burner/clock.h \
  libcore/burner/device.h \
  libcore/burner/disc.cc libcore/burner/disc.h \
  libcore/burner/disc_info.cc \
  libcore/burner/faults.cc libcore/burner/faults.h \
  libcore/burner/formats.cc \
  libcore/burner/info.h \
  libcore/burner/layout.cc libcore/burner/layout.h \
  libcore/burner/media.cc libcore/burner/media.h \
  libcore/burner/random.h \
  libcore/burner/range_set.cc libcore/burner/range_set.h \
  libcore/burner/state.h \
  libcore/burner/state_text.cc \
  libcore/burner/state_words.h \
  libcore/burner/storage.h
