# SPDX-License-Identifier: GPL-3.0-or-later
# Helpers for scenario tests; source it: . "$top_srcdir/test/support/lib.sh"
# It makes a temporary folder, goes there and removes it at the end.

work=$(mktemp -d "${TMPDIR:-/tmp}/scenario.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

# The reference program, if this machine has it.
REFERENCE=${REFERENCE:-/usr/bin/xorriso}
PYTHON=${PYTHON:-/usr/bin/python3}

# requires PROGRAM...: skips the test if one is missing.
requires() {
  local p
  for p; do
    command -v "$p" >/dev/null 2>&1 || {
      echo "SKIP: $p is not installed"
      exit 77
    }
  done
}

fail() {
  echo "FAIL: $*" >&2
  exit 1
}

# expect_exit N COMMAND...: runs the command, output into ./out (stdout) and ./err (stderr), and checks its exit value.
expect_exit() {
  local want=$1 got=0
  shift
  "$@" >out 2>err </dev/null || got=$?
  [ "$got" = "$want" ] || {
    tail -n 20 out err >&2
    fail "exit value $got instead of $want: $*"
  }
}

# expect_line FILE REGEX: the file has a line that matches the extended regular expression.
expect_line() {
  grep -qE -- "$2" "$1" || {
    tail -n 20 "$1" >&2
    fail "no line in $1 matches: $2"
  }
}

# expect_no_line FILE REGEX
expect_no_line() {
  ! grep -E -- "$2" "$1" >&2 || fail "a line in $1 matches: $2"
}
