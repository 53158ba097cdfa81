"""A full disk: the exit code is 4, no file changes, no temporary file remains, and the message gives the cause.

    python3 tests/faults/full.py PROGRAM [--step 4096]

A tmpfs is filled so that 0, 4 KiB, 8 KiB and so on are left, up to more than a build needs. Then its inodes are used
up, and then it is mounted read-only. This part needs root, and runs in a mount namespace so that no mount outlives the
test. Without permission to mount, the script skips this part and prints a message. The other parts need no mount: the
limit on file sizes, which would kill the process with SIGXFSZ; folders of another user; and a standard output that is
full or closed.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import sys

from publisher import (
    CARELESS, PUBLISHED, build, faults_of, generations, leftovers, make_source, option, place, program, published,
    write_input,
)

NOBODY = 65534
SOMEBODY, SHARED = 54321, 54322
PAGE = os.sysconf("SC_PAGE_SIZE")


class Tally:
    """Counts builds with and without enough space, and collects what went wrong."""

    def __init__(self, old, new):
        self.old, self.new, self.faults, self.refused, self.done = old, new, [], 0, 0

    def add(self, case, site, run, cause):
        now = published(site)
        self.faults += [f"{case}: {fault}" for fault in faults_of(now, self.old, self.new)]
        if leftovers(site):
            self.faults.append(f"{case}: leaves {leftovers(site)}")
        if run.returncode == 0:
            self.done += 1
            if now != self.new:
                self.faults.append(f"{case}: the exit code is 0, but not every file is new")
            if self.refused == 0:
                self.faults.append(f"{case}: there was enough space from the start")
            return True
        self.refused += 1
        if run.returncode != 4 or now != self.old or cause not in run.stderr or "cannot " not in run.stderr:
            self.faults.append(f"{case}: exit {run.returncode}, {'old' if now == self.old else 'changed'}: {run.stderr.strip()}")
        if self.done:
            self.faults.append(f"{case}: the build fails although one with less space succeeded")
        return False

    def report(self, part):
        print(f"{part}: {self.refused} builds failed as expected, {self.done} succeeded, {len(self.faults)} faults")
        return self.faults


def lay_out(template, site):
    for path in site.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(template, site, dirs_exist_ok=True)
    write_input(site, "two", 40)


def fill(site, left):
    """Fills the file system until `left` bytes remain."""
    with open(site / "filler", "wb") as filler:
        room = os.statvfs(site)
        filler.truncate(0)
        size = room.f_bavail * room.f_frsize - left
        if size > 0:
            os.posix_fallocate(filler.fileno(), 0, size)


def sweep_space(feedwright, template, site, old, new, step, careless):
    tally, torn = Tally(old, new), 0
    need = sum(map(len, new.values()))
    # Three times the size of all files is always enough, although a file occupies whole pages.
    for left in range(0, 3 * need, step):
        lay_out(template, site)
        fill(site, left)
        tally.add(f"{left} bytes left", site, build(feedwright, site), "No space left on device")
        lay_out(template, site)
        fill(site, left)
        subprocess.run([*careless, site], capture_output=True, check=False)
        torn += bool(faults_of(published(site), old, new))
    if not tally.done:
        tally.faults.append("no build had enough space")
    if not torn:
        tally.faults.append("the careless publisher was not detected, so this test detects nothing")
    faults = tally.report(f"tmpfs in steps of {step} bytes")
    print(f"    careless publisher: torn files in {torn} of {tally.refused + tally.done} runs")
    return faults


def sweep_inodes(feedwright, template, site, old, new):
    tally = Tally(old, new)
    for left in range(0, 16):
        lay_out(template, site)
        spare = os.statvfs(site).f_ffree
        (site / "filler").mkdir()
        for number in range(spare - 1 - left):
            (site / "filler" / str(number)).touch()
        tally.add(f"{left} inodes left", site, build(feedwright, site), "No space left on device")
    return tally.report("tmpfs without inodes")


def mounted(feedwright, template, folder, old, new, step, careless):
    """Runs the parts that need a separate file system. Returns the faults, or None if mounting is not permitted."""
    site = pathlib.Path(folder) / "mounted"
    site.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=200", "tmpfs", site], capture_output=True, text=True, check=False)
    if mount.returncode:
        return None
    try:
        faults = sweep_space(feedwright, template, site, old, new, step, careless)
        faults += sweep_inodes(feedwright, template, site, old, new)
        lay_out(template, site)
        subprocess.run(["mount", "-o", "remount,ro", site], check=True)
        tally = Tally(old, new)
        tally.add("read-only", site, build(feedwright, site), "Read-only file system")
        return faults + tally.report("read-only file system")
    finally:
        subprocess.run(["umount", site], check=True)


def limit_sizes(feedwright, template, site, old, new, step):
    tally = Tally(old, new)
    for limit in range(0, max(map(len, new.values())) + step, step):
        lay_out(template, site)
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        tally.add(f"files of at most {limit} bytes", site, build(feedwright, site, preexec_fn=limited), "exceeds the file size limit of this process")
    return tally.report("limit on file sizes (SIGXFSZ)")


def deny(feedwright, template, folder, site, old, new):
    """Folders and files that belong to another user."""
    if os.geteuid() != 0:
        print("folders and files of another user: skipped, because this needs root")
        return []
    os.chmod(folder, 0o755)
    tally = Tally(old, new)
    for denied in ("feeds", "feeds/notes", "."):
        lay_out(template, site)
        for path in [site, *site.rglob("*")]:
            if not (path.is_dir() and path == site / denied):
                os.chown(path, NOBODY, NOBODY)
        os.chown(site / denied, 0, 0)
        tally.add(f"`{denied}` belongs to another user", site, build(feedwright, site, user=NOBODY, group=NOBODY, extra_groups=[]), "Permission denied")
        os.chown(site, 0, 0)
    # Files of another user who shares a group with this user. The group must be kept, because a web server may have
    # access only through the group.
    lay_out(template, site)
    for path in [site, *site.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    for name in PUBLISHED:
        os.chown(site / name, SOMEBODY, SHARED)
        os.chmod(site / name, 0o640)
    run = build(feedwright, site, user=NOBODY, group=NOBODY, extra_groups=[SHARED])
    kept = all(((site / name).stat().st_gid, (site / name).stat().st_mode & 0o777) == (SHARED, 0o640) for name in PUBLISHED)
    if run.returncode or published(site) != new or not kept:
        tally.faults.append(f"files with a shared group: exit {run.returncode}, group and mode {'kept' if kept else 'lost'}: {run.stderr}")
    return tally.report("folders and files of another user")


def lose_output(feedwright, template, site, new):
    """The feeds must be published even if the summary cannot be printed."""
    faults = []
    reading, closed = os.pipe()
    os.close(reading)
    with open("/dev/full", "wb") as full, open("/dev/null", "rb+") as null:
        for case, out, code in [("closed pipe", closed, 0), ("full disk", full, 1), ("nowhere", null, 0)]:
            lay_out(template, site)
            run = subprocess.run([feedwright, "build", "--now", "2026-11-21T12:00:00Z"], cwd=site, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
            if run.returncode != code or published(site) != new or leftovers(site):
                faults.append(f"standard output to a {case}: exit {run.returncode}: {run.stderr.strip()}")
    os.close(closed)
    print(f"standard output that is closed, full or `/dev/null`: {len(faults)} faults")
    return faults


def main():
    feedwright, step = program(), option("--step", 4096)
    can_mount = os.geteuid() == 0 and shutil.which("unshare") is not None
    if can_mount and "--alone" not in sys.argv:
        alone = ["unshare", "--mount", sys.executable, *sys.argv, "--alone"]
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0:
            os.execvp(alone[0], alone)
    with place() as folder:
        template, old, new = generations(feedwright, folder, 40)
        careless = [sys.executable, CARELESS, make_source(folder, new)]
        faults = mounted(feedwright, template, folder, old, new, step, careless) if can_mount else None
        if faults is None:
            print("tmpfs: skipped, because mounting is not permitted here")
            faults = []
        site = pathlib.Path(folder) / "site"
        site.mkdir()
        faults += limit_sizes(feedwright, template, site, old, new, step)
        faults += lose_output(feedwright, template, site, new)
        faults += deny(feedwright, template, folder, site, old, new)
    for fault in faults:
        print(f"    {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
