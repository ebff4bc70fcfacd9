"""The method of the common script: a pool of processes that have yt-dlp loaded, a barrier after every batch of as many
clips, the section as m4a, then ffmpeg, then sox.

    script.py ADDRESS WORKERS FOLDER < lines of "ytid start end"
"""

import multiprocessing
import os
import subprocess
import sys

import yt_dlp
from yt_dlp.utils import download_range_func


def fetch(job):
    address, folder, ytid, start, end = job
    stem = os.path.join(folder, f"Y{ytid}_{start}_{end}")
    options = {
        "format": "m4a/bestaudio/best",
        "outtmpl": stem + ".%(ext)s",
        "download_ranges": download_range_func(None, [(int(start), int(end))]),
        "postprocessors": [{"key": "FFmpegExtractAudio", "preferredcodec": "m4a"}],
        "quiet": True,
        "noprogress": True,
        "no_warnings": True,
    }
    with yt_dlp.YoutubeDL(options) as downloader:
        downloader.download([address.replace("{ytid}", ytid)])
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-i", stem + ".m4a", stem + "_temp.wav"], check=True)
    subprocess.run(["sox", stem + "_temp.wav", "-G", "-c", "1", "-b", "16", "-r", "44100", stem + ".wav"], check=True)
    os.remove(stem + "_temp.wav")


if __name__ == "__main__":
    source, workers, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    jobs = [(source, target, *line.split()) for line in sys.stdin]
    with multiprocessing.Pool(workers) as pool:
        for first in range(0, len(jobs), workers):
            pool.map(fetch, jobs[first:first + workers])
