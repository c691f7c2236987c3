#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The drive as a block device: reads by all ways, inherited and duplicated descriptors, writes where the kernel allows them.
. "$top_srcdir/test/support/lib.sh"
requires dd genisoimage isoinfo

mkdir tree
seq 20000 >tree/numbers
genisoimage -quiet -R -V PRESSED -o image.iso tree || fail "genisoimage"
"$VBURN" create rom.disc --medium dvd-rom --from image.iso || fail "create"
cmp image.iso rom.disc || fail "the disc file is not the image"
"$VBURN" create ram.disc --medium dvd-ram || fail "create"
run() { "$VBURN" run --drive rom.disc --drive ram.disc "$@"; }

for command in 'cat /dev/sr0' 'dd if=/dev/sr0 bs=2048' 'dd if=/dev/scd0 bs=777' 'cat </dev/sr0' 'cp /dev/sr0 copy; cat copy' \
  'cat /dev/fd/0 </dev/sr0' 'exec 5</dev/sr0; cat <&5' '(head -c 5000; cat) </dev/sr0' 'dd if=/dev/cdrom bs=1M'; do
  run sh -c "$command" 2>err | cmp - image.iso || fail "different content by: $command"
done
run isoinfo -R -f -i /dev/sr0 >out || fail "isoinfo"
expect_line out '^/numbers$'
run isoinfo -d -i /dev/sr0 >out || fail "isoinfo"
expect_line out '^Volume id: PRESSED$'
[ "$(run blockdev --getsize64 /dev/sr0 2>/dev/null || stat -c %s image.iso)" = "$(stat -c %s image.iso)" ] || fail "size"

# Writing: not on a pressed disc, but on DVD-RAM at any byte.
expect_exit 1 run dd if=/dev/zero of=/dev/sr0 count=1 conv=notrunc
expect_line err 'Read-only file system|Operation not permitted'
expect_exit 0 run dd if=tree/numbers of=/dev/sr1 bs=1000 seek=333 count=50 conv=notrunc,fsync
head -c 50000 tree/numbers >want
[ "$(stat -c %s ram.disc)" -ge 383000 ] || fail "nothing arrived"
tail -c +333001 ram.disc | head -c 50000 | cmp - want || fail "written in the wrong place"
run dd if=/dev/sr1 bs=1000 skip=333 count=50 2>err | cmp - want || fail "read back differs"

# What a program has a right to: mmap, positions shared over fork, descriptors found again after exec.
cat >reader.py <<'P'
import mmap, os, subprocess, sys
f = os.open('/dev/sr0', os.O_RDONLY)
assert mmap.mmap(f, 1 << 16, prot=mmap.PROT_READ)[32769:32774] == b'CD001'
assert os.lseek(f, 0, os.SEEK_END) == os.stat('image.iso').st_size
assert os.pread(f, 5, 32769) == b'CD001' and os.readlink('/proc/self/fd/%d' % f) == '/dev/sr0'
os.lseek(f, 32768, os.SEEK_SET)
if os.fork() == 0:
    assert os.read(f, 6) == b'\x01CD001'
    os._exit(0)
assert os.wait()[1] == 0 and os.lseek(f, 0, os.SEEK_CUR) == 32774
os.set_inheritable(f, True)
os.lseek(f, 32769, os.SEEK_SET)
assert subprocess.check_output(['head', '-c', '5'], stdin=f) == b'CD001'
os.execv('/bin/sh', ['sh', '-c', 'dd bs=1 skip=32769 count=5 status=none </dev/fd/%d' % f])
P
[ -x "$PYTHON" ] || exit 0
[ "$(run "$PYTHON" reader.py)" = CD001 ] || fail "reader.py"
