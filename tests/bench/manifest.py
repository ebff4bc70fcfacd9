#!/usr/bin/env python3
"""Measures exports of two million clips as whole processes, and their lines beside Python's json writing the same. Prints the table
of bars. See README.md beside this file."""

import argparse
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from engine import lines_of
from report import Bars
from run import machine

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


def make_clips(programs, folder, rows):
    """A split of so many rows and a workspace that has a clip of each: made once, which takes minutes."""
    split, clips, draft = folder / "split.csv", folder / "clips", folder / "draft"
    if not clips.exists():
        print(f"making a workspace of {rows:,} clips", file=sys.stderr)
        shutil.rmtree(draft, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([programs / "earmark-bench-data", "--rows", str(rows), CLASSES, split], check=True)
        subprocess.run([programs / "earmark-bench-manifest", "make", split, draft], check=True)
        draft.rename(clips)
    return split, clips


def export(programs, clips, out, *options):
    """Wall and CPU ms of the whole program, and the most memory that it had, bytes."""
    print(f"earmark-cli export {' '.join(options)}", file=sys.stderr)
    begun = time.monotonic()
    with subprocess.Popen([programs / "earmark-cli", "export", clips, "--out", out, *options],
                          stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("the export failed")
    return {"wall": (time.monotonic() - begun) * 1000, "cpu": (usage.ru_utime + usage.ru_stime) * 1000,
            "peak": usage.ru_maxrss * 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where run.sh built the programs")
    parser.add_argument("--rounds", type=int, default=3, help="turns for everybody (3)")
    parser.add_argument("--rows", type=int, default=2_041_789, help="clips, fewer for a quick look (2,041,789)")
    options = parser.parse_args()
    programs = options.build.resolve() / "bin"
    split, clips = make_clips(programs, options.build.resolve() / f"data/manifest-{options.rows}", options.rows)
    wholes, splits, steps, rivals = [], [], [], []
    with tempfile.TemporaryDirectory(dir=clips.parent) as folder:
        out = pathlib.Path(folder) / "manifest.json"
        for _ in range(options.rounds):
            wholes.append(export(programs, clips, out))
            splits.append(export(programs, clips, pathlib.Path(folder) / "parts", "--split", "80/10/10"))
            steps.append(lines_of([programs / "earmark-bench-manifest", "steps", clips, out]))
            rivals.append(python_ms(out, pathlib.Path(folder) / "python.json"))
        table = lines_of([programs / "earmark-bench-manifest", "table", split])["table"]
    bars = Bars()

    def least(runs, key):
        return min(run[key] for run in runs)

    bars.add("a whole export, wall", least(wholes, "wall"), 4000)
    bars.add("the same, CPU", least(wholes, "cpu"), 6000)
    bars.add("its peak memory above the table (VmHWM)", least(wholes, "peak") - table["resident"], 200e6, "MB")
    written = min(run["write"]["cpu"] for run in steps)
    bars.add("its lines written, CPU / Python's json", written, 1 / 3, rival=(min(rivals), "Python"))
    bars.add("split into 80/10/10, what it takes longer, CPU", least(splits, "cpu") - least(wholes, "cpu"), 4000)
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}; {table['rows']:,} clips, least of {options.rounds} rounds in turns, at a load "
          f"of {os.getloadavg()[0]:.1f}\n")
    bars.write_bars(sys.stdout)
    sys.exit(1 if bars.missed else 0)


if __name__ == "__main__":
    main()
