#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The client matrix: dvd+rw-format against every medium it supports.
exec bash "$top_srcdir/test/scenario/client-matrix.sh" dvd+rw-format
