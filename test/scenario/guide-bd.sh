#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The guide's burn runs on BD media, with and without defect management.
exec bash "$top_srcdir/test/scenario/guide-burn.sh" bd-r bd-r-formatted bd-re
