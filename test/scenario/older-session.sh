#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# -truncate_overwritable makes an older session current; the reference program agrees about what the medium then holds.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

mkdir t1 t2 t3
for i in 1 2 3; do echo "content $i" >t$i/f; "$REFERENCE" -no_rc -md5 on -joliet on -dev made.iso -add t$i -- >out 2>&1 || fail "cannot make an image"; done

# activate ADJUST SESSIONS NWA: session 2 becomes current
activate() {
  cp made.iso m.iso
  expect_exit 0 "$XORRISO" -no_rc -dev m.iso -truncate_overwritable session 2 "$1"
  expect_exit 0 "$REFERENCE" -no_rc -md5 on -indev m.iso -toc -ls / -- -check_md5_r failure / --
  [ "$(grep -c '^ISO session' out)" = "$2" ] || fail "$1: $(grep -c '^ISO session' out) sessions instead of $2"
  expect_line out "^Media nwa    : $3s"
  expect_line out "^'t2'"
  expect_no_line out "^'t3'"
  # What is appended next must not harm the sessions which are still accessible.
  expect_exit 0 "$REFERENCE" -no_rc -md5 on -dev m.iso -add t3 --
  expect_exit 0 "$REFERENCE" -no_rc -md5 on -indev m.iso -check_md5_r failure / --
}

nwa=$("$REFERENCE" -no_rc -indev made.iso -toc 2>err | sed -n 's/^Media nwa *: \(.*\)s/\1/p')
third=$("$REFERENCE" -no_rc -indev made.iso -toc 2>err | sed -n 's/^ISO session *: *3 , *\([0-9]*\) .*/\1/p')
activate new 2 "$third"
activate old 3 "$nwa"
activate +64k 3 $((third + 32))
activate 1s 2 "$third"

expect_exit 5 "$XORRISO" -no_rc -dev made.iso -truncate_overwritable session 9 new
expect_exit 5 "$XORRISO" -no_rc -dev made.iso -truncate_overwritable lba 5 new
expect_exit 5 "$XORRISO" -no_rc -dev fresh.iso -truncate_overwritable session 1 new
expect_exit 5 "$XORRISO" -no_rc -dev made.iso -truncate_overwritable session 1 nonsense
exit 0
