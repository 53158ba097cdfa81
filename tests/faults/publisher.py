"""What the tests share: the site, its two generations, and the checks of the published files.

A site has two generations of input, `one` and `two`. Each published file must always be, byte for byte, the result of
an undisturbed build of one of them. `careless.py` writes the same bytes in place, as most generators do. The tests run
it too, and must detect its faults.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

NOW = "2026-11-21T12:00:00Z"
FEEDS = ("feeds/atom.xml", "feeds/rss.xml", "feeds/notes/all.json")
PUBLISHED = ("feedwright.ledger", *FEEDS)
CONFIG = """site:
  url: https://example.org/
  title: A site under test
feeds:
  - path: atom.xml
  - path: rss.xml
  - path: notes/all.json
"""
TEMPORARY = ".feedwright-tmp"
CARELESS = pathlib.Path(__file__).with_name("careless.py")


def program():
    """The program to test: the first argument."""
    if len(sys.argv) < 2 or not os.access(sys.argv[1], os.X_OK):
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [options]; PROGRAM is for example target/debug/feedwright")
    return os.path.abspath(sys.argv[1])


def option(name, default):
    """The number after `--name`."""
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def skip(reason):
    """Prints the reason why a test cannot run on this machine, and ends it. This is not a failure."""
    print(f"skipped: {reason}")
    sys.exit(0)


def need(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        skip(f"not installed: {', '.join(missing)}")


def place(on_disk=False):
    """A temporary folder. It is in memory unless `on_disk`, because hundreds of syncs are slow on a disk."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and not on_disk else None
    return tempfile.TemporaryDirectory(prefix="feedwright-faults-", dir=memory, ignore_cleanup_errors=True)


def write_input(site, generation, paragraphs=3):
    """Writes the articles of a generation. Compared with `one`, `two` adds an article, removes one and edits one."""
    site = pathlib.Path(site)
    (site / "input").mkdir(parents=True, exist_ok=True)
    (site / "feedwright.yaml").write_text(CONFIG)
    names = {"one": (1, 2, 3), "two": (2, 3, 4)}[generation]
    for number in (1, 2, 3, 4):
        path = site / "input" / f"article-{number}.md"
        if number not in names:
            path.unlink(missing_ok=True)
            continue
        word = generation if number == 3 else "constant"
        day = {"one": 5, "two": 6}[generation] if number == 3 else number
        # The text in `two` is longer, so that it does not fit in the space of the file in `one`.
        length = paragraphs * 2 if (number, generation) == (3, "two") else paragraphs
        body = "\n\n".join(f"Paragraph {n} of article {number}, which is {word}. " * 8 for n in range(length))
        path.write_text(
            f"---\ntitle: Article {number}\ndate: 2026-01-0{number}T10:00:00Z\nupdated: 2026-01-0{day}T10:00:00Z\n---\n{body}\n"
        )


def build(program, site, *more, **how):
    """Runs one build."""
    command = [program, "build", "--now", NOW, *more]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, check=False, **how)


def published(site):
    """The bytes of each published file, or None if it is missing."""
    def read(path):
        return path.read_bytes() if path.exists() else None
    return {name: read(pathlib.Path(site) / name) for name in PUBLISHED}


def leftovers(site):
    return sorted(str(path.relative_to(site)) for path in pathlib.Path(site).rglob(f"*{TEMPORARY}"))


def generations(program, folder, paragraphs=3):
    """Builds both generations in turn, until a build after the other generation gives the same bytes as before.

    Returns the folder of a site whose input and feeds are `one`, and the bytes of both generations.
    """
    site = pathlib.Path(folder) / "template"
    seen = {}
    for generation in ("one", "two") * 3:
        write_input(site, generation, paragraphs)
        done = build(program, site)
        if done.returncode:
            sys.exit(f"an undisturbed build exits with code {done.returncode}: {done.stderr}")
        is_stable = seen.get(generation) == published(site)
        seen[generation] = published(site)
    if not is_stable:
        sys.exit("alternating undisturbed builds do not give the same bytes again")
    write_input(site, "one", paragraphs)
    build(program, site)
    return site, seen["one"], seen["two"]


def make_source(folder, generation):
    """The folder from which the careless publisher copies."""
    source = pathlib.Path(folder) / "source"
    for name, content in generation.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    return source


def ids(name, content):
    """The ids of the entries of a feed; raises an error if the document is incomplete."""
    if name.endswith(".json"):
        return {item["id"] for item in json.loads(content)["items"]}
    root = xml.fromstring(content)
    named = root.findall("{*}entry/{*}id") + root.findall("channel/item/guid")
    return {element.text for element in named}


def is_whole(name, content, old, new):
    """Whether a file has every entry that both generations have, which is complete if one article could not be read."""
    try:
        if name == "feedwright.ledger":
            return content.endswith(b"\n") and (old is None or len(re.findall(rb"^\S+\.md\t", content, re.M)) >= 3)
        both = ids(name, old) & ids(name, new) if old else set()
        return ids(name, content) >= both
    except (AttributeError, TypeError, ValueError, KeyError, xml.ParseError):
        return False


def faults_of(now, old, new):
    """The faults of the published files. Each file must be of the old or the new generation."""
    return [
        f"{name} is {'missing' if now[name] is None else 'torn'}"
        for name in PUBLISHED
        if now[name] not in (old[name], new[name])
    ]
