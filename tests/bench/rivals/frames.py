"""pandas: one line of JSON for each thing measured.

    python3 frames.py SPLIT QUESTIONS.json

As text, the way most scripts ask, and the way an expert would: labels as a category, a question answered once for
each distinct text and then looked up for each row. Also counts all classes independently, for comparing.
"""

import json
import re
import sys
import time

import numpy
import pandas

REPEATS = 5


def memory():
    with open("/proc/self/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["RssAnon"].split()[0]) * 1024, int(fields["VmHWM"].split()[0]) * 1024


def timed(work):
    """CPU milliseconds of all threads, and what came out."""
    before = time.process_time()
    result = work()
    return (time.process_time() - before) * 1000, result


def tell(what, cpu, **more):
    print(json.dumps({"what": what, "cpu": cpu, **more}), flush=True)


def measure(what, work, total=lambda rows: int(rows.sum())):
    best, rows = timed(work)
    if best < 200:
        best = min([best] + [timed(work)[0] for _ in range(REPEATS - 1)])
    tell(what, best, hits=len(rows), sum=str(total(rows)))


def read(split):
    return pandas.read_csv(
        split, comment="#", header=None, skipinitialspace=True, names=["ytid", "start", "stop", "labels"]
    )


def by_text(frame, question):
    def has(mids):
        return frame.labels.str.contains("(?:^|,)(?:" + "|".join(map(re.escape, mids)) + ")(?:,|$)")

    found = numpy.ones(len(frame), dtype=bool)
    for mid in question["all"]:
        found &= has([mid])
    if question["any"]:
        found &= has(question["any"])
    if question["none"]:
        found &= ~has(question["none"])
    return numpy.flatnonzero(found)


class ByCategory:
    def __init__(self, frame):
        labels = frame.labels.astype("category").cat
        self.codes = labels.codes.to_numpy()
        sets = [text.split(",") for text in labels.categories]
        self.mids = sorted({mid for one in sets for mid in one})
        numbers = {mid: number for number, mid in enumerate(self.mids)}
        # One column of booleans for each label: 19 MB, and the fastest way to ask.
        self.has = numpy.zeros((len(self.mids), len(sets)), dtype=bool)
        for place, one in enumerate(sets):
            self.has[[numbers[mid] for mid in one], place] = True

    def of(self, mids):
        return self.has[[self.mids.index(mid) for mid in mids]]

    def mask(self, question):
        fits = numpy.ones(self.has.shape[1], dtype=bool)
        if question["all"]:
            fits &= self.of(question["all"]).all(axis=0)
        if question["any"]:
            fits &= self.of(question["any"]).any(axis=0)
        if question["none"]:
            fits &= ~self.of(question["none"]).any(axis=0)
        return fits[self.codes]

    def count(self, nodes):
        """How many rows have each of these classes, or one below it."""
        per_set = numpy.bincount(self.codes, minlength=self.has.shape[1])
        known = set(self.mids)
        return [
            int(per_set[self.of(below).any(axis=0)].sum()) if (below := [m for m in node if m in known]) else 0
            for node in nodes
        ]


def main():
    split, question_file = sys.argv[1:]
    with open(question_file, encoding="utf-8") as file:
        questions = json.load(file)
    kept, peak = memory()
    cpu, frame = timed(lambda: read(split))
    now_kept, now_peak = memory()
    tell("open", cpu, kept=now_kept - kept, peak=now_peak - peak)
    cpu, category = timed(lambda: ByCategory(frame))
    tell("prepare category", cpu)
    for name, question in questions["labels"].items():
        measure(f"{name}/text", lambda: by_text(frame, question))
        measure(f"{name}/category", lambda: numpy.flatnonzero(category.mask(question)))
    guitars = questions["labels"]["classes"]
    measure(
        "word/category",  # a word is sought in ids as well
        lambda: numpy.flatnonzero(category.mask(guitars) | frame.ytid.str.contains("guitar", case=False)),
    )
    measure("id/text", lambda: numpy.flatnonzero(frame.ytid.str.contains("aB3", regex=False)))
    measure("duration/text", lambda: numpy.flatnonzero((frame.stop - frame.start).to_numpy() < 10))
    measure(
        "sort/text",
        lambda: numpy.argsort(frame.start.to_numpy(), kind="stable"),
        lambda order: int((frame.start.to_numpy()[order] * numpy.arange(1, len(frame) + 1)).astype("int64").sum()),
    )
    cpu, counts = timed(lambda: category.count(questions["nodes"]))
    tell("counts/category", cpu, hits=sum(counts), sum=str(sum(i * n for i, n in enumerate(counts, 1))))


main()
