"""Simulates a year of scheduled builds, with the accidents that happen on servers, as a subscriber sees it.

usage: year.py FEEDWRIGHT [--days N] [--site NAME] [--verbose]

Four sites are built every hour for 365 days: a blog, a link blog, a podcast that deletes old episodes, and a newsroom with
200 undated texts a day. Authors publish, correct, rename and delete articles. Accidents happen on about one day in five: an
incomplete rsync, a slow sync that removes a few files per build, a full disk, a clock that jumps, a ledger that is restored
from a week ago or lost, and an editor that leaves half a file. The owner looks at the mail of cron at eight in the morning,
repairs what is broken, and then allows what is still refused, with the options that the message names.

A reader that identifies entries by id fetches the feed after each build. The test fails if the reader shows an article
again under a new id, never shows an article, or sees more than 30% of the entries disappear within a day although no build
was allowed to remove them. Prints a table of what happened.
"""

import concurrent.futures
import datetime
import json
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile

START = datetime.datetime(2027, 1, 1, tzinfo=datetime.timezone.utc)
HOUR = datetime.timedelta(hours=1)
WORDS = "harbor tide ferry gull rope salt quay storm mast anchor lamp pier sail crew cargo buoy dock net oar hull".split()
BOILERPLATE = "Subscribe in your app, support us, and tell your friends about this podcast. Thank you for listening today."


def sentence(chance, words):
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


class Site:
    limit, more = 30, ""

    def __init__(self, name):
        self.name, self.chance = name, random.Random(name)
        self.articles, self.number = {}, 0
        for day in range(-self.archive, 0):
            self.publish(START + datetime.timedelta(days=day, hours=6))

    def mark(self):
        self.number += 1
        return f"mark{self.number}x"

    def front(self, mark, title, when, more=""):
        return f"---\ntitle: {title}\ndate: {when:%Y-%m-%dT%H:%M:%SZ}\ntags: [{mark}]\n{more}---\n\n"

    def edit(self):
        """Corrects one of the newest articles."""
        path = self.chance.choice(list(self.articles)[-10:])
        self.articles[path] = self.articles[path].rstrip("\n") + f" {sentence(self.chance, 4)}\n"

    def rename(self):
        path = self.chance.choice(list(self.articles)[-10:])
        name = re.sub(r"\.", f"-{self.chance.randrange(1000)}.", path, count=1)
        # Rebuilt, so that the order stays that of publication.
        self.articles = {name if old == path else old: text for old, text in self.articles.items()}


class Blog(Site):
    archive = 60

    def publish(self, when):
        mark = self.mark()
        text = " ".join(sentence(self.chance, 12) for _ in range(12))
        title = f"{sentence(self.chance, 3)[:-1]} {self.number}"
        self.articles[f"{when:%Y-%m-%d}-{self.number}.md"] = self.front(mark, title, when) + text + "\n"

    def hour(self, now):
        if self.chance.random() < 1 / 72:
            self.publish(now)
        if self.chance.random() < 1 / 48:
            self.edit()
        if self.chance.random() < 1 / 480:
            self.rename()


class Links(Site):
    archive, limit = 30, 60

    def publish(self, when):
        mark = self.mark()
        # Some link to the same page again, and most say nothing.
        url = f"https://else{self.chance.randrange(400)}.example/"
        text = self.chance.choice(["", "", "", "See the link.\n", sentence(self.chance, 6) + "\n"])
        title = self.chance.choice(["Worth reading", f"On {self.chance.choice(WORDS)}s", f"Link {self.number}"])
        self.articles[f"l{self.number}.md"] = self.front(mark, title, when, f"link: {url}\n") + text

    def hour(self, now):
        if 7 <= now.hour < 19 and self.chance.random() < 8 / 12:
            self.publish(now)


class Podcast(Site):
    archive = 20

    def publish(self, when):
        mark = self.mark()
        self.articles[f"{when:%Y%m%d}.md"] = self.front(mark, "The daily talk", when) + BOILERPLATE + "\n"
        for path in list(self.articles)[:-20]:
            del self.articles[path]

    def hour(self, now):
        if now.hour == 5:
            self.publish(now)


class Newsroom(Site):
    archive, limit, more = 7, 400, "guards: {flood: 500}\n"

    def publish(self, when):
        for _ in range(200 if when < START else 1):
            mark = self.mark()
            title = f"{sentence(self.chance, 6)[:-1]} {self.number}"
            text = "\n\n".join(" ".join(sentence(self.chance, 10) for _ in range(4)) for _ in range(3))
            self.articles[f"{when:%Y-%m-%d}/{self.number}.txt"] = f"{title}\n\n{text}\n\nReference {mark}\n"

    def hour(self, now):
        for _ in range(8 + self.chance.choice([0, 0, 1])):
            self.publish(now)
        if now.hour == 3:
            oldest = f"{now - datetime.timedelta(days=7):%Y-%m-%d}"
            self.articles = {path: text for path, text in self.articles.items() if path >= oldest}


class Accident:
    """Something that is wrong for some builds, unless the owner repairs it."""

    KINDS = "incomplete rsync,slow sync,full disk,clock ahead,clock behind,old ledger,lost ledger,half a file,empty file".split(",")

    def __init__(self, chance):
        self.kind = chance.choice(self.KINDS)
        self.builds = {"incomplete rsync": chance.randint(1, 3), "slow sync": 20, "full disk": chance.randint(1, 4)}.get(self.kind, 1)
        self.share, self.seed, self.age = chance.choice([0.05, 0.2, 0.5, 1.0]), chance.random(), 0
        self.jump = chance.choice([datetime.timedelta(minutes=20), datetime.timedelta(days=3), datetime.timedelta(days=3650)])

    def visible(self, articles):
        chance = random.Random(self.seed)
        if self.kind in ("incomplete rsync", "slow sync"):
            share = self.share if self.kind == "incomplete rsync" else 0.04 * (self.age + 1)
            return {path: text for path, text in articles.items() if chance.random() >= share}
        if self.kind in ("half a file", "empty file"):
            path = chance.choice(list(articles)[-10:])
            return {**articles, path: articles[path][: len(articles[path]) // 2 if "half" in self.kind else 0]}
        return articles

    def clock(self, now):
        return {"clock ahead": now + self.jump, "clock behind": now - min(self.jump, datetime.timedelta(days=3))}.get(self.kind, now)


class Year:
    def __init__(self, program, site, folder, verbose):
        self.program, self.site, self.folder, self.verbose = program, site, folder, verbose
        self.disk, self.ledgers = {}, []
        self.counts = dict.fromkeys("builds failed refused accidents allowed entries again missed lost".split(), 0)
        # Which article each id was shown for, the ids of each article, and when each article appeared on the site.
        self.owner, self.shown, self.born = {}, {}, {}
        self.sizes = []
        self.history = []
        (folder / "feedwright.yaml").write_text(
            f"site: {{title: T, url: https://year.example/}}\nfeeds: [{{path: feed.json, limit: {{entries: {site.limit}}}}}]\n{site.more}"
        )

    def say(self, now, text):
        if self.verbose:
            print(f"{self.site.name} {now:%m-%d %H}: {text}", flush=True)

    def write(self, articles):
        for path in self.disk.keys() - articles.keys():
            (self.folder / "input" / path).unlink()
        for path, text in articles.items():
            if self.disk.get(path) != text:
                file = self.folder / "input" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        self.disk = dict(articles)

    def build(self, now, options=(), is_full=False):
        def limits():
            if is_full:
                # Writing a larger file fails, as on a full disk.
                resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
                import signal

                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        command = [self.program, "build", "-q", "--now", f"{now:%Y-%m-%dT%H:%M:%SZ}", *options]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, preexec_fn=limits)
        self.counts["builds"] += 1
        self.counts["refused"] += done.returncode == 3
        self.counts["failed"] += done.returncode == 4
        if done.returncode not in (0, 1, 3, 4):
            raise SystemExit(f"{self.site.name} {now}: exit code {done.returncode}: {done.stderr}")
        return done

    def fetch(self, now, is_allowed):
        feed = json.loads((self.folder / "feeds/feed.json").read_text())
        ids = {}
        for item in feed["items"]:
            tags = item.get("tags") or re.findall(r"mark\d+x", item.get("content_html", "") + item.get("summary", ""))
            if not tags:
                continue
            mark = tags[0]
            ids[item["id"]] = mark
            known = self.owner.setdefault(item["id"], mark)
            if known != mark:
                self.counts["missed"] += 1
                self.say(now, f"{mark} has the id of {known}, so the reader does not show it")
            others = self.shown.setdefault(mark, set())
            if others and item["id"] not in others:
                self.counts["again"] += 1
                self.say(now, f"{mark} is shown again: {item['id']}")
            others.add(item["id"])
        if is_allowed:
            self.history = []
        # Entries that disappeared within a day, and were not displaced by newer ones.
        self.history = [(when, old) for when, old in self.history if now - when <= 24 * HOUR]
        for _, old in self.history[:1]:
            gone = [id for id in old if id not in ids]
            new = sum(id not in old for id in ids)
            if len(gone) - new > max(2, 0.3 * len(old)):
                self.counts["lost"] += 1
                self.say(now, f"{len(gone)} of {len(old)} entries have disappeared")
        self.history.append((now, ids))

    def run(self, days):
        site, chance, accident = self.site, random.Random(f"accidents of {self.site.name}"), None
        last = None
        for hour in range(days * 24):
            now = START + hour * HOUR
            site.hour(now)
            for text in site.articles.values():
                for mark in re.findall(r"mark\d+x", text)[:1]:
                    self.born.setdefault(mark, now)
            options = []
            if now.hour == 8 and last and last.returncode == 3:
                # The owner reads the mail, repairs the site, and allows what is refused even then.
                accident = None
                self.write(site.articles)
                last = self.build(now)
                if last.returncode == 3:
                    options = re.findall(r"--(?:allow-[a-z]+|adopt)", last.stderr)
                    self.counts["allowed"] += 1
                    self.say(now, f"allowed {options}: {last.stderr.strip().splitlines()[-2:]}")
            if accident is None and hour > 48 and chance.random() < 1 / 120:
                accident = Accident(chance)
                self.counts["accidents"] += 1
                self.say(now, f"{accident.kind} {accident.share} {accident.jump}")
                ledger = self.folder / "feedwright.ledger"
                if accident.kind == "lost ledger":
                    ledger.unlink()
                elif accident.kind == "old ledger":
                    ledger.write_text(self.ledgers[0])
            self.write(accident.visible(site.articles) if accident else site.articles)
            clock = accident.clock(now) if accident else now
            last = self.build(clock, options, accident is not None and accident.kind == "full disk")
            if last.returncode == 3:
                self.say(now, last.stderr.strip().splitlines()[-2])
            if last.returncode in (0, 1):
                self.fetch(now, bool(options))
            if now.hour == 0 and (self.folder / "feedwright.ledger").exists():
                self.ledgers = (self.ledgers + [(self.folder / "feedwright.ledger").read_text()])[-7:]
            if accident:
                accident.age += 1
                if accident.age >= accident.builds:
                    accident = None
        # An article of the last two days may still be waiting for the owner.
        late = START + (days * 24 - 48) * HOUR
        expected = [mark for mark, born in self.born.items() if START < born < late]
        missing = [mark for mark in expected if mark not in self.shown]
        for mark in missing:
            self.say(self.born[mark], f"{mark} was never shown")
        self.counts["missed"] += len(missing)
        self.counts["entries"] = len(self.shown)
        return self.counts


SITES = {"blog": Blog, "link blog": Links, "podcast": Podcast, "newsroom": Newsroom}


def simulate(program, name, days, verbose):
    # In memory if possible: the disk of the machine is not what is tested.
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="year-", dir=base))
    try:
        return name, Year(program, SITES[name](name), folder, verbose).run(days)
    finally:
        shutil.rmtree(folder)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    option = lambda name, default: sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default
    days, names = int(option("--days", "365")), [option("--site", None)]
    names = list(SITES) if names == [None] else names
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(simulate, program, name, days, "--verbose" in sys.argv) for name in reversed(names)]
        rows = dict(job.result() for job in jobs)
    columns = list(next(iter(rows.values())))
    print(f"{'site':12}" + "".join(f"{column:>10}" for column in columns))
    for name in names:
        print(f"{name:12}" + "".join(f"{rows[name][column]:10}" for column in columns))
    harm = sum(row[column] for row in rows.values() for column in ("again", "missed", "lost"))
    sys.exit(harm > 0)


if __name__ == "__main__":
    main()
