#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Images that either program made are loaded, verified, grown and extracted by the other, five sessions deep.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE"

mkdir -p tree/deep/er
for i in 1 2 3 4 5 6 7 8; do head -c $((i * 3001)) /dev/urandom >"tree/deep/file $i"; done
ln tree/deep/file\ 1 tree/deep/hard
ln -s 'deep/file 2' tree/soft
: >tree/empty
chmod 640 tree/empty

# grow WRITER IMAGE N: changes the tree and adds session N
grow() {
  head -c $((RANDOM % 9000 + 1)) /dev/urandom >"tree/deep/er/added in $3"
  echo "session $3" >tree/soft_target
  rm -f "tree/deep/er/added in $(($3 - 2))"
  "$1" -no_rc -for_backup -dev "$2" -update_r tree / >out 2>err || { cat err >&2; fail "$1 could not write session $3"; }
}

# agree IMAGE: both programs verify it, list the same, extract what the tree holds
agree() {
  local p
  for p in "$XORRISO" "$REFERENCE"; do
    "$p" -no_rc -md5 on -indev "$1" -check_md5_r sorry / -- >out 2>err || { cat out err >&2; fail "$p does not verify $1"; }
    rm -rf restored
    "$p" -no_rc -for_backup -osirrox on -indev "$1" -extract / restored >out 2>err || { cat err >&2; fail "$p does not extract $1"; }
    diff -r tree restored || fail "$p: restored files differ"
    [ "$(stat -c '%i' restored/deep/hard)" = "$(stat -c '%i' 'restored/deep/file 1')" ] || fail "$p: hard link is lost"
    "$p" -no_rc -for_backup -indev "$1" -find / -exec lsdl -- >"list.$(basename "$(dirname "$p")")" 2>err
    "$p" -no_rc -indev "$1" -toc 2>err | grep -E '^ISO session' >"toc.$(basename "$(dirname "$p")")"
    chmod -R u+w restored
  done
  cmp "list.$(basename "$(dirname "$XORRISO")")" "list.$(basename "$(dirname "$REFERENCE")")" || fail "listings differ"
  cmp "toc.$(basename "$(dirname "$XORRISO")")" "toc.$(basename "$(dirname "$REFERENCE")")" || fail "tables of content differ"
}

for order in "X R X R X" "R X R X R" "X X X X X"; do
  rm -f medium.iso
  n=0
  for who in $order; do
    n=$((n + 1))
    if [ "$who" = X ]; then grow "$XORRISO" medium.iso $n; else grow "$REFERENCE" medium.iso $n; fi
    agree medium.iso
  done
  for session in 1 3 5; do
    "$XORRISO" -no_rc -md5 on -load session $session -indev medium.iso -check_md5_r sorry / -- >out 2>err ||
      { cat err >&2; fail "session $session of 5 does not verify ($order)"; }
  done
done
