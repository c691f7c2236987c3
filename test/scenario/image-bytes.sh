#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# With fixed time stamps and ids, images of the same files are the same bytes as those of the reference program.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

mkdir -p tree/sub/deep tree/empty links 'odd names/ü [x]' many
echo hello >tree/a.txt
head -c 70000 /dev/urandom >tree/blob
: >tree/zero
ln tree/blob tree/sub/hard
ln -s a.txt tree/link
mkfifo tree/fifo
ln -s ../tree links/up
ln -s . links/loop
ln -s nowhere links/dangling
echo 1 >'odd names/ü [x]/back\slash'
echo 2 >'odd names/UPPER lower.tar.gz'
echo 3 >"odd names/$(printf 'n%.0s' {1..200})"
truncate -s 3M sparse
for i in $(seq 300); do echo "$i" >"many/file$i"; done
setfattr -n user.test -v value tree/a.txt 2>/dev/null
setfacl -m u:1000:rw tree/blob 2>/dev/null
# The first look at new files changes their access time.
find . -type f -exec cat {} + >/dev/null
find . -type l -exec readlink {} + >/dev/null
ls -lR . >/dev/null
stamps="-iso_nowtime =1700000000 -volume_date uuid 2023111422132000 -preparer_id TEST"

n=0
# same ARGUMENTS: two sessions by each program
same() {
  n=$((n + 1))
  rm -f reference.iso ours.iso
  "$REFERENCE" -no_rc $stamps -dev reference.iso "$@" >out 2>err || fail "reference fails: $*"
  "$XORRISO" -no_rc $stamps -dev ours.iso "$@" >out 2>err || { cat err >&2; fail "fails: $*"; }
  cmp reference.iso ours.iso || fail "first session differs: $*"
  "$REFERENCE" -no_rc $stamps -dev reference.iso -map many/file7 /added/later -commit >out 2>err
  "$XORRISO" -no_rc $stamps -dev ours.iso -map many/file7 /added/later -commit >out 2>err
  cmp reference.iso ours.iso || fail "second session differs: $*"
}

same -add tree --
same -map tree / -map links /links
same -joliet on -add tree 'odd names' links --
same -add 'odd names' many sparse --
same -md5 on -add tree many --
same -acl on -add tree --
same -xattr on -add tree --
same -acl on -xattr any -md5 on -add tree --
same -follow on -add links --
same -map_single tree /t -map tree/sub /x/y/z -lns target /l/n
same -cut_out tree/blob 1000 50000 /piece -cpr tree/a.txt tree/zero /copies --
same -not_leaf '*.txt' -add tree --
same -overwrite on -map tree /t -map many /t -map tree/a.txt /t/sub
same -compliance deep_paths_off:long_paths_off -add tree --
same -split_size 32k -map tree/blob /parts
same -file_name_limit 100 -add 'odd names' --
echo "$n argument lines, identical"
