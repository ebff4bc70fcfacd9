#!/usr/bin/env python3
"""Checks that app/ is built in layers: layers.py APP_FOLDER LINKS_FILE EARMARK_CLI

Each folder may use those that USES names, and what these use, both by linking and by including. Nothing but playback
may reach Qt Gui, nothing at all Qt Widgets: by linking, by including, and as the loader sees the command line.
"""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

# The arrows of ARCHITECTURE.md. A new folder of app/ is to be added here.
USES = {
    "base": [],
    "clips": ["base"],
    "net": ["base"],
    "classes": ["base"],
    "segments": ["classes", "clips"],
    "readers": ["segments"],
    "query": ["segments"],
    "official": ["net", "readers"],
    "workspace": ["clips"],
    "ytdlp": ["clips"],
    "audio": ["clips"],
    "demo": ["clips"],
    "tools": ["net", "ytdlp", "demo"],
    "playback": ["audio"],
    "review": ["workspace", "segments"],
    "verify": ["workspace", "audio"],
    "download": ["ytdlp", "verify"],
    "session": ["download", "review", "readers", "query"],
    "export": ["workspace", "query", "readers"],
    "cli": ["session", "official", "export", "demo", "tools"],
}
WINDOW = {"Widgets", "SvgWidgets", "MultimediaWidgets", "OpenGLWidgets", "PrintSupport", "Quick", "QuickWidgets"}
SCREEN = WINDOW | {"Gui", "Svg", "Multimedia", "OpenGL", "WaylandClient"}


def allowed(layer):
    """All that a layer may use, itself included."""
    found = {layer}
    for lower in USES.get(layer, []):
        found |= allowed(lower)
    return found


def forbidden_qt(layer):
    return WINDOW if layer == "playback" else SCREEN


def read_links(file):
    layer_of, links = {}, defaultdict(list)
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        kind, first, second = line.split(" ")
        if kind == "target":
            layer_of[second] = first
        else:
            links[first].append(second)
    return layer_of, links


def check_links(layer_of, links):
    for target, layer in layer_of.items():
        if layer not in USES:
            yield f"app/{layer} is not known: name what it may use in {Path(__file__).name}"
            continue
        # Breadth first, so that the way shown is the shortest.
        way, queue = {target: target}, [target]
        for name in queue:
            for link in links[name]:
                if link in way:
                    continue
                way[link] = f"{way[name]} -> {link}"
                queue.append(link)
                if re.sub(r"^Qt6?::", "", link) in forbidden_qt(layer) and link.startswith("Qt"):
                    yield f"app/{layer} must not link {link}: {way[link]}"
                if layer_of.get(link, layer) not in allowed(layer):
                    yield f"app/{layer} must not use app/{layer_of[link]}: {way[link]}"


def check_includes(app):
    folders = {folder.name for folder in app.iterdir() if folder.is_dir()} | {"ui"}
    for file in sorted(app.rglob("*.*")):
        if file.suffix not in {".h", ".cpp"}:
            continue
        layer = file.relative_to(app).parts[0]
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*[<"]([^/>"]+)/', line)
            if not include:
                continue
            used = include[1]
            if used in folders and used not in allowed(layer):
                yield f"{file}:{number}: app/{layer} must not use {used}/"
            if used.startswith("Qt") and used[2:] in forbidden_qt(layer):
                yield f"{file}:{number}: app/{layer} must not use {used}"


def check_loader(program):
    loaded = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    if "libQt6Core" not in loaded:
        yield f"{program}: ldd does not show even Qt Core, so it proves nothing:\n{loaded}"
    for name in re.findall(r"^\s*libQt6(\w+)\.so", loaded, re.MULTILINE):
        if name in SCREEN:
            yield f"{program} loads libQt6{name}"


def main():
    app, links_file, program = sys.argv[1:]
    layer_of, links = read_links(links_file)
    faults = [*check_links(layer_of, links), *check_includes(Path(app)), *check_loader(program)]
    for fault in faults:
        print(fault)
    print(f"{len(layer_of)} targets, {len(faults)} faults")
    return 1 if faults or not layer_of else 0


if __name__ == "__main__":
    sys.exit(main())
