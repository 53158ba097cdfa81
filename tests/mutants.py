#!/usr/bin/env python3
"""Weakens the program in one place at a time, and runs the test that must notice.

usage: mutants.py [--only NUMBER]

A test that no weakness makes fail proves nothing. Each mutant replaces one text in the sources, which must occur exactly
once. The program is compiled in a copy of the repository, so the working tree stays as it is. Every mutant takes about
a minute, most of it for compiling.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What is weakened, the file, the text, its replacement, the test, and what the failing test must print.
MUTANTS = [
    (
        "an article at a new path inherits an id if only one property agrees",
        "src/identity/evidence.rs",
        "!self.contradicts(Property::Id) && agreeing >= 2 && agreeing > contradicting",
        "!self.contradicts(Property::Id) && agreeing >= 1 && agreeing >= contradicting",
        "histories",
        "has the id of",
    ),
    (
        "an article at the path of a record is the same, whatever contradicts it",
        "src/identity/evidence.rs",
        "self.agrees(Property::Id) || contradicting == 0 || agreeing + text > contradicting",
        "self.agrees(Property::Id) || agreeing + text + doubts <= 9",
        "histories",
        "has the id of",
    ),
    (
        "the guards do not remember earlier builds",
        "src/publish/guard/window.rs",
        "self.before.recent.iter().filter(move |recent| recent.at.unix() > start)",
        "self.before.recent.iter().filter(move |_| start == i64::MAX)",
        "histories",
        "within a day",
    ),
    (
        "the guards do not add up additions",
        "src/ledger/recent.rs",
        "self.added += later.added;",
        "self.added = later.added;",
        "window::new_entries_of_several_builds_are_a_flood_together",
        "assertion",
    ),
    (
        "the title of a daily column is evidence on any date",
        "src/publish/identify/mod.rs",
        "if candidate.is_same_place && self.is_next_of_column(candidate, record) {",
        "if !candidate.is_same_place && self.is_next_of_column(candidate, record) {",
        "ids::a_daily_title_at_an_old_path_gives_no_id",
        "assertion failed",
    ),
    (
        "articles that cannot be published take a place",
        "src/publish/mod.rs",
        "if missing > 0 {",
        "if missing == usize::MAX {",
        "limits::an_article_that_cannot_be_published_takes_no_place",
        "assertion `left == right` failed",
    ),
]


def copy(folder):
    """Copies the tracked files. Unchanged files keep their times, so that only what changed is compiled again."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        source, target = ROOT / name, folder / name
        if not source.is_file():
            continue
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def main():
    only = int(sys.argv[sys.argv.index("--only") + 1]) if "--only" in sys.argv else None
    folder = ROOT / "target" / "mutants"
    env = dict(os.environ, CARGO_TARGET_DIR=str(folder / "target"), FEEDWRIGHT_HISTORIES="600", RUST_BACKTRACE="0")
    unnoticed = 0
    for number, (weakness, file, text, replacement, test, expected) in enumerate(MUTANTS, 1):
        if only not in (None, number):
            continue
        copy(folder)
        path = folder / file
        source = path.read_text()
        assert source.count(text) == 1, f"{file} must contain `{text}` exactly once"
        path.write_text(source.replace(text, replacement))
        command = ["cargo", "test", "--locked", "--quiet", "--test", "suite", test]
        run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        output = run.stdout + run.stderr
        assert "could not compile" not in output, output
        is_noticed = run.returncode != 0 and re.search(re.escape(expected), output)
        unnoticed += not is_noticed
        print(f"{'noticed' if is_noticed else 'NOT NOTICED'}: {weakness} ({test})", flush=True)
        if not is_noticed:
            print(output[-3000:])
    print(f"{unnoticed} mutants were not noticed")
    sys.exit(unnoticed > 0)


if __name__ == "__main__":
    main()
