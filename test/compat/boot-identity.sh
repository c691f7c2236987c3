#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bootable images which we make are those of the reference program, byte for byte.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE" "$PYTHON"
exec "$PYTHON" "$top_srcdir/test/compat/identity.py" "$XORRISO" "$REFERENCE" "$top_srcdir/test/compat/boot_identity.lines"
