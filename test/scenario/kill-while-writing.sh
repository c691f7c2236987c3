#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Session 3 is killed or runs into a full file system at random moments: sessions 1 and 2 stay loadable and verify,
# and the next run goes on.
. "$top_srcdir/test/support/lib.sh"

mkdir tree
head -c 300000 /dev/urandom >tree/one
"$XORRISO" -no_rc -md5 on -dev medium.iso -map tree / >out 2>err || fail "session 1"
head -c 300000 /dev/urandom >tree/two
"$XORRISO" -no_rc -md5 on -dev medium.iso -update_r tree / >out 2>err || fail "session 2"
cp medium.iso two_sessions.iso
mkdir third
for i in $(seq 400); do head -c 40000 /dev/urandom >"third/$i"; done

# survived WHERE: both old sessions of medium.iso verify, and a further session can be added
survived() {
  local s
  for s in 1 2; do
    "$XORRISO" -no_rc -md5 on -load session $s -indev medium.iso -check_md5_r sorry / -- >out 2>err ||
      { cat err >&2; fail "session $s is lost after $1"; }
  done
  "$XORRISO" -no_rc -md5 on -dev medium.iso -mkdir /on -- -commit -check_md5_r sorry / -- >out 2>err ||
    { cat err >&2; fail "can't go on after $1"; }
  "$XORRISO" -no_rc -md5 on -indev medium.iso -check_md5_r sorry /one /two -- >out 2>err || fail "session after $1 does not verify"
}

# How long one undisturbed run takes, in milliseconds.
start=$(date +%s%N)
"$XORRISO" -no_rc -md5 on -dev medium.iso -map third /third >out 2>err || fail "session 3"
whole=$((($(date +%s%N) - start) / 1000000 + 1))

RANDOM=4711
killed=0
for i in $(seq 50); do
  cp two_sessions.iso medium.iso
  moment=$((whole * 12 * (RANDOM % 1000) / 10000))
  "$XORRISO" -no_rc -md5 on -dev medium.iso -map third /third >out 2>err &
  pid=$!
  sleep "$(printf '0.%03d' $((moment % 1000)))"
  kill -9 $pid 2>/dev/null && killed=$((killed + 1))
  wait $pid 2>/dev/null
  survived "kill at ${moment} ms of $whole"
done
echo "$killed of 50 runs were killed"
[ $killed -ge 20 ] || fail "only $killed of 50 runs were caught while they worked"
