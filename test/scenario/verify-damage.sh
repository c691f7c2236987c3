#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A flipped byte in content, in the directory tree, or in a checksum tag is found, and told as the reference tells it.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE" "$PYTHON"

mkdir -p tree/sub
for i in 1 2 3 4 5 6 7; do head -c $((i * 3000)) /dev/urandom >tree/sub/f$i; done
head -c 3000000 /dev/urandom >tree/big
ln tree/sub/f1 tree/hard
: >tree/empty
"$REFERENCE" -no_rc -for_backup -outdev good.iso -map tree / -commit >/dev/null 2>&1 || fail "reference can't write"

# flip BLOCK OFFSET FILE: changes one bit of good.iso.
flip() {
  "$PYTHON" - "$@" <<'P'
import sys
data = bytearray(open('good.iso', 'rb').read())
data[int(sys.argv[1]) * 2048 + int(sys.argv[2])] ^= 1
open(sys.argv[3], 'wb').write(data)
P
}
# block_of PATH: where the reference sees the file's content.
block_of() { "$REFERENCE" -no_rc -indev good.iso -find "$1" -exec report_lba -- 2>/dev/null | sed -n 's/^File data lba:[^,]*,\([^,]*\),.*/\1/p'; }
# tag_block NAME: the block of a checksum tag.
tag_block() { "$PYTHON" -c "print(open('good.iso', 'rb').read().find(b'$1') // 2048)"; }

# same ARGUMENTS...: result lines and exit value are those of the reference.
same() {
  local want=0 got=0
  "$REFERENCE" -no_rc "$@" >want 2>want.err </dev/null || want=$?
  "$XORRISO" -no_rc "$@" >got 2>got.err </dev/null || got=$?
  [ $want = $got ] || fail "exit value $got, reference has $want: $*"
  cmp want got || fail "result lines differ: $*"
  status=$got
}

same -md5 on -indev good.iso -check_md5_r FAILURE / --
same -md5 on -indev good.iso -check_md5 FAILURE --
expect_line got 'Ok, session data match recorded md5'

flip "$(block_of /sub/f4)" 500 content.iso
same -md5 on -indev content.iso -check_md5_r FAILURE / --
expect_line got "^MD5 MISMATCH: '/sub/f4'"
same -md5 on -indev content.iso -check_md5_r WARNING /sub /big --
same -md5 on -indev content.iso -check_md5 SORRY /sub/f3 /sub/f4 /sub /missing --
same -md5 on -indev content.iso -check_md5 FAILURE --
expect_line got 'MD5 MISMATCH WITH DATA OF LOADED SESSION'
same -md5 on -indev content.iso -check_media event=SORRY --
same -md5 on -indev content.iso -check_media bad_limit=md5_mismatch report=blocks_files --

flip "$(block_of /hard)" 10 linked.iso
same -md5 on -indev linked.iso -check_md5_r SORRY / --
[ "$(grep -c MISMATCH: got)" = 2 ] || fail "both names of a hard link have to be told"

flip $(($(tag_block libisofs_tree_checksum) - 2)) 40 tree.iso
same -md5 on -indev tree.iso -check_md5_r FAILURE / --
[ "$status" = 5 ] || fail "a damaged tree was loaded"
same -md5 on:load_check_off -indev tree.iso -check_media --
expect_line got 'md5_mismatch'
flip "$(tag_block libisofs_checksum_tag)" 60 tag.iso
same -md5 on -indev tag.iso -check_media event=FAILURE --
exit 0
