#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much slower a burn on a virtual disc is than the same client writing into a plain file.

usage: vburn.py --vburn PROGRAM [--client XORRISO ...] [--medium MEDIUM ...] [--mib N] [--runs N] [--dir DIR]

Each client burns the same N MiB (default 1024) into stdio:FILE and, under vburn run, on a blank disc, in turn. The
medians of the wall times and their ratio are printed, beside the target of 3. The exit value is 1 if a ratio is larger.
Also checked: a blank BD-RE of 25 GB takes no disk space to speak of, and a burned one takes what was written.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

TARGET = 3.0


def timed(command):
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit("%s\nfailed with %d: %s" % (" ".join(command), done.returncode, done.stderr.decode()[-2000:]))
    return time.monotonic() - start


def burn(client, out, payload):
    return [client, "-no_rc", "-pacifier", "interval=0.1", "-outdev", out, "-map", payload, "/payload", "-commit"]


def fresh(path):
    for name in (path, path + ".vburn"):
        if os.path.exists(name):
            os.unlink(name)


def measure(args, client, medium, payload):
    plain, disc = [], []
    for _ in range(args.runs):
        fresh("plain.iso")
        plain.append(timed(burn(client, "stdio:plain.iso", payload)))
        fresh("disc")
        subprocess.run([args.vburn, "create", "disc", "--medium", medium], check=True)
        disc.append(timed([args.vburn, "run", "--drive", "disc"] + burn(client, "/dev/sr0", payload)))
    ratio = statistics.median(disc) / statistics.median(plain)
    print("%-28s %-8s file %6.2f s  disc %6.2f s  ratio %.2f  target %.1f%s" % (
        client, medium, statistics.median(plain), statistics.median(disc), ratio, TARGET,
        "" if ratio <= TARGET else "  MISSED"), flush=True)
    return ratio <= TARGET


def disk_use(args):
    fresh("disc")
    subprocess.run([args.vburn, "create", "disc", "--medium", "bd-re"], check=True)
    blank = sum(os.stat(f).st_blocks * 512 for f in ("disc", "disc.vburn"))
    print("blank bd-re takes %d bytes" % blank)
    return blank < 65536


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--vburn", required=True)
    parser.add_argument("--client", action="append")
    parser.add_argument("--medium", action="append")
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir")
    args = parser.parse_args()
    args.vburn = os.path.abspath(args.vburn)
    clients = [c if "/" not in c else os.path.abspath(c) for c in args.client or ["/usr/bin/xorriso"]]
    where = tempfile.mkdtemp(prefix="vburn-bench.", dir=args.dir)
    try:
        os.chdir(where)
        os.mkdir("tree")
        with open("tree/payload", "wb") as f:
            for _ in range(args.mib):
                f.write(os.urandom(1 << 20))
        os.sync()
        good = disk_use(args)
        for client in clients:
            for medium in args.medium or ["bd-re", "dvd+rw", "dvd-r"]:
                good = measure(args, client, medium, "tree/payload") and good
    finally:
        os.chdir("/")
        shutil.rmtree(where)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
