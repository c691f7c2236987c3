#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Files that vanish, shrink, grow or turn into directories between insertion and writing: events with their names, an
# image that is consistent, and all other content as it was.
. "$top_srcdir/test/support/lib.sh"

mkdir tree
head -c 40000000 /dev/zero >tree/a_big
for f in b_gone c_shrunk d_grown e_directory f_good; do head -c 100000 /dev/urandom >tree/$f; done
cp tree/f_good good
mkfifo pipe
"$XORRISO" -no_rc -outdev "stdio:$PWD/pipe" -map tree / -commit >out 2>err &
writer=$!
exec 5<pipe
sleep 1
rm tree/b_gone tree/e_directory
head -c 30000 /dev/zero >tree/c_shrunk
head -c 130000 /dev/zero >tree/d_grown
mkdir tree/e_directory
cat <&5 >image.iso
got=0
wait $writer || got=$?
[ $got = 32 ] || { cat err >&2; fail "exit value $got instead of 32"; }
expect_line err "^libisofs: MISHAP : File \"$PWD/tree/b_gone\" can't be opened. Filling with 0s."
expect_line err "^libisofs: MISHAP : Size of file \"$PWD/tree/c_shrunk\" has changed. It will be padded with 0's"
expect_line err "^libisofs: MISHAP : Size of file \"$PWD/tree/d_grown\" has changed. It will be truncated"
expect_line err "^libisofs: MISHAP : Read error in file $PWD/tree/e_directory\."
expect_no_line err "f_good"
"$XORRISO" -no_rc -osirrox on -indev image.iso -extract / restored >out 2>err || { cat err >&2; fail "can't be extracted"; }
cmp good restored/f_good || fail "content of another file is damaged"
[ "$(stat -c %s restored/d_grown)" = 100000 ] || fail "size of the grown file"
cmp <(head -c 100000 /dev/zero) restored/b_gone || fail "the vanished file is not filled by zeros"
