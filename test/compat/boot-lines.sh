#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Boot specifications, good and bad ones: exit value, stdout and stderr are those of the reference program.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON" "$REFERENCE"
"$PYTHON" "$top_srcdir/test/compat/run_lines.py" "$XORRISO" "$REFERENCE" "$top_srcdir/test/compat/boot.lines"
