#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The file system of the medium runs full at different points of session 3: the run fails and says why, the earlier
# sessions stay loadable and verify.
. "$top_srcdir/test/support/lib.sh"
requires unshare
unshare -m true 2>/dev/null || { echo "SKIP: mounting a small file system needs root"; exit 77; }

mkdir tree third small
head -c 300000 /dev/urandom >tree/one
"$XORRISO" -no_rc -md5 on -dev two_sessions.iso -map tree / >out 2>err || fail "session 1"
head -c 300000 /dev/urandom >tree/two
"$XORRISO" -no_rc -md5 on -dev two_sessions.iso -update_r tree / >out 2>err || fail "session 2"
for i in $(seq 60); do head -c 40000 /dev/urandom >"third/$i"; done
size=$(stat -c %s two_sessions.iso)

for extra in 0 4096 100000 500000 1200000 2300000; do
  unshare -m bash -c '
    mount -t tmpfs -o size='$((size + extra))' none small && cp two_sessions.iso small/medium.iso || exit 90
    '"'$XORRISO'"' -no_rc -md5 on -dev small/medium.iso -map third /third >out 2>err </dev/null; echo $? >exit
    for s in 1 2; do
      '"'$XORRISO'"' -no_rc -md5 on -load session $s -indev small/medium.iso -check_md5_r sorry / -- >check 2>&1 || exit 91
    done'
  case $? in
    90) echo "SKIP: can't mount tmpfs"; exit 77 ;;
    91) cat check >&2; fail "an old session is lost with $extra bytes of room" ;;
  esac
  [ "$(cat exit)" != 0 ] || fail "success reported although the file system was full ($extra bytes of room)"
  expect_line err 'No space left on device|exceeds free space on media'
done

# A file that may not grow beyond a limit fails in the middle of writing.
for limit in 700 900 1500 2500; do
  cp two_sessions.iso medium.iso
  (
    trap '' XFSZ
    ulimit -f $limit
    exec "$XORRISO" -no_rc -md5 on -dev medium.iso -map third /third
  ) >out 2>err </dev/null && fail "success reported although the file could not grow beyond $limit KiB"
  expect_line err 'File too large'
  for s in 1 2; do
    "$XORRISO" -no_rc -md5 on -load session $s -indev medium.iso -check_md5_r sorry / -- >check 2>&1 ||
      { cat check >&2; fail "session $s is lost with a limit of $limit KiB"; }
  done
done
