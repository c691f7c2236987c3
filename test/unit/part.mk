# SPDX-License-Identifier: GPL-3.0-or-later
if HAVE_DOCTEST
check_PROGRAMS += test/unit/test-image
TESTS += test/unit/test-image
test_unit_test_image_SOURCES = \
  test/unit/doctest_main.cc \
  test/unit/image/path_test.cc \
  test/unit/image/pattern_test.cc
test_unit_test_image_LDADD = libcore/image/libimage.a libcore/base/libbase.a $(BURNIA_LIBS) $(CRYPTO_LIBS) $(ZLIB_LIBS)
endif
