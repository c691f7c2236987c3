#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes images by the reference program and by ours from the same argument lines and compares them byte by byte.

usage: identity.py [-v] [-n LINE] OURS REFERENCE FILE.lines...

A line holds one argument list, quoted as in a shell. @ stands for the image, OLD for an image of three sessions made by the
reference program, OLDMD5 for one with checksums, BOOTED for a bootable one; t1 ... are source trees in the working directory, big has sparse files.
Times and the preparer are fixed by arguments that go in front of each line. Words in brackets in front of a line:
  [inodes]  numbers of Rock Ridge inodes are compared as a partition: the reference program takes those of directories
            from heap addresses, so that they change with the memory allocator
  [acl]     needs a file system with ACL
  [space]   needs 20 GB
  [stdout]  standard output of the run is the image file
  [pipe]    standard output of the run is a pipe into the image file
  [boot]    needs the boot loaders of packages isolinux and grub-pc-bin in boot/
Programs run side by side, because some lines record the second of the run.
"""
import os, random, re, shlex, shutil, struct, subprocess, sys, tempfile

FIXED = "-iso_nowtime 2024010203040500 -volume_date uuid 2024010203040500 -preparer_id P".split()
BLOCK = 2048
LOADERS = ["/usr/lib/ISOLINUX/isolinux.bin", "/usr/lib/ISOLINUX/isohdpfx.bin", "/usr/lib/grub/i386-pc/boot_hybrid.img"]


def put(path, data, stamp=1583298367):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
    os.utime(path, (stamp, stamp + len(data) % 1000))


def make_trees():
    rng = random.Random(7)
    sizes = [0, 1, 100, 2047, 2048, 2049, 5000, 65535, 65536, 65537, 200000]
    for d in range(6):
        for f in range(8):
            put(f"t1/dir{d}/file_{f}_with_a_longer_name.txt.{d}", rng.randbytes(sizes[(d * 8 + f) % len(sizes)]))
    for name in ["Hello World.TXT", "ümläut-ß.txt", "日本語", "semi;colon", "quote'd", "back\\slash", "new\nline", "tab\t", ".dot", "a" * 255,
                 "UPPER.lower.Mixed", "no_extension", "x.y.z.tar.gz", "𝔘nicode", "-dash", "star*", "A" * 64 + ".txt", "A" * 64 + ".txu"]:
        put("t1/odd/" + name, name.encode())
    for name in [b"latin-\xe9", b"broken-\xc3\x28"]:
        put(os.path.join(b"t2/bytes", name).decode("utf-8", "surrogateescape"), name)
    os.link("t1/odd/Hello World.TXT", "t1/dir0/hard")
    os.link("t1/odd/Hello World.TXT", "t1/dir3/harder")
    os.symlink("../odd/.dot", "t1/dir1/sym")
    os.symlink("x" * 200, "t1/dir1/longsym")
    os.mkfifo("t1/dir1/fifo")
    deep = "t1/" + "/".join(f"deep{i}" for i in range(14))
    put(deep + "/bottom", b"b" * 3000)
    put("t1/" + "/".join("w" * 60 for _ in range(6)) + "/f", b"long path")
    os.makedirs("t1/empty/er")
    for i in range(3):
        put(f"t2/n{i}/file", rng.randbytes(3000 * i))
        put(f"t3/n{i}/file{i}", rng.randbytes(7000 * i))
    os.chmod("t3/n1/file1", 0o4751)
    try:
        os.chown("t3/n2", 1234, 5678)
        os.mknod("t3/null", 0o20666, os.makedev(1, 3))
    except PermissionError:
        pass
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *e) for e in
                                          [(1, 6, 0xFFFFFFFF), (2, 5, 1000), (4, 4, 0xFFFFFFFF), (16, 5, 0xFFFFFFFF), (32, 0, 0xFFFFFFFF)])
    put("attr/plain", b"p")
    put("attr/acl", b"a")
    put("attr/x", b"x")
    try:
        os.setxattr("attr/acl", "system.posix_acl_access", acl)
        os.setxattr("attr/x", "user.color", b"blue\0green")
        os.setxattr("attr/x", "user.long", b"y" * 3000)
        attributes = True
    except OSError:
        attributes = False
    for name, size in [("64k", 65536), ("4g+1", (4 << 30) + 1)]:
        os.makedirs("big", exist_ok=True)
        with open("big/" + name, "wb") as f:
            f.truncate(size)
        os.utime("big/" + name, (1583298367, 1583298367))
    for path in LOADERS:
        if os.path.exists(path):
            put("boot/" + os.path.basename(path), open(path, "rb").read())
    put("boot/efi.img", b"\xeb\x3c\x90" + bytes(507) + b"\x55\xaa" + bytes(65536 - 512))
    for top in ["t1", "t2", "t3", "attr", "big", "boot"]:
        for path, dirs, _ in os.walk(top, topdown=False):
            os.utime(path, (1583298367, 1583298000 + len(dirs)))
    return attributes


def px_fields(image, at, size, seen, out):
    """Offsets of inode numbers in the directory at block `at` and below, in the order of the tree."""
    if at in seen:
        return
    seen.add(at)
    below, o = [], at * BLOCK
    while o < at * BLOCK + size:
        n = image[o]
        if n == 0:
            o = (o // BLOCK + 1) * BLOCK
            continue
        name_length = image[o + 32]
        areas = [(o + 33 + name_length + 1 - name_length % 2, o + n)]
        while areas:
            p, end = areas.pop()
            while p + 4 <= end and image[p + 2] >= 4:
                tag, length = bytes(image[p:p + 2]), image[p + 2]
                if tag == b"PX" and length >= 44:
                    out.append(p + 36)
                if tag == b"CE":
                    block, offset, count = (struct.unpack_from("<I", image, p + k)[0] for k in (4, 12, 20))
                    areas.append((block * BLOCK + offset, block * BLOCK + offset + count))
                p += length
        extent, bytes_ = struct.unpack_from("<I", image, o + 2)[0], struct.unpack_from("<I", image, o + 10)[0]
        if image[o + 25] & 2 and image[o + 33] > 1 or image[o + 25] & 2 and name_length > 1:
            below.append((extent, bytes_))
        o += n
    for extent, bytes_ in below:
        px_fields(image, extent, bytes_, seen, out)


def renumber(path):
    """The image with inode numbers replaced by the order in which they first appear, session by session."""
    image = bytearray(open(path, "rb").read())
    done = set()
    for start in range(0, len(image) // BLOCK - 16, 16):
        pvd = (start + 16) * BLOCK
        if image[pvd:pvd + 6] != b"\1CD001":
            continue
        root = pvd + 156
        fields, numbers = [], {}
        px_fields(image, struct.unpack_from("<I", image, root + 2)[0], struct.unpack_from("<I", image, root + 10)[0], set(), fields)
        for at in fields:
            if at in done:
                continue
            done.add(at)
            number = numbers.setdefault(bytes(image[at:at + 4]), len(numbers) + 1)
            struct.pack_into("<I", image, at, number)
            struct.pack_into(">I", image, at + 4, number)
    return image


def equal(a, b, flags):
    if "inodes" in flags:
        return renumber(a) == renumber(b)
    return subprocess.run(["cmp", a, b], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(programs, words, flags):
    """Empty if the images and exit values are the same, else what differs."""
    for attempt in range(4):
        jobs = []
        for label, program in zip("ab", programs):
            image = label + ".img"
            if os.path.exists(image):
                os.unlink(image)
            line = [program, "-pacifier", "interval=0.1", *FIXED, *(w.replace("@", image) for w in words)]
            if "pipe" in flags:
                line = ["sh", "-c", '{ "$@"; echo $? >"$0.exit"; } | cat >"$0"; exit $(cat "$0.exit")', image, *line]
            with open(image if "stdout" in flags else os.devnull, "wb") as out, open(label + ".err", "wb") as err:
                jobs.append(subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=out, stderr=err))
        exits = [job.wait(timeout=300) for job in jobs]
        if exits[0] != exits[1]:
            return f"exit values {exits[0]} and {exits[1]}"
        if not os.path.exists("a.img"):
            return "the reference program made no image"
        if os.path.exists("b.img") and equal("a.img", "b.img", flags):
            return ""
    return subprocess.run(["cmp", "a.img", "b.img"], capture_output=True, text=True).stdout.strip() or "no image"


def main():
    arguments, verbose, only = sys.argv[1:], False, None
    while arguments and arguments[0].startswith("-"):
        option = arguments.pop(0)
        if option == "-v":
            verbose = True
        else:
            only = int(arguments.pop(0))
    ours, reference, files = os.path.abspath(arguments[0]), arguments[1], [os.path.abspath(f) for f in arguments[2:]]
    if not os.access(reference, os.X_OK):
        print(f"SKIP: the reference program {reference} is not installed")
        return 77
    top = tempfile.mkdtemp(prefix="identity.")
    os.chdir(top)
    os.environ.update(LC_ALL="C.UTF-8", TZ="UTC", HOME=top)
    count = bad = skipped = 0
    try:
        attributes = make_trees()
        space = shutil.disk_usage(top).free > 20 << 30
        for name, extra in [("OLD", []), ("OLDMD5", ["-md5", "on", "-joliet", "on"])]:
            line = [reference, *FIXED, *extra, "-dev", name, "-map", "t1", "/a", "-commit", "-map", "t2", "/b", "-commit", "-map", "t3", "/c"]
            subprocess.run(line, check=False, capture_output=True)
        booting = all(map(os.path.exists, LOADERS))
        if booting:
            subprocess.run([reference, *FIXED, "-outdev", "BOOTED", "-map", "boot", "/isolinux", *"""-boot_image isolinux dir=/isolinux
                -boot_image isolinux system_area=boot/isohdpfx.bin -boot_image any gpt_disk_guid=volume_date_uuid -boot_image any next
                -boot_image any efi_path=/isolinux/efi.img -boot_image isolinux partition_entry=gpt_basdat""".split()], check=False, capture_output=True)
        for path in files:
            for number, line in enumerate(open(path, encoding="utf-8"), 1):
                if not line.strip() or line.startswith("#") or only not in (None, number):
                    continue
                match = re.match(r"\[([a-z ]*)\] *(.*)", line)
                flags, text = (match[1].split(), match[2]) if match else ([], line)
                if "acl" in flags and not attributes or "space" in flags and not space or "boot" in flags and not booting:
                    skipped += 1
                    continue
                count += 1
                found = run([reference, ours], shlex.split(text), flags)
                bad += bool(found)
                if found or verbose:
                    print(f"{'DIFFERS' if found else 'same'} {os.path.basename(path)}:{number}: {text.strip()} {found}")
    finally:
        os.chdir("/")
        shutil.rmtree(top, ignore_errors=True)
    print(f"{count} images compared, {bad} differ, {skipped} skipped")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
