#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Random and mutated commands in all states of all media: no crash, no sanitizer report, no broken rule.
set -e
"$top_builddir/test/fuzz/burner-fuzz" 1 1600
"$top_builddir/test/fuzz/burner-fuzz" 20240229 1600
