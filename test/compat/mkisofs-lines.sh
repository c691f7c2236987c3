#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same options of mkisofs to the reference program and to ours: exit value, stdout and stderr are the same.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON" "$REFERENCE"
"$PYTHON" "$top_srcdir/test/compat/run_lines.py" "$XORRISO" "$REFERENCE" "$top_srcdir/test/compat/mkisofs.lines"
