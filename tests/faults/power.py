"""Power failures: what a disk contains if the power fails at a random moment, after the file system has recovered.

    python3 tests/faults/power.py PROGRAM [--cuts 200]

A publisher builds generation after generation on an ext4 file system in a disk image, which is a file on XFS. To
simulate a power failure, the script makes an instant copy of that file (a reflink), which lacks all data that the
kernel has not written to the disk yet. It mounts the copy, which replays the journal, and reads the published files.
Each file must be of a complete generation, and not older than the last build that had finished before the failure. On
the copy, another build must succeed and clean up. The test runs with the default options of ext4, and with
`noauto_da_alloc`, which turns off ext4's workaround for programs that rename files without syncing them. The careless
publisher must lose data. Needs root, loop devices and mkfs.xfs. Runs in a mount namespace, so that no mount outlives
the test.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

from publisher import CARELESS, FEEDS, PUBLISHED, build, generations, leftovers, need, option, place, program, published, skip, write_input


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def must(*command, end=sys.exit):
    done = run(*command)
    if done.returncode:
        end(f"`{' '.join(map(str, command))}` failed: {done.stderr.strip()}")


def unmount(folder):
    """Unmounts with retries, because a process that has just started may still share the open files of this process."""
    for _ in range(100):
        done = run("umount", folder)
        if done.returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(done.stderr)


def edit(site, number):
    """Writes the input of a generation. Its number is in every feed and changes a fingerprint in the ledger."""
    write_input(site, "one", 20)
    path = site / "input/article-3.md"
    path.write_text(path.read_text() + f"\nThis is generation {number}.\n")


class Publisher(threading.Thread):
    """Publishes generation after generation until it is stopped, and keeps the bytes of each generation."""

    def __init__(self, publish, site):
        super().__init__()
        self.publish, self.site = publish, site
        self.known, self.done, self.failed, self.is_stopped = {}, -1, 0, False
        self.make(0)

    def make(self, number):
        edit(self.site, number)
        if self.publish(number).returncode:
            self.failed += 1
        self.known[number] = published(self.site)
        self.done = number

    def run(self):
        while not self.is_stopped:
            self.make(self.done + 1)


def cut(disk, inner_name, folder, feedwright, cleans):
    """The published files on a copy of the disk at this moment and, if `cleans`, the faults of another build there."""
    snapshot, mounted = disk.with_name("snapshot.img"), folder / "snapshot"
    snapshot.unlink(missing_ok=True)
    must("cp", "--reflink=always", disk, snapshot)
    must("mount", "-o", "loop", snapshot, mounted)
    try:
        site = mounted / inner_name
        found, faults = published(site), []
        if cleans:
            write_input(site, "two", 20)
            again = build(feedwright, site)
            if again.returncode or leftovers(site):
                faults.append(f"the next build exits with code {again.returncode} and leaves {leftovers(site)}: {again.stderr.strip()}")
        return found, faults
    finally:
        unmount(mounted)


def try_publisher(name, options, cuts, folder, feedwright, template, publish_into):
    """Simulates `cuts` power failures. Returns how many files were torn, lost or missing, and the faults."""
    disk, inner = folder / "outer/disk.img", folder / "inner"
    disk.unlink(missing_ok=True)
    with open(disk, "wb") as file:
        file.truncate(64 << 20)
    must("mkfs.ext4", "-q", "-F", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", disk)
    must("mount", "-o", f"loop,{options}", disk, inner)
    chance, seen, faults = random.Random(1), [], []
    site = inner / "site"
    shutil.copytree(template, site)
    publisher = Publisher(lambda number: publish_into(site, number), site)
    run("sync", "--file-system", inner)
    publisher.start()
    try:
        for number in range(cuts):
            time.sleep(0.02 + chance.random() / 3)
            acknowledged = publisher.done
            found, more = cut(disk, "site", folder, feedwright, name != "careless" and number % 4 == 0)
            seen.append((acknowledged, found))
            faults += more
    finally:
        publisher.is_stopped = True
        publisher.join()
        unmount(inner)
    torn = lost = missing = 0
    for acknowledged, found in seen:
        for file in PUBLISHED:
            generation = [number for number, files in publisher.known.items() if files[file] == found[file]]
            missing += found[file] is None
            torn += found[file] is not None and not generation
            lost += bool(generation) and max(generation) < acknowledged
    count = len(seen) * len(PUBLISHED)
    print(
        f"{name}, ext4 {options}: {len(seen)} cuts during {publisher.done} builds ({publisher.failed} failed), "
        f"{count} files: {torn} torn, {lost} published but lost, {missing} missing; {len(faults)} next builds failed"
    )
    return torn + lost + missing, faults + ["a build failed"] * publisher.failed


def main():
    feedwright, cuts = program(), option("--cuts", 200)
    need("unshare", "mkfs.xfs", "mkfs.ext4", "cp")
    if os.geteuid() != 0:
        skip("only root can mount")
    if "--alone" not in sys.argv:
        alone = ["unshare", "--mount", sys.executable, *sys.argv, "--alone"]
        if run("unshare", "--mount", "true").returncode:
            skip("a mount namespace is not permitted here")
        os.execvp(alone[0], alone)
    wrong = []
    with place() as where:
        folder = pathlib.Path(where)
        template, _, _ = generations(feedwright, folder, 20)
        for name in ("outer", "inner", "snapshot"):
            (folder / name).mkdir()
        with open(folder / "outer.img", "wb") as file:
            file.truncate(1 << 30)
        must("mkfs.xfs", "-q", "-f", "-m", "reflink=1", folder / "outer.img", end=skip)
        must("mount", "-o", "loop", folder / "outer.img", folder / "outer", end=skip)
        try:
            ours = lambda site, number: build(feedwright, site)
            for options in ("defaults", "noauto_da_alloc"):
                seen, faults = try_publisher("feedwright", options, cuts, folder, feedwright, template, ours)
                wrong += faults + ([f"ext4 {options}: {seen} files are torn, lost or missing"] if seen else [])

            def carelessly(site, number):
                source = folder / "source"
                for feed in PUBLISHED:
                    (source / feed).parent.mkdir(parents=True, exist_ok=True)
                    (source / feed).write_text(f"generation {number}\n" * 2000)
                return run(sys.executable, CARELESS, source, site)

            seen, _ = try_publisher("careless", "defaults", min(cuts, 20), folder, feedwright, template, carelessly)
            if not seen:
                wrong.append("the careless publisher was not detected, so this test detects nothing")
        finally:
            unmount(folder / "outer")
    for fault in wrong:
        print(f"    {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
