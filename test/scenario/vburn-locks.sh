#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may have a drive and who may have a disc: O_EXCL as the kernel does it, one owner of a disc file.
. "$top_srcdir/test/support/lib.sh"
requires "$PYTHON"

"$VBURN" create a.disc --medium dvd-ram || fail "create"
cat >open.py <<'P'
import errno, os
def error(path, flags):
    try:
        os.close(os.open(path, flags))
    except OSError as e:
        return e.errno
EXCL = os.O_RDWR | os.O_NONBLOCK | os.O_EXCL
a = os.open('/dev/sr0', EXCL)
assert error('/dev/sr0', EXCL) == errno.EBUSY, 'second exclusive open'
assert error('/dev/scd0', EXCL) == errno.EBUSY, 'alias'
assert error('/dev/sr0', os.O_RDONLY) is None, 'plain open beside an exclusive one'
b = os.dup(a)
os.close(a)
assert error('/dev/sr0', EXCL) == errno.EBUSY, 'a duplicate keeps it'
if os.fork() == 0:
    os.execv('/bin/sleep', ['sleep', '0'])  # close on exec: the child does not keep it
os.wait()
os.close(b)
for i in range(200):
    assert error('/dev/sr0', EXCL) is None, 'free at once after close'
pid = os.fork()
if pid == 0:
    os.open('/dev/sr0', EXCL)
    os.abort()
os.wait()
assert error('/dev/sr0', EXCL) is None, 'free after a crash'
assert error('/dev/sr1', os.O_RDONLY) == errno.ENOMEDIUM, 'no disc'
assert error('/dev/sr1', os.O_RDONLY | os.O_NONBLOCK) is None
assert error('/dev/sr2', os.O_RDONLY) == errno.ENOENT
s = os.open('/dev/sg0', os.O_RDWR | os.O_EXCL)
assert error('/dev/sg0', os.O_RDWR) == errno.EBUSY, 'sg: exclusive means alone'
P
expect_exit 0 "$VBURN" run --drive a.disc --drive sr1= "$PYTHON" open.py

# A disc is in one drive at a time; the second one is told where it is. Looking at it is always possible.
expect_exit 125 "$VBURN" run --drive a.disc env -u LD_PRELOAD "$VBURN" run --drive a.disc true
expect_line err "Disc 'a.disc' is in a drive already, owned by process [0-9]+ \(.*vburn run --drive a.disc"
expect_exit 125 "$VBURN" run --drive a.disc --drive ./a.disc true
expect_line err "is in a drive already"
expect_exit 1 "$VBURN" run --drive a.disc env -u LD_PRELOAD "$VBURN" create a.disc --medium cd-r --force
expect_line err "is in a drive already"
expect_exit 0 "$VBURN" run --drive a.disc env -u LD_PRELOAD "$VBURN" info a.disc
expect_exit 0 "$VBURN" run --drive a.disc true
