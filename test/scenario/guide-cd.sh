#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The guide's burn runs on CD media.
exec bash "$top_srcdir/test/scenario/guide-burn.sh" cd-rw cd-r
