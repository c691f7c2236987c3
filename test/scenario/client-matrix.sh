#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Unmodified burn programs against the media each of them supports: query, blank or format, first session, appended
# session, close, read back byte for byte. What is not here stands in doc/burner.md with the reason.
# usage: client-matrix.sh CLIENT [MEDIUM...]      CLIENT: cdrskin wodim growisofs dvd+rw-format cdrwtool readers
. "$top_srcdir/test/support/lib.sh"
[ -x "$VBURN" ] || { echo "SKIP: vburn is not built"; exit 77; }
requires genisoimage
client=$1
shift

mkdir one two
head -c 700001 /dev/urandom >one/first
head -c 300001 /dev/urandom >two/second
genisoimage -quiet -R -o first.iso one || fail "genisoimage"
truncate -s %65536 first.iso   # whole write units on every medium

with() { "$VBURN" run --drive disc -- "$@" >out 2>err </dev/null; }
must() { with "$@" || { tail -n 15 out err >&2; fail "$client on $medium: $*"; }; }
fresh() { rm -f disc disc.*; "$VBURN" create disc --medium "$1" >out 2>err || { cat err >&2; fail "create $1"; }; }
info() { "$VBURN" info disc --json | "$PYTHON" -c "import json, sys; d = json.load(sys.stdin); print($1)"; }

# Start address of track N of the disc.
track_start() { info "[t['start'] for t in d['tracks'] if t['number'] == $1][0]"; }

# holds FILE LBA: the disc has the content of the file there, read through the drive by dd
holds() {
  local blocks=$(($(stat -c %s "$1") / 2048))
  "$VBURN" run --drive disc -- dd if=/dev/sr0 of=back bs=2048 skip="$2" count=$blocks 2>err || { cat err >&2; fail "$client on $medium: dd"; }
  cmp back "$1" || fail "$client on $medium: block $2 on differs from $1"
}

# The second session for block address $1, as multi-session tools make it.
make_second() {
  "$VBURN" run --drive disc -- genisoimage -quiet -R -C "$2,$1" -M /dev/sr0 -o second.iso two 2>err || { cat err >&2; fail "$client on $medium: genisoimage -M"; }
  truncate -s %65536 second.iso
}

two_sessions_readable() {
  must isoinfo -R -f -T "$1" -i /dev/sr0
  expect_line out '^/first$'
  expect_line out '^/second$'
}

run_cdrskin() {
  requires cdrskin
  must cdrskin dev=/dev/sr0 -minfo
  case $medium in
    cd-rw | dvd-rw)
      must cdrskin dev=/dev/sr0 blank=all
      ;;
    dvd-ram | bd-re) must cdrskin dev=/dev/sr0 blank=format_if_needed ;;
  esac
  case $medium in
    dvd+rw | dvd-ram | bd-re)
      must cdrskin dev=/dev/sr0 first.iso
      holds first.iso 0
      return
      ;;
  esac
  must cdrskin dev=/dev/sr0 -multi padsize=150s first.iso
  holds first.iso 0
  must cdrskin dev=/dev/sr0 -msinfo
  local msinfo
  msinfo=$(tail -n 1 out)
  make_second "${msinfo#*,}" "${msinfo%,*}"
  must cdrskin dev=/dev/sr0 padsize=150s second.iso
  holds second.iso "${msinfo#*,}"
  two_sessions_readable "${msinfo#*,}"
  [ "$(info "d['status']")" = complete ] || fail "cdrskin on $medium: the disc is not closed"
  case $medium in
    cd-rw | dvd-rw)
      must cdrskin dev=/dev/sr0 blank=fast
      [ "$(info "d['status']")" = blank ] || fail "cdrskin on $medium: not blank after blank=fast"
      ;;
  esac
}

run_wodim() {
  requires wodim
  must wodim dev=/dev/sr0 -prcap
  case $medium in
    cd-r | cd-rw)
      must wodim dev=/dev/sr0 -atip
      must wodim dev=/dev/sr0 -tao -multi -pad first.iso
      holds first.iso 0
      must wodim dev=/dev/sr0 -msinfo
      local msinfo
      msinfo=$(tail -n 1 out)
      make_second "${msinfo#*,}" "${msinfo%,*}"
      must wodim dev=/dev/sr0 -tao -pad second.iso
      holds second.iso "${msinfo#*,}"
      two_sessions_readable "${msinfo#*,}"
      must wodim dev=/dev/sr0 -toc
      if [ "$medium" = cd-rw ]; then
        must wodim dev=/dev/sr0 blank=fast
        must wodim dev=/dev/sr0 -sao first.iso
        holds first.iso 0
      fi
      ;;
    dvd-r | dvd-rw | dvd+r)
      must wodim dev=/dev/sr0 -sao first.iso
      holds first.iso 0
      if [ "$medium" = dvd-rw ]; then
        must wodim dev=/dev/sr0 blank=fast
        [ "$(info "d['status']")" = blank ] || fail "wodim on $medium: not blank after blank=fast"
      fi
      ;;
    dvd+rw)
      must wodim dev=/dev/sr0 -format
      must wodim dev=/dev/sr0 first.iso
      holds first.iso 0
      ;;
  esac
}

run_growisofs() {
  requires growisofs
  unset SUDO_COMMAND
  must growisofs -Z /dev/sr0 ${spare:+"$spare"} -quiet -R one
  must isoinfo -R -f -i /dev/sr0
  expect_line out '^/first$'
  must growisofs -M /dev/sr0 ${spare:+"$spare"} -quiet -R two
  # On overwritable media the volume descriptors at the start speak of the newest session.
  local start=0
  case $medium in dvd-r | dvd+r | dvd-rw | bd-r) start=$(info "d['tracks'][-1]['start'] if d['tracks'][-1]['state'] != 'invisible' else d['tracks'][-2]['start']") ;; esac
  two_sessions_readable "$start"
  with isoinfo -R -T "$start" -i /dev/sr0 -x /first
  cmp -s out one/first || fail "growisofs on $medium: /first differs"
  with isoinfo -R -T "$start" -i /dev/sr0 -x /second
  cmp -s out two/second || fail "growisofs on $medium: /second differs"
}

run_format() {
  requires dvd+rw-format
  must dvd+rw-format -force /dev/sr0
  must growisofs -Z /dev/sr0=first.iso
  holds first.iso 0
}

run_cdrwtool() {
  requires cdrwtool
  must cdrwtool -d /dev/sr0 -i
  must cdrwtool -d /dev/sr0 -q
  must cdrwtool -d /dev/sr0 -i
}

run_readers() {  # what is burned once is read by everybody
  requires readom isoinfo
  must "$REFERENCE" -no_rc -outdev /dev/sr0 -map one /one -commit
  local blocks
  blocks=$(info "d['written'][0]['count']")
  must readom dev=/dev/sr0 f=back sectors=0-$((blocks - 200 > 100 ? blocks - 200 : 300))
  cmp back disc 2>&1 | grep -q EOF || cmp back disc || fail "readom on $medium reads something else"
  must dd if=/dev/sr0 of=back bs=64k count=4
  cmp -n 262144 back disc || fail "dd on $medium reads something else"
  must isoinfo -R -i /dev/sr0 -x /one/first
  cmp out one/first || fail "isoinfo on $medium reads something else"
}

media=$*
case $client in
  cdrskin) all="cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re"; action=run_cdrskin ;;
  wodim) all="cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw"; action=run_wodim ;;
  growisofs) all="dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re"; action=run_growisofs ;;
  dvd+rw-format) all="dvd-rw dvd+rw dvd-ram bd-re"; action=run_format ;;
  cdrwtool) all="cd-rw"; action=run_cdrwtool ;;
  readers) all="cd-r cd-rw dvd-r dvd-rw dvd+r dvd+rw dvd-ram bd-r bd-re"; action=run_readers ;;
  *) fail "no such client: $client" ;;
esac
for medium in ${media:-$all}; do
  fresh "$medium"
  spare=
  $action
  echo "$client on $medium: fine"
done
