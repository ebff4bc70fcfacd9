"""The table of bars, out of what was measured."""

import statistics

FRAME = 1000 / 60  # ms
ASKED = {"label": "Vehicle", "any": "Vehicle\\|Dog\\|Siren", "not": "Speech Music -Vehicle",
         "classes": "any of 6 guitars", "word": "guitar, in names and ids"}
OURS = "Earmark"
EXPERTS = [("DuckDB", "sets"), ("DuckDB", "postings"), ("SQLite", "index"), ("SQLite", "words"), ("pandas", "category")]
LISTS = [("DuckDB", "lists"), ("DuckDB", "lists, list_has_any")]


class Bars:
    """Figures are in ms, bytes, …; one that was not measured is None."""

    def __init__(self):
        self.lines = []
        self.missed = 0

    def add(self, what, ours, limit, unit="ms", rival=None):
        """A bar: at most `limit` in itself, or that part of `rival`, which is a figure and a name."""
        if rival is None:
            shown, part, value, bar = "", "", ours, f"≤ {show(limit, unit)}"
        else:
            figure, name = rival
            value = ours / figure if None not in (ours, figure) else None
            shown = f"{show(figure, unit)} ({name})" if figure else "missing"
            part, bar = ("" if value is None else fraction(value)), f"≤ {fraction(limit)}"
        verdict = "not measured" if value is None else "met" if value <= limit else "**missed**"
        self.missed += verdict == "**missed**"
        self.lines.append((what, show(ours, unit), shown, part, bar, verdict))

    def write_bars(self, out):
        write_table(out, ("", "Earmark", "rival", "ratio", "bar", ""), self.lines)


class Report(Bars):
    """What run.py measures."""

    def __init__(self, contenders, typists, missing):
        super().__init__()
        self.contenders = {contender.name: contender for contender in contenders}
        self.typists = typists
        self.missing = missing

    def figure(self, name, what, key="cpu", of=min):
        """Out of all rounds: the least, or what `of` makes of them."""
        results = self.contenders[name].results.get(what) if name in self.contenders else None
        return of(result[key] for result in results) if results else None

    def best(self, question, ways):
        """The fastest of several (program, way)s to answer: its time and its name."""
        times = [(time, f"{name} {way}") for name, way in ways
                 if (time := self.figure(name, f"{question}/{way}")) is not None]
        return min(times, default=(None, None))

    def collect_table(self):
        def duckdb(key, of=statistics.median):
            return self.figure("DuckDB", "open", key, of), "DuckDB"

        self.add("open → filterable / bare import", self.figure(OURS, "open"), 1 / 4, rival=duckdb("cpu", min))
        kept = self.figure(OURS, "open", "kept", statistics.median) / self.figure(OURS, "open", "hits")
        self.add("memory kept for a row (RssAnon)", kept, 32, "bytes")
        peak = self.figure(OURS, "open", "peak", statistics.median)
        self.add("peak memory (growth of VmHWM)", peak, 2 / 3, "MB", duckdb("peak"))
        for question, text in ASKED.items():
            self.add(f"{text} / expert's best", self.figure(OURS, question), 1 / 2, rival=self.best(question, EXPERTS))
        for question, text in list(ASKED.items())[:-1]:  # the word was asked of experts only
            self.add(f"{text} / DuckDB's lists", self.figure(OURS, question), 1 / 20, rival=self.best(question, LISTS))
        identity = self.figure(OURS, "id")
        self.add("id:aB3 / DuckDB", identity, 1 / 5, rival=self.best("id", [("DuckDB", "raw")]))
        self.add("id:aB3 / ripgrep", identity, 1, rival=self.best("id", [("ripgrep", "raw file")]))
        self.add("sort by start / DuckDB's order", self.figure(OURS, "sort"), 1 / 5,
                 rival=self.best("sort", [("DuckDB", "lists")]))
        self.add("counts of 632 classes, all rows", self.figure(OURS, "counts"), FRAME)
        self.add("counts of 632 classes, found rows", self.figure(OURS, "counts of found"), FRAME)
        for question, text in (ASKED | {"id": "id:aB3"}).items():
            self.add(f"every set distinct: {text}", self.figure("Earmark, distinct", question), FRAME)

    def collect_keys(self):
        for typist in self.typists:
            self.add(f"keystroke → painted, {typist.name}: p99", typist.results["keys"][0]["p99"], FRAME)

    def write(self, out, with_everything):
        """Prints everything; returns how many bars are missed."""
        if self.contenders:
            self.collect_table()
        self.collect_keys()
        self.write_bars(out)
        if self.missing:
            out.write(f"\nNot on this machine, and so not compared with: {', '.join(self.missing)}.\n")
        if self.typists:
            out.write("\nFrom the key to the painted window, wall ms (CPU: of the window's thread):\n\n")
            write_table(out, ("", "keys", "p50", "p95", "p99", "max", "CPU p50", "CPU p99", "slowest key, at its best"),
                        map(key_line, self.typists))
        proxy = [self.figure("QSortFilterProxyModel", what) for what in ("label/proxy", "clear label/proxy")]
        if None not in proxy:
            out.write(f"\nQSortFilterProxyModel in a table view takes {proxy[0]:,.0f} ms to find Vehicle in a fifth of "
                      f"the rows, and {proxy[1]:,.0f} ms to show all again.\n")
        if self.contenders and with_everything:
            out.write("\nEverything, CPU ms: least (median) of the rounds.\n\n")
            write_table(out, ("", "", "CPU", "hits"), self.everything())
        return self.missed

    def everything(self):
        for name, contender in self.contenders.items():
            for what, results in contender.results.items():
                median = self.figure(name, what, of=statistics.median)
                hits = f"{results[0]['hits']:,}" if "hits" in results[0] else ""
                yield (name, what, f"{self.figure(name, what):.1f} ({median:.1f})", hits)


def key_line(typist):
    keys = typist.results["keys"][0]
    figures = [f"{keys[key]:.1f}" for key in ("p50", "p95", "p99", "max", "cpu50", "cpu99")]
    return (typist.name, str(keys["keys"]), *figures, f"{keys['worst']:.1f}: {keys['worst_key']}")


def fraction(value):
    return f"1/{1 / value:.3g}" if value < 1 else f"{value:.3g}"


def show(figure, unit):
    if figure is None:
        return "missing"
    if unit == "MB":
        return f"{figure / 1e6:.0f} MB"
    return f"{figure:.3f} {unit}" if unit == "CPU-s" else f"{figure:.1f} {unit}"


def write_table(out, head, lines):
    out.write("| " + " | ".join(head) + " |\n|" + "---|" * len(head) + "\n")
    for line in lines:
        out.write("| " + " | ".join(line) + " |\n")
