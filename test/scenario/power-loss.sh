#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The drive loses its power at a command in the middle of a burn of two sessions. Afterwards the disc opens, the first
# session verifies if it was complete, and xorriso can go on with the medium or says why not.
# usage: power-loss.sh [all] [MEDIUM...]     all: power loss at every command, else at every ninth
. "$top_srcdir/test/support/lib.sh"
[ -x "$VBURN" ] || { echo "SKIP: vburn is not built"; exit 77; }
. "$top_srcdir/test/support/burn-trouble.sh"

step=9
[ "$1" = all ] && { step=1; shift; }
[ $# -gt 0 ] || set -- cd-rw dvd+r bd-re

# lose_power SESSION COMMAND: power loss at this command of the burn of session 1 or 2.
lose_power() {
  local session=$1 status before=blank trees=one
  case="power loss at command $2 of session $session"
  [ "$session" = 1 ] || { before=base; trees="one two"; }
  copy_disc $before disc
  burn --fault "power-loss:command=$2" -- -md5 on -dev /dev/sr0 -map "${trees##* }" "/${trees##* }"
  status=$?
  if [ $status = 0 ] || claims_success; then
    # Lost was at most what comes after the burn.
    # shellcheck disable=SC2086
    intact $trees || wrong "exit value $status and success told, but the content is not there"
  else
    names_trouble || wrong "exit value $status, but nothing said"
  fi
  "$VBURN" info disc >state 2>err || wrong "the disc cannot be opened"
  [ "$session" = 1 ] || first_session_intact || wrong "the first session is lost"
  if goes_on; then
    ways[$how]=$((${ways[$how]:-0} + 1))
  else
    cat state >&2
    wrong "cannot go on"
  fi
  [ "$session" = 1 ] || [ "$how" = blank ] || first_session_intact || wrong "the first session is lost by going on"
}

# Number of commands that burning this session takes.
count_commands() {
  rm -f trace
  case="no fault"
  burn --trace trace -- -md5 on -dev /dev/sr0 -map "$1" "/$1" || fail "$medium: burning without fault"
  wc -l <trace
}

for medium; do
  declare -A ways=()
  make_base
  "$VBURN" create --force blank --medium "$medium" >out 2>err || { cat err >&2; fail "cannot create $medium"; }
  copy_disc blank disc
  first=$(count_commands one)
  copy_disc base disc
  second=$(count_commands two)
  for ((n = 1; n <= first; n += step)); do lose_power 1 "$n"; done
  for ((n = 1; n <= second; n += step)); do lose_power 2 "$n"; done
  echo "$medium: $first and $second commands, went on by:" "$(for how in "${!ways[@]}"; do echo "$how ${ways[$how]}"; done | xargs)"
done
[ $wrong = 0 ] || fail "$wrong expectations not met"
