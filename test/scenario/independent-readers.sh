#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# isoinfo, 7z, bsdtar and pycdlib list and extract the tree that was put in.
. "$top_srcdir/test/support/lib.sh"
requires isoinfo 7z bsdtar "$PYTHON"
"$PYTHON" -c 'import pycdlib' 2>/dev/null || { echo "SKIP: python3-pycdlib is not installed"; exit 77; }

mkdir -p tree/one/two/three
for name in plain 'with blank' UPPER.TXT a.b.c.d 'ünïcode' long-$(printf 'x%.0s' {1..80}); do
  head -c $((RANDOM % 20000)) /dev/urandom >"tree/one/$name"
done
head -c 3000000 /dev/urandom >tree/one/two/big
: >tree/one/two/three/empty
(cd tree && find . -type f | sed 's#^\./##' | sort) >files

"$XORRISO" -no_rc -outdev image.iso -joliet on -compliance joliet_long_names -map tree / >out 2>err || { cat err >&2; fail "no image"; }

bsdtar -tf image.iso | grep -v '/$' | grep -v '^\.$' >all || fail "bsdtar can't list"
mkdir by_bsdtar && bsdtar -xf image.iso -C by_bsdtar || fail "bsdtar can't extract"
diff -r tree by_bsdtar || fail "bsdtar extracts something else"

mkdir by_7z && 7z x -oby_7z image.iso >7z.out || fail "7z can't extract"
diff -r tree by_7z || fail "7z extracts something else"

isoinfo -R -f -i image.iso | sed 's#^/##' | sort >listed || fail "isoinfo can't list"
while read -r f; do grep -qxF "$f" listed || fail "isoinfo does not list $f"; done <files
isoinfo -R -i image.iso -x /one/two/big | cmp - tree/one/two/big || fail "isoinfo extracts something else"

"$PYTHON" - <<'EOF' || fail "pycdlib disagrees"
import io, os, pycdlib
iso = pycdlib.PyCdlib()
iso.open('image.iso')
seen = set()
for folder, dirs, files in iso.walk(rr_path='/'):
    for f in files:
        path = os.path.join(folder, f)
        data = io.BytesIO()
        iso.get_file_from_iso_fp(data, rr_path=path)
        with open('tree' + path, 'rb') as source:
            assert source.read() == data.getvalue(), path
        seen.add(path.lstrip('/'))
assert seen == set(open('files', encoding='utf-8').read().split('\n')[:-1]), seen
EOF
