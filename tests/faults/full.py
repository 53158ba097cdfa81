"""A disk without room: exit 4, the old bytes, nothing left behind, and a message that says so.

    python3 tests/faults/full.py PROGRAM [--step 4096]

A tmpfs of its own (root is needed, and a mount namespace, so that nothing outlives the test) is filled until a build has
0, 4 KiB, 8 KiB … left, up to what it needs and beyond; then its inodes; then it is mounted read-only. Where mounting is
not permitted, this part is left out and said so. The others need no mount: the limit on the size of a file, which
otherwise kills the process by SIGXFSZ; folders of somebody else; and a standard output that is full or closed.
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


class Judge:
    """Counts the outcomes of builds that found no room, and remembers what was wrong."""

    def __init__(self, old, new):
        self.old, self.new, self.faults, self.refused, self.done = old, new, [], 0, 0

    def take(self, case, site, run, cause):
        now = published(site)
        self.faults += [f"{case}: {fault}" for fault in faults_of(now, self.old, self.new)]
        if leftovers(site):
            self.faults.append(f"{case}: left {leftovers(site)}")
        if run.returncode == 0:
            self.done += 1
            if now != self.new:
                self.faults.append(f"{case}: exit 0, but not all is new")
            if self.refused == 0:
                self.faults.append(f"{case}: there was room from the start")
            return True
        self.refused += 1
        if run.returncode != 4 or now != self.old or cause not in run.stderr or "cannot " not in run.stderr:
            self.faults.append(f"{case}: exit {run.returncode}, {'old' if now == self.old else 'changed'}: {run.stderr.strip()}")
        if self.done:
            self.faults.append(f"{case}: fails with more room than a build that succeeded")
        return False

    def tell(self, what):
        print(f"{what}: {self.refused} builds without room, {self.done} with, {len(self.faults)} faults")
        return self.faults


def lay_out(template, site):
    for path in site.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(template, site, dirs_exist_ok=True)
    write_input(site, "two", 40)


def fill(site, left):
    """Fills the file system until so many bytes are left."""
    with open(site / "filler", "wb") as filler:
        room = os.statvfs(site)
        filler.truncate(0)
        size = room.f_bavail * room.f_frsize - left
        if size > 0:
            os.posix_fallocate(filler.fileno(), 0, size)


def sweep_space(feedwright, template, site, old, new, step, careless):
    judge, torn = Judge(old, new), 0
    need = sum(map(len, new.values()))
    # Beyond what all files take together, each in whole pages, there is always room.
    for left in range(0, 3 * need, step):
        lay_out(template, site)
        fill(site, left)
        judge.take(f"{left} bytes left", site, build(feedwright, site), "No space left on device")
        lay_out(template, site)
        fill(site, left)
        subprocess.run([*careless, site], capture_output=True, check=False)
        torn += bool(faults_of(published(site), old, new))
    if not judge.done:
        judge.faults.append("no build had room enough")
    if not torn:
        judge.faults.append("the careless publisher was not found out: this test sees nothing")
    faults = judge.tell(f"tmpfs in steps of {step} bytes")
    print(f"    careless: torn in {torn} of {judge.refused + judge.done}")
    return faults


def sweep_inodes(feedwright, template, site, old, new):
    judge = Judge(old, new)
    for left in range(0, 16):
        lay_out(template, site)
        spare = os.statvfs(site).f_ffree
        (site / "filler").mkdir()
        for number in range(spare - 1 - left):
            (site / "filler" / str(number)).touch()
        judge.take(f"{left} inodes left", site, build(feedwright, site), "No space left on device")
    return judge.tell("tmpfs without inodes")


def mounted(feedwright, template, folder, old, new, step, careless):
    """What needs a file system of its own; None where mounting is not permitted."""
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
        judge = Judge(old, new)
        judge.take("read-only", site, build(feedwright, site), "Read-only file system")
        return faults + judge.tell("read-only file system")
    finally:
        subprocess.run(["umount", site], check=True)


def limit_sizes(feedwright, template, site, old, new, step):
    judge = Judge(old, new)
    for limit in range(0, max(map(len, new.values())) + step, step):
        lay_out(template, site)
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        judge.take(f"files of {limit} bytes at most", site, build(feedwright, site, preexec_fn=limited), "larger than this process may write")
    return judge.tell("limit on the size of a file (SIGXFSZ)")


def deny(feedwright, template, folder, site, old, new):
    """Folders that belong to somebody else, and files."""
    if os.geteuid() != 0:
        print("folders and files of somebody else: skipped, root is needed to be somebody else")
        return []
    os.chmod(folder, 0o755)
    judge = Judge(old, new)
    for denied in ("feeds", "feeds/notes", "."):
        lay_out(template, site)
        for path in [site, *site.rglob("*")]:
            if not (path.is_dir() and path == site / denied):
                os.chown(path, NOBODY, NOBODY)
        os.chown(site / denied, 0, 0)
        judge.take(f"`{denied}` of another user", site, build(feedwright, site, user=NOBODY, group=NOBODY, extra_groups=[]), "Permission denied")
        os.chown(site, 0, 0)
    # Files of somebody else with whom the user shares a group: a web server may read them by that group alone.
    lay_out(template, site)
    for path in [site, *site.rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    for name in PUBLISHED:
        os.chown(site / name, SOMEBODY, SHARED)
        os.chmod(site / name, 0o640)
    run = build(feedwright, site, user=NOBODY, group=NOBODY, extra_groups=[SHARED])
    kept = all(((site / name).stat().st_gid, (site / name).stat().st_mode & 0o777) == (SHARED, 0o640) for name in PUBLISHED)
    if run.returncode or published(site) != new or not kept:
        judge.faults.append(f"files of a shared group: exit {run.returncode}, group and mode {'kept' if kept else 'lost'}: {run.stderr}")
    return judge.tell("folders and files of somebody else")


def lose_output(feedwright, template, site, new):
    """A summary that nobody can read does not undo what is published."""
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
    print(f"standard output lost: {len(faults)} faults")
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
            print("tmpfs: skipped, mounting is not permitted here")
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
