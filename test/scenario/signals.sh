#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A first signal ends the program cleanly with exit value 1 and tells what was lost; the signal modes change that.
. "$top_srcdir/test/support/lib.sh"

# signalled SIGNAL EXIT_VALUE ARGUMENTS...: sends the signal while -sleep is executed.
signalled() {
  local signal=$1 want=$2 got=0 pid
  shift 2
  "$XORRISO" "$@" -sleep 20 -print NEVER >out 2>err </dev/null &
  pid=$!
  for _ in $(seq 200); do grep -q "Will sleep" err && break; sleep 0.05; done
  kill -s "$signal" $pid
  wait $pid || got=$?
  [ "$got" = "$want" ] || { cat out err >&2; fail "exit value $got instead of $want after SIG$signal"; }
  expect_no_line out NEVER
}

for signal in INT TERM HUP; do
  signalled $signal 1 -no_rc
  expect_line err "^UNIX-SIGNAL:  SIG$signal  errno="
  expect_line err "^xorriso : ABORT : Program done"
  expect_no_line err "Pending changes"
done

signalled TERM 1 -no_rc -outdev image.iso -mkdir /a --
expect_line err "Pending changes of the image were not written"
[ ! -s image.iso ] || fail "something was written in spite of the signal"

signalled TERM 143 -signal_handling sig_dfl
expect_no_line err "UNIX-SIGNAL"
