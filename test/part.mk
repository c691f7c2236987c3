# SPDX-License-Identifier: GPL-3.0-or-later
# What every test finds in its environment.
# Programs with the address sanitizer want to be loaded before all libraries, but vburn's preload library comes first.
if SANITIZERS
SANITIZER_ENVIRONMENT = \
  ASAN_OPTIONS='verify_asan_link_order=0'; export ASAN_OPTIONS; \
  LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/test/support/lsan.supp:print_suppressions=0'; export LSAN_OPTIONS; \
  UBSAN_OPTIONS='print_stacktrace=1'; export UBSAN_OPTIONS;
endif
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = bash
AM_TESTS_ENVIRONMENT = \
  XORRISO='$(abs_top_builddir)/xorriso/xorriso'; export XORRISO; \
  VBURN='$(abs_top_builddir)/vburn/vburn'; export VBURN; \
  top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
  top_builddir='$(abs_top_builddir)'; export top_builddir; \
  LC_ALL=C.UTF-8; export LC_ALL; \
  TZ=UTC; export TZ; \
  $(SANITIZER_ENVIRONMENT)

dist_check_SCRIPTS = test/support/check-includes.sh
TESTS += test/support/check-includes.sh
EXTRA_DIST += test/support/run-checks test/support/burn-trouble.sh test/support/lib.sh test/support/lsan.supp
