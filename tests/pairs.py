"""Measures how well entries are recognized, on pairs of articles whose identity is known.

usage: pairs.py FEEDWRIGHT [--rounds N] [--list]

Makes sites from the real articles in ../shared/cases/extract, builds them, changes each article in one of the ways listed
under CHANGES, builds again, and compares the ids in the ledger. A pair is an article before and after the change, or a new
article that could be mistaken for an old one. A *missed* pair is the same article under a new id. A *false* pair is a new
article under an old id, or an article under the id of a different one. Prints both for each change and kind of article.
Exits with 1 if there is a false pair, or if more than 1% of the pairs of the same article are missed. The choice of changes
is random but the same in each run. Does nothing if ../shared does not exist.
"""

import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "cases" / "extract"
NOW, LATER = "2026-11-28T12:00:00Z", "2026-11-30T12:00:00Z"
CONFIG = "site: {title: T, url: https://pairs.example/}\nfeeds: [{path: feed.json, limit: {entries: 100000}}]\n"
SITE = 40
KINDS = {"md_real": (".md", ".markdown"), "html_real": (".html",), "text_news": (".txt",)}
ALLOW = "shrink empty redate reid flood rewrite move failed clock".split()


def pool(kind):
    files = sorted(path for path in (CASES / kind).rglob("*") if path.suffix in KINDS[kind])
    return [(path.name, path.read_bytes().decode("utf-8", "replace")) for path in files]


def front_matter(text):
    """The YAML block and the body of a Markdown article; the block is empty if there is none."""
    match = re.match(r"(\ufeff?---\r?\n.*?\n---[ \t]*\r?\n)(.*)\Z", text, re.S)
    return match.groups() if match else ("", text)


def has(text, key):
    return re.search(rf"(?m)^{key}:[ \t]*\S", front_matter(text)[0]) is not None


def retitle(text, title):
    head, body = front_matter(text)
    head = re.sub(r"(?m)^title:.*(?:\n[ \t]+.*)*", lambda _: f"title: {title}", head, count=1)
    # A heading that repeats the old title would contradict the new one.
    return head + re.sub(r"(?m)\A\s*# .*\n", "", body, count=1)


def redate(text):
    return re.sub(r"(?m)^date:.*", "date: 2024-02-03T04:05:06Z", text, count=1)


def edit(text):
    """Corrects a text: removes a line in the middle, and adds a sentence at the end."""
    head, body = front_matter(text)
    lines = body.split("\n")
    long = [at for at, line in enumerate(lines) if len(line) > 60 and line[:1].isalnum()]
    if len(long) > 3:
        del lines[long[len(long) // 2]]
    body = "\n".join(lines).rstrip("\n") + "\n"
    if "</body>" in body:
        return head + body.replace("</body>", "<p>This page was corrected on the next day.</p></body>", 1)
    return head + body + "\nThis text was corrected on the next day.\n"


def halves(text):
    head, body = front_matter(text)
    at = body.find("\n\n", len(body) // 2)
    return None if at < 0 else (head + body[:at] + "\n", head + body[at:])


class Site:
    """Articles by path, before and after. `pairs` has the change, the old path or None, and the new path."""

    def __init__(self, kind, articles, spare, chance):
        self.kind, self.chance, self.spare = kind, chance, spare
        self.before, self.after, self.pairs = {}, {}, []
        for number, (name, text) in enumerate(articles):
            self.before[f"{number}/{name}"] = text
        paths = list(self.before)
        while paths:
            path = paths.pop()
            if paths and chance.random() < 0.05:
                self.swap(path, paths.pop())
            else:
                self.change(path)

    def keep(self, change, old, new, text):
        self.after[new] = text
        self.pairs.append((change, old, new))

    def new(self, change, path, text):
        self.after[path] = text
        self.pairs.append((change, None, path))

    def swap(self, one, other):
        """Each file gets the name of the other one, and one of them is edited too."""
        self.keep("swapped", one, other, self.before[one])
        is_dated = all(has(self.before[other], key) for key in ("title", "date"))
        self.keep("swapped", other, one, edit(self.before[other]) if is_dated else self.before[other])

    def moved(self, path):
        folder, name = path.split("/")
        if self.chance.random() < 0.5:
            return f"moved/{folder}/{name}"
        # The date in a file name stays, because it is the date of the article.
        date, rest = re.match(r"((?:\d{4}-\d\d-\d\d-)?)(.*)", name).groups()
        return f"{folder}/{date}renamed-{rest}"

    def change(self, path):
        text, folder = self.before[path], path.split("/")[0]
        is_markdown = self.kind == "md_real"
        is_dated = is_markdown and has(text, "title") and has(text, "date")
        is_long = len(front_matter(text)[1]) > 2000
        changes = ["untouched", "edited", "moved", "replaced", "archived", "copied as a template"]
        if is_dated:
            changes += ["retitled", "redated", "rewritten", "retitled and edited", "moved and edited", "archived and edited"]
            changes += ["copied and retitled", "daily title"]
            changes += ["moved and retitled"] * is_long
        # Half of an HTML page is not a page.
        if is_long and self.kind != "html_real":
            changes += ["split"]
        change = self.chance.choice(changes)
        title = f"A title that no other article has, {folder}"
        other = self.spare()
        if change == "untouched":
            self.keep(change, path, path, text)
        elif change == "edited":
            self.keep(change, path, path, edit(text))
        elif change == "retitled":
            self.keep(change, path, path, retitle(text, title))
        elif change == "redated":
            self.keep(change, path, path, redate(text))
        elif change == "rewritten":
            self.keep(change, path, path, front_matter(text)[0] + front_matter(other[1])[1])
        elif change == "retitled and edited":
            self.keep(change, path, path, edit(retitle(text, title)))
        elif change == "moved":
            self.keep(change, path, self.moved(path), text)
        elif change == "moved and edited":
            self.keep(change, path, self.moved(path), edit(text))
        elif change == "moved and retitled":
            self.keep(change, path, self.moved(path), retitle(text, title))
        elif change == "replaced":
            self.new(change, f"{folder}/new-{other[0]}", other[1])
        elif change in ("archived", "archived and edited"):
            name = path.split("/")[1]
            self.keep(change, path, f"archive/{folder}/{name}", edit(text) if "edited" in change else text)
            self.new("takes the path of an archived one", path, other[1])
        elif change == "copied as a template":
            # Somebody copies the file of an article, and writes another one over its text.
            self.keep(change, path, path, text)
            head = retitle(text, title) if is_markdown else ""
            body = front_matter(other[1])[1]
            self.new(change, f"{folder}/copy-{other[0]}", front_matter(head)[0] + body)
        elif change == "copied and retitled":
            self.keep(change, path, path, text)
            self.new(change, f"{folder}/second.md", retitle(text, title))
        elif change == "daily title":
            # The old article is deleted, and the next one has its title.
            head = redate(front_matter(text)[0])
            self.new(change, f"{folder}/next.md", head + front_matter(other[1])[1])
        elif change == "split":
            first, second = halves(text) or (text, None)
            self.keep(change, path, path, first)
            if second:
                self.new(change, f"{folder}/second-part.md" if is_markdown else f"{folder}/second-part.txt",
                         retitle(second, title) if is_markdown else front_matter(second)[1])


def write(folder, articles):
    shutil.rmtree(folder / "input", ignore_errors=True)
    for path, text in articles.items():
        file = folder / "input" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")


def build(program, folder, now):
    allow = [f"--allow-{kind}" for kind in ALLOW]
    done = subprocess.run([program, "build", "-q", "--now", now, *allow], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{folder}: exit code {done.returncode}: {done.stderr}")
    ids = {}
    for line in (folder / "feedwright.ledger").read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        # Only entries that a feed contains have been seen by subscribers.
        if len(fields) == 12 and fields[9].startswith("+"):
            path = re.sub(r"%([0-9A-F]{2})", lambda it: chr(int(it[1], 16)), fields[0])
            ids[path] = fields[1]
    return ids


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else 2
    is_list = "--list" in sys.argv
    if not CASES.is_dir():
        print(f"skipped: {CASES} does not exist")
        return
    counts, listed = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        for kind in KINDS:
            articles = pool(kind)
            for round in range(rounds):
                chance = random.Random(f"{kind} {round}")
                chance.shuffle(articles)
                # A third of the articles is kept back for new articles, so that no new article is a copy of an old one.
                old, spare = articles[: len(articles) * 2 // 3], articles[len(articles) * 2 // 3 :]
                for start in range(0, len(old), SITE):
                    rest = iter(chance.sample(spare, min(len(spare), SITE)))
                    site = Site(kind, old[start : start + SITE], lambda: next(rest), chance)
                    folder = pathlib.Path(scratch) / f"{kind}-{round}-{start}"
                    folder.mkdir()
                    (folder / "feedwright.yaml").write_text(CONFIG)
                    write(folder, site.before)
                    before = build(program, folder, NOW)
                    write(folder, site.after)
                    after = build(program, folder, LATER)
                    old_ids = {id: path for path, id in before.items()}
                    for change, source, path in site.pairs:
                        if path not in after or (source and source not in before):
                            continue
                        cell = counts.setdefault((change, "same" if source else "new"), {}).setdefault(kind, [0, 0, 0])
                        owner = old_ids.get(after[path])
                        cell[0] += 1
                        is_missed, is_false = owner is None and source is not None, owner is not None and owner != source
                        cell[1] += is_missed
                        cell[2] += is_false
                        if is_missed or is_false:
                            listed.append(f"{'false' if is_false else 'missed'}: {change}: {kind} {source} -> {path} ({owner})")
                    shutil.rmtree(folder)
    total = [0, 0, 0, 0]
    print(f"{'change':36} {'expected':8} " + " ".join(f"{kind:>22}" for kind in KINDS))
    for (change, expected), row in sorted(counts.items()):
        cells = [row.get(kind, [0, 0, 0]) for kind in KINDS]
        print(f"{change:36} {expected:8} " + " ".join(f"{n:5} {m:4} missed {f:2} false" for n, m, f in cells))
        for n, missed, false in cells:
            total[0] += n
            total[1] += n if expected == "same" else 0
            total[2] += missed
            total[3] += false
    share = 100 * total[2] / max(total[1], 1)
    print(f"{total[0]} pairs; {total[2]} of {total[1]} missed ({share:.2f}%); {total[3]} false")
    if is_list:
        print("\n".join(listed))
    sys.exit(total[3] > 0 or share > 1)


if __name__ == "__main__":
    main()
