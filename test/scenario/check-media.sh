#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# -check_media tells the same regions as the reference, and either program goes on with the other's sector map.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE" "$PYTHON"

mkdir -p tree
head -c 2000000 /dev/urandom >tree/big
echo small >tree/small
"$REFERENCE" -no_rc -md5 on -outdev multi.iso -map tree /1 -commit -map tree /2 -commit -map tree/small /3 -commit >/dev/null 2>&1 ||
  fail "reference can't write"

# same ARGUMENTS...: in twin folders, @ stands for the folder. Compares result lines and exit value.
same() {
  local want=0 got=0
  rm -rf r o; mkdir r o
  "$REFERENCE" -no_rc "${@//@/$PWD/r}" >want 2>want.err </dev/null || want=$?
  "$XORRISO" -no_rc "${@//@/$PWD/o}" >got 2>got.err </dev/null || got=$?
  [ $want = $got ] || fail "exit value $got, reference has $want: $*"
  cmp want got || fail "result lines differ: $*"
}

same -md5 on -indev multi.iso -check_media --
same -outdev multi.iso -check_media use=outdev what=disc --
same -indev multi.iso -check_media what=image --
same -indev multi.iso -check_media min_lba=50 max_lba=1500 --
same -md5 on -indev multi.iso -check_media min_lba=50 --
same -indev multi.iso -check_media item_limit=1 --
same -indev multi.iso -check_media nonsense=1 --
same -indev multi.iso -check_media what=nonsense --
same -indev multi.iso -check_media use=sector_map --
same -check_media --

same -indev multi.iso -check_media data_to=@/copy --
cmp r/copy o/copy || fail "copied blocks differ"
same -load session 2 -indev multi.iso -check_media data_to=@/copy patch_lba0=on --
cmp r/copy o/copy || fail "copied blocks with new head differ"
same -indev multi.iso -check_media data_to=- --

same -indev multi.iso -check_media max_lba=60 sector_map=@/map -- -check_media sector_map=@/map --
cmp <(tail -c 100 r/map) <(tail -c 100 o/map) || fail "bits of the maps differ"
cp r/map map.reference
cp o/map map.ours
expect_exit 0 "$XORRISO" -no_rc -indev multi.iso -check_media use=sector_map sector_map=map.reference --
cp out ours
expect_exit 0 "$REFERENCE" -no_rc -indev multi.iso -check_media use=sector_map sector_map=map.ours --
cmp out ours || fail "the programs read each other's maps differently"
expect_exit 0 "$XORRISO" -no_rc -indev multi.iso -check_media sector_map=map.reference --
expect_line out '\+ valid'
expect_no_line out 'good'
head -c 40 map.ours >broken
expect_exit 5 "$XORRISO" -no_rc -indev multi.iso -check_media sector_map=broken --
expect_line err "FAILURE : Not a sector map file: .*broken"
exit 0
