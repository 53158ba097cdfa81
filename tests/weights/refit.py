#!/usr/bin/env python3
"""Refits the weights in src/plain_text/weights.rs to labeled texts, and tests them by cross-validation.

usage: tests/weights/refit.py FOLDER [--penalty N] [--folds N] [--none-bonus N] [--write]

Both tables are conditional logits. The candidates of a text compete with each other (and, for headlines, with "no
headline"), and the probability of a candidate is the exponential of the sum of its weights, divided by the total for
all candidates. The weights maximize the likelihood of the labels minus an L2 penalty. Cross-validation fits the weights
to all folds but one and tests them on that one, so no text is scored by weights that were fitted to it.

Only the standard library is used. See README.md in this folder for the format of FOLDER.
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLES = os.path.join(ROOT, "src", "plain_text", "weights.rs")
NONE = "None"


def read_features(folder):
    """Runs the test that prints the features. Returns the current weights and the texts."""
    command = ["cargo", "test", "--quiet", "--lib", "plain_text::tests::print_features"]
    command += ["--", "--exact", "--ignored", "--nocapture"]
    environment = {**os.environ, "LABELED_TEXTS": os.path.abspath(folder)}
    run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    rows = [json.loads(line) for line in run.stdout.split("\n") if line.startswith("{")]
    if run.returncode != 0 or not rows:
        sys.exit("error: `%s` failed" % " ".join(command))
    weights = {table: {name: value for name, value in rows[0][table]} for table in ("title", "lead")}
    return weights, rows[1:]


def choices(texts, table):
    """(feature sets of the candidates, indexes of the right candidates) for each text with a right candidate."""
    out = []
    for text in texts:
        candidates = text["titles"] if table == "title" else text["leads"]
        right = [i for i, candidate in enumerate(candidates) if candidate["is_right"]]
        options = [candidate["features"] for candidate in candidates]
        if table == "title":
            options.append(text["none"])
            if not text["has_headline"]:
                right = [len(options) - 1]
        if right and len(options) > 1:
            out.append((options, right))
    return out


def score(weights, features):
    return sum(weights.get(name, 0.0) for name in features)


def loss_and_gradient(data, weights, penalty):
    loss = penalty / 2 * sum(weight * weight for weight in weights.values())
    gradient = {name: penalty * weight for name, weight in weights.items()}
    for options, right in data:
        scores = [score(weights, features) for features in options]
        top = max(scores)
        exps = [math.exp(value - top) for value in scores]
        total, total_right = sum(exps), sum(exps[i] for i in right)
        loss -= math.log(total_right / total)
        for i, features in enumerate(options):
            slope = exps[i] / total - (exps[i] / total_right if i in right else 0.0)
            if slope:
                for name in features:
                    gradient[name] += slope
    return loss, gradient


def fit(data, names, penalty):
    """Minimizes the loss with L-BFGS."""
    names = sorted(names)

    def value(vector):
        loss, gradient = loss_and_gradient(data, dict(zip(names, vector)), penalty)
        return loss, [gradient[name] for name in names]

    def dot(a, b):
        return sum(x * y for x, y in zip(a, b))

    at = [0.0] * len(names)
    loss, gradient = value(at)
    history = []
    for _ in range(200):
        direction = gradient[:]
        products = []
        for step, change, curvature in reversed(history):
            product = dot(step, direction) / curvature
            products.append(product)
            direction = [d - product * c for d, c in zip(direction, change)]
        if history:
            step, change, curvature = history[-1]
            scale = curvature / dot(change, change)
            direction = [scale * d for d in direction]
        for (step, change, curvature), product in zip(history, reversed(products)):
            back = dot(change, direction) / curvature
            direction = [d + (product - back) * s for d, s in zip(direction, step)]
        slope = dot(gradient, direction)
        length = 1.0 if history else 1.0 / max(1.0, math.sqrt(dot(gradient, gradient)))
        while True:
            new = [x - length * d for x, d in zip(at, direction)]
            new_loss, new_gradient = value(new)
            if new_loss <= loss - 1e-4 * length * slope or length < 1e-9:
                break
            length /= 2
        step = [x - y for x, y in zip(new, at)]
        change = [x - y for x, y in zip(new_gradient, gradient)]
        gained = loss - new_loss
        at, loss, gradient = new, new_loss, new_gradient
        if dot(step, change) > 1e-12:
            history = (history + [(step, change, dot(step, change))])[-10:]
        if gained < 1e-6:
            break
    return dict(zip(names, at))


def best_title(weights, text):
    """The candidate that `guesses` in src/plain_text/title.rs would rank first, and its probability."""
    exps = [math.exp(score(weights, candidate["features"])) for candidate in text["titles"]]
    total = sum(exps) + math.exp(score(weights, text["none"]))
    ranked = sorted(zip(exps, text["titles"]), key=lambda pair: -pair[0])
    for value, candidate in ranked:
        if value >= total / 2 or not candidate["is_unlikely"]:
            return candidate, value / total
    return None, 0.0


def measure_titles(weights, texts):
    """(headlines found, texts with a headline, texts correctly left without a headline, texts without a headline)"""
    found = titled = silent = untitled = 0
    for text in texts:
        candidate, confidence = best_title(weights, text)
        if text["has_headline"]:
            titled += 1
            found += candidate is not None and candidate["is_right"]
        else:
            untitled += 1
            silent += confidence < 0.5
    return found, titled, silent, untitled


def measure_leads(weights, texts):
    """(leads found, texts whose lead is a candidate, all texts)"""
    found = possible = 0
    for text in texts:
        if text["leads"]:
            # As in `find` in src/plain_text/lead.rs, the first of equal candidates wins.
            found += max(text["leads"], key=lambda candidate: score(weights, candidate["features"]))["is_right"]
            possible += any(candidate["is_right"] for candidate in text["leads"])
    return found, possible, len(texts)


def percent(part, whole):
    return "%d of %d (%.1f %%)" % (part, whole, 100 * part / max(whole, 1))


def write(table, weights):
    """Replaces the numbers of one table."""
    with open(TABLES, encoding="utf-8") as file:
        text = file.read()
    start = text.index("    %s_FEATURES: [" % table.upper())
    end = text.index("\n}", start)
    rows = text[start:end]
    for name, weight in weights.items():
        rows = re.sub(r"(?m)^(    %s )-?\d+\.\d+" % name, lambda row: "%s%.2f" % (row[1], weight), rows)
    with open(TABLES, "w", encoding="utf-8") as file:
        file.write(text[:start] + rows + text[end:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", metavar="FOLDER", help="the labeled texts, with truth.jsonl")
    parser.add_argument("--penalty", type=float, default=4.0, help="the L2 penalty (default: %(default)s)")
    parser.add_argument("--folds", type=int, default=8, help="the number of folds (default: %(default)s)")
    parser.add_argument("--none-bonus", type=float, default=0.2, help="added to the fitted weight of `None` (default: %(default)s)")
    parser.add_argument("--write", action="store_true", help="write the new weights into src/plain_text/weights.rs")
    args = parser.parse_args()

    current, texts = read_features(args.folder)
    for table in ("title", "lead"):
        measure = measure_titles if table == "title" else measure_leads

        def fitted(texts):
            data = choices(texts, table)
            # A feature that no text has cannot be fitted. The features of a folder require texts from the same site.
            seen = {name for options, _ in data for features in options for name in features}
            weights = {**current[table], **fit(data, seen, args.penalty)}
            if NONE in weights and table == "title":
                weights[NONE] += args.none_bonus
            return weights, seen

        folds = [texts[i :: args.folds] for i in range(args.folds)]
        results = []
        for i, fold in enumerate(folds):
            weights, _ = fitted([text for j, other in enumerate(folds) if j != i for text in other])
            results.append(measure(weights, fold))
        validated = [sum(column) for column in zip(*results)]
        weights, seen = fitted(texts)

        print("%s: current weight, refitted weight" % table)
        for name, old in current[table].items():
            new = "%6.2f" % weights[name] if name in seen else "kept, because no text has the feature"
            print("    %-20s %6.2f %s" % (name, old, new))
        rows = [("current weights, all texts", measure(current[table], texts)), ("refitted, cross-validated", validated)]
        for label, result in rows:
            if table == "title":
                found, titled, silent, untitled = result
                print("%s: headlines found: %s" % (label, percent(found, titled)))
                print("%s: no headline claimed where there is none: %s" % (label, percent(silent, untitled)))
            else:
                found, possible, total = result
                print("%s: leads found: %s; a candidate in %d" % (label, percent(found, total), possible))
        print()
        if args.write:
            write(table, {name: weight for name, weight in weights.items() if name in seen})


if __name__ == "__main__":
    main()
