"""Publishes files as most generators do: it empties each live file and then writes to it.

usage: careless.py SOURCE SITE [SECONDS]

The tests in this folder run this script to prove that they detect a publisher whose files can be read half-written.
SECONDS is the pause before each write, which simulates a slow disk.
"""
import os
import pathlib
import sys
import time

source, site = map(pathlib.Path, sys.argv[1:3])
pause = float(sys.argv[3]) if len(sys.argv) > 3 else 0
for path in sorted(source.rglob("*")):
    if path.is_file():
        target = site / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        half = len(content) // 2
        try:
            file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            for piece in (content[:half], content[half:]):
                time.sleep(pause)
                os.write(file, piece)
            os.close(file)
        except OSError as error:
            print(f"cannot write {target}: {error.strerror}", file=sys.stderr)
            sys.exit(4)
