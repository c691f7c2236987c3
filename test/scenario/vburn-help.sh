#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The help texts, the manual and the completion tell of the same commands, options, media and faults.
. "$top_srcdir/test/support/lib.sh"
manual=$top_srcdir/doc/vburn.1
# The manual as plain words: roff escapes gone.
sed -e 's/\\-/-/g' -e 's/\\f[A-Z]//g' "$manual" >manual

"$VBURN" --help >help || fail "--help"
sed -n 's/^  \([a-z]*\) .*/\1/p' help >commands
[ "$(wc -l <commands)" -ge 12 ] || fail "commands missing in help"
: >options
while read -r command; do
  "$VBURN" "$command" --help >out || fail "$command --help"
  expect_line out "^usage: vburn $command"
  expect_line manual "^\.B vburn $command( |$)"
  grep -o '^  --[a-z]*' out | tr -d ' ' >>options
done <commands
sort -u options >help_options
grep -oE -- '--[a-z]+' manual | sort -u >manual_options
# --version belongs to no command.
{ cat help_options; echo --version; } | sort -u | diff - manual_options || fail "options of help (<) and manual (>) differ"

"$VBURN" media | awk 'NR > 1 {print $1}' >media
while read -r medium; do expect_line manual "(^| )${medium/+/[+]}( |\.|$)"; done <media
"$VBURN" fault --help | grep -oE '[a-z]+-(error|loss|block|out|busy|attention)' | sort -u >faults
[ "$(wc -l <faults)" -ge 14 ] || fail "faults missing in help"
while read -r fault; do expect_line manual "$fault"; done <faults

# Completion: it is what bash understands, and offers the same.
"$VBURN" completion >completion || fail "completion"
complete_words() {
  bash -c 'source ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vburn; printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}
complete_words vburn '' | grep -v ^-- | sort | diff - <(sort commands) || fail "completion of commands"
complete_words vburn create x --medium '' | diff - media || fail "completion of media"
while read -r command; do
  complete_words vburn "$command" -- | sort | diff - <("$VBURN" "$command" --help | grep -o '^  --[a-z]*' | tr -d ' ' | sort) ||
    fail "completion of options of $command"
done <commands
[ "$(complete_words vburn info comp)" = completion ] || fail "completion of file names"
"$VBURN" --version | grep -q '^vburn [0-9]' || fail "--version"
