#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every kind of mishap while xorriso writes a second session or reads: the exit value is non-zero if and only if something
# may be lost, the output says what happened, success is never told over lost data, and the first session stays.
# usage: burn-faults.sh [all | MEDIUM...]     MEDIUM: cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re
. "$top_srcdir/test/support/lib.sh"
[ -x "$VBURN" ] || { echo "SKIP: vburn is not built"; exit 77; }
. "$top_srcdir/test/support/burn-trouble.sh"

# second_session FAULT...: burns the tree two on the disc with the tree one. Exit value in $status.
second_session() {
  local faults=() f
  for f; do faults+=(--fault "$f"); done
  case="$*"
  copy_disc base disc
  burn "${faults[@]}" -- -md5 on -dev /dev/sr0 -map two /two
  status=$?
  cat err >burn_err
}

# The mishap is none for the user: success, all is there.
harmless() {
  second_session "$@"
  if [ $status = 0 ]; then claims_success || wrong "no success told"; else wrong "exit value $status"; return; fi
  intact one two || wrong "content differs"
  first_session_intact || wrong "the first session is lost"
}

# Data are lost: told with at least FAILURE, by the exit value, and what happened. $1 is a pattern of that.
lost() {
  local pattern=$1
  shift
  second_session "$@"
  [ $status = 32 ] || wrong "exit value $status instead of 32"
  grep -qE "$pattern" burn_err || { cp burn_err err; wrong "does not tell: $pattern"; }
  grep -qE '^xorriso : (FATAL|FAILURE) : ' burn_err || wrong "no message about the failure"
  grep -qE '^xorriso : FATAL : Burn run on .* failed after [0-9]+ blocks. The session is incomplete.|Could not write new set of volume descriptors' burn_err ||
    { cp burn_err err; wrong "does not tell the state of the medium"; }
  grep -q 'completed successfully' burn_err && wrong "success told"
  good=$(sed -n 's/.*The last good one can be loaded by \(-load lba [0-9]*\)\.$/\1/p' burn_err)
  case $medium in
    dvd+rw | dvd-ram | bd-re) grep -q 'HINT : The medium still offers the session' burn_err || wrong "does not tell what the medium offers" ;;
    *) [ -n "$good" ] || wrong "does not tell what the medium offers" ;;
  esac
  # shellcheck disable=SC2086
  burn -- -md5 on $good -indev /dev/sr0 -check_md5_r sorry /one -- || wrong "what it says to be good is not"
  "$VBURN" info disc >state 2>err || wrong "the disc cannot be opened"
  first_session_intact || wrong "the first session is lost"
  goes_on || { cat state >&2; wrong "cannot go on"; }
  ways="$ways $how"
  [ "$how" = blank ] || first_session_intact || wrong "the first session is lost by going on"
}

# Data are lost without a word of the drive: checkreading finds it.
silently_lost() {
  second_session "$1"
  [ $status = 0 ] || wrong "exit value $status"
  intact one two 2>/dev/null && wrong "the check does not find the loss"
  first_session_intact || wrong "the first session is lost"
}

# An unreadable block in a file of a good disc: named by the check and by extraction, the other files are there.
unreadable() {
  local lba
  copy_disc full disc
  case="find the file"
  burn -- -indev /dev/sr0 -find /two/b3 -exec report_lba -- || wrong "exit value"
  lba=$(($(awk '/^File data lba:/ {print $6}' out | tr -d ' ,') + 60))
  case="read error at $lba"
  burn --fault "read-error:lba=$lba-$((lba + 3))" -- -md5 on -indev /dev/sr0 -check_md5_r sorry / -- && wrong "the check does not tell it"
  grep -q "'/two/b3'" out err || { cat out >&2; wrong "the check does not name the file"; }
  grep -qE "'/(one/a|two/b[12])" out err && wrong "the check names other files"
  burn --fault "read-error:lba=$lba-$((lba + 3))" -- -osirrox on -indev /dev/sr0 -extract / restored && wrong "extraction does not tell it"
  grep -q "two/b3'" err || wrong "extraction does not name the file"
  remove restored
  burn --fault "read-error:lba=$lba-$((lba + 3))" -- -abort_on NEVER -osirrox on:o_excl_off -indev /dev/sr0 -extract / restored
  diff -r one restored/one || wrong "other files are lost"
  cmp two/b1 restored/two/b1 && cmp two/b2 restored/two/b2 || wrong "other files are lost"
  remove restored
  burn --fault "read-error:lba=$lba-$((lba + 3)):times=1" -- -md5 on -indev /dev/sr0 -check_md5_r sorry / -- || wrong "a transient error is not overcome by the check"
  burn --fault "read-error:lba=$lba-$((lba + 3)):times=1" -- -osirrox on -indev /dev/sr0 -extract / restored || wrong "a transient error is not overcome by extraction"
  diff -r two restored/two || wrong "content after a transient error"
  remove restored
  case="read error in the tree"
  lba=$(info "[t['start'] for t in d['tracks'] if t['session'] == 1][0]")
  copy_disc base disc
  burn --fault "read-error:lba=$((lba + 16))-$((lba + 60))" -- -md5 on -dev /dev/sr0 -map two /two && wrong "no word about an unreadable tree"
  claims_success && wrong "success told on the ground of an unreadable tree"
  first_session_intact || wrong "the first session is lost"
}

# Address in the midst of the second session.
address() {
  copy_disc base disc
  case "$medium" in
    dvd+rw | dvd-ram | bd-re) echo 448 ;;
    *) echo $(($(info "d['tracks'][-1]['nwa']") + 160)) ;;
  esac
}

[ $# -gt 0 ] || set -- cd-rw dvd-r dvd+rw bd-r   # one of each way to write
[ "$*" != all ] || set -- cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re
for medium; do
  ways=
  before=$wrong
  make_base
  at=$(address)
  harmless recovered-error:opcode=0x2a
  harmless recovered-error:any
  harmless "unit-attention:opcode=0x2a"
  harmless "long-busy:lba=$at:times=20"
  harmless slow:opcode=0x2a:delay=1ms
  harmless "write-error:lba=9000000"
  copy_disc disc full
  lost '3 0C 00' "write-error:lba=$at"
  lost '3 0C 00' "worn-out:lba=$at-$((at + 40))"
  lost 'No such device|Lost connection' "power-loss:lba=$at"
  lost '3 0C 00' sync-error:any
  case $medium in dvd+rw | dvd-ram | bd-re) ;; *) lost '5 72 03' close-error:any ;; esac
  silently_lost "silent-loss:lba=$((at + 32))-$((at + 64))"
  unreadable
  [ $wrong != "$before" ] || echo "$medium: as it should be; went on by:$ways"
done
[ $wrong = 0 ] || fail "$wrong expectations not met"
