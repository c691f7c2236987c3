#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Restored trees are the reference's: names, content, permissions, times, links; so are info lines and exit values.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

mkdir -p tree/d/deep tree/empty
echo "it's" >"tree/it's"
for i in 1 2 3 4; do head -c $((i * 4000)) /dev/urandom >tree/d/f$i; done
head -c 5000001 /dev/urandom >tree/big
truncate -s 3000000 tree/zeros
ln tree/d/f1 tree/d/hard
ln -s /nowhere tree/d/dangling
mkfifo tree/pipe
chmod 600 tree/d/f2; chmod 4755 tree/d/f3; chmod 1777 tree/d/deep; touch -d 2001-02-03 tree/d/f2 tree/d; chmod 500 tree/d
"$REFERENCE" -no_rc -for_backup -outdev x.iso -map tree / -commit >/dev/null 2>&1 || fail "reference can't write"
chmod 700 tree/d

# listing FOLDER: all that has to agree. Times of what was not restored are the time of the run.
listing() {
  (cd "$1" && find . -printf '%p %y %m %n %U %G %T@ %l\n' | sed -E 's/ [0-9]+\.[0-9]*[1-9][0-9]* / now /' | sort &&
    find . -type f -print0 | sort -z | xargs -0 -r cksum)
}
same() {
  local want=0 got=0
  chmod -R u+rwx r o 2>/dev/null; rm -rf r o; mkdir r o
  "$REFERENCE" -no_rc "${@//@/$PWD/r}" >want 2>want.err </dev/null || want=$?
  "$XORRISO" -no_rc "${@//@/$PWD/o}" >got 2>got.err </dev/null || got=$?
  [ $want = $got ] || fail "exit value $got, reference has $want: $*"
  sed -i -E "s,$PWD/[ro]/,DIR/,g; s/ in [0-9.]+ seconds.*//; /nodes read|RockRidge|Media summary/d" want.err got.err
  cmp want got && diff want.err got.err || fail "lines differ: $*"
  diff <(listing r) <(listing o) || fail "trees differ: $*"
}

in="-osirrox on -indev x.iso"
same $in -extract / @/a -extract / @/a
same $in -extract /big @/new/sub/big -extract_single /d @/single
same $in -extract /d @/a -extract /big @/a/f1 -extract /big @/a
same -overwrite off $in -extract /d/f1 @/a -extract /d/f2 @/a
same $in -extract_l / @/a '/d/*' /big --
same $in -cpx /big @/a -- -cpax /big /d/f2 @ --
same $in -cp_rx /d @/n -- -cp_rax /d /big @ --
same $in -cpx /d @/x --
same $in -extract /missing @/x
same -md5 on $in -extract / @/a
same -hardlinks on $in -extract /d @/a
same $in -concat append @/c /d/f1 "/it's" -- -concat append @/c /d/f2 -- -concat overwrite - "/it's" --
same $in -concat pipe + /usr/bin/wc -c + /d/f1 --
same $in -extract_cut /big 2048 100000 @/c -extract_cut /big 77 99999 @/d
same $in -paste_in /d/f1 @/p 1000 500 -paste_in /d/f1 @/p 5000 99999
same -indev x.iso -extract / @/x

expect_exit 0 "$XORRISO" -no_rc -osirrox on:sparse=64k -indev x.iso -extract /zeros "$PWD/holes"
cmp tree/zeros holes || fail "sparse file differs"
[ "$(stat -c %b holes)" -lt 100 ] || fail "no holes were made"
chmod -R u+rwx r o
exit 0
