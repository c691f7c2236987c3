# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore/burner/libburner.a
libcore_burner_libburner_a_SOURCES = \
  libcore/burner/blank_format.cc libcore/burner/blank_format.h \
  libcore/burner/clock.h \
  libcore/burner/cmd_disc_info.cc \
  libcore/burner/cmd_format.cc \
  libcore/burner/cmd_mode.cc \
  libcore/burner/cmd_read.cc \
  libcore/burner/cmd_read_cd.cc \
  libcore/burner/cmd_speed.cc \
  libcore/burner/cmd_structure.cc \
  libcore/burner/cmd_toc.cc \
  libcore/burner/cmd_unit.cc \
  libcore/burner/cmd_write.cc \
  libcore/burner/cue_sheet.cc libcore/burner/cue_sheet.h \
  libcore/burner/device.cc libcore/burner/device.h \
  libcore/burner/disc.cc libcore/burner/disc.h \
  libcore/burner/disc_info.cc \
  libcore/burner/drive.cc libcore/burner/drive.h \
  libcore/burner/faults.cc libcore/burner/faults.h \
  libcore/burner/features.cc \
  libcore/burner/formats.cc \
  libcore/burner/handlers.h \
  libcore/burner/info.h \
  libcore/burner/layout.cc libcore/burner/layout.h \
  libcore/burner/media.cc libcore/burner/media.h \
  libcore/burner/mode_pages.cc libcore/burner/mode_pages.h \
  libcore/burner/msf.h \
  libcore/burner/opcodes.cc libcore/burner/opcodes.h \
  libcore/burner/platter.cc libcore/burner/platter.h \
  libcore/burner/random.h \
  libcore/burner/range_set.cc libcore/burner/range_set.h \
  libcore/burner/recorder.cc libcore/burner/recorder.h \
  libcore/burner/recorder_cd.cc \
  libcore/burner/recorder_overwrite.cc \
  libcore/burner/recorder_sequential.cc \
  libcore/burner/recorders.h \
  libcore/burner/request.h \
  libcore/burner/sector.cc libcore/burner/sector.h \
  libcore/burner/sense.cc libcore/burner/sense.h \
  libcore/burner/state.h \
  libcore/burner/state_text.cc \
  libcore/burner/state_words.h \
  libcore/burner/storage.h \
  libcore/burner/timing.cc libcore/burner/timing.h
