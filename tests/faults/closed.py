"""No network and no foreign files: `build` and `check` open only the site, and the files that every program opens.

    python3 tests/faults/closed.py PROGRAM

strace lists every system call. No call may create or use a socket or start another program. Each opened file must be in
the site, belong to the loader, or describe the process (memory, processors). There is one documented exception:
`.gitignore` and `.ignore` in parent folders hide articles, as they hide files from Git. The folder that contains the
site also has files that a program might look for in parent folders, and the articles refer to files and addresses that
a program might open. The test must detect a careless program that opens them.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from publisher import FEEDS, NOW, need, place, program, skip, write_input

# The loader, the libraries, and the files that contain the amount of memory and the number of processors.
SYSTEM = re.compile(r"/etc/ld\.so\.|/(usr/)?lib(32|64)?/.*\.so|/proc/(self|\d+)/|/sys/fs/cgroup/|/sys/devices/system/cpu|/dev/(null|tty)$")
NETWORK = re.compile(r"^\d+ +(socket|socketpair|connect|bind|listen|accept4?|send(to|msg|mmsg)|recv(from|msg|mmsg))\(")
OPENED = re.compile(r'^\d+ +(?:openat2?|open|creat)\((?:AT_FDCWD<([^>]*)>, |\d+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"(.*)$')
STARTED = re.compile(r'^\d+ +(execve(?:at)?|v?fork|clone3?)\(')

# An article with files and addresses that a program would open or fetch if it trusted its input.
TEMPTATION = """---
title: Tempting
date: 2026-01-09T10:00:00Z
image: {outside}/picture.jpg
canonical: http://192.0.2.1/canonical
enclosure: file://{outside}/sound.mp3
author: "@{outside}/author.txt"
---
![a picture](../../outside/picture.jpg) ![another](http://192.0.2.1/a.png) [a file](file://{outside}/secret.md)

<link rel="stylesheet" href="http://192.0.2.1/style.css"><img src="//192.0.2.1/b.png"><iframe src="http://192.0.2.1/"></iframe>

{{{{ include "{outside}/secret.md" }}}} {{% include ../../outside/secret.md %}}
"""
ENTITIES = """<?xml version="1.0"?>
<?xml-stylesheet href="http://192.0.2.1/style.xsl"?>
<!DOCTYPE rss SYSTEM "http://192.0.2.1/rss.dtd" [<!ENTITY stolen SYSTEM "file://{outside}/secret.md">]>
<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><title>&stolen;</title><link>http://192.0.2.1/</link>
<description><xi:include href="file://{outside}/secret.md"/></description></channel></rss>
"""


def foreign_calls(trace, site):
    """The calls of a run that reach outside its site."""
    faults = []
    started = 0
    for line in trace.read_text(errors="replace").splitlines():
        if NETWORK.search(line):
            faults.append(line)
        start = STARTED.search(line)
        if start and (start[1].startswith("exec") or "CLONE_THREAD" not in line):
            started += 1
            if started > 1:
                faults.append(line)
        opened = OPENED.search(line)
        if opened:
            # An attempt to open a missing file counts too.
            path = os.path.normpath(os.path.join(opened[1] or opened[2] or "/", opened[3]))
            inside = path == str(site) or path.startswith(f"{site}/")
            hides = os.path.basename(path) in (".gitignore", ".ignore") and str(site).startswith(os.path.dirname(path))
            if not inside and not hides and not SYSTEM.match(path):
                faults.append(line)
    return faults


def watch(command, site, folder):
    trace = folder / "trace"
    done = subprocess.run(["strace", "-f", "-y", "-qq", "-s", "4096", "-o", trace, *command], cwd=site, capture_output=True, text=True, check=False)
    if not trace.exists() or not trace.stat().st_size:
        skip(f"strace cannot trace here: {done.stderr.strip()[:200]}")
    return done, foreign_calls(trace, site)


def main():
    feedwright = program()
    need("strace")
    wrong = []
    with place() as where:
        folder = pathlib.Path(where)
        outside, site = folder / "outside", folder / "site"
        outside.mkdir()
        for name in ("secret.md", "picture.jpg", "sound.mp3", "author.txt"):
            (outside / name).write_text("secret")
        for name in ("feedwright.yaml", ".gitignore", ".ignore", ".feedwright", "_config.yml"):
            (folder / name).write_text("# not part of the site\n")
        write_input(site, "one")
        (site / "input/tempting.md").write_text(TEMPTATION.format(outside=outside))
        (site / "entities.xml").write_text(ENTITIES.format(outside=outside))
        cat = shutil.which("cat") or "/bin/cat"
        runs = {
            "first build": [feedwright, "build", "--now", NOW],
            "second build": [feedwright, "build", "--now", NOW],
            "check": [feedwright, "check", *FEEDS],
            "check of a feed that names files and addresses": [feedwright, "check", "entities.xml"],
        }
        for name, command in runs.items():
            done, faults = watch(command, site, folder)
            if done.returncode not in (0, 1):
                wrong.append(f"{name}: exit {done.returncode}: {done.stderr.strip()}")
            wrong += [f"{name}: {fault}" for fault in faults]
            print(f"{name}: exit {done.returncode}, {len(faults)} calls outside the site")
        for name, command in {
            "a careless reader of files": [cat, str(outside / "secret.md")],
            "a careless reader of addresses": [sys.executable, "-c", "import socket; socket.socket()"],
        }.items():
            _, faults = watch(command, site, folder)
            print(f"{name}: {len(faults)} calls outside the site")
            if not faults:
                wrong.append(f"{name} was not detected, so this test detects nothing")
    for fault in wrong:
        print(f"    {fault}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
