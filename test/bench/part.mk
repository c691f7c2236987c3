# SPDX-License-Identifier: GPL-3.0-or-later
# Speed against the reference program. Not part of "make check": a timed test fails on a busy machine.
EXTRA_DIST += test/bench/bench.py test/bench/vburn.py
.PHONY: bench bench-vburn
bench: all
	$(top_srcdir)/test/bench/bench.py --ours $(abs_top_builddir)/xorriso/xorriso $(BENCH_FLAGS)
bench-vburn: all
	$(top_srcdir)/test/bench/vburn.py --vburn $(abs_top_builddir)/vburn/vburn --client /usr/bin/xorriso \
	  --client $(abs_top_builddir)/xorriso/xorriso $(BENCH_FLAGS)
