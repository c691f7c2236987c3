#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The client matrix: cdrwtool against every medium it supports.
exec bash "$top_srcdir/test/scenario/client-matrix.sh" cdrwtool
