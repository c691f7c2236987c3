#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tour in README works line by line, and its results are right.
. "$top_srcdir/test/support/lib.sh"
[ -d /usr/include/linux/can ] || { echo "SKIP: the kernel's headers are not installed"; exit 77; }

sed -n '/^A tour in ten lines/,/^A dialog starts/p' "$top_srcdir/README" | grep '^  ' | grep -v '^ *xorriso -dialog' >tour
[ "$(wc -l <tour)" = 10 ] || fail "the tour has $(wc -l <tour) lines"

mkdir bin place
ln -s "$XORRISO" bin/xorriso
PATH=$work/bin:$PATH
cd place || exit 99
export HOME=$work
n=0
while read -r line; do
  n=$((n + 1))
  bash -c "$line" >../out.$n 2>../err.$n </dev/null || { cat ../out.$n ../err.$n >&2; fail "line $n: $line"; }
done <../tour

expect_line ../out.4 '^ISO session  :   2 ,'
expect_line ../out.5 'File contents and their MD5 checksums match.'
expect_line ../out.6 "'/docs/today'"
[ "$(cat restored/today)" = changed ] || fail "restored file has the wrong content"
[ "$(cat yesterday)" != changed ] || fail "session 1 does not have the old content"
expect_line ../out.9 "^'notes'$"
diff -r docs restored || fail "restored tree differs"
[ -s other.iso ] || fail "no image for Windows"
