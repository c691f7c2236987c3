# SPDX-License-Identifier: GPL-3.0-or-later
if HAVE_DOCTEST
check_PROGRAMS += test/unit/test-burner
TESTS += test/unit/test-burner
test_unit_test_burner_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/burner/cd_test.cc \
  test/unit/burner/device_test.cc \
  test/unit/burner/durability_test.cc \
  test/unit/burner/dvd_minus_test.cc \
  test/unit/burner/dvd_plus_bd_test.cc \
  test/unit/burner/faults_test.cc \
  test/unit/burner/host.cc \
  test/unit/burner/host.h \
  test/unit/burner/media_test.cc \
  test/unit/burner/memory_storage.h \
  test/unit/burner/overwrite_test.cc \
  test/unit/burner/timing_test.cc
test_unit_test_burner_LDADD = libcore/burner/libburner.a libcore/base/libbase.a

check_PROGRAMS += test/unit/test-drive
TESTS += test/unit/test-drive
test_unit_test_drive_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/drive/stdio_drive_test.cc
test_unit_test_drive_LDADD = libcore/drive/libdrive.a libcore/base/libbase.a $(BURNIA_LIBS) $(CRYPTO_LIBS)

check_PROGRAMS += test/unit/test-image
TESTS += test/unit/test-image
test_unit_test_image_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/image/checksum_md5_test.cc \
  test/unit/image/edit_test.cc \
  test/unit/image/find_test.cc \
  test/unit/image/insert_test.cc \
  test/unit/image/path_test.cc \
  test/unit/image/pattern_test.cc \
  test/unit/image/sample_tree.h
test_unit_test_image_LDADD = libcore/image/libimage.a libcore/base/libbase.a $(BURNIA_LIBS) $(CRYPTO_LIBS)

check_PROGRAMS += test/unit/test-session
TESTS += test/unit/test-session
test_unit_test_session_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/session/md5_test.cc \
  test/unit/session/older_head_test.cc \
  test/unit/session/plan_test.cc
test_unit_test_session_LDADD = \
  libcore/session/libsession.a libcore/drive/libdrive.a libcore/image/libimage.a libcore/base/libbase.a \
  $(BURNIA_LIBS) $(CRYPTO_LIBS)

check_PROGRAMS += test/unit/test-xorriso
TESTS += test/unit/test-xorriso
test_unit_test_xorriso_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/xorriso/command_table_test.cc \
  test/unit/xorriso/drive_rules_test.cc \
  test/unit/xorriso/interpreter_test.cc \
  test/unit/xorriso/manual_test.cc \
  test/unit/xorriso/numbers_test.cc \
  test/unit/xorriso/pacifier_test.cc \
  test/unit/xorriso/words_test.cc
EXTRA_DIST += test/unit/xorriso/not_available.list
test_unit_test_xorriso_LDADD = $(XORRISO_LIBS)

check_PROGRAMS += test/unit/test-vburn
TESTS += test/unit/test-vburn
test_unit_test_vburn_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/vburn/command_line_test.cc \
  test/unit/vburn/disc_file_test.cc \
  test/unit/vburn/json_test.cc \
  test/unit/vburn/server_test.cc
test_unit_test_vburn_LDADD = vburn/libvburn.a libcore/burner/libburner.a libcore/base/libbase.a
endif
