#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs argument lines through the reference program and ours and compares exit value, stdout and stderr.

usage: run_lines.py [-v] [-n LINE] OURS REFERENCE FILE.lines...

A lines file holds one argument list per line, quoted as in a shell; ⏎ means newline, ⇥ means tab. Each run gets an empty directory of its own with the
same path. Lines that begin by "=" prepare what follows:
  =section NAME            forgets files, environment and shown files of the section before
  =file PATH TEXT          makes a file before each run; TEXT knows \\n, \\t, \\\\ and \\xHH
  =dir PATH, =link PATH TARGET, =mode PATH OCTAL
  =setup SHELL COMMAND     runs a command before each run
  =env NAME VALUE          environment of the runs
  =argv0 NAME              program name of the runs
  =stdin TEXT              stdin of the next run (else empty)
  =show PATH               compares this file after the runs as well
  =mask REGEX REPLACEMENT  replaced in all output before comparing; REPLACEMENT - removes
  =only exit|stdout|stderr compares only this of the next run (may be repeated)
"""
import difflib, os, re, shlex, shutil, subprocess, sys, tempfile

MASKS = [
    (r"^(GNU )?xorriso [0-9.]+ :", "xorriso VERSION :"),
    (r"errno= [0-9]+$", "errno= N"),  # what the reference shows there is left over from an earlier call
    (r"-preparer_id '[^']*'", "-preparer_id 'OURS'"),
]


def unescape(text):
    return re.sub(r"\\(n|t|\\|x[0-9a-fA-F]{2})",
                  lambda m: {"n": "\n", "t": "\t", "\\": "\\"}.get(m[1]) or chr(int(m[1][1:], 16)), text)


class Section:
    def __init__(self):
        self.steps, self.env, self.show, self.masks, self.argv0 = [], {}, [], list(MASKS), "xorriso"
        self.stdin, self.only = "", []


def prepare(section, directive):
    name, _, rest = directive[1:].partition(" ")
    words = shlex.split(rest) if name not in ("file", "stdin", "setup", "mask") else []
    if name == "file":
        path, _, text = rest.partition(" ")
        section.steps.append(lambda: open(path, "wb").write(unescape(text).encode("latin-1")))
    elif name == "dir":
        section.steps.append(lambda: os.makedirs(words[0]))
    elif name == "link":
        section.steps.append(lambda: os.symlink(words[1], words[0]))
    elif name == "mode":
        section.steps.append(lambda: os.chmod(words[0], int(words[1], 8)))
    elif name == "setup":
        section.steps.append(lambda: subprocess.run(rest, shell=True, check=True))
    elif name == "env":
        section.env[words[0]] = words[1] if len(words) > 1 else ""
    elif name == "argv0":
        section.argv0 = words[0]
    elif name == "stdin":
        section.stdin = unescape(rest)
    elif name == "show":
        section.show.append(words[0])
    elif name == "mask":
        regex, _, replacement = rest.rpartition(" ")
        section.masks.append((regex, "" if replacement == "-" else replacement))
    elif name == "only":
        section.only.append(words[0])
    else:
        sys.exit(f"unknown directive: {directive}")


def run(program, section, words, directory):
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(directory)
    os.chdir(directory)
    for step in section.steps:
        step()
    sanitizers = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": directory, **sanitizers, **section.env}
    try:
        p = subprocess.run([section.argv0] + words, executable=program, input=section.stdin.encode("latin-1"),
                           capture_output=True, env=env, timeout=60)
        seen = {"exit": str(p.returncode), "stdout": p.stdout.decode("latin-1"), "stderr": p.stderr.decode("latin-1")}
    except subprocess.TimeoutExpired:
        seen = {"exit": "timeout", "stdout": "", "stderr": ""}
    for path in section.show:
        try:
            seen["file " + path] = open(path, encoding="latin-1").read()
        except OSError as e:
            seen["file " + path] = e.strerror
    for key in seen:
        for regex, replacement in section.masks:
            seen[key] = re.sub(regex, replacement, seen[key], flags=re.M)
    os.chdir("/")
    return seen


def differences(reference, ours, only):
    for key, want in reference.items():
        if only and key not in only and not key.startswith("file "):
            continue
        if ours[key] != want:
            yield key, want, ours[key]


def main():
    arguments, verbose, number = sys.argv[1:], False, None
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option == "-v":
            verbose = True
        elif option == "-n":
            number = int(arguments.pop(0))
    ours, reference, files = os.path.abspath(arguments[0]), arguments[1], [os.path.abspath(f) for f in arguments[2:]]
    if not os.access(reference, os.X_OK):
        print(f"SKIP: the reference program {reference} is not installed")
        return 77
    root = tempfile.mkdtemp(prefix="compat.")
    count = bad = 0
    for path in files:
        section = Section()
        for line_number, line in enumerate(open(path, encoding="utf-8").read().split("\n"), 1):
            if not line.strip() or line.startswith("//"):
                continue
            if line.startswith("=section"):
                section = Section()
                continue
            if line.startswith("="):
                prepare(section, line)
                continue
            if number is None or number == line_number:
                words = [word.replace("⏎", "\n").replace("⇥", "\t") for word in shlex.split(line)]
                want = run(reference, section, words, root + "/run")
                got = run(ours, section, words, root + "/run")
                count += 1
                found = list(differences(want, got, section.only))
                if found:
                    bad += 1
                if found or verbose:
                    print(f"{'DIFFERS' if found else 'same'} {os.path.basename(path)}:{line_number}: {line}")
                for key, a, b in found:
                    print(f"  {key}:")
                    for line in difflib.unified_diff(a.split("\n"), b.split("\n"), "reference", "ours", n=2, lineterm=""):
                        print("    " + line)
                if verbose and not found:
                    for key, text in got.items():
                        print(f"  {key}:\n" + re.sub("^", "    ", text, flags=re.M))
            section.stdin, section.only = "", []
    shutil.rmtree(root, ignore_errors=True)
    print(f"{count} argument lines, {bad} differ")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
