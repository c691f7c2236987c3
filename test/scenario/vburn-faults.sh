#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fault options reach the drive, strike where they should, and strike the same way each time.
. "$top_srcdir/test/support/lib.sh"
requires dd "$REFERENCE"
export XDG_RUNTIME_DIR=$work/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
trap '"$VBURN" stop 2>/dev/null; rm -rf "$work"' EXIT

head -c 2000000 /dev/urandom >file
"$VBURN" create ram.disc --medium dvd-ram || fail "create"
expect_exit 0 "$VBURN" run --drive ram.disc dd if=file of=/dev/sr0 bs=64k conv=notrunc,fsync

# Read errors: the blocks before are good, the error is that of the kernel, a transient one goes away.
read_blocks() { dd if=/dev/sr0 bs=2048 count=100 of=copy status=none; }
export -f read_blocks
for i in 1 2; do
  expect_exit 1 "$VBURN" run --drive ram.disc --fault read-error:lba=40-41 bash -c read_blocks
  expect_line err 'Input/output error'
  [ "$(stat -c %s copy)" = 81920 ] || fail "error in the wrong place"
done
expect_exit 0 "$VBURN" run --drive ram.disc --fault read-error:lba=40:times=1 bash -c 'read_blocks; read_blocks'
cmp -n 204800 copy file || fail "content after transient error"

# burn FAULT WANTED_EXIT: what the reference program makes of it on a blank DVD+R.
burn() {
  "$VBURN" create --force --medium dvd+r r.disc || fail "create"
  expect_exit "$2" "$VBURN" run --drive r.disc --fault "$1" "$REFERENCE" -no_rc -md5 on -outdev /dev/sr0 -map file /f -commit
  cat out err >log
  "$VBURN" info r.disc >info || fail "info after $1"
}
burn write-error:lba=200 5
expect_line log '3 0C 00'
expect_line info 'next writable 200'
burn power-loss:lba=200 5
expect_line log 'No such device'
burn sync-error:any 5
burn unit-attention:opcode=0x2a 0
burn long-busy:lba=64:times=20 0
burn recovered-error:opcode=0x2a 0
cp r.disc.vburn first
burn recovered-error:opcode=0x2a 0
sed -i /^id/d first r.disc.vburn
cmp first r.disc.vburn || fail "the same fault had another effect"

# Of a running drive: added, listed with their strikes, cleared. Power comes back by vburn power.
expect_exit 0 "$VBURN" start --drive ram.disc --drive sr5=
expect_exit 0 "$VBURN" fault sr0 read-error:lba=7 slow:any:delay=1ms
expect_exit 1 "$VBURN" run --use default bash -c read_blocks
"$VBURN" fault sr0 list >out
expect_line out '^read-error:lba=7-7 \(struck 1 times\)$'
expect_exit 0 "$VBURN" fault sr0 clear
expect_exit 0 "$VBURN" run --use default bash -c read_blocks
expect_exit 0 "$VBURN" fault /dev/sr0 power-loss:any
expect_exit 1 "$VBURN" run --use default bash -c read_blocks
expect_line err 'No such device'
expect_exit 1 "$VBURN" run --use default bash -c read_blocks
expect_exit 0 "$VBURN" power sr0
expect_exit 0 "$VBURN" run --use default bash -c read_blocks
expect_exit 2 "$VBURN" fault sr0 read-error
expect_exit 2 "$VBURN" fault sr0 bogus:any
expect_line err "'bogus' , allowed are: write-error read-error"
