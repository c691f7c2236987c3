# SPDX-License-Identifier: GPL-3.0-or-later
# Speed against the reference program. Not part of "make check": a timed test fails on a busy machine.
EXTRA_DIST += test/bench/bench.py
.PHONY: bench
bench: all
	$(top_srcdir)/test/bench/bench.py --ours $(abs_top_builddir)/xorriso/xorriso $(BENCH_FLAGS)
