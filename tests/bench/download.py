#!/usr/bin/env python3
"""Fetches the same sections from a server on this machine with Earmark and its rivals, in turns, and prints the table of
bars. See README.md beside this file."""

import argparse
import concurrent.futures
import ctypes
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

from report import Bars
from run import machine

HERE = pathlib.Path(__file__).resolve().parent
SECONDS, LENGTH, BITRATE = 200, 10, 128_000
PYTHON = "/usr/bin/python3"  # the one that has yt-dlp from the system's packages


def adopt_orphans():
    """What a program leaves behind becomes a child of this one, and so counts as the program's."""
    set_child_subreaper = 36
    ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0)


def make_sound(path):
    """As YouTube has it: an m4a in fragments of ten seconds, with an index in front."""
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
                    f"anoisesrc=d={SECONDS}:c=pink:r=44100:a=0.3", "-c:a", "aac", "-b:a", str(BITRATE),
                    "-movflags", "dash+empty_moov+global_sidx", "-frag_duration", "10000000", str(path)], check=True)


def make_zipapp(path):
    """yt-dlp as its releases have it: the sources in a zip, compiled anew in every process."""
    import_path = subprocess.run([PYTHON, "-c", "import yt_dlp; print(yt_dlp.__path__[0])"], capture_output=True,
                                 text=True, check=True).stdout.strip()
    package = pathlib.Path(import_path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(package.rglob("*.py")):
            archive.write(file, pathlib.Path("yt_dlp") / file.relative_to(package))
        archive.write(package / "__main__.py", "__main__.py")


class Server:
    def __init__(self, sound):
        self.process = subprocess.Popen([sys.executable, str(HERE / "mediaserver.py"), str(sound)],
                                        stdout=subprocess.PIPE, text=True)
        self.address = f"http://127.0.0.1:{self.process.stdout.readline().strip()}"
        self.template = self.address + "/{ytid}.m4a"

    def sent(self):
        with urllib.request.urlopen(self.address + "/sent") as answer:
            return int(answer.read())


class Fetcher:
    """A way to fetch clips. `run(clips, folder)` leaves as many files with `ending` there as there are clips."""

    def __init__(self, name, run, ending, most=None):
        self.name, self.run, self.ending = name, run, ending
        self.most = most  # clips: fewer than the others when it is very slow
        self.rounds = []  # (CPU-s a clip, clips a minute, bytes a clip)

    def measure(self, clips, server, keep=None):
        clips = clips[:self.most]
        with tempfile.TemporaryDirectory() as folder:
            before, sent, begun = children_cpu(), server.sent(), time.monotonic()
            self.run(clips, pathlib.Path(folder))
            minutes = (time.monotonic() - begun) / 60
            reap_orphans(server.process.pid)
            cpu = children_cpu() - before
            files = [file for file in pathlib.Path(folder).rglob(f"Y*{self.ending}") if file.stat().st_size > 10_000]
            if len(files) != len(clips):
                sys.exit(f"{self.name} made {len(files)} files of {len(clips)}")
            self.rounds.append((cpu / len(clips), len(clips) / minutes, (server.sent() - sent) / len(clips)))

    def least(self, figure):
        return min(each[figure] for each in self.rounds) if self.rounds else None


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def reap_orphans(server):
    """Waits for all that the program has left behind."""
    while True:
        children = pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        orphans = [int(child) for child in children if int(child) != server]
        if not orphans:
            return
        for orphan in orphans:
            os.waitpid(orphan, 0)


def start_all(commands, workers):
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for done in pool.map(lambda command: subprocess.run(command, capture_output=True, check=False), commands):
            if done.returncode != 0:
                sys.exit(f"{done.args[0]} failed:\n{done.stderr.decode(errors='replace')}")


def make_fetchers(build, server, workers, zipapp):
    def earmark(clips, folder):
        split = folder / "split.csv"
        split.write_text("".join(f'{ytid}, {start}.000, {end}.000, "/m/09x0r"\n' for ytid, start, end in clips),
                         encoding="ascii")
        start_all([[build / "bin" / "earmark-cli", "fetch", split, "--into", folder / "clips", "--source",
                    server.template, "--workers", str(workers), "--json"]], 1)

    def script(clips, folder):
        lines = "".join(f"{ytid} {start} {end}\n" for ytid, start, end in clips)
        subprocess.run([PYTHON, HERE / "rivals/script.py", server.template, str(workers), folder], input=lines, text=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def address(ytid):
        return server.template.replace("{ytid}", ytid)

    def one_each(clips, folder):
        start_all([[PYTHON, zipapp, "--ignore-config", "--no-update", "-f", "bestaudio/best", "-x", "--audio-format", "wav",
                    "--postprocessor-args", "ExtractAudio:-ar 44100 -ac 1", "--download-sections", f"*{start}-{end}",
                    "-o", folder / f"Y{ytid}_{start}_{end}.%(ext)s", address(ytid)]
                   for ytid, start, end in clips], workers)

    def ffmpeg(clips, folder):
        start_all([["ffmpeg", "-loglevel", "error", "-ss", str(start), "-t", str(end - start), "-i", address(ytid), "-vn",
                    "-c", "copy", folder / f"Y{ytid}_{start}_{end}.mka"] for ytid, start, end in clips], workers)

    fetchers = [Fetcher("Earmark", earmark, ".wav"), Fetcher("one yt-dlp a clip", one_each, ".wav", most=16),
                Fetcher("ffmpeg alone", ffmpeg, ".mka")]
    if shutil.which("sox"):
        fetchers.insert(1, Fetcher("the script's method", script, ".wav"))
    return fetchers


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where run.sh built the programs")
    parser.add_argument("--clips", type=int, default=96)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3, help="turns for everybody (3)")
    options = parser.parse_args()
    adopt_orphans()
    # Not at whole packets of AAC, and all over the file.
    clips = [(f"bench{number:05}_", 10 + number * 37 % (SECONDS - 2 * LENGTH), 20 + number * 37 % (SECONDS - 2 * LENGTH))
             for number in range(options.clips)]
    with tempfile.TemporaryDirectory() as folder:
        sound, zipapp = pathlib.Path(folder) / "sound.m4a", pathlib.Path(folder) / "yt-dlp"
        make_sound(sound)
        make_zipapp(zipapp)
        server = Server(sound)
        try:
            fetchers = make_fetchers(options.build.resolve(), server, options.workers, zipapp)
            for number in range(options.rounds):
                for fetcher in fetchers:
                    print(f"round {number + 1} of {options.rounds}: {fetcher.name}", file=sys.stderr)
                    fetcher.measure(clips, server)
        finally:
            server.process.kill()
            server.process.wait()
        section = sound.stat().st_size / SECONDS * LENGTH
    ways = {fetcher.name: fetcher for fetcher in fetchers}

    def rival(name, figure):
        return (ways[name].least(figure) if name in ways else None), name

    bars = Bars()
    ours = ways["Earmark"].least(0)
    bars.add("CPU of a clip, all processes", ours, 1 / 2, "CPU-s", rival("the script's method", 0))
    bars.add("CPU of a clip, all processes", ours, 1 / 8, "CPU-s", rival("one yt-dlp a clip", 0))
    bars.add("CPU of a clip, all processes", ours, 2, "CPU-s", rival("ffmpeg alone", 0))
    # Of times, so that less is better, as everywhere in the table.
    pace = {name: 60 / max(each[1] for each in fetcher.rounds) for name, fetcher in ways.items()}
    bars.add("seconds a clip", pace["Earmark"], 1 / 2, "s", (pace.get("the script's method"), "the script's method"))
    bars.add("bytes over the network / the section's own", ways["Earmark"].least(2), 2.7, "bytes",
             (section, "the section"))
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}; {options.clips} clips of {LENGTH} s with {options.workers} workers, "
          f"best of {options.rounds} rounds in turns, at a load of {os.getloadavg()[0]:.1f}\n")
    bars.write_bars(sys.stdout)
    sys.exit(1 if bars.missed else 0)


if __name__ == "__main__":
    main()
