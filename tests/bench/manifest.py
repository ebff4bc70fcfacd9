#!/usr/bin/env python3
"""Measures how long two million lines of a manifest take, beside Python's json writing the same lines. Prints the table of bars.
See README.md beside this file."""

import argparse
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from engine import lines_of
from report import Bars
from run import machine

TABLE = 27  # bytes a row takes in the table of segments
CLASSES = pathlib.Path(__file__).resolve().parents[2] / "resources/classes.tsv"
AT_ONCE = 100_000  # lines that Python keeps as objects


def python_ms(manifest, out):
    """CPU ms of Python's json for writing the lines of a manifest, which it has read before."""
    spent = 0
    with open(manifest, encoding="ascii") as lines, open(out, "w", encoding="ascii") as file:
        while items := [json.loads(line) for line in itertools.islice(lines, AT_ONCE)]:
            before = time.process_time()
            encode = json.JSONEncoder(separators=(",", ":")).encode
            for item in items:
                file.write(encode(item) + "\n")
            spent += time.process_time() - before
    if subprocess.run(["cmp", manifest, out], check=False).returncode != 0:
        sys.exit("Python's json writes other lines")
    return spent * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where run.sh built the programs")
    parser.add_argument("--rounds", type=int, default=3, help="turns for everybody (3)")
    parser.add_argument("--rows", type=int, default=2_041_789, help="clips (2,041,789)")
    options = parser.parse_args()
    programs = options.build.resolve() / "bin"
    runs, rivals = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        split, clips = folder / "split.csv", folder / "clips"
        subprocess.run([programs / "earmark-bench-data", "--rows", str(options.rows), CLASSES, split], check=True)
        subprocess.run([programs / "earmark-bench-manifest", "make", split, clips], check=True)
        for _ in range(options.rounds):
            runs.append(lines_of([programs / "earmark-bench-manifest", clips, clips / "manifest.json"]))
            rivals.append(python_ms(clips / "manifest.json", folder / "python.json"))
        lines_of_all = runs[0]["memory"]["clips"]
    bars = Bars()
    least = {what: min(run[what]["cpu"] for run in runs) for what in ("read", "choose", "write")}
    bars.add("lines written, CPU / Python's json", least["write"], 1 / 3, rival=(min(rivals), "Python"))
    bars.add("clips chosen and looked for, lines written, CPU", least["choose"] + least["write"], 4000)
    bars.add("the same with the ledger read, CPU", sum(least.values()), 8000)
    bars.add("the same, wall", min(sum(run[what]["wall"] for what in least) for run in runs), 8000)
    above = min(run["memory"]["peak"] for run in runs) - TABLE * lines_of_all
    bars.add("peak memory above the table (VmHWM)", above, 200e6, "MB")
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}; {lines_of_all:,} clips, least of {options.rounds} rounds in turns, at a load of "
          f"{os.getloadavg()[0]:.1f}\n")
    bars.write_bars(sys.stdout)
    sys.exit(1 if bars.missed else 0)


if __name__ == "__main__":
    main()
