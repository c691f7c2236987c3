#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same lines through the reference program and ours, on twin discs: the media have the same sessions at the same
# addresses afterwards, and with fixed times and ids they bear the same bytes.
# usage: twin-discs.sh [MEDIUM...]
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"
[ -x "$VBURN" ] || { echo "SKIP: vburn is not built"; exit 77; }

mkdir -p one two three/deep
for i in 1 2 3 4 5; do
  head -c $((i * 30001)) /dev/urandom >"one/a$i"
  head -c $((i * 20001)) /dev/urandom >"two/b$i"
  head -c $((i * 10001)) /dev/urandom >"three/deep/c$i"
done
find one two three -exec touch -h -d '2024-02-29 12:00:00' {} +
fixed="-md5 on -iso_nowtime 2024.02.29.120000 -volume_date uuid 2024022912000000
  -volume_date all_file_dates 2024.02.29.120000 -preparer_id P -application_id A"

# twins ARGUMENTS...: the line through both
twins() {
  local who got
  for who in reference ours; do
    local program=$REFERENCE
    [ $who = ours ] && program=$XORRISO
    got=0
    # shellcheck disable=SC2086
    "$VBURN" run --drive "$who" -- "$program" -no_rc $fixed "$@" >"out.$who" 2>"err.$who" </dev/null || got=$?
    echo "$got" >"exit.$who"
  done
  cmp -s exit.reference exit.ours ||
    { tail -n 5 err.reference err.ours >&2; fail "$medium: exit values $(cat exit.reference) and $(cat exit.ours): $*"; }
}

# State of a disc without what is its identity.
state() { "$VBURN" info "$1" --json | sed "s/$1/DISC/g" | grep -vE '"(serial|id|disc|path|file|product|wear|rewrites|command|created)[a-z_]*"'; }

same() {
  state reference >state.reference
  state ours >state.ours
  diff state.reference state.ours || fail "$medium: different states after $1"
  cmp reference ours || fail "$medium: different bytes after $1"
}

[ $# -gt 0 ] || set -- cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re
for medium; do
  rm -f reference* ours*
  "$VBURN" create reference --medium "$medium" >/dev/null || fail "create $medium"
  "$VBURN" create ours --medium "$medium" >/dev/null || fail "create $medium"
  case $medium in
    bd-r) twins -outdev /dev/sr0 -format as_needed; same format ;;
    dvd-rw) twins -outdev /dev/sr0 -blank as_needed; same blank ;;
  esac
  twins -dev /dev/sr0 -map one /one
  same "session 1"
  twins -dev /dev/sr0 -map two /two -rm /one/a2 --
  same "session 2"
  twins -dev /dev/sr0 -close on -map three /three
  same "session 3"
  case $medium in
    cd-rw | dvd-rw | dvd+rw | dvd-ram | bd-re) twins -outdev /dev/sr0 -blank as_needed; same blanking ;;
    *) twins -dev /dev/sr0 -mkdir /no -- ; same "a refused session" ;;
  esac
  echo "$medium: twins"
done
