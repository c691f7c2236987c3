#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed and memory as ratios against the reference program, measured in the same run.

usage: bench.py --ours PROGRAM [--reference PROGRAM] [--runs N] [--scale F] [--dir DIR] [ROW ...]

Each row runs the same argument line with both programs, in turn, and prints the median of the wall times, their ratio
and the ratio of peak memory, beside the target. Rows are chosen by substrings of their names; default is all.
--scale shrinks the trees (0.1 = a tenth of the files) for a quick look. The reference is run with -pacifier interval=0.1
because otherwise it polls for completion once per second and every time is rounded up. Trees are made in fresh places
and deleted at the end: deleting many files right before making many slows ext4 for a minute.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Trees:
    """Makes the source trees on demand, once."""

    def __init__(self, base, scale):
        self.base, self.scale, self.made = base, scale, {}

    def path(self, kind):
        if kind not in self.made:
            where = os.path.join(self.base, "tree_" + kind)
            os.mkdir(where)
            getattr(self, kind)(where)
            self.made[kind] = where
        return self.made[kind]

    def number(self, n):
        return max(1, int(n * self.scale))

    def files(self, where, count, per_directory, size):
        rng = random.Random(count)
        for i in range(count):
            d = os.path.join(where, "d%05d" % (i // per_directory))
            if i % per_directory == 0:
                os.mkdir(d)
            with open(os.path.join(d, "f%07d" % i), "wb") as f:
                f.write(rng.randbytes(size(rng)))

    def small(self, where):
        self.files(where, self.number(100000), 250, lambda r: r.randrange(200, 4000))

    def million(self, where):
        self.files(where, self.number(1000000), 99, lambda r: 20)

    def onedir(self, where):
        n = self.number(100000)
        self.files(where, n, n, lambda r: r.randrange(10, 300))

    def onedir50k(self, where):
        n = self.number(50000)
        self.files(where, n, n, lambda r: r.randrange(10, 300))

    def big(self, where):
        rng = random.Random(8)
        for i in range(8):
            with open(os.path.join(where, "big%d" % i), "wb") as f:
                for _ in range(max(1, int(256 * self.scale))):
                    f.write(rng.randbytes(1 << 20))

    def tiny(self, where):
        with open(os.path.join(where, "hello"), "w") as f:
            f.write("hello\n")


class Bench:
    def __init__(self, args, base):
        self.args, self.base = args, base
        self.trees = Trees(base, args.scale)
        self.images = {}
        self.serial = 0

    def fresh(self, suffix=""):
        self.serial += 1
        return os.path.join(self.base, "out%d%s" % (self.serial, suffix))

    def run(self, program, words):
        """Wall seconds and peak KiB of one run; ends the bench if the program fails."""
        line = [program, "-no_rc", "-pacifier", "interval=0.1"] + words
        log = os.path.join(self.base, "log")
        with open(log, "wb") as out:
            start = time.monotonic()
            p = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
            _, status, usage = os.wait4(p.pid, 0)
            seconds = time.monotonic() - start
            p.returncode = os.waitstatus_to_exitcode(status)
        if p.returncode != 0:
            with open(log, "rb") as f:
                sys.stderr.buffer.write(f.read()[-2000:])
            raise SystemExit("bench: exit value %d of: %s" % (p.returncode, " ".join(line)))
        return seconds, usage.ru_maxrss

    def image(self, kind, *words):
        """A finished image of a tree, made once by the reference."""
        key = (kind,) + words
        if key not in self.images:
            path = self.fresh(".iso")
            self.run(self.args.reference, list(words) + ["-outdev", path, "-map", self.trees.path(kind), "/"])
            self.images[key] = path
        return self.images[key]

    def pairs(self, name, target, make_words, runs=None, cleanup=True):
        times = {"ours": [], "reference": []}
        memory = {"ours": [], "reference": []}
        rubbish = []
        for i in range((runs or self.args.runs) + 1):
            for who in ("reference", "ours") if i % 2 == 0 else ("ours", "reference"):
                words, made = make_words()
                rubbish += made
                seconds, peak = self.run(getattr(self.args, who), words)
                if i > 0:  # the first pair only warms up
                    times[who].append(seconds)
                    memory[who].append(peak)
                for m in made:
                    if os.path.isfile(m):
                        os.unlink(m)
        ours, reference = (statistics.median(times[w]) for w in ("ours", "reference"))
        rss = statistics.median(memory["ours"]) / statistics.median(memory["reference"])
        ratio = ours / reference
        verdict = "met" if ratio <= target else "NOT MET"
        verdict_rss = "met" if rss <= 1.05 else "NOT MET"
        print("%-46s %8.2f %8.2f %6.2f %6.2f %-8s %6.2f %s"
              % (name, reference, ours, ratio, target, verdict, rss, verdict_rss), flush=True)
        for m in rubbish:
            shutil.rmtree(m, ignore_errors=True)

    # --- rows: name, target, how many runs at most, words ------------------------------------------------------

    def write(self, kind, *words):
        def make():
            path = self.fresh(".iso")
            return list(words) + ["-outdev", path, "-map", self.trees.path(kind), "/"], [path]
        return make

    def add_only(self, kind):
        def make():
            return ["-outdev", self.fresh(".iso"), "-map", self.trees.path(kind), "/", "-rollback_end"], []
        return make

    def check(self, kind):
        def make():
            return ["-md5", "on", "-indev", self.image(kind, "-md5", "on"), "-check_md5_r", "sorry", "/", "--"], []
        return make

    def extract(self, kind):
        def make():
            path = self.fresh()
            return ["-osirrox", "on", "-indev", self.image(kind, "-md5", "on"), "-extract", "/", path], [path]
        return make

    def on_image(self, kind, prepare, *words):
        """Commands on a loaded image that are not written."""
        def make():
            image = self.image(kind, *prepare)
            full = [self.trees.path(kind) if w == "TREE" else w for w in words]
            return list(prepare) + ["-dev", image] + full + ["-rollback_end"], []
        return make

    def incremental(self, kind):
        def make():
            image = self.image(kind, "-for_backup", "-disk_dev_ino", "on")
            copy = self.fresh(".iso")
            subprocess.run(["cp", "--sparse=always", image, copy], check=True)
            tree = self.trees.path(kind)
            with open(os.path.join(tree, "d00000", "f0000000"), "a") as f:
                f.write("x")
            return ["-for_backup", "-disk_dev_ino", "on", "-dev", copy, "-update_r", tree, "/", "-commit"], [copy]
        return make

    def rows(self):
        dev_ino = ("-for_backup", "-disk_dev_ino", "on")
        yield "image of 100 000 small files", 0.35, None, self.write("small", "-md5", "off")
        yield "image of 100 000 small files, md5", 0.30, None, self.write("small", "-md5", "on")
        yield "image of 2 GiB in 8 files", 0.5, None, self.write("big", "-md5", "off")
        yield "image of 2 GiB in 8 files, md5", 0.5, None, self.write("big", "-md5", "on")
        yield "one directory of 100 000 files", 0.05, 1, self.write("onedir", "-md5", "off")
        yield "one directory of 100 000 files, md5", 0.05, 1, self.write("onedir", "-md5", "on")
        yield "check_md5_r of 2 GiB", 0.4, None, self.check("big")
        yield "check_md5_r of 100 000 files", 0.4, None, self.check("small")
        yield "extract of 100 000 files", 0.5, None, self.extract("small")
        yield "extract of 2 GiB", 0.5, None, self.extract("big")
        yield "a tiny image, start to end", 0.5, None, self.write("tiny")
        yield "add of 100 000 files, nothing written", 0.35, None, self.add_only("small")
        yield "update_r of 100 000 unchanged files", 0.2, None, self.on_image("small", ("-md5", "on"), "-update_r", "TREE", "/")
        yield "update_r of 100 000 unchanged, dev/inode", 0.2, None, self.on_image("small", dev_ino, "-update_r", "TREE", "/")
        yield "update_r of one directory of 50 000", 0.05, 1, self.on_image("onedir50k", (), "-update_r", "TREE", "/")
        yield "lsl of one directory of 50 000", 0.05, 1, self.on_image("onedir50k", (), "-lsl", "/d00000", "--")
        yield "compare_r of 100 000 files", 0.3, None, self.on_image("small", (), "-compare_r", "TREE", "/")
        yield "rm_r of 100 000 nodes", 0.6, None, self.on_image("small", (), "-rm_r", "/d*", "--")
        yield "chmod_r of 100 000 nodes", 0.6, None, self.on_image("small", (), "-chmod_r", "a+w", "/", "--")
        yield "image of 1 000 000 tiny files", 0.25, 1, self.write("million", "-md5", "off")
        yield "image of 1 000 000 tiny files, md5", 0.25, 1, self.write("million", "-md5", "on")
        yield "check_md5_r of 1 000 000 files", 0.35, 3, self.check("million")
        yield "find lsdl over 1 000 000 nodes", 0.6, 3, self.on_image("million", (), "-find", "/", "-exec", "lsdl", "--")
        yield "compare_r of 1 000 000 files", 0.25, 1, self.on_image("million", (), "-compare_r", "TREE", "/")
        yield "update_r of 1 000 000 unchanged", 0.15, 1, self.on_image("million", (), "-update_r", "TREE", "/")
        yield "update_r of 1 000 000 unchanged, dev/inode", 0.15, 1, self.on_image("million", dev_ino, "-update_r", "TREE", "/")
        yield "incremental session, 1 of 1 000 000 changed", 0.15, 1, self.incremental("million")

    def all(self):
        print("%-46s %8s %8s %6s %6s %-8s %6s" % ("work", "ref s", "ours s", "ratio", "target", "", "memory"))
        for name, target, runs, make in self.rows():
            if not self.args.row or any(r in name for r in self.args.row):
                self.pairs(name, target, make, min(runs or self.args.runs, self.args.runs))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ours", required=True)
    parser.add_argument("--reference", default="/usr/bin/xorriso")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--dir", default=os.environ.get("TMPDIR", "/var/tmp"))
    parser.add_argument("row", nargs="*")
    args = parser.parse_args()
    base = tempfile.mkdtemp(prefix="xorriso-bench.", dir=args.dir)
    try:
        Bench(args, base).all()
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
