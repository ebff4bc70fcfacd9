#!/usr/bin/env python3
"""Measures what stands between a key and the clip that is seen and heard, and what its pictures cost beside ffmpeg and
SoX. Prints the table of bars. See README.md beside this file."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from engine import lines_of
from report import FRAME, Bars
from run import machine

LENGTH, RATE = 10, 44_100
WIDTH = 1000  # of the pictures
NOTHING = ["ffmpeg", "-loglevel", "error", "-version"]


class Stage:
    """What the measurements below are made with."""

    def __init__(self, programs, folder, options):
        self.programs, self.folder, self.options = programs, folder, options
        self.clips = folder / "clips"
        self.clips.mkdir()
        for number in range(24):
            make_clip(self.clips / f"{number:02}.wav", number)

    @property
    def clip(self):
        return self.clips / "00.wav"

    def program(self, name):
        """The command that runs one of ours; before everything else on a machine that others use."""
        before = ["chrt", "-R", "-r", "20"] if self.options.realtime else []
        return [*before, self.programs / f"earmark-bench-{name}"]


def make_clip(path, number):
    """Something of everything: a tune, a sweep, noise that comes and goes."""
    source = (f"aevalsrc='0.2*sin(2*PI*t*({200 + 31 * number}+100*floor(t)))+0.1*sin(2*PI*t*(300+400*t))"
              f"+0.05*random({number})*(0.5+0.5*sin(3*t))':s={RATE}:d={LENGTH}")
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i", source, "-c:a", "pcm_s16le", "-bitexact",
                    str(path)], check=True)


def process_cpu(command):
    """CPU ms of a whole process, all its threads."""
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} failed:\n{said.decode(errors='replace')}")
    return (usage.ru_utime + usage.ru_stime) * 1000


def measure_pictures(bars, stage):
    picture = stage.folder / "picture.png"
    # Both with an FFT of the same size as ours; ffmpeg takes thirty times as long for 300 rows.
    rivals = {"ffmpeg": ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", stage.clip, "-lavfi",
                         f"showspectrumpic=s={WIDTH}x512:legend=0", picture]}
    if shutil.which("sox"):
        rivals["sox"] = ["sox", stage.clip, "-n", "spectrogram", "-r", "-x", str(WIDTH), "-y", "513", "-o", picture]
    whole = [*stage.program("pictures"), stage.clip, stage.folder / "picture.pgm"]
    ways = {"Earmark": whole, "ffmpeg, nothing": NOTHING, **rivals}
    cpu = {name: [] for name in ways}
    ours = []
    for _ in range(stage.options.rounds):
        ours.append(lines_of([*stage.program("pictures"), stage.clip]))
        for name, command in ways.items():
            cpu[name].append(process_cpu(command))
    least = {name: min(times) for name, times in cpu.items()}
    pictures = min(lines["pictures"]["cpu"] for lines in ours)
    bars.add("spectrogram + peaks of 10 s, CPU", pictures, 5)
    for name in ("ffmpeg", "sox"):
        bars.add("spectrogram + peaks, CPU / whole process", pictures, 1 / 3, rival=(least.get(name), name))
    bars.add("spectrogram + peaks, CPU / process without its start", pictures, 1 / 3,
             rival=(least["ffmpeg"] - least["ffmpeg, nothing"], "ffmpeg"))
    for name in ("ffmpeg", "sox"):
        bars.add("the same as a whole process, CPU", least["Earmark"], 1, rival=(least.get(name), name))
    bars.add("measurements of a clip, CPU", min(lines["measure"]["cpu"] for lines in ours), 5)


def measure_view(bars, stage):
    told = lines_of([*stage.program("view"), stage.clips, str(stage.options.times), str(stage.options.clips)])
    bars.add("key → picture painted, neighbour decoded: p99", told["ahead"]["p99"], FRAME)
    bars.add("key → picture painted, cold: p99", told["cold"]["p99"], 50)
    review = told["review"]
    # A tenth of what the cache keeps.
    bars.add(f"memory: growth from clip 500 to {review['clips']:,} (RssAnon)", review["grown"], 6.4e6, "MB")


def measure_playback(bars, stage):
    told = {what: line["value"] for what, line in lines_of([*stage.program("playback"), str(stage.options.times // 2)]).items()}
    for what in ("in memory", "on disk"):
        bars.add(f"key → first sample handed to the output, {what}: p99", told[f"key to first sample handed, {what} p99"], 30)
    bars.add("key → first sample in the recording, on disk: p99", told["key to first sample heard, on disk p99"], 50)
    bars.add("playhead beside the recording: p99", told["playhead error p99"], 20)


# Each adds its bars.
MEASUREMENTS = {"pictures": measure_pictures, "view": measure_view, "playback": measure_playback}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where run.sh built the programs")
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="not all of them")
    parser.add_argument("--rounds", type=int, default=7, help="turns for everybody (7)")
    parser.add_argument("--times", type=int, default=400, help="pictures that are waited for (400)")
    parser.add_argument("--clips", type=int, default=10_000, help="in the review (10,000)")
    parser.add_argument("--realtime", action="store_true",
                        help="let ours go before everything else on a machine that others use (as root)")
    options = parser.parse_args()
    bars = Bars()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(options.build.resolve() / "bin", pathlib.Path(folder), options)
        for name in options.only or MEASUREMENTS:
            MEASUREMENTS[name](bars, stage)
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}; least CPU of {options.rounds} rounds in turns, {options.times} pictures, "
          f"at a load of {os.getloadavg()[0]:.1f}\n")
    bars.write_bars(sys.stdout)
    sys.exit(1 if bars.missed else 0)


if __name__ == "__main__":
    main()
