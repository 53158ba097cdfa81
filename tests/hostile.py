"""The hostile articles, one process per case: is each published, skipped or ignored as its manifest asks?

usage: hostile.py FEEDWRIGHT [--only PART] [--list]

Reads ../shared/cases/hostile/manifest.tsv (column `expect`: publish, publish+warn, skip, ignore, publish/skip; column
`checks`: t< CPU seconds, m< MiB, wf, domsafe, noopen, err~, out~, out!~, det). The rows under fs/ and huge/ describe
links, devices, names and sizes that no archive holds: they are made here. Beside each case lies one good article, whose
entry must come out byte for byte as without the case. Time and memory are reported and do not decide the exit code: they
depend on the machine. Exit 1 if any case is wrong. Skipped where ../shared is absent.
"""

import os
import pathlib
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOSTILE = ROOT.parent / "shared" / "cases" / "hostile"
DOMSAFE = ROOT.parent / "shared" / "tools" / "domsafe.py"
NOW = "2026-11-21T12:00:00Z"
CONFIG = "site:\n  title: Wrenmouth\n  url: https://wrenmouth.example/\n"
GOOD = "---\ntitle: The good one\ndate: 2026-01-01T08:00:00Z\n---\nA ferry came in, and nobody got off.\n"
MARK = "A ferry came in"
ARTICLE = "---\ntitle: A case\ndate: 2026-01-02T08:00:00Z\n---\nThe tide table hung by the door.\n"
NAMES = ("rss.xml", "atom.xml", "feed.json")
SECONDS, MEGABYTES = 2.0, 200


# Where Feedwright does otherwise than the manifest asks, by the attack, and why.
DELIBERATE = {
    "exactly the epoch": "skipped: the zero of clocks stands for no date (the table of dates asks to refuse it)",
    "no date anywhere": "published with the day on which it was first seen, as documented",
    "misspelt key that would keep an article private": "warned of and kept private: what is published cannot be taken back",
}


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def build(program, folder, *more):
    """Exit code, what it said, CPU seconds, peak MiB."""
    command = [program, "build", "--now", NOW, *more]
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, preexec_fn=limits)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "surrogateescape")
    return child.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def feeds(folder):
    return {path.name: path.read_text("utf-8") for path in sorted((folder / "feeds").glob("*.*")) if path.suffix in (".xml", ".json")}


def entries(atom):
    return re.findall(r"<entry>.*?</entry>", atom, re.S)


def make(row, case):
    """Lays the case into its folder: a copy of the file or folder of the manifest, or what an archive cannot hold."""
    path = row["file"]
    kind = path.split("/")[0]
    if kind == "articles":
        source = HOSTILE / path
        if source.is_dir():
            shutil.copytree(source, case, dirs_exist_ok=True, symlinks=True)
        else:
            shutil.copy(source, case / source.name)
        return True
    name = path.split("/")[1]
    if path.startswith("fs/names/"):
        raw = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes.fromhex(m[1].decode()), path.split("/", 3)[3].encode())
        (pathlib.Path(os.fsdecode(os.path.join(os.fsencode(case), raw)))).write_text(ARTICLE)
        return True
    target = case / "a.md"
    if name == "link-outside":
        target.symlink_to("/etc/passwd")
    elif name == "link-inside":
        (case / "b.md").write_text(ARTICLE)
        target.symlink_to("b.md")
    elif name == "link-loop":
        target.symlink_to("a.md")
    elif name == "dir-loop":
        (case / "d").symlink_to("..")
    elif name == "link-proc":
        target.symlink_to("/proc/self/environ")
    elif name == "link-dev":
        target.symlink_to("/dev/zero")
    elif name == "hardlink":
        target.write_text(ARTICLE)
        os.link(target, case / "b.md")
    elif name == "sock":
        socket.socket(socket.AF_UNIX).bind(str(target))
    elif name == "dev":
        try:
            os.mknod(target, 0o20666, os.makedev(1, 5))
        except PermissionError:
            return False
    elif name in ("unreadable-dir", "noexec-dir"):
        if os.geteuid() == 0:
            return False
        (case / "d").mkdir()
        (case / "d" / "a.md").write_text(ARTICLE)
        (case / "d").chmod(0 if name == "unreadable-dir" else 0o444)
    elif name == "sparse-10g.md":
        with open(target, "wb") as file:
            file.truncate(10 << 30)
    elif name == "wide-10k-dirs":
        for number in range(10_000):
            (case / f"d{number}").mkdir()
            (case / f"d{number}" / "a.md").write_text(ARTICLE.replace("A case", f"Case {number}"))
    elif name == "deep-dir":
        here = os.open(case, os.O_RDONLY)
        for _ in range(1500):
            os.mkdir("d" * 10, dir_fd=here)
            deeper = os.open("d" * 10, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
        with open(os.open("a.md", os.O_WRONLY | os.O_CREAT, dir_fd=here), "w") as file:
            file.write(ARTICLE)
        os.close(here)
    else:
        return False
    return True


def well_formed(folder):
    faults = []
    for name in ("rss.xml", "atom.xml"):
        lint = subprocess.run(["xmllint", "--noout", folder / "feeds" / name], capture_output=True, text=True, check=False)
        faults += [lint.stderr[:200]] if lint.returncode else []
    return faults


def judge(row, program, folder, good):
    """The faults of one case, its CPU seconds and peak MiB; None where this machine cannot make it."""
    case = folder / "input" / "case"
    case.mkdir(parents=True)
    (folder / "feedwright.yaml").write_text(CONFIG)
    # Beside a good article, a set in which every article is bad is no such set.
    alone = row["attack"] in ("every article bad", "only drafts")
    if not alone:
        (folder / "input" / "good.md").write_text(GOOD)
    if row["file"].startswith("huge/wide"):
        (folder / "feedwright.yaml").write_text(CONFIG + "feeds:\n" + "".join(f"  - path: {name}\n    limit:\n      entries: 20000\n" for name in NAMES))
    if not make(row, case):
        return None
    code, said, seconds, size = build(program, folder)
    faults = []
    if code not in (0, 1, 3):
        faults.append(f"exit {code}")
    made = feeds(folder)
    atom = made.get("atom.xml", "")
    mine = entries(atom)
    others = [entry for entry in mine if MARK not in entry]
    if code != 3 and not alone and [entry for entry in mine if MARK in entry] != good:
        faults.append("the good entry differs")
    told = {kind: len(re.findall(rf"^(?:[^\n]*: )?{kind}\[", said, re.M)) for kind in ("error", "warning")}
    published = bool(others)
    wanted = row["expect"]
    if wanted == "skip" and not (code in (1, 3) and told["error"]):
        faults.append(f"want skip: exit {code}, {len(others)} published, {told}")
    at_most = 1 if row["file"].startswith("articles/sets/") else 0
    if wanted == "skip" and len(others) > at_most:
        faults.append(f"want skip: {len(others)} published")
    if wanted == "ignore" and (published or code not in (0, 3)):
        faults.append(f"want ignore: exit {code}, {len(others)} published, {told}")
    if wanted == "publish" and (not published or code != 0):
        faults.append(f"want publish: exit {code}, {len(others)} published, {told}")
    if wanted == "publish+warn" and not (published and code == 0 and told["warning"]):
        faults.append(f"want publish and a warning: exit {code}, {len(others)} published, {told}")
    if wanted == "publish/skip" and not published and not any(told.values()):
        faults.append(f"neither published nor reported: exit {code}, {told}")
    for check in row["checks"].split(";"):
        name, _, value = check.partition("~")
        whole = "".join(made.values())
        if name == "err" and not re.search(value, said):
            faults.append(f"does not say {value!r}")
        elif name == "err!" and re.search(value, said):
            faults.append(f"says {value!r}")
        elif name == "out" and not re.search(value, whole):
            faults.append(f"feeds lack {value!r}")
        elif name == "out!" and re.search(value, whole):
            faults.append(f"feeds hold {value!r}")
        elif check == "wf" and made:
            faults += well_formed(folder)
        elif check == "domsafe" and made:
            paths = [folder / "feeds" / name for name in made]
            safe = subprocess.run([sys.executable, DOMSAFE, "--absolute", *paths], capture_output=True, text=True, check=False)
            faults += safe.stdout.splitlines() or ([safe.stderr[-200:]] if safe.returncode else [])
        elif check == "det":
            shutil.rmtree(folder / "feeds", ignore_errors=True)
            (folder / "feedwright.ledger").unlink(missing_ok=True)
            build(program, folder)
            if feeds(folder) != made:
                faults.append("two builds differ")
    return faults, seconds, size, said


def main():
    program = os.path.abspath(sys.argv[1])
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    if not HOSTILE.exists():
        print("skipped: ../shared is absent")
        return 0
    lines = (HOSTILE / "manifest.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"))) for line in lines[1:]]
    rows = [row for row in rows if not row["file"].startswith("feeds/") and only in row["file"]]
    with tempfile.TemporaryDirectory() as empty:
        folder = pathlib.Path(empty)
        (folder / "input").mkdir()
        (folder / "feedwright.yaml").write_text(CONFIG)
        (folder / "input" / "good.md").write_text(GOOD)
        build(program, folder)
        good = entries(feeds(folder)["atom.xml"])
    wrong, cannot, slow, large = 0, [], [], []
    for row in rows:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            folder = pathlib.Path(place)
            verdict = judge(row, program, folder, good)
            subprocess.run(["rm", "-rf", folder / "input"], check=False)
        if verdict is None:
            cannot.append(row["file"])
            continue
        faults, seconds, size, said = verdict
        slow += [f"{row['file']}: {seconds:.1f} s"] if seconds > SECONDS else []
        large += [f"{row['file']}: {size:.0f} MiB"] if size > MEGABYTES else []
        if faults and row["attack"] in DELIBERATE:
            print(f"{row['file']}: deliberate: {DELIBERATE[row['attack']]}")
            continue
        wrong += bool(faults)
        if faults:
            print(f"{row['file']} ({row['attack']}, {row['expect']}): {'; '.join(faults)}")
            if "--list" in sys.argv:
                print("    " + said.strip().replace("\n", "\n    "))
    print(f"{len(rows) - len(cannot)} cases, {wrong} wrong; not made here: {', '.join(cannot) or 'none'}")
    print(f"over {SECONDS} s: {', '.join(slow) or 'none'}; over {MEGABYTES} MiB: {', '.join(large) or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
