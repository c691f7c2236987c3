#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A burner that stays up: start, use by several programs, tray, change of medium with unit attention once, stop.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON"
export XDG_RUNTIME_DIR=$work/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
trap '"$VBURN" stop --name t 2>/dev/null; rm -rf "$work"' EXIT

"$VBURN" create a.disc --medium dvd-rw || fail "create"
"$VBURN" create b.disc --medium cd-r || fail "create"
expect_exit 1 "$VBURN" stop --name t
expect_line err "No burner named 't' is running"
expect_exit 125 "$VBURN" run --use t true
expect_exit 0 "$VBURN" start --name t --drive a.disc --drive /dev/sr3=
expect_exit 1 "$VBURN" start --name t --drive b.disc
expect_line err "A burner named 't' is running already"
"$VBURN" status --name t >out || fail "status"
expect_line out "^/dev/sr0 : tray closed, dvd-rw '.*/a.disc'$"
expect_line out "^/dev/sr3 : tray closed, no disc$"

cat >tur.py <<'P'
import ctypes, fcntl, os, struct, subprocess, sys
LAYOUT = 'iiBBHIPPPIIiPBBBBHHiII'
def command(fd, cdb):
    c, s = ctypes.create_string_buffer(bytes(cdb), len(cdb)), ctypes.create_string_buffer(32)
    h = bytearray(struct.pack(LAYOUT, ord('S'), -1, len(cdb), 32, 0, 0, 0, ctypes.addressof(c), ctypes.addressof(s),
                              30000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    fcntl.ioctl(fd, 0x2285, h)
    status = struct.unpack(LAYOUT, h)[13]
    return '%x/%02x/%02x' % (s.raw[2] & 15, s.raw[12], s.raw[13]) if status else 'good'
fd = os.open(sys.argv[1], os.O_RDWR | os.O_NONBLOCK)
for word in sys.argv[2:]:
    if word == 'tur':
        print(command(fd, [0] * 6))
    elif word == 'lock':
        print(command(fd, [0x1e, 0, 0, 0, 1, 0]))
    elif word == 'status':
        print(fcntl.ioctl(fd, 0x5326, 0))
    else:
        subprocess.run([os.environ['VBURN']] + word.split() + ['--name', 't'], stderr=subprocess.DEVNULL,
                       env={k: v for k, v in os.environ.items() if k != 'LD_PRELOAD'})
P
tur() { "$VBURN" run --use t "$PYTHON" tur.py "$@" | tr '\n' ' '; }
export VBURN
# Unit attention once after a change of medium: seen by who has the device open, swallowed when it is opened as sr.
[ "$(tur /dev/sg0 tur tur)" = "6/28/00 good " ] || fail "first load"
[ "$(tur /dev/sr0 tur "eject 0" tur status "load 0 b.disc" tur tur status)" = "good 2/3a/02 2 6/28/00 good 4 " ] ||
  fail "change of medium"
expect_exit 0 "$VBURN" load /dev/sr0 a.disc --name t
[ "$(tur /dev/sr0 tur tur)" = "good good " ] || fail "open did not swallow the unit attention"
# Locked door: the button does nothing; the last close unlocks it.
[ "$(tur /dev/sr0 lock "eject 0" tur)" = "good good " ] || fail "eject of a locked drive"
expect_exit 0 "$VBURN" eject sr0 --name t
expect_exit 0 "$VBURN" run --drive a.disc true
# The tray can be closed again as it is, and a disc comes only once into a drive.
expect_exit 0 "$VBURN" load sr0 --name t
expect_exit 0 "$VBURN" load sr0 a.disc --name t
expect_exit 1 "$VBURN" load sr3 a.disc --name t
expect_line err "is in a drive already"
expect_exit 1 "$VBURN" load sr1 a.disc --name t
expect_line err "There is no drive /dev/sr1"
expect_exit 2 "$VBURN" load sda a.disc --name t
expect_exit 0 "$VBURN" stop --name t
[ -z "$(ls "$XDG_RUNTIME_DIR/vburn")" ] || fail "directory left behind"
expect_exit 0 "$VBURN" run --drive a.disc --drive b.disc true
