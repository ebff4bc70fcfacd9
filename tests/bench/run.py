#!/usr/bin/env python3
"""Measures Earmark and its rivals in turns and prints the table of bars. See README.md beside this file."""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from report import Report

HERE = pathlib.Path(__file__).resolve().parent
CLASSES = HERE.parents[1] / "resources" / "classes.tsv"


def read_classes():
    """The ontology's classes, in its order: mid, name, whether it can be a label, mids of the classes below."""
    classes = []
    for line in CLASSES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            index, mid, name, _, children = line.split("\t")
            classes.append((mid, name, bool(index), [child for child in children.split(",") if child]))
    return classes


def make_questions(classes):
    """What the rivals are asked, in mids: they know no names."""
    mids = {name: mid for mid, name, is_label, _ in classes if is_label}
    below = {mid: children for mid, _, _, children in classes}

    def under(mid, seen):
        if mid not in seen:
            seen.add(mid)
            for child in below[mid]:
                under(child, seen)
        return seen

    def question(any_of=(), all_of=(), none_of=()):
        return {key: [mids[name] for name in names] for key, names in
                (("any", any_of), ("all", all_of), ("none", none_of))}

    return {
        "labels": {
            "label": question(any_of=["Vehicle"]),
            "any": question(any_of=["Vehicle", "Dog", "Siren"]),
            "not": question(all_of=["Speech", "Music"], none_of=["Vehicle"]),
            "classes": question(any_of=[name for name in mids if "guitar" in name.lower()]),
        },
        "nodes": [sorted(under(mid, set())) for mid, _, _, _ in classes],
    }


class Contender:
    """A program that prints a line of JSON for each thing measured."""

    def __init__(self, name, command, rounds=None, platform_plugin="offscreen", folder=None):
        self.name = name
        self.command = [str(part) for part in command]
        self.rounds = rounds  # fewer than the others when it is very slow
        self.environment = os.environ | {"QT_QPA_PLATFORM": platform_plugin}
        self.folder = folder
        self.results = {}  # what: list of dictionaries, one a round

    def run(self):
        done = subprocess.run(self.command, capture_output=True, text=True, check=False, env=self.environment,
                              cwd=self.folder)
        if done.returncode != 0:
            sys.exit(f"{self.name} failed ({' '.join(self.command)}):\n{done.stderr}")
        for line in done.stdout.splitlines():
            result = json.loads(line)
            self.results.setdefault(result.pop("what"), []).append(result)


class Ripgrep(Contender):
    """Counts the lines of the raw file that hold aB3; only ids can."""

    def run(self):
        with subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True) as process:
            hits = int(process.stdout.read())
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
        cpu = (usage.ru_utime + usage.ru_stime) * 1000
        self.results.setdefault("id/raw file", []).append({"cpu": cpu, "hits": hits})


class Data:
    """The files, made when they are not there or the generator is newer."""

    def __init__(self, generator, folder):
        self.generator = generator
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def file(self, name, *options):
        path = self.folder / f"{name}.csv"
        if not path.exists() or path.stat().st_mtime < self.generator.stat().st_mtime:
            subprocess.run([self.generator, *options, CLASSES, path], check=True)
        path.read_bytes()  # a warm cache for everybody
        return path


def python_with_pandas():
    for python in filter(None, (shutil.which("python3"), "/usr/bin/python3")):
        if subprocess.run([python, "-c", "import pandas"], capture_output=True, check=False).returncode == 0:
            return python
    return None


def make_contenders(build, data, split, questions, missing):
    """In the order of their turns; a rival that is not there is named in `missing`."""
    programs = build / "bin"
    contenders = [
        Contender("Earmark", [programs / "earmark-bench-table", split]),
        Contender("Earmark, distinct", [programs / "earmark-bench-table", data.file("distinct", "--distinct-sets")]),
        Contender("Earmark, shuffled", [programs / "earmark-bench-table", data.file("shuffled", "--shuffled")]),
    ]
    rivals = build / "rivals"
    node, python, ripgrep = shutil.which("node"), python_with_pandas(), shutil.which("rg")
    if node and (rivals / "node_modules" / "@duckdb").exists():
        contenders.append(Contender("DuckDB", [node, HERE / "rivals/duckdb.mjs", split, questions], folder=rivals))
    else:
        missing.append("DuckDB")
    if (programs / "earmark-bench-sqlite").exists():
        contenders.append(Contender("SQLite", [programs / "earmark-bench-sqlite", split]))
    else:
        missing.append("SQLite")
    if python:
        contenders.append(Contender("pandas", [python, HERE / "rivals/frames.py", split, questions]))
    else:
        missing.append("pandas")
    if ripgrep:
        contenders.append(Ripgrep("ripgrep", [ripgrep, "--fixed-strings", "--count", "aB3", split]))
    else:
        missing.append("ripgrep")
    if (programs / "earmark-bench-proxy").exists():
        fifth = data.file("fifth", "--rows", "408358")
        contenders.append(Contender("QSortFilterProxyModel", [programs / "earmark-bench-proxy", fifth], rounds=1))
    else:
        missing.append("QSortFilterProxyModel")
    return contenders


def make_typists(build, split, rounds, before):
    """Key by key, in the page and in the whole window; after the others, as wall time wants a quiet machine."""
    program = build / "bin" / "earmark-bench-keys"
    if not program.exists():
        return []
    typists = []
    for part in ("page", "window"):
        command = [program, f"--{part}", split, rounds]
        typists.append(Contender(f"{part}, offscreen", [*before, *command]))
        if shutil.which("Xvfb"):
            desktop = HERE.parent / "support" / "withdesktop.sh"
            typists.append(Contender(f"{part}, X11", [*before, desktop, *command], platform_plugin="xcb"))
    return typists


def compare(contenders):
    """Everybody was asked the same: the answers must be the same. Returns what is wrong."""
    faults = []
    answers = {}  # (file, what): (name, hits, sum)
    for contender in contenders:
        # Those that read another file have nobody to agree with but themselves.
        group = contender.name if ", " in contender.name or contender.name == "QSortFilterProxyModel" else "all"
        for what, results in contender.results.items():
            for result in results:
                if "hits" not in result:
                    continue
                question = (group, what.split("/")[0])
                answer = (result["hits"], result.get("sum"))
                name, hits, total = answers.setdefault(question, (contender.name, *answer))
                if answer[0] != hits or None not in (answer[1], total) and answer[1] != total:
                    faults.append(f"{question[1]}: {contender.name} says {answer}, {name} says {(hits, total)}")
    return faults


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{models[0] if models else platform.processor()}, {os.cpu_count()} cores"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where run.sh built the programs")
    parser.add_argument("--split", type=pathlib.Path, help="another file than the generated one, such as the real one")
    parser.add_argument("--rounds", type=int, default=5, help="turns for everybody (5)")
    parser.add_argument("--key-rounds", type=int, default=20, help="how often the query is typed and deleted (20)")
    parser.add_argument("--no-keys", action="store_true", help="leave the window out")
    parser.add_argument("--all", action="store_true", help="also print everything that was measured")
    parser.add_argument("--realtime", action="store_true",
                        help="type before everything else on a machine that others use (as root)")
    parser.add_argument("--only-keys", action="store_true", help="the window alone")
    options = parser.parse_args()

    build = options.build.resolve()
    data = Data(build / "bin" / "earmark-bench-data", build / "data")
    split = options.split.resolve() if options.split else data.file("unbalanced")
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        questions = pathlib.Path(folder) / "questions.json"
        questions.write_text(json.dumps(make_questions(read_classes())), encoding="utf-8")
        contenders = [] if options.only_keys else make_contenders(build, data, split, questions, missing)
        for number in range(options.rounds):
            for contender in contenders:
                if contender.rounds is None or number < contender.rounds:
                    print(f"round {number + 1} of {options.rounds}: {contender.name}", file=sys.stderr)
                    contender.run()
    typists = []
    if not options.no_keys:
        typists = make_typists(build, split, options.key_rounds, ["chrt", "-r", "20"] if options.realtime else [])
    loads = []
    for typist in typists:
        print(f"keys: {typist.name}", file=sys.stderr)
        loads.append(os.getloadavg()[0])
        typist.run()
    loads.append(os.getloadavg()[0])

    report = Report(contenders, typists, missing)
    priority = " with real-time priority" if options.realtime else ""
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}; least CPU of {options.rounds} rounds in turns; "
          f"keys: wall{priority}, at a load of {statistics.mean(loads):.1f}\n")
    missed = report.write(sys.stdout, options.all)
    faults = compare(contenders)
    for fault in faults:
        print(f"\nThe answers differ: {fault}")
    sys.exit(1 if missed or faults else 0)


if __name__ == "__main__":
    main()
