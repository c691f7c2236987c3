#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Source files that vanish, shrink, grow or can't be read while a session gets written: an event names the file, the image
# stays consistent, and the exit values are those of the reference program.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

# write TROUBLE WANTED_EXIT [BAD]: adds five files, lets the trouble happen, then writes. The reference program gets all
# files out; only BAD, of which nobody knows the true content, does not match its checksum.
write() {
  rm -rf src m.iso
  mkdir src
  for f in a b c d e; do head -c 10000 /dev/urandom >src/$f; done
  (sleep 1; eval "$1") &
  expect_exit "$2" "$XORRISO" -no_rc -md5 on -outdev m.iso -map src /s -sleep 3 -commit
  wait
  cp err trouble
  expect_exit 0 "$REFERENCE" -no_rc -md5 on -osirrox on:check_md5_off -indev m.iso -extract /s got -check_md5_r NOTE / --
  [ "$(grep 'MISMATCH:' out)" = "${3:+MD5 MISMATCH: '/s/$3'}" ] || fail "mismatches: $(cat out)"
}
size_in_image() { stat -c %s got/"$1"; }

write 'rm src/b' 32 b
expect_line trouble 'MISHAP : .*src/b'
[ "$(size_in_image b)" = 10000 ] || fail "the vanished file has $(size_in_image b) bytes"
cmp -n 10000 got/b /dev/zero || fail "the vanished file is not filled by zeros"
cmp src/c got/c || fail "the file behind the vanished one differs"
rm -r got

write 'rm src/e; mkdir src/e' 32 e
expect_line trouble 'MISHAP : .*src/e'
cmp src/d got/d || fail "the file before the unreadable one differs"
rm -r got

write 'head -c 3000 src/c >x; cat x >src/c' 0
[ "$(size_in_image c)" = 3000 ] || fail "the shrunk file has $(size_in_image c) bytes"
rm -r got

write 'head -c 5000 /dev/urandom >>src/d' 0
cmp src/d got/d || fail "the grown file differs"
exit 0
