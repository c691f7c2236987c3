#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Writing sessions tells the same and ends with the same exit values as the reference program.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON" "$REFERENCE"
"$PYTHON" "$top_srcdir/test/compat/run_lines.py" "$XORRISO" "$REFERENCE" \
  "$top_srcdir/test/compat/commit.lines"
