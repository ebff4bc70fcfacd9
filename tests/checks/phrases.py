#!/usr/bin/env python3
"""Lists the phrases of phrases.txt in texts that users and contributors read.

phrases.py FILE...: string literals and comments of .cpp and .h files, all of any other file. Prints "file:line: phrase".
"""
import pathlib
import re
import sys

# Comments and literals in the order in which they begin; the characters between them are code. Comment lines that follow
# one another are one text, and so are literals.
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*(?:\n[ \t]*//[^\n]*)*|/\*.*?\*/)
      | R"(?P<mark>\w*)\((?P<raw>.*?)\)(?P=mark)"
      | '(?:[^'\\\n]|\\.)+'
      | (?P<literal>"(?:[^"\\\n]|\\.)*"(?:\s*u?"(?:[^"\\\n]|\\.)*")*)""",
    re.VERBOSE | re.DOTALL,
)


def blanked(pattern, text):
    """The text with each match replaced by as many blanks, so that offsets and lines stay."""
    return re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def texts(code):
    """Offset and text of each comment and literal."""
    for token in TOKEN.finditer(code):
        if token["comment"]:
            yield token.start(), blanked(r"(?m)^[ \t]*//[/!]?<?", token["comment"])
        elif token["raw"]:
            yield token.start("raw"), token["raw"]
        elif token["literal"]:
            # The seams between joined literals go; what is between their quotes keeps its place.
            yield token.start(), blanked(r'"\s*u?"|\\n', token["literal"])


def main():
    lines = pathlib.Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines()
    phrases = [line.replace(" ", r"\s+") for line in lines if line and not line.startswith("#")]
    pattern = re.compile("|".join(phrases))
    for name in sys.argv[1:]:
        content = pathlib.Path(name).read_text(encoding="utf-8")
        parts = texts(content) if name.endswith((".cpp", ".h")) else [(0, content)]
        for begin, text in parts:
            for found in pattern.finditer(text):
                line = content.count("\n", 0, begin + found.start()) + 1
                print(f"{name}:{line}: {' '.join(found.group().split())}")


if __name__ == "__main__":
    main()
