#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# vburn run: what a program sees of the drives, and its exit value.
. "$top_srcdir/test/support/lib.sh"

"$VBURN" create one.disc --medium dvd-ram || fail "create"
"$VBURN" create two.disc --medium dvd+r || fail "create"
run() { "$VBURN" run --drive one.disc --drive /dev/sr2=two.disc --drive sr1= "$@"; }

# Exit values: the program's, 128 plus signal, and those of env(1) for what cannot be run.
expect_exit 0 run true
expect_exit 7 run -- sh -c 'exit 7'
expect_exit 143 run sh -c 'kill -TERM $$'
expect_exit 137 run sh -c 'kill -KILL $$'
expect_exit 127 run no-such-program
expect_line err "Cannot execute 'no-such-program' : No such file"
expect_exit 126 run ./one.disc
expect_exit 125 "$VBURN" run --drive missing.disc true
expect_line err "Cannot open disc 'missing.disc' : No such file"
expect_exit 125 "$VBURN" run true
expect_line err "Missing option --drive"

# Arguments, standard streams and working directory are the program's own.
[ "$(echo in | run sh -c 'cat; pwd; printf "%s|" "$@"' - 'a b' --drive)" = "$(printf 'in\n%s\na b|--drive|' "$PWD")" ] ||
  fail "arguments or streams"

# Listings: by readdir, by the shell's glob, by stat, relative and through links.
[ "$(run sh -c 'echo /dev/sr* /dev/scd*')" = "/dev/sr0 /dev/sr1 /dev/sr2 /dev/scd0 /dev/scd1 /dev/scd2" ] || fail "glob"
run ls /dev >out
for name in sr0 sr1 sr2 scd0 sg0 sg2 cdrom null; do expect_line out "^$name\$"; done
[ "$(run find /dev -maxdepth 1 -name 'sr[0-9]' -type b | wc -l)" = 3 ] || fail "find"
[ "$(run stat -c '%F %t:%T' /dev/sr2 /dev/scd2 | sort -u)" = "block special file b:2" ] || fail "stat of block device"
[ "$(run stat -c '%F' /dev/sg1)" = "character special file" ] || fail "stat of generic device"
[ "$(run sh -c 'cd /dev && ls -d sr1 ./sr2')" = "$(printf './sr2\nsr1')" ] || fail "relative paths"
ln -s /dev/sr2 link
[ "$(run stat -L -c '%T' link)" = 2 ] || fail "symbolic link"
[ "$(run readlink -f link /dev/cdrom)" = "$(printf '/dev/sr2\n/dev/sr0')" ] || fail "readlink"
expect_exit 0 run ls -l /dev/sr0 /dev/cdrom
expect_exit 2 run ls /dev/sr3
[ "$(run sed -n 's/^drive name:[[:blank:]]*//p' /proc/sys/dev/cdrom/info | tr '\t' ' ')" = "sr2 sr1 sr0" ] || fail "info"
[ "$(run ls /sys/class/scsi_generic | grep -c '^sg[012]$')" = 3 ] || fail "sysfs listing"
[ "$(run cat /sys/block/sr2/removable /sys/block/sr2/dev)" = "$(printf '1\n11:2')" ] || fail "sysfs files"

# Nothing of it stays.
[ -e /dev/sr2 ] || [ ! -e link ] || fail "link leads somewhere outside of vburn run"
[ "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'vburn-??????' -user "$(id -un)" -newer two.disc -empty | wc -l)" = 0 ] ||
  fail "directory left behind"

# What works in the background still has its drive; what never ends does not hold vburn run for ever.
[ "$(run sh -c '(sleep 0.3; stat -c %F /dev/sr2) &')" = "block special file" ] || fail "background process"
"$VBURN" run --drive one.disc sh -c 'exec sleep 60 </dev/sr0 >sleeper 2>&1 & echo $! >pid' 2>err || fail "lingering"
expect_line err "still uses a drive"
expect_exit 125 "$VBURN" run --drive one.disc true
kill "$(cat pid)"
for _ in $(seq 100); do "$VBURN" run --drive one.disc true 2>/dev/null && exit 0; sleep 0.1; done
fail "the drive stayed up after its last user"
