#!/usr/bin/env python3
"""Measures how often each origin of metadata gives the correct value, to update the weights in src/extract.

    python3 tests/weights/origins.py --program target/release/feedwright FOLDER...

A FOLDER contains articles and `truth.jsonl`: one JSON object per line, with the path of the `file` relative to the
folder, and the true values that are known. Fields without a true value are not counted.

    {"file": "a/page.html", "title": "…", "published": "2026-03-01", "author": ["…"], "summary": "…",
     "lang": "en", "image": "https://…", "tags": ["…"], "url": "https://…"}

`description` and `lead` are accepted for `summary`, and `link` for `url`. `published_alt` lists further correct days.
If `title` or `published` is null, the article does not contain this field: every value counts as wrong, unless it is
equal to `title_real` or `published_real`.

The script runs `feedwright explain --format jsonl` on the articles and compares every candidate with the truth: the
values that won, the origins that confirmed them, and the values that lost. It prints:

- for each field and origin: the weight in use, the number n of articles with the origin, the share of correct values
  with its Wilson interval, and, for the values that won, their mean confidence and the share of correct values. If an
  article has several candidates with the same origin, only the first one is counted;
- for each field: the calibration, which is the share of correct values for each range of confidence.

If a weight is outside the interval, `^` marks an origin that is correct more often than its weight says, and `v` an
origin that is correct less often. With a hundred origins and 95% intervals, about five marks are due to chance. To
change a weight, edit the constant in src/extract/<field>.rs or src/extract/<field>/page.rs, update the counts in its
comment, and measure again on articles to which the weight was not fitted.

What the JSON of `explain` does not contain, and what the script does about it:

- The weight of a candidate. The script infers it from values that won alone: if nothing confirms or contradicts a
  value, its confidence is the weight. If an origin has several weights (by position, length or form), the script prints
  their range. Origins that won alone less than three times are not marked: their weight is followed by `?`, or is `-`
  if they never won alone.
- The parsed value of a losing candidate. The JSON contains only its text, so the script runs `explain` again to parse
  the dates and authors in these texts. A losing title counts as correct if the true title is a whole part of it between
  separators, because Feedwright removes the site's name before it compares titles. This count is too high: it includes
  titles that Feedwright would not have cut at the correct separator.
- Losing candidates that have the same value as a better one. So n is lower than the number of articles with the origin,
  and origins that often lose together with a better one are counted too rarely.

The titles of plain texts (origin `visible line`) have no constant weights. A model computes their confidence, and
refit.py fits the weights of the model. The calibration of these titles shows whether the model still fits.

Requires Python 3.8, standard library only.
"""
import argparse
import collections
import html
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import unicodedata

FIELDS = ["title", "published", "authors", "summary", "language", "image", "categories", "link"]
BINS = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0]
BATCH = 200
# A weight is certain if it was inferred from at least this many values.
LONE_WINS = 3

# The reasons for which candidates lost a comparison. All other losers are texts that could not be read as a value.
LOST = re.compile(
    r"^front matter `.*` (takes precedence|carries more weight|is the preferred key|was found first)$"
    r"|^this origin is less reliable$|^fewer origins confirm this value$|^equally likely, but found later$"
)


def main():
    parser = argparse.ArgumentParser(
        description="Measures how often each origin of metadata is correct.", epilog="See the top of this file."
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="a folder with articles and truth.jsonl")
    parser.add_argument("--program", default="target/release/feedwright", help="the program [%(default)s]")
    parser.add_argument("--field", action="append", choices=FIELDS, help="only this field; may be repeated")
    parser.add_argument("--min", type=int, default=10, help="mark only origins with at least this n [%(default)s]")
    parser.add_argument("--level", type=float, default=0.95, help="confidence level of the intervals [%(default)s]")
    arguments = parser.parse_args()
    z = statistics.NormalDist().inv_cdf((1 + arguments.level) / 2)

    origins = collections.defaultdict(Origin)
    winners = collections.defaultdict(list)
    for folder in arguments.folders:
        rows = read_truth(folder)
        answers = explain(arguments.program, [os.path.join(folder, row["file"]) for row in rows])
        pairs = [(row, answers[path]) for row in rows if (path := real(folder, row["file"])) in answers]
        if len(pairs) < len(rows):
            print("%s: %d of %d articles were not explained" % (folder, len(rows) - len(pairs), len(rows)))
        parsed = parse_losers(arguments.program, pairs)
        for row, answer in pairs:
            for field in arguments.field or FIELDS:
                count(field, truth_of(field, row), answer.get(field), parsed, origins, winners)

    print("The JSON of `explain` does not contain weights, so they are inferred from values that won alone. `?` marks")
    print("a weight from less than three such values, `-` means that there are none, and a range means several")
    print("weights.\n")
    print_origins(origins, arguments.min, z)
    print_calibration(winners, z)


class Origin:
    """What was counted for one origin of one field."""

    def __init__(self):
        self.right = 0
        self.n = 0
        self.weights = collections.Counter()
        self.won = []


def real(folder, file):
    return os.path.realpath(os.path.join(folder, file))


def read_truth(folder):
    path = os.path.join(folder, "truth.jsonl")
    try:
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except OSError as error:
        sys.exit("%s: %s" % (path, error.strerror))


def explain(program, paths):
    """The answers of `explain`, by the real path of the article."""
    answers = {}
    for start in range(0, len(paths), BATCH):
        command = [program, "explain", "--format", "jsonl", *paths[start : start + BATCH]]
        try:
            run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        except OSError as error:
            sys.exit("%s: %s" % (program, error.strerror))
        # 1 means that there are findings.
        if run.returncode not in (0, 1):
            sys.exit("%s explain failed: %s" % (program, run.stderr.decode("utf-8", "replace").strip()))
        for line in run.stdout.decode("utf-8", "replace").splitlines():
            answer = json.loads(line)
            answers[os.path.realpath(answer["file"])] = answer
    return answers


def parse_losers(program, pairs):
    """Parses the days and authors in losing candidates, each text in its own article: {(field, text): value}."""
    texts = set()
    for _, answer in pairs:
        for field in ("published", "authors"):
            for loser in losers_of(answer.get(field)):
                texts.add((field, loser["raw"]))
    texts = sorted(texts)
    parsed = {}
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (field, text) in enumerate(texts):
            path = os.path.join(os.path.realpath(folder), "loser%d.md" % number)
            key = {"published": "date", "authors": "author"}[field]
            with open(path, "w", encoding="utf-8") as article:
                article.write("---\n%s: %s\n---\n" % (key, json.dumps(text, ensure_ascii=False)))
            files[path] = (field, text)
        for path, answer in explain(program, list(files)).items():
            field, text = files[path]
            parsed[field, text] = value_of(field, answer.get(field))
    return parsed


def truth_of(field, row):
    """The true value of a field, or None if it is not known."""
    if field == "title":
        return (row["title"] or row.get("title_real") or "") if "title" in row else None
    if field == "published":
        days = [row.get("published"), row.get("published_real"), *row.get("published_alt", [])]
        return {day[:10] for day in days if day} if "published" in row else None
    if field == "authors":
        return names(row.get("author")) or None
    if field == "summary":
        return row.get("description") or row.get("summary") or row.get("lead") or None
    if field == "language":
        return row["lang"].lower()[:2] if row.get("lang") else None
    if field == "categories":
        return {loose(tag) for tag in row["tags"]} if row.get("tags") else None
    if field == "link":
        return address(row.get("link") or row.get("url") or "") or None
    return row.get(field) or None


def value_of(field, answer):
    """The value of a field in the form in which it is compared, or None."""
    value = answer["value"] if answer else None
    if value is None:
        return None
    if field == "published":
        return value[:10]
    if field == "authors":
        return names([author["name"] for author in value])
    if field == "language":
        return value.lower()[:2]
    if field == "image":
        return value["url"]
    if field == "categories":
        return {loose(tag) for tag in value}
    if field == "link":
        return address(value)
    return value


def value_of_loser(field, raw, parsed):
    """The value of a losing candidate, from its text."""
    if field in ("published", "authors"):
        return parsed.get((field, raw))
    if field == "language":
        return raw.strip().lower()[:2]
    if field == "categories":
        return {loose(tag) for tag in re.split(r"[,;、，]", raw.strip("[]")) if loose(tag)}
    if field == "link":
        return address(raw)
    return raw


def is_right(field, value, truth):
    if field == "title":
        return loose(value) == loose(truth)
    if field == "published":
        return value in truth
    if field == "summary":
        return is_same_summary(value, truth)
    if field == "image":
        return value.strip() == truth.strip()
    return value == truth


def is_right_loser(field, value, truth):
    if field != "title":
        return is_right(field, value, truth)
    parts = re.split(r"\s[|–—·•»«:/~-]+\s|｜|:\s", value)
    return loose(truth) in {loose(part) for part in [value, *parts]}


def is_same_summary(value, truth):
    """Whether nine tenths of the words agree, or one text starts with the other: Feedwright cuts long summaries."""
    have, want = loose(value), loose(truth)
    if len(words(value)) >= 8 and (want.startswith(have) or have.startswith(want)):
        return True
    a, b = collections.Counter(words(value)), collections.Counter(words(truth))
    total = sum(a.values()) + sum(b.values())
    return total > 0 and 2 * sum((a & b).values()) / total >= 0.9


def count(field, truth, answer, parsed, origins, winners):
    if truth is None or not answer or answer.get("value") is None:
        return
    right = is_right(field, value_of(field, answer), truth)
    losers = losers_of(answer)
    confirmed_by = answer["confirmed_by"]
    winner = origins[field, name_of(answer["origin"])]
    winner.won.append((answer["confidence"], right))
    winners[field].append((answer["confidence"], right))
    if not confirmed_by and (not losers or answer["origin"]["kind"] == "front-matter"):
        winner.weights[round(answer["confidence"], 3)] += 1
    # The values of several keys for categories are combined, so these keys do not confirm each other.
    agreeing = [] if field == "categories" else confirmed_by
    candidates = [(origin, right) for origin in [answer["origin"], *agreeing]]
    for loser in losers:
        value = value_of_loser(field, loser["raw"], parsed)
        if value:
            candidates.append((loser["origin"], is_right_loser(field, value, truth)))
    first = {}
    for origin, right in candidates:
        first.setdefault(name_of(origin), right)
    for name, right in first.items():
        origins[field, name].n += 1
        origins[field, name].right += right


def losers_of(answer):
    return [loser for loser in (answer or {}).get("losers", []) if LOST.match(loser["why"])]


def name_of(origin):
    # Front matter keys have different weights, so each key is counted separately.
    return ("%s %s" % (origin["kind"], origin["key"])).strip()


def wilson(right, n, z):
    share = right / n
    center = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return max(0.0, center - half), min(1.0, center + half)


def print_origins(origins, least, z):
    print("%-10s  %-40s  %-10s  %5s  %-19s  %s" % ("field", "origin", "weight", "n", "share correct", "when it won"))
    for field in FIELDS:
        rows = [(name, origin) for (of, name), origin in origins.items() if of == field and origin.n]
        for name, origin in sorted(rows, key=lambda row: (-row[1].n, row[0])):
            low, high = wilson(origin.right, origin.n, z)
            mark = " "
            if sum(origin.weights.values()) >= LONE_WINS and origin.n >= least:
                if low > max(origin.weights):
                    mark = "^"
                elif high < min(origin.weights):
                    mark = "v"
            print(
                "%-10s  %-40s  %-10s  %5d  %.3f %.3f–%.3f %s  %s"
                % (field, name[:40], weights(origin), origin.n, origin.right / origin.n, low, high, mark, won(origin))
            )
    print()


def weights(origin):
    if not origin.weights:
        return "-"
    low, high = min(origin.weights), max(origin.weights)
    text = "%.2f" % low if high - low < 0.005 else "%.2f–%.2f" % (low, high)
    return text if sum(origin.weights.values()) >= LONE_WINS else text + "?"


def won(origin):
    if not origin.won:
        return ""
    n = len(origin.won)
    mean, right = sum(c for c, _ in origin.won) / n, sum(r for _, r in origin.won) / n
    return "%d times, confidence %.3f, correct %.3f" % (n, mean, right)


def print_calibration(winners, z):
    print("%-10s  %-13s  %5s  %-15s  %s" % ("field", "confidence", "n", "mean confidence", "share correct"))
    for field in FIELDS:
        for low, high in zip(BINS, BINS[1:]):
            is_last = high == BINS[-1]
            inside = [(c, r) for c, r in winners[field] if low <= c < high or (is_last and c == high)]
            if not inside:
                continue
            right, n = sum(r for _, r in inside), len(inside)
            mean = sum(c for c, _ in inside) / n
            from_, to = wilson(right, n, z)
            mark = "^" if from_ > mean else "v" if to < mean else " "
            row = (field, low, high, n, mean, right / n, from_, to, mark)
            print("%-10s  %.2f–%.2f      %5d  %-15.3f  %.3f %.3f–%.3f %s" % row)


def normal(text):
    text = unicodedata.normalize("NFKC", html.unescape(str(text or ""))).casefold().replace("\u00ad", "")
    return re.sub(r"\s+", " ", text).strip()


def loose(text):
    """Letters and digits only."""
    return re.sub(r"[\W_]+", " ", normal(text)).strip()


def words(text):
    """The words of a text. Each Chinese, Japanese or Korean character counts as a word."""
    found = []
    for word in loose(text).split():
        found += list(word) if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", word) else [word]
    return found


def names(value):
    value = [value] if isinstance(value, str) else value or []
    parts = (part for name in value for part in re.split(r"\s*(?:;|,| und | and | & )\s*", name))
    return {loose(part) for part in parts if loose(part)}


def address(text):
    """An address without its scheme, `www.`, its fragment and a slash at the end."""
    return re.sub(r"^(https?:)?//(www\.)?", "", text.strip()).split("#")[0].rstrip("/")


if __name__ == "__main__":
    main()
