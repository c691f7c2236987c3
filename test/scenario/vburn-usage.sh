#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that cannot be used are named together with what is allowed, and nothing is changed.
. "$top_srcdir/test/support/lib.sh"

# usage MESSAGE ARGUMENT...
usage() {
  local message=$1
  shift
  expect_exit 2 "$VBURN" "$@"
  expect_line err "^vburn: $message"
  expect_line err '^vburn: Try vburn .*--help$'
}
usage "No command given"
usage "Unknown command 'burn' , allowed are: create info media run" burn
usage "Missing argument after 'create' , needed are: DISC" create
usage "Missing option --medium , allowed are: cd-rom cd-r cd-rw" create d
usage "Unknown medium 'dvd\*rw' , allowed are: cd-rom" create d --medium 'dvd*rw'
usage "Unknown option '--mediun' , allowed are: --medium --size" create d --mediun cd-r
usage "Missing value after '--medium'" create d --medium
usage "Cannot use size '12q' , allowed are" create d --medium cd-r --size 12q
usage "Option --seed needs a number, got 'x'" create d --medium cd-r --seed x
usage "Medium dvd-rom needs option --from IMAGE" create d --medium dvd-rom
usage "Option --from is for cd-rom, dvd-rom and bd-rom" create d --medium cd-r --from /dev/null
usage "Surplus argument 'e'" info d e
usage "Cannot use drive '/dev/sda' , allowed are /dev/sr0 to" eject /dev/sda
usage "Cannot use name 'a/b'" start --name a/b --drive d
usage "Drive /dev/sr0 is given twice" start --drive sr0=a --drive sr0=b
usage "Option --realtime needs a factor" start --drive d --realtime=fast
[ ! -e d ] || fail "a disc was made nevertheless"

expect_exit 1 "$VBURN" create d --medium cd-r --size 10g
expect_line err "Size of a cd-r disc has to be between"
[ ! -e d ] && [ ! -e d.vburn ] || fail "a disc was made nevertheless"
expect_exit 1 "$VBURN" create nowhere/d --medium cd-r
expect_line err "Cannot create disc 'nowhere/d' : No such file"
expect_exit 1 "$VBURN" create d --medium cd-rom --from missing
[ ! -e d ] || fail "a disc was made nevertheless"
echo precious >d
expect_exit 1 "$VBURN" create d --medium cd-r
expect_line err "'d' exists already"
expect_exit 1 "$VBURN" info d
expect_line err "'d' is not a disc: there is no state file 'd.vburn'"
[ "$(cat d)" = precious ] || fail "file damaged"
"$VBURN" create disc --medium cd-r
for text in "" "vburn-disc 9" "$(head -n 3 disc.vburn)" "$(sed 's/^capacity .*/capacity -5/' disc.vburn)"; do
  echo "$text" >disc.vburn.bad
  cp disc disc2 && cp disc.vburn.bad disc2.vburn
  expect_exit 1 "$VBURN" info disc2
  expect_line err "State file 'disc2.vburn': "
  expect_exit 125 "$VBURN" run --drive disc2 true
done
# A full standard output is not success.
expect_exit 1 sh -c '"$VBURN" media >/dev/full'
expect_exit 0 "$VBURN" create big --medium bd-re --size 23g
[ "$(du -k big | cut -f 1)" -lt 100 ] || fail "a blank disc takes space"
