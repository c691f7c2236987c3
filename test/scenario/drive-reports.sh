#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Acquisition reports, tables of content, choice of sessions, blanking and refusals: both programs print the same result
# lines, tell the same about the medium, and end with the same exit value.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

mkdir t1 t2 t3
for i in 1 2 3; do echo "content $i" >t$i/f; "$REFERENCE" -no_rc -md5 on -dev three.iso -add t$i -- >out 2>&1 || fail "cannot make three.iso"; done
head -c 3000000 /dev/urandom >noise
truncate -s 1M zeros
: >empty
head -c 100000 three.iso >truncated

# Free space changes while we look at it; times and versions differ by nature.
plain() {
  grep -v -e ' : RockRidge filesystem manipulator' -e '^$' -e '^xorriso : HINT' -e '^libisofs: ' -e '^libburn : ' "$1" |
    sed -E 's/ [0-9.]+[kmgt] free/ N free/; s/, [0-9]+ writable , [0-9]+ overall/, N overall/; s/ in [0-9]+ seconds/ in N seconds/; s/XORRISO-[0-9.]+ [0-9.]+/XORRISO/' | LC_ALL=C sort
}

# twins ARGUMENTS: both programs, each on its own copy of the files.
twins() {
  local who rc
  for who in reference ours; do
    rm -rf $who.d
    mkdir $who.d
    cp three.iso noise zeros empty truncated $who.d
    if [ $who = ours ]; then set -- "$XORRISO" "${@:1}"; else set -- "$REFERENCE" "${@:1}"; fi
    rc=0
    (cd $who.d && exec "$1" -no_rc "${@:2}" >../$who.out 2>../$who.err </dev/null) || rc=$?
    echo "$rc" >$who.rc
    shift
  done
  cmp -s reference.rc ours.rc || { tail -n 5 ours.err >&2; fail "exit value $(cat ours.rc) instead of $(cat reference.rc): $*"; }
  for f in out err; do
    plain reference.$f >reference.plain
    plain ours.$f >ours.plain
    diff reference.plain ours.plain >&2 || fail "different lines: $*"
  done
  diff -r reference.d ours.d >&2 || fail "files differ after: $*"
}

while read -r line; do
  eval "twins $line"
done <<'LINES'
-dev three.iso -toc
-outdev three.iso -toc
-indev three.iso -outdev new -toc
-indev three.iso -outdev new -toc_of all:short
-outdev new -toc
-dev empty -toc
-dev zeros -toc
-dev noise -toc
-outdev noise -toc
-dev truncated
-outdev stdio:/dev/null -toc
-dev . -toc
-dev /nonexistent/x
-dev /dev/null
-dev stdio:
-drive_class banned /etc -indev /etc/passwd
-drive_class caution /etc -indev /etc/passwd
-drive_class harmless /dev/null -outdev /dev/null
-ban_stdio_write -dev three.iso
-load session 1 -dev three.iso -pvd_info
-load session 9 -dev three.iso
-load lba 5 -indev three.iso
-indev three.iso -load session 2 -load volid 'ISO*' -load auto ''
-rom_toc_scan off:emul_off -indev three.iso -toc
-rom_toc_scan force -indev three.iso -toc
-assert_volid 'X*' SORRY -dev three.iso
-dev three.iso -blank as_needed
-outdev three.iso -blank all
-outdev three.iso -blank deformat
-outdev new -blank as_needed
-outdev three.iso -blank nonsense
-outdev three.iso -format as_needed
-outdev three.iso -format full
-outdev three.iso -format by_index_3
-blank all
-toc
-list_formats
-dev three.iso -list_formats -list_profiles all
-dev three.iso -eject in -toc_of all
-indev three.iso -outdev new -eject in
-mount_cmd three.iso session 2 /mnt
-mount_cmd three.iso session 9 /mnt
-session_string three.iso auto 0 '%device% %sbsector% %track% %session% %volid%'
-drive_access shared:readonly -dev three.iso -blank fast
-dev three.iso -close_damaged as_needed
-indev three.iso -dev ''
-dev three.iso -outdev three.iso -indev ''
LINES
exit 0
