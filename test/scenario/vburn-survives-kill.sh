#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The drive or its client is killed in the middle of the second session, at several moments: the first session stays,
# the state is one that a medium can have, and what was acknowledged is there.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"
export XDG_RUNTIME_DIR=$work/run
mkdir -m 700 "$XDG_RUNTIME_DIR"

mkdir one two
head -c 400000 /dev/urandom >one/file
head -c 6000000 /dev/urandom >two/file

# burner_pid: of the daemon that holds the disc
burner_pid() { grep FLOCK /proc/locks | awk -v i=":$(stat -c %i "$1")" 'index($6, i) {print $5; exit}'; }

for medium in dvd-rw dvd+r bd-re cd-r; do
  "$VBURN" create --force --medium $medium first.disc || fail "create"
  expect_exit 0 "$VBURN" run --drive first.disc "$REFERENCE" -no_rc -md5 on -outdev /dev/sr0 -map one /one -commit
  for moment in 0.1 0.25 0.4; do
    for victim in drive client; do
      cp --sparse=always first.disc d && cp first.disc.vburn d.vburn
      "$VBURN" start --name k --drive d --fault slow:any:delay=3ms || fail "start"
      pid=$(burner_pid d)
      [ -n "$pid" ] || fail "no owner of the disc"
      "$VBURN" run --use k "$REFERENCE" -no_rc -md5 on -dev /dev/sr0 -map two /two -commit >log 2>&1 &
      client=$!
      sleep $moment
      if [ $victim = drive ]; then
        kill -KILL "$pid"
        wait $client && fail "$medium: client did not notice that its drive is gone"
      else
        pkill -KILL -P $client
        wait $client
        "$VBURN" stop --name k || fail "stop"
      fi
      expect_exit 0 "$VBURN" info d
      expect_line out '^Session 1: complete'
      expect_exit 0 "$VBURN" run --drive d "$REFERENCE" -no_rc -md5 on -indev /dev/sr0 -check_md5_r sorry /one --
      cmp -n 400000 first.disc d >/dev/null || [ $medium = bd-re ] || fail "$medium: first session changed"
    done
  done
done
