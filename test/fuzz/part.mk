# SPDX-License-Identifier: GPL-3.0-or-later
# The virtual drive under hostile input, always with sanitizers, whatever the rest of the build uses.
# With clang, "make test/fuzz/burner-libfuzzer" makes a coverage-guided fuzzer of it.
FUZZ_SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
fuzz_burner_sources = \
  test/fuzz/burner_fuzz.cc \
  test/unit/burner/memory_storage.h \
  libcore/base/problem.cc \
  libcore/base/text.cc \
  $(libcore_burner_libburner_a_SOURCES)

check_PROGRAMS += test/fuzz/burner-fuzz
test_fuzz_burner_fuzz_SOURCES = $(fuzz_burner_sources)
test_fuzz_burner_fuzz_CXXFLAGS = $(WARN_CXXFLAGS) -O1 -g1 $(FUZZ_SANITIZE)
test_fuzz_burner_fuzz_LDFLAGS = $(FUZZ_SANITIZE)

fuzz_tests = test/fuzz/burner-hostile-input.sh
TESTS += $(fuzz_tests)
dist_check_SCRIPTS += $(fuzz_tests)

EXTRA_PROGRAMS = test/fuzz/burner-libfuzzer
test_fuzz_burner_libfuzzer_SOURCES = $(fuzz_burner_sources)
test_fuzz_burner_libfuzzer_CXXFLAGS = -O1 -g1 -DFUZZ_LIBFUZZER -fsanitize=fuzzer,address,undefined
test_fuzz_burner_libfuzzer_LDFLAGS = -fsanitize=fuzzer,address,undefined
