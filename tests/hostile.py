"""Builds feeds from hostile articles, one process per case, and compares the result with the manifest.

usage: hostile.py FEEDWRIGHT [--only PART] [--list]

Reads ../shared/cases/hostile/manifest.tsv (column `expect`: publish, publish+warn, skip, ignore, publish/skip; column
`checks`: t< CPU seconds, m< MiB, wf, domsafe, noopen, err~, out~, out!~, det). The rows under fs/ and huge/ describe
links, devices, names and sizes that an archive cannot contain; this script creates them. Each case has one good article
next to it, whose entry must be byte for byte the same as without the case. Time and memory are printed but do not affect
the exit code, because they depend on the machine. Exits with 1 if any case fails. Does nothing if ../shared does not
exist.
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
GOOD_TEXT = "A ferry came in"
ARTICLE = "---\ntitle: A case\ndate: 2026-01-02T08:00:00Z\n---\nThe tide table hung by the door.\n"
NAMES = ("rss.xml", "atom.xml", "feed.json")
SECONDS, MEGABYTES = 2.0, 200


# Attacks that Feedwright deliberately handles differently than the manifest expects, and why.
DELIBERATE = {
    "exactly the epoch": "skipped: a date of exactly 1970-01-01T00:00:00Z means that a clock was not set",
    "no date anywhere": "published with the date of the first build that included it, as documented",
    "misspelt key that would keep an article private": "reported as a warning and not published: publishing cannot be undone",
}


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def build(program, folder, *more):
    """Runs a build. Returns the exit code, the printed text, the CPU seconds and the peak MiB."""
    command = [program, "build", "--now", NOW, *more]
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, preexec_fn=limits)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "surrogateescape")
    return child.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def feeds(folder):
    return {path.name: path.read_text("utf-8") for path in sorted((folder / "feeds").glob("*.*")) if path.suffix in (".xml", ".json")}


def entries(atom):
    return re.findall(r"<entry>.*?</entry>", atom, re.S)


def create(row, case):
    """Copies the case to its folder, or creates it there. Returns False if this machine cannot create it."""
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
        parent = os.open(case, os.O_RDONLY)
        for _ in range(1500):
            os.mkdir("d" * 10, dir_fd=parent)
            child = os.open("d" * 10, os.O_RDONLY, dir_fd=parent)
            os.close(parent)
            parent = child
        with open(os.open("a.md", os.O_WRONLY | os.O_CREAT, dir_fd=parent), "w") as file:
            file.write(ARTICLE)
        os.close(parent)
    else:
        return False
    return True


def well_formed(folder):
    faults = []
    for name in ("rss.xml", "atom.xml"):
        lint = subprocess.run(["xmllint", "--noout", folder / "feeds" / name], capture_output=True, text=True, check=False)
        faults += [lint.stderr[:200]] if lint.returncode else []
    return faults


def run(row, program, folder, good):
    """Runs one case. Returns its faults, CPU seconds, peak MiB and printed text, or None if it cannot be created."""
    case = folder / "input" / "case"
    case.mkdir(parents=True)
    (folder / "feedwright.yaml").write_text(CONFIG)
    # In these cases, there must not be a good article.
    alone = row["attack"] in ("every article bad", "only drafts")
    if not alone:
        (folder / "input" / "good.md").write_text(GOOD)
    if row["file"].startswith("huge/wide"):
        (folder / "feedwright.yaml").write_text(CONFIG + "feeds:\n" + "".join(f"  - path: {name}\n    limit:\n      entries: 20000\n" for name in NAMES))
    if not create(row, case):
        return None
    code, output, seconds, size = build(program, folder)
    faults = []
    if code not in (0, 1, 3):
        faults.append(f"exit {code}")
    written = feeds(folder)
    atom = written.get("atom.xml", "")
    all_entries = entries(atom)
    others = [entry for entry in all_entries if GOOD_TEXT not in entry]
    if code != 3 and not alone and [entry for entry in all_entries if GOOD_TEXT in entry] != good:
        faults.append("the good entry differs")
    reported = {kind: len(re.findall(rf"^(?:[^\n]*: )?{kind}\[", output, re.M)) for kind in ("error", "warning")}
    published = bool(others)
    wanted = row["expect"]
    if wanted == "skip" and not (code in (1, 3) and reported["error"]):
        faults.append(f"expected skip: exit {code}, {len(others)} published, {reported}")
    at_most = 1 if row["file"].startswith("articles/sets/") else 0
    if wanted == "skip" and len(others) > at_most:
        faults.append(f"expected skip: {len(others)} published")
    if wanted == "ignore" and (published or code not in (0, 3)):
        faults.append(f"expected ignore: exit {code}, {len(others)} published, {reported}")
    if wanted == "publish" and (not published or code != 0):
        faults.append(f"expected publish: exit {code}, {len(others)} published, {reported}")
    if wanted == "publish+warn" and not (published and code == 0 and reported["warning"]):
        faults.append(f"expected publish and a warning: exit {code}, {len(others)} published, {reported}")
    if wanted == "publish/skip" and not published and not any(reported.values()):
        faults.append(f"neither published nor reported: exit {code}, {reported}")
    for check in row["checks"].split(";"):
        name, _, value = check.partition("~")
        whole = "".join(written.values())
        if name == "err" and not re.search(value, output):
            faults.append(f"does not print {value!r}")
        elif name == "err!" and re.search(value, output):
            faults.append(f"prints {value!r}")
        elif name == "out" and not re.search(value, whole):
            faults.append(f"feeds lack {value!r}")
        elif name == "out!" and re.search(value, whole):
            faults.append(f"feeds contain {value!r}")
        elif check == "wf" and written:
            faults += well_formed(folder)
        elif check == "domsafe" and written:
            paths = [folder / "feeds" / name for name in written]
            safe = subprocess.run([sys.executable, DOMSAFE, "--absolute", *paths], capture_output=True, text=True, check=False)
            faults += safe.stdout.splitlines() or ([safe.stderr[-200:]] if safe.returncode else [])
        elif check == "det":
            shutil.rmtree(folder / "feeds", ignore_errors=True)
            (folder / "feedwright.ledger").unlink(missing_ok=True)
            build(program, folder)
            if feeds(folder) != written:
                faults.append("two builds differ")
    return faults, seconds, size, output


def main():
    program = os.path.abspath(sys.argv[1])
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    if not HOSTILE.exists():
        print("skipped: there is no ../shared")
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
    failed, impossible, slow, large = 0, [], [], []
    for row in rows:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
            folder = pathlib.Path(temporary)
            result = run(row, program, folder, good)
            subprocess.run(["rm", "-rf", folder / "input"], check=False)
        if result is None:
            impossible.append(row["file"])
            continue
        faults, seconds, size, output = result
        slow += [f"{row['file']}: {seconds:.1f} s"] if seconds > SECONDS else []
        large += [f"{row['file']}: {size:.0f} MiB"] if size > MEGABYTES else []
        if faults and row["attack"] in DELIBERATE:
            print(f"{row['file']}: deliberate: {DELIBERATE[row['attack']]}")
            continue
        failed += bool(faults)
        if faults:
            print(f"{row['file']} ({row['attack']}, {row['expect']}): {'; '.join(faults)}")
            if "--list" in sys.argv:
                print("    " + output.strip().replace("\n", "\n    "))
    print(f"{len(rows) - len(impossible)} cases, {failed} failed; not possible on this machine: {', '.join(impossible) or 'none'}")
    print(f"over {SECONDS} s: {', '.join(slow) or 'none'}; over {MEGABYTES} MiB: {', '.join(large) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
