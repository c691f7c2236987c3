#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The dialog on a terminal: prompt, errors that don't end it, line editing with history, joined lines, pager, -end.
. "$top_srcdir/test/support/lib.sh"
requires expect
export XORRISO
expect -f - >log <<'SCRIPT' || { cat log; fail "expect ended with $?"; }
set timeout 20
proc want {pattern} {
  expect {
    -re $pattern {}
    timeout { puts "\nTIMEOUT: $pattern"; exit 2 }
    eof { puts "\nEOF: $pattern"; exit 3 }
  }
}
set prompt {enter option and arguments :\r\n}
spawn $env(XORRISO) -no_rc -outdev image.iso -dialog on
want $prompt
send -- "-volid FROM_DIALOG\r"
want $prompt
send -- "-nonsense\r"
want {FAILURE : Not a known command:  '-nonsense'}
want $prompt
send -- "-mkdir /a /b --\r"
want $prompt
send -- "-print \"one\r"
want {Quoted newline char : Enter rest of line}
send -- "two\"\r"
want {\none\r\ntwo\r\n}
want $prompt
# arrow up brings back the line before
send -- "-print upward\r"
want {\nupward\r\n}
want $prompt
send -- "\033\[A"
want {-print upward}
send -- " -print again\r"
want {\nupward\r\nagain\r\n}
want $prompt
send -- "-page 3 80\r"
want $prompt
send -- "-status long\r"
want {Press Enter to continue}
send -- "@@@\r"
want {request to abort registered}
want $prompt
send -- "-page 0 80 -status -volid\r"
want {-volid 'FROM_DIALOG'}
want $prompt
send -- "-commit\r"
want {completed successfully}
want $prompt
send -- "-rm_r /b --\r"
want $prompt
send -- "-rollback_end\r"
expect eof
lassign [wait] pid spawn_id os_error value
exit [expr {$value == 32 ? 0 : 40 + $value}]
SCRIPT
# The commit in the middle was written, the removal behind it was not.
expect_exit 0 "$XORRISO" -no_rc -indev image.iso -pvd_info -lsd /a /b --
expect_line out "^Volume Id    : FROM_DIALOG$"
expect_line out "^'/b'$"
