#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Lists, manipulates, searches and filters the tree of a small image by the reference program and by ours.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON" "$REFERENCE" mkfifo gzip
export COMPAT_TREE=$work/tree
mkdir -p "$COMPAT_TREE/src" && cd "$COMPAT_TREE/src" || exit 99
mkdir -p a/b/c .hd/x "sp ace" d1 d2 d3
echo 1 > f1; echo 22 > f2; echo h > .hid; echo q > "q'uote"; echo x > "a/b/c/[x]y"; echo s > 'st*ar'; echo bs > 'back\slash'
echo 1 > d1/f1; echo 1 > d2/f1; echo 1 > d2/.g
ln -s f1 lnk; ln -s a lnkd; ln f1 hard; mkfifo ff
mknod nul c 1 3 2>/dev/null || true
mknod blk b 7 300 2>/dev/null || true
printf 'new\nline' > $'n\nl'
find . -exec touch -h -d '2024-02-03 04:05:06' {} +
cd ..
"$REFERENCE" -no_rc -hardlinks on -outdev t.iso -map src / -commit >/dev/null 2>&1
truncate -s 5000000000 src/big
head -c 100000 /dev/zero > zeros
gzip -nk zeros
printf '%s\n' '# file: f1' '# owner: daemon' '# group: 7' 'user::rwx' 'user:1:rw-' 'group::r--' 'other::---' 'mask::rwx' '' \
  '# file: nope' 'user::rwx' '' '# file: d1' '# owner: root' 'user::rwx' > acl.lst
printf '%s\n' '# file: f1' 'user::rwx' '@' '# file: f2' 'user::---' > acl2.lst
printf '%s\n' '# file: f1' 'user::rwx' '@@@' > acl3.lst
printf '%s\n' '# file: f1' '# owner: nosuch' 'user::rwx' > acl4.lst
printf '%s\n' '# file: f1' 'user.x="a\012b"' 'user.z="c"' '' '# file: d1' 'user.q="1"   ' > at.lst
"$PYTHON" "$top_srcdir/test/compat/run_lines.py" "$XORRISO" "$REFERENCE" "$top_srcdir/test/compat/tree.lines"
