#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The preload library fits into any program: it needs the C library alone and shows nothing but replaced functions.
. "$top_srcdir/test/support/lib.sh"
requires readelf nm
library=$(dirname "$VBURN")/vburn-preload.so

[ "$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')" = libc.so.6 ] || fail "needs more than the C library"
libc=$("$VBURN" run --drive sr0= sh -c 'cat /proc/self/maps' | awk '/\/libc\.so\.6$/ {print $6; exit}')
nm -D --defined-only "$libc" | awk '{sub("@.*", "", $3); print $3}' | sort -u >known
nm -D --defined-only "$library" | awk '{print $3}' | sort -u >shown
comm -13 known shown >strange
[ ! -s strange ] || { cat strange >&2; fail "symbols that replace nothing"; }

# A program that the linker cannot preload into is named.
printf 'int main(void) { return 0; }\n' >static.c
if cc -static -o static static.c 2>/dev/null; then
  expect_exit 0 "$VBURN" run --drive sr0= ./static
  expect_line err "'./static' is statically linked and will not see the virtual drives"
fi
# Other preloaded libraries stay.
LD_PRELOAD=libdl.so.2 "$VBURN" run --drive sr0= sh -c 'echo "$LD_PRELOAD"' | grep -q 'vburn-preload.so:libdl.so.2$' ||
  fail "LD_PRELOAD replaced"
