#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The burn runs that the xorriso guide describes for real drives, on virtual media: a single closed session, blanking,
# three sessions, closing, formatting, simulation, eject, checkreading with and without a damaged byte.
# usage: guide-burn.sh [MEDIUM...]     MEDIUM: dvd-rw dvd-rw-formatted cd-rw cd-r dvd-r dvd+r dvd+rw dvd-ram bd-r bd-r-formatted bd-re
. "$top_srcdir/test/support/lib.sh"
requires isoinfo
[ -x "$VBURN" ] || { echo "SKIP: vburn is not built"; exit 77; }

mkdir one two three
for i in 1 2 3 4 5 6; do
  head -c $((i * 70001)) /dev/urandom >"one/a$i"
  head -c $((i * 50001)) /dev/urandom >"two/b$i"
  head -c $((i * 30001)) /dev/urandom >"three/c$i"
done

# burn ARGUMENTS...: xorriso with the virtual drive; output in ./out and ./err, exit value returned
burn() { "$VBURN" run --drive disc -- "$XORRISO" -no_rc "$@" >out 2>err </dev/null; }
must_burn() { burn "$@" || { cat out err >&2; fail "$medium: xorriso $*"; }; }
fresh() { rm -f disc disc.*; "$VBURN" create disc --medium "$1" >out 2>err || { cat err >&2; fail "can't create $1"; }; }

# checked MB: the checkread run of the guide
checked() {
  must_burn -md5 on -indev /dev/sr0 -check_md5_r sorry / --
  expect_line out '^File contents and their MD5 checksums match.$'
}

# Start block of the last session, from the table of content.
last_start() {
  must_burn -indev /dev/sr0 -toc
  awk -F, '/^ISO session/ {start = $2} END {print start + 0}' out
}

# What an independent reader finds in the last session equals the trees named.
independent() {
  local start d f
  start=$(last_start)
  for d; do
    for f in "$d"/*; do
      isoinfo -R -T "$start" -i disc -x "/$f" 2>isoinfo.err | cmp -s - "$f" || fail "$medium: isoinfo reads something else for $f"
    done
  done
}

# The byte in the middle of a known file is flipped on the disc: found, named, told by the exit value.
damaged() {
  local lba
  must_burn -indev /dev/sr0 -find /one/a6 -exec report_lba --
  lba=$(awk '/^File data lba:/ {print $6}' out | tr -d ' ,')
  cp --sparse=always disc whole
  "$PYTHON" - "$lba" <<'EOF'
import sys
with open('disc', 'r+b') as f:
    f.seek(int(sys.argv[1]) * 2048 + 100000)
    b = f.read(1)
    f.seek(-1, 1)
    f.write(bytes([b[0] ^ 1]))
EOF
  burn -md5 on -indev /dev/sr0 -check_md5_r sorry / -- && fail "$medium: a flipped byte is not found"
  expect_line out "^MD5 MISMATCH: '/one/a6'"
  expect_line out '^Mismatch detected between file contents and MD5 checksums.$'
  expect_line err 'SORRY : Event triggered by MD5 comparison mismatch'
  mv whole disc
}

single_session() {  # with -close on
  must_burn -md5 on -outdev /dev/sr0 -close on -map one /one
  expect_line err '^ISO image produced: [0-9]+ sectors$'
  expect_line err '^Written to medium : [0-9]+ sectors at LBA 0$'
  expect_line err "^Writing to '/dev/sr0' completed successfully.$"
  checked
  must_burn -outdev /dev/sr0 -toc
  expect_line out '^Media status : is written , is closed$'
  independent one
  damaged
}

three_sessions() {
  local close=
  must_burn -md5 on -dev /dev/sr0 -map one /one
  checked
  must_burn -md5 on -dev /dev/sr0 -map two /two
  checked
  [ "$1" = close ] && close="-close on"
  # shellcheck disable=SC2086
  must_burn -md5 on -dev /dev/sr0 $close -map three /three
  checked
  must_burn -indev /dev/sr0 -toc
  [ "$(grep -c '^ISO session' out)" = 3 ] || { cat out >&2; fail "$medium: not three sessions"; }
  expect_line out '^Media summary: 3 sessions, '
  if [ "$1" = close ]; then expect_line out 'is written , is closed'; else expect_line out 'is written , is appendable'; fi
  independent two three
  must_burn -md5 on -load session 1 -indev /dev/sr0 -check_md5_r sorry / --
  damaged
  must_burn -osirrox on -indev /dev/sr0 -extract / restored
  diff -r two restored/two || fail "$medium: restored tree differs"
  chmod -R u+w restored && rm -rf restored
}

simulated() {  # -dummy on leaves a blank medium blank
  must_burn -md5 on -outdev /dev/sr0 -dummy on -close on -map one /one
  must_burn -outdev /dev/sr0 -toc
  expect_line out '^Media status : is blank$'
}

blanked() { must_burn -outdev /dev/sr0 -blank "$1"; expect_line err '^Blanking done$|^Media status : is blank$'; }

run_medium() {
  case $medium in
    dvd-rw | cd-rw)
      fresh "$medium"
      blanked deformat_quickest
      single_session
      blanked as_needed
      three_sessions close
      blanked as_needed
      ;;
    cd-r | dvd-r)
      fresh "$medium"
      simulated
      single_session
      fresh "$medium"
      three_sessions close
      ;;
    dvd+r | bd-r)
      fresh "$medium"
      single_session
      fresh "$medium"
      three_sessions close
      ;;
    bd-r-formatted)
      fresh bd-r
      must_burn -outdev /dev/sr0 -format as_needed
      expect_line err '^Formatting done$'
      three_sessions close
      ;;
    dvd-rw-formatted)
      fresh dvd-rw
      must_burn -outdev /dev/sr0 -format as_needed
      expect_line err '^Formatting done$'
      expect_line err '^Media current: DVD-RW restricted overwrite$'
      three_sessions open
      blanked as_needed
      three_sessions open
      ;;
    dvd+rw | dvd-ram)
      fresh "$medium"
      three_sessions open
      blanked as_needed
      three_sessions open
      ;;
    bd-re)
      fresh "$medium"
      three_sessions open
      must_burn -outdev /dev/sr0 -list_formats
      expect_line out '^Format status: formatted, with [0-9.]+ MiB$'
      expect_line out '^BD Spare Area: 0 blocks consumed, [0-9]+ blocks available$'
      expect_line out '^Format idx 2 : 30h , [0-9]+s , [0-9.]+ MiB$'
      want=$(awk '/^Format idx 2 :/ {print $(NF - 1)}' out)
      must_burn -outdev /dev/sr0 -format by_index_2 -blank as_needed
      must_burn -outdev /dev/sr0 -list_formats
      expect_line out "^Format status: formatted, with $want MiB\$"
      three_sessions open
      ;;
  esac
  must_burn -outdev /dev/sr0 -eject all
}

[ $# -gt 0 ] || set -- dvd-rw dvd-rw-formatted cd-rw cd-r dvd-r dvd+r dvd+rw dvd-ram bd-r bd-r-formatted bd-re
for medium; do
  run_medium
  echo "$medium: as the guide says"
done
