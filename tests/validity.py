"""Validates Feedwright's feeds with independent parsers: xmllint, feedparser, json and html5lib.

usage: validity.py FEEDWRIGHT

Validates feeds/ of this repository and, if the folder ../shared exists, the feeds built from the real and hostile
articles in it. Prints one line per fault, and exits with 1 if there are any.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import feedparser

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
DOMSAFE = SHARED / "tools" / "domsafe.py"
NAMES = ("rss.xml", "atom.xml", "feed.json")


def instant(parsed):
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % parsed[:6] if parsed else None


def xml_entries(path):
    """(id, title, published, updated, link) of each entry as feedparser reads it, and the faults."""
    faults = []
    lint = subprocess.run(["xmllint", "--noout", str(path)], capture_output=True, text=True, check=False)
    if lint.returncode:
        faults.append(f"{path}: xmllint: {lint.stderr.strip()[:300]}")
    feed = feedparser.parse(str(path))
    if feed.bozo:
        faults.append(f"{path}: feedparser: {feed.bozo_exception}")
    entries = [
        (e.id, e.title, instant(e.get("published_parsed")), instant(e.get("updated_parsed")), e.link)
        for e in feed.entries
    ]
    return entries, faults


def json_entries(path):
    feed = json.loads(path.read_text(encoding="utf-8"))
    faults = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else [f"{path}: version"]
    entries = [
        (e["id"], e["title"], e["date_published"], e.get("date_modified", e["date_published"]), e["url"])
        for e in feed["items"]
    ]
    return entries, faults


def validate(folder):
    """The faults in the three feeds of a folder: each must be valid, and all must have the same entries."""
    read = {}
    faults = []
    for name in NAMES:
        entries, found = (json_entries if name.endswith(".json") else xml_entries)(folder / name)
        read[name] = entries
        faults += found
        if not entries:
            faults.append(f"{folder / name}: no entries")
        if len({entry[0] for entry in entries}) != len(entries):
            faults.append(f"{folder / name}: two entries have the same id")
        if any(not entry[1] or not entry[2] for entry in entries):
            faults.append(f"{folder / name}: an entry without a title or date")
    for name in NAMES[1:]:
        for ours, theirs in zip(read[NAMES[0]], read[name]):
            if comparable(ours) != comparable(theirs):
                faults.append(f"{folder}: {NAMES[0]} has {ours}, {name} has {theirs}")
        if len(read[name]) != len(read[NAMES[0]]):
            faults.append(f"{folder}: {NAMES[0]} and {name} differ in the number of entries")
    if DOMSAFE.exists():
        paths = [str(folder / name) for name in NAMES]
        safe = subprocess.run([sys.executable, str(DOMSAFE), "--absolute", *paths], capture_output=True, text=True, check=False)
        faults += safe.stdout.splitlines()
        if safe.returncode and not safe.stdout:
            faults.append(f"{folder}: domsafe: {safe.stderr.strip()[-300:]}")
    return faults


def comparable(entry):
    # feedparser guesses whether a title is HTML, so only its letters and digits are compared.
    return (entry[0], "".join(c for c in entry[1] if c.isalnum()), *entry[2:])


def build(program, articles, folder):
    command = [program, "build", str(articles), "-o", str(folder), "--url", "https://example.org/", "--now", "2026-11-21T00:00:00Z"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    faults = validate(ROOT / "feeds")
    print("validated feeds/")
    for articles in (SHARED / "articles", SHARED / "cases" / "hostile" / "articles"):
        if not articles.exists():
            print(f"skipped: there is no {articles}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            built = build(program, articles, pathlib.Path(folder))
            if built.returncode not in (0, 1):
                faults.append(f"{articles}: build exited with {built.returncode}: {built.stderr[-500:]}")
            else:
                faults += validate(pathlib.Path(folder))
        print(f"built and validated {articles}")
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "all valid")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
