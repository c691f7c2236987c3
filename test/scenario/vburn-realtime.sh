#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# With --realtime the drive is busy while it blanks and tells its progress; without it everything is done at once.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON"

"$VBURN" create a.disc --medium cd-rw || fail "create"
cat >blank.py <<'P'
import ctypes, fcntl, os, struct, time
LAYOUT = 'iiBBHIPPPIIiPBBBBHHiII'
def command(fd, cdb):
    c, s = ctypes.create_string_buffer(bytes(cdb), len(cdb)), ctypes.create_string_buffer(32)
    h = bytearray(struct.pack(LAYOUT, ord('S'), -1, len(cdb), 32, 0, 0, 0, ctypes.addressof(c), ctypes.addressof(s),
                              30000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    fcntl.ioctl(fd, 0x2285, h)
    return struct.unpack(LAYOUT, h)[13], s.raw
fd = os.open('/dev/sr0', os.O_RDWR | os.O_NONBLOCK)
start = time.monotonic()
assert command(fd, [0xa1, 0x11] + [0] * 10)[0] == 0
last, looks = -1, 0
while True:
    status, sense = command(fd, [0] * 6)
    if status == 0:
        break
    assert (sense[2] & 15, sense[12]) == (2, 4) and sense[15] & 0x80, sense
    progress = sense[16] << 8 | sense[17]
    assert progress >= last, (progress, last)
    last, looks = progress, looks + 1
    time.sleep(0.02)
print(looks, 'looks', round(time.monotonic() - start, 2), 'seconds', last)
P
expect_exit 0 "$VBURN" run --realtime=50 --drive a.disc "$PYTHON" blank.py
read -r looks _ seconds _ last <out
[ "$looks" -ge 5 ] && [ "$last" -ge 30000 ] || fail "progress: $(cat out)"
awk -v s="$seconds" 'BEGIN {exit !(s > 0.3 && s < 20)}' || fail "duration: $seconds"
expect_exit 0 "$VBURN" run --drive a.disc "$PYTHON" blank.py
expect_line out '^0 looks'

# A program's own waits are cut short only where they grant the drive time.
sleeps() { local start=$(date +%s%N); "$@" || fail "exit value of $*"; echo $((($(date +%s%N) - start) / 1000000)); }
[ "$(sleeps "$VBURN" run --drive a.disc sleep 1)" -ge 1000 ] || fail "sleep(1) has been shortened"
cat >grant.py <<'P'
exec(open('blank.py').read().split('fd = ')[0])
import select
fd = os.open('/dev/sr0', os.O_RDWR | os.O_NONBLOCK)
assert command(fd, [0] * 6)[0] == 0
select.select([], [], [], 2)
P
[ "$(sleeps "$VBURN" run --drive a.disc "$PYTHON" grant.py)" -lt 1800 ] || fail "wait after a good command"
[ "$(sleeps "$VBURN" run --waits --drive a.disc "$PYTHON" grant.py)" -ge 2000 ] || fail "--waits"
