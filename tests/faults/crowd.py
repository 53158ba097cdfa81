"""Many processes at once: builds that compete and are killed, and readers that read during builds.

    python3 tests/faults/crowd.py PROGRAM [--rounds 20] [--builds 100] [--alternations 1000] [--readers 8]

Competing: in each round, the input changes or the site has no feeds yet, and many builds start at once, half of them
with `--wait`. Half of all builds get a SIGKILL, SIGTERM or SIGINT soon after they start. This kills about 30% of all
builds; the others have finished by then. A build that was not killed must exit with code 0 or, without `--wait`, 75.
Every published file must be of the old or the new generation. One more build must give the new generation and leave no
temporary file.

Watching: while builds alternate between two inputs, readers open every published file repeatedly. They must always read
a complete known generation. The test must detect the careless publisher.
"""
import collections
import fcntl
import hashlib
import multiprocessing
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

from publisher import (
    CARELESS, NOW, PUBLISHED, build, faults_of, generations, leftovers, make_source, option, place, program, published,
    write_input,
)


def test_lock(feedwright, site, old, new):
    """A build that finds the lock taken exits with code 75 and changes nothing. With `--wait`, it waits."""
    faults = []
    write_input(site, "two")
    with open(site / "feeds/.feedwright.lock", "r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = build(feedwright, site)
        if done.returncode != 75 or ".feedwright.lock" not in done.stderr or "--wait" not in done.stderr:
            faults.append(f"locked: exit {done.returncode}: {done.stderr.strip()}")
        waiting = subprocess.Popen([feedwright, "build", "--now", NOW, "--wait"], cwd=site, stdout=subprocess.DEVNULL)
        time.sleep(2)
        if waiting.poll() is not None or published(site) != old:
            faults.append("locked: a build with --wait does not wait")
    if waiting.wait() or published(site) != new:
        faults.append("locked: a build with --wait fails after the lock is released")
    return faults


def compete(name, feedwright, site, rounds, builds, generations_in_turn):
    """Runs rounds of simultaneous builds. Before each round, the input changes, or the site is reset."""
    chance = random.Random(1)
    codes, faults = collections.Counter(), []
    for number in range(rounds):
        generation, new = generations_in_turn[number % len(generations_in_turn)]
        if len(generations_in_turn) == 1:
            shutil.rmtree(site)
        old = published(site)
        write_input(site, generation)
        running, ends = [], []
        for index in range(builds):
            wait = ["--wait"] if index % 2 else []
            one = subprocess.Popen(
                [feedwright, "build", "--now", NOW, *wait], cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            running.append((one, bool(wait)))
            if chance.random() < 0.5:
                how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
                ends.append((time.monotonic() + chance.random() / 12, one, how))
            ends = end(ends)
        while ends:
            time.sleep(0.005)
            ends = end(ends)
        for one, waits in running:
            code = one.wait()
            codes[code] += 1
            if code not in (0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT) and not (code == 75 and not waits):
                faults.append(f"round {number}: exit {code}")
        faults += [f"round {number}: {fault}" for fault in faults_of(published(site), old, new)]
        done = build(feedwright, site)
        if done.returncode or published(site) != new or leftovers(site):
            faults.append(f"round {number}: the next build exits with code {done.returncode} and leaves {leftovers(site)}: {done.stderr}")
    exits = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
    print(f"competing, {name}: {rounds} rounds of {builds} builds, {len(faults)} faults; exit codes {exits}")
    return faults


def end(ends):
    """Sends the signals that are due, and returns those that are not due yet."""
    now = time.monotonic()
    for when, one, how in ends:
        if when <= now and one.poll() is None:
            one.send_signal(how)
    return [(when, one, how) for when, one, how in ends if when > now]


def read_on(site, known, stop, results):
    """A reader: counts its reads, the reads that do not return a known generation, and the missing files."""
    reads, torn, missing = 0, 0, 0
    while not stop.is_set():
        for name in PUBLISHED:
            try:
                content = (site / name).read_bytes()
            except FileNotFoundError:
                missing += 1
                continue
            reads += 1
            torn += hashlib.sha256(content).digest() not in known[name]
        time.sleep(0.001)
    results.put((reads, torn, missing))


def watch(name, publish, site, alternations, readers, known):
    digests = {
        file: {hashlib.sha256(generation[file]).digest() for generation in known.values()} for file in PUBLISHED
    }
    stop, results = multiprocessing.Event(), multiprocessing.Queue()
    watchers = [multiprocessing.Process(target=read_on, args=(site, digests, stop, results)) for _ in range(readers)]
    for watcher in watchers:
        watcher.start()
    failed = sum(publish(("one", "two")[number % 2]) for number in range(alternations))
    stop.set()
    reads, torn, missing = map(sum, zip(*(results.get() for _ in watchers)))
    for watcher in watchers:
        watcher.join()
    print(f"watching, {name}: {alternations} builds, {failed} failed; {readers} readers, {reads} reads, {torn} torn files, {missing} missing files")
    return torn + missing, failed


def main():
    os.nice(10)
    feedwright = program()
    rounds, builds = option("--rounds", 20), option("--builds", 100)
    alternations, readers = option("--alternations", 1000), option("--readers", 8)
    with place() as folder:
        site, old, new = generations(feedwright, folder)
        known = {"one": old, "two": new}
        faults = test_lock(feedwright, site, old, new)
        faults += compete("changed feeds", feedwright, site, rounds, builds, list(known.items()))
        bare = pathlib.Path(folder) / "bare"
        write_input(bare, "one")
        build(feedwright, bare)
        faults += compete("first feeds", feedwright, bare, max(1, rounds // 4), builds, [("one", published(bare))])

        def publish(generation):
            write_input(site, generation)
            return build(feedwright, site).returncode != 0

        publish("one")
        seen, failed = watch("feedwright", publish, site, alternations, readers, known)
        if seen or failed:
            faults.append(f"{seen} reads did not return a known generation, {failed} builds failed")
        sources = {name: make_source(os.path.join(folder, name), files) for name, files in known.items()}

        def publish_carelessly(generation):
            # The files are in memory, so the pauses simulate a disk.
            careless = [sys.executable, CARELESS, sources[generation], site, "0.001"]
            return subprocess.run(careless, check=False).returncode != 0

        caught, _ = watch("careless", publish_carelessly, site, 20, readers, known)
        if not caught:
            faults.append("the careless publisher was not detected, so this test detects nothing")
        shutil.rmtree(site)
    for fault in faults:
        print(f"    {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
