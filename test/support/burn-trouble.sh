# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of burning in trouble share; source it after lib.sh. Two source trees, a disc with the first of them as
# first session, and what has to be true of the disc after a mishap. Functions talk about $medium.

for i in 1 2 3; do
  mkdir -p one two more
  head -c $((i * 50001)) /dev/urandom >"one/a$i"
  head -c $((i * 90001)) /dev/urandom >"two/b$i"
  head -c $((i * 30001)) /dev/urandom >"more/c$i"
done

wrong=0
# wrong TEXT...: counts a failed expectation, shows the last output, and lets the test go on with the next case.
wrong() {
  echo "FAIL: $medium: $case: $*" >&2
  sed 's/^/  | /' err >&2
  wrong=$((wrong + 1))
}

# burn [--fault FAULT...] -- ARGUMENTS...: xorriso with the disc in its drive; output in ./out and ./err.
burn() {
  local plan=()
  while [ "$1" != -- ]; do plan+=("$1"); shift; done
  shift
  timeout 60 "$VBURN" run --drive disc "${plan[@]}" -- "$XORRISO" -no_rc "$@" >out 2>err </dev/null
}

remove() { chmod -R u+w "$1" && rm -rf "$1"; }

copy_disc() { rm -f "$2" "$2".*; cp --sparse=always "$1" "$2" && cp "$1.vburn" "$2.vburn"; }

# Makes ./base, a disc with one session.
make_base() {
  rm -f disc disc.* base base.*
  "$VBURN" create disc --medium "$medium" >out 2>err || { cat err >&2; fail "cannot create $medium"; }
  burn -- -md5 on -dev /dev/sr0 -map one /one || { cat err >&2; fail "$medium: first session"; }
  copy_disc disc base
}

info() { "$VBURN" info disc --json | "$PYTHON" -c "import json, sys; d = json.load(sys.stdin); print($1)"; }

# intact TREE...: -check_md5_r is content, and the trees on the disc are those of the source.
intact() {
  local tree
  burn -- -md5 on -indev /dev/sr0 -check_md5_r sorry / -- || return 1
  grep -q '^File contents and their MD5 checksums match.$' out || return 1
  burn -- -osirrox on -indev /dev/sr0 -extract / restored || return 1
  for tree; do diff -r "$tree" "restored/$tree" >&2 || { remove restored; return 1; }; done
  remove restored
}

# The first session can be loaded and its content is right.
first_session_intact() {
  burn -- -md5 on -load session 1 -indev /dev/sr0 -check_md5_r sorry / -- -osirrox on -extract /one back_one || return 1
  grep -q '^File contents and their MD5 checksums match.$' out || return 1
  diff -r one back_one
  local result=$?
  remove back_one
  return $result
}

claims_success() { grep -q 'completed successfully' err; }
names_trouble() { grep -qE '^[a-z]+ : (ABORT|FATAL|FAILURE|SORRY|MISHAP) : ' err; }

# After a mishap the medium takes another session, if need be after closing or blanking it. Sets $how. A medium which can be
# written only once and lost its first session is allowed to refuse, with the reason.
goes_on() {
  for how in append close blank; do
    case $how in
      append) ;;
      close) burn -- -outdev /dev/sr0 -close_damaged as_needed ;;
      blank) burn -- -outdev /dev/sr0 -blank as_needed || continue ;;
    esac
    burn -- -md5 on -dev /dev/sr0 -map more /more || { names_trouble || return 1; cat err >why; continue; }
    burn -- -md5 on -indev /dev/sr0 -check_md5_r sorry /more -- -osirrox on -extract /more back_more || return 1
    diff -r more back_more >&2 || return 1
    remove back_more
    return 0
  done
  how=refused
  case $medium in cd-r | dvd-r | dvd+r | bd-r) grep -q 'The medium holds no complete session' why && return 0 ;; esac
  cat why >err
  return 1
}
