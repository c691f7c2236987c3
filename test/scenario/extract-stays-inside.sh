#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A hostile image can't make -extract write outside the target directory.
. "$top_srcdir/test/support/lib.sh"
requires "$REFERENCE" "$PYTHON"

mkdir -p tree/dirdirdir outside
echo evil >tree/evilname
echo inner >tree/dirdirdir/inner
"$REFERENCE" -no_rc -outdev names.iso -map tree / -commit >/dev/null 2>&1
"$PYTHON" - <<'P'
data = open('names.iso', 'rb').read()
for old, new in ((b'evilname', b'../evil1'), (b'dirdirdir', b'../../../')):
    assert old in data
    data = data.replace(old, new)
open('names.iso', 'wb').write(data)
P
mkdir -p a/b/c
"$XORRISO" -no_rc -abort_on NEVER -osirrox on -indev names.iso -extract / "$PWD/a/b/c/out" >out 2>err </dev/null
[ "$(find . -name 'evil1' -o -name inner | grep -v -e '^./a/b/c/out/' -e '^./tree/')" = "" ] || fail "written outside"

# A symbolic link from one image stands where the next one has a directory.
mkdir -p one two/d
ln -s "$PWD/outside" one/d
echo data >two/d/victim
for i in one two; do "$REFERENCE" -no_rc -outdev $i.iso -map $i / -commit >/dev/null 2>&1; done
expect_exit 0 "$XORRISO" -no_rc -osirrox on -indev one.iso -extract / "$PWD/t" -indev two.iso -extract / "$PWD/t"
[ -z "$(ls outside)" ] || fail "followed a symbolic link out of the target"
[ -f t/d/victim ] || fail "the file is missing in the target"

# The link that the user names himself is followed.
ln -s "$PWD/outside" mine
expect_exit 0 "$XORRISO" -no_rc -osirrox on -indev two.iso -extract /d "$PWD/mine"
[ -f outside/victim ] || fail "the user's own link was not followed"

# Files are never written through a link, and a link is replaced, not its target.
echo keep >kept
ln -sf "$PWD/kept" t/d/victim
expect_exit 0 "$XORRISO" -no_rc -osirrox on -indev two.iso -extract / "$PWD/t"
[ "$(cat kept)" = keep ] || fail "wrote through a symbolic link"
expect_exit 5 "$XORRISO" -no_rc -overwrite off -osirrox on -indev one.iso -extract / "$PWD/t"
exit 0
