#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The guide's burn runs on DVD media, sequential and overwritable.
exec bash "$top_srcdir/test/scenario/guide-burn.sh" dvd-rw dvd-rw-formatted dvd-r dvd+r dvd+rw dvd-ram
