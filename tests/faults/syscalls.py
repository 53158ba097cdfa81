"""Kills a build at every system call on its site's files, and makes every such call fail in every way.

    python3 tests/faults/syscalls.py PROGRAM [--every K] [--jobs N] [--verbose]

strace first lists the calls of an undisturbed build. Then, for each call, one run is killed as it enters the call. Only
calls change files, so these runs produce every state that a kill can leave. In one run per errno, the call fails. In
one more run per `write`, the call stores fewer bytes than it reports. After each run, every published file must be
complete and of the old or the new generation. The exit code must be a documented one; if it is 2 or higher, no file may
have changed. A failed build must not leave a temporary file, and its message must contain the path and the cause. The
next build must give the same bytes as an undisturbed build, and must not leave a temporary file. The order of calls in
the undisturbed build is checked too: all files must be written and synced before the first is renamed, every folder
must be synced after the renames in it, and no published file may be opened for writing. `--every K` tries only every
K-th point.
"""
import collections
import concurrent.futures
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys

from publisher import (
    CARELESS, NOW, PUBLISHED, TEMPORARY, build, faults_of, generations, is_whole, leftovers, make_source, need, option, place,
    program, published, skip, write_input,
)

# How each call can fail on a file system that is full, broken, read-only, over quota, or owned by another user.
SPACE = ["ENOSPC", "EDQUOT"]
BROKEN = ["EIO", "EROFS", "EACCES"]
ERRORS = {
    "openat": ["EIO", "EACCES", "EMFILE", "EINTR"],
    "openat a folder": ["EIO", "EACCES", "EMFILE"],
    "openat to write": ["EIO", "EACCES", "EMFILE", "EINTR", "EROFS", *SPACE],
    "read": ["EIO", "EINTR"],
    "write": ["EIO", "EINTR", "EFBIG", *SPACE, "short"],
    "pwrite64": ["EIO", "EINTR", *SPACE],
    "writev": ["EIO", "EINTR", *SPACE],
    "fsync": ["EIO", "EROFS", *SPACE],
    "fdatasync": ["EIO", *SPACE],
    "ftruncate": ["EIO", *SPACE],
    "fallocate": ["EIO", "EOPNOTSUPP", *SPACE],
    "rename": [*BROKEN, *SPACE],
    "renameat": [*BROKEN, *SPACE],
    "renameat2": [*BROKEN, *SPACE],
    "link": [*BROKEN, *SPACE, "EPERM", "EMLINK"],
    "linkat": [*BROKEN, *SPACE, "EPERM", "EMLINK"],
    "unlink": BROKEN,
    "unlinkat": BROKEN,
    "mkdir": [*BROKEN, *SPACE],
    "mkdirat": [*BROKEN, *SPACE],
    "fchmod": ["EIO", "EROFS", "EPERM"],
    "fchmodat": ["EIO", "EROFS", "EPERM"],
    "chmod": ["EIO", "EROFS", "EPERM"],
    "fchown": ["EIO", "EROFS", "EPERM", "EDQUOT"],
    "fchownat": ["EIO", "EROFS", "EPERM", "EDQUOT"],
    "utimensat": ["EIO", "EROFS", "EPERM"],
    "flock": ["EIO", "ENOLCK"],
    "getdents64": ["EIO", "EACCES"],
    "statx": ["EIO", "EACCES"],
    "newfstatat": ["EIO", "EACCES"],
    "fstat": ["EIO"],
    "lstat": ["EIO", "EACCES"],
    "stat": ["EIO", "EACCES"],
    "faccessat2": ["EIO", "EACCES"],
    "readlink": ["EIO", "EACCES"],
    "readlinkat": ["EIO", "EACCES"],
    "close": ["EIO", "ENOSPC", "EDQUOT"],
    # An error of `close` reports that written data was lost. Nothing is written to a folder, so this cannot
    # happen.
    "close a folder": [],
    "lseek": [],
    "exit_group": [],
}
# Calls that are not made to fail. Some are only made by the standard library, to check descriptors in debug builds.
IGNORED = {"fcntl", "mmap", "getcwd", "execve", "chdir", "ioctl", "fadvise64"}
# The calls whose quoted arguments are paths. Other calls refer to files by descriptor.
NAMING = re.compile(r"open|stat|access|rename|link|mkdir|chmod|chown|utimens|statfs|xattr|truncate|mknod|chdir|rmdir")
CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")
PATHS = re.compile(r'"((?:[^"\\]|\\.)*)"|\d<([^>]*)>')
# The year 2100. A file that replaces one with this date must get a later date.
LATER = 4102444800
OTHER_USER = 54321
LEFT = [".feedwright.ledger.1.0.feedwright-tmp", "feeds/.rss.xml.1.0.feedwright-tmp"]
KILLED = (-9, 137)

Point = collections.namedtuple("Point", "name path by_path number")


def run_traced(command, site, trace, more=(), cpu=0):
    def pin():
        # On one processor, a build uses one thread and always reads its articles in the same order.
        os.sched_setaffinity(0, {cpu})
    return subprocess.run(
        ["strace", "-f", "-y", "-qq", "-o", trace, *more, *command],
        cwd=site, capture_output=True, text=True, check=False, preexec_fn=pin,
    )


def calls_in(trace, site):
    """The calls in a trace: thread, name, absolute paths without the process id, and kind."""
    calls = []
    first = None
    for line in trace.read_text(errors="replace").splitlines():
        call = CALL.match(line)
        if not call:
            continue
        thread, name, rest = call.groups()
        first = first or thread
        # In calls such as `write`, the quoted argument is data, not a path.
        paths = [named for named, _ in PATHS.findall(rest) if NAMING.search(name)]
        paths += [opened for _, opened in PATHS.findall(rest) if opened.startswith("/")]
        paths = [os.path.normpath(os.path.join(site, path)) for path in paths if path]
        kind = name
        if name == "openat" and re.search("O_CREAT|O_RDWR|O_WRONLY", rest):
            kind = "openat to write"
        elif name == "openat" and "O_DIRECTORY" in rest or name in ("openat", "close") and any(map(os.path.isdir, paths)):
            kind = f"{name} a folder"
        calls.append((thread, name, [path.replace(f".{first}.", ".PID.") for path in paths], kind))
    return calls


def points_of(calls, site):
    """Each call on a file of the site, with its number among the calls of that name, or among those on that path."""
    site = str(site)
    total = collections.Counter((thread, name) for thread, name, _, _ in calls)
    threads = {thread for thread, _, _, _ in calls}
    number, by_path = collections.Counter(), collections.Counter()
    points, unknown = [], set()
    for thread, name, paths, kind in calls:
        number[thread, name] += 1
        inside = [path for path in paths if path == site or path.startswith(site + "/")]
        for path in set(inside):
            by_path[thread, name, path] += 1
        if name in IGNORED or not (inside or name == "exit_group"):
            continue
        if name not in ERRORS:
            unknown.add(name)
            continue
        here = number[thread, name]
        path = os.path.relpath(inside[-1], site) if inside else ""
        if all(total[other, name] < here for other in threads - {thread}):
            points.append((kind, Point(name, path, None, here)))
        else:
            # Another thread also makes a call with this number. Calls on one path are all made by the same thread.
            points.append((kind, Point(name, path, path, by_path[thread, name, inside[-1]])))
    if unknown:
        sys.exit(f"this test defines no errors for these calls: {', '.join(sorted(unknown))}")
    return points


def disorder(calls, site):
    """The faults in the order of calls of an undisturbed build. With such a fault, a power failure could lose data."""
    faults, unsynced, synced_folders, renamed = [], set(), {}, []
    for at, (_, name, paths, kind) in enumerate(calls):
        inside = [path for path in paths if path.startswith(f"{site}/") or path == str(site)]
        if not inside:
            continue
        if kind == "openat to write" and ".lock" not in inside[-1]:
            unsynced.add(inside[-1])
            if TEMPORARY not in inside[-1]:
                faults.append(f"{inside[-1]} is opened for writing in place")
            if renamed:
                faults.append(f"{inside[-1]} is written after the first rename")
        elif name in ("write", "ftruncate", "fchmod", "fchown", "utimensat"):
            unsynced.add(inside[0])
        elif name == "fsync":
            unsynced.discard(inside[0])
            synced_folders[inside[0]] = at
        elif name.startswith("rename"):
            renamed.append((at, os.path.dirname(inside[-1])))
            if inside[0] in unsynced:
                faults.append(f"{inside[0]} is renamed before it is synced")
    faults += [f"{folder} is not synced after a rename" for at, folder in renamed if synced_folders.get(folder, -1) < at]
    return faults



def without_recent(files):
    """The files without the lines of the ledger that say what recent builds changed: two builds change what one would."""
    def lines(content):
        return content and [line for line in content.splitlines() if not line.startswith(b"recent\t")]
    return {name: lines(content) for name, content in files.items()}

class Trial:
    """One publisher in one scenario, disturbed at each point."""

    def __init__(self, name, command, template, old, new, folder, feedwright):
        self.name, self.command, self.template, self.old, self.new = name, command, template, old, new
        self.folder, self.feedwright = pathlib.Path(folder), feedwright
        self.places = queue.Queue()

    def lay_out(self, site):
        """Creates a site whose files have a different owner and mode and a late date, and leftovers of a build."""
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(self.template, site)
        if self.old["feedwright.ledger"] is None:
            return
        for name in PUBLISHED:
            os.utime(site / name, (LATER, LATER))
            os.chmod(site / name, 0o640)
            if os.geteuid() == 0:
                os.chown(site / name, OTHER_USER, OTHER_USER)
        for name in LEFT:
            (site / name).write_text("half a fe")

    def points(self):
        site, trace = self.folder / "counted", self.folder / "trace"
        self.lay_out(site)
        done = run_traced(self.command(site), site, trace)
        if not trace.exists() or not trace.stat().st_size:
            skip(f"strace cannot trace here: {done.stderr.strip()[:200]}")
        if done.returncode or published(site) != self.new:
            sys.exit(f"{self.name}: an undisturbed run exits with code {done.returncode}: {done.stderr}")
        calls = calls_in(trace, site)
        self.disorder = disorder(calls, site)
        points = points_of(calls, site)
        return [(point, way) for kind, point in points for way in ["kill", *ERRORS[kind]]]

    def attempt(self, point, way, lane):
        """Disturbs a run at one point. Returns the faults and the exit code."""
        site, trace = self.folder / f"site-{lane}", self.folder / f"trace-{lane}"
        self.lay_out(site)
        what = {"kill": "signal=KILL", "short": "retval=100"}.get(way, f"error={way}")
        more = ["-e", f"trace={point.name}", "-e", f"inject={point.name}:{what}:when={point.number}"]
        if point.by_path:
            more += ["-P", str(site / point.by_path), "-P", point.by_path]
        done = run_traced(self.command(site), site, trace, more, lane % (os.cpu_count() or 1))
        log = trace.read_text(errors="replace")
        if "INJECTED" not in log and "killed by SIGKILL" not in log:
            return ["the call was not made"], None
        return self.check(site, point, way, done), done.returncode

    def check(self, site, point, way, done):
        code, now = done.returncode, published(site)
        if self.name == "careless":
            return faults_of(now, self.old, self.new)
        faults = faults_of(now, self.old, self.new)
        is_input = point.path.startswith("input") or point.path in ("feedwright.yaml", ".")
        if code == 1 and is_input:
            # One article could not be read, so its entry is missing from the feeds or was retained.
            faults = [f"{name} is not complete" for name in PUBLISHED if not is_whole(name, now[name], self.old[name], self.new[name])]
        elif code == 0 and now != self.new:
            faults.append("the exit code is 0, but not every file is new")
        elif code not in (0, 4) and not (way == "kill" and code in KILLED) and not (code in (2, 3) and is_input):
            faults.append(f"exit {code}")
        if code in (2, 3, 4) and now != self.old:
            faults.append(f"the exit code is {code}, but a file changed")
        if way == "EINTR" and code != 0:
            faults.append("an interrupted call is not repeated")
        left = set(leftovers(site)) - set(LEFT)
        if way != "kill" and point.name not in ("unlink", "unlinkat") and left:
            faults.append(f"leaves {left}")
        faults += self.lost_attributes(site, now, point)
        if code == 4 and not re.search(r"cannot [\w ]+ \S+: [A-Z]\w+.*\(os error \d+\)|fewer bytes", done.stderr):
            faults.append(f"the message does not name path and cause: {done.stderr.strip()[:200]}")
        again = build(self.feedwright, site)
        if again.returncode or without_recent(published(site)) != without_recent(self.new):
            faults.append(f"the next build exits with code {again.returncode}: {again.stderr.strip()[:200]}")
        if leftovers(site):
            faults.append(f"the next build leaves {leftovers(site)}")
        return faults

    def lost_attributes(self, site, now, point):
        """The files that do not have the mode and owner of the file that they replaced, or do not have a later date."""
        replaced = [name for name in PUBLISHED if now[name] == self.new[name] != self.old[name] is not None]
        faults = []
        for name in replaced:
            stat = (site / name).stat()
            if stat.st_mtime <= LATER:
                faults.append(f"{name} is not dated after the file that it replaced")
            if stat.st_mode & 0o7777 != 0o640:
                faults.append(f"{name} has mode {stat.st_mode:o}")
            if os.geteuid() == 0 and point.name != "fchown" and (stat.st_uid, stat.st_gid) != (OTHER_USER, OTHER_USER):
                faults.append(f"{name} has a different owner")
        return faults

    def run(self, every, jobs):
        """Tries every `every`-th point and prints a line. Returns the numbers of wrong results and of order faults."""
        points = self.points()[::every]
        lanes = queue.Queue()
        for lane in range(jobs):
            lanes.put(lane)

        def one(pair):
            lane = lanes.get()
            try:
                return self.attempt(*pair, lane)
            finally:
                lanes.put(lane)

        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            results = list(pool.map(one, points))
        codes = collections.Counter(code for _, code in results)
        is_listed = self.name != "careless" or "--verbose" in sys.argv
        for fault in self.disorder if is_listed else []:
            print(f"    {self.name}, undisturbed: {fault}")
        wrong = [(pair, faults) for pair, (faults, _) in zip(points, results) if faults]
        for (point, way), faults in wrong if is_listed else []:
            print(f"    {self.name}: {way} at {point.name} {point.number} of {point.path}: {'; '.join(faults)}")
        kills = sum(way == "kill" for _, way in points)
        calls = dict(sorted(collections.Counter(point.name for point, way in points if way == "kill").items()))
        exits = ", ".join(f"{code}: {number}" for code, number in sorted(codes.items(), key=str))
        print(f"{self.name}: {kills} kills, {len(points) - kills} injected errors, {len(wrong)} wrong results; exit codes {exits}")
        if "--verbose" in sys.argv:
            print(f"    {calls}")
        return len(wrong), len(self.disorder)


def main():
    feedwright = program()
    need("strace")
    every, jobs = option("--every", 1), option("--jobs", 2)
    with place() as folder:
        site, old, new = generations(feedwright, folder)
        write_input(site, "two")
        ours = lambda _: [feedwright, "build", "--now", NOW]
        # A first build makes different calls: it creates folders, and there is no old generation.
        bare = pathlib.Path(folder) / "bare"
        bare.mkdir()
        write_input(bare, "two")
        shutil.copytree(bare, pathlib.Path(folder) / "first")
        build(feedwright, bare)
        first = published(bare)
        nothing = dict.fromkeys(PUBLISHED)
        # A build without changes reads every published file to its end.
        same = pathlib.Path(folder) / "same"
        shutil.copytree(site, same)
        build(feedwright, same)
        source = make_source(folder, new)
        careless = lambda site: [sys.executable, str(CARELESS), str(source), str(site)]
        trials = [
            Trial("changed feeds", ours, site, old, new, folder, feedwright),
            Trial("unchanged feeds", ours, same, new, new, folder, feedwright),
            Trial("first feeds", ours, pathlib.Path(folder) / "first", nothing, first, folder, feedwright),
        ]
        tried = [trial.run(every, jobs) for trial in trials]
        seen = Trial("careless", careless, site, old, new, folder, feedwright).run(min(every, 5), jobs)
    if not all(seen):
        print("the careless publisher was not detected, so this test detects nothing")
    return 1 if any(map(any, tried)) or not all(seen) else 0


if __name__ == "__main__":
    sys.exit(main())
