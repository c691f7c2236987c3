#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Inserting, comparing and updating: the same argument lines to the reference program and to ours have the same outcome.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON" "$REFERENCE"
"$PYTHON" "$top_srcdir/test/compat/run_lines.py" "$XORRISO" "$REFERENCE" \
  "$top_srcdir"/test/compat/insert.lines "$top_srcdir"/test/compat/compare.lines
