"""What a reader of Markdown (CommonMark and tables) shows of a dataset card, as JSON: python3 commonmark.py CARD.md.

The texts of code spans, headings, table cells and list items, and how many pieces of HTML and links there are.
Exit status 3: markdown-it-py is missing.
"""

import json
import sys

try:
    from markdown_it import MarkdownIt
except ImportError:
    sys.exit(3)

text = open(sys.argv[1], encoding="utf-8").read().split("\n---\n", 1)[1]
shown = {"code": [], "headings": [], "cells": [], "items": [], "html": 0, "links": 0}
opened = []
for token in MarkdownIt("commonmark").enable("table").parse(text):
    if token.type.endswith("_open"):
        opened.append(token.type)
    elif token.type.endswith("_close"):
        opened.pop()
    shown["html"] += token.type == "html_block"
    if token.type != "inline":
        continue
    parts = [child.content for child in token.children]
    shown["code"] += [child.content for child in token.children if child.type == "code_inline"]
    shown["html"] += sum(child.type == "html_inline" for child in token.children)
    shown["links"] += sum(child.type == "link_open" for child in token.children)
    for kind, of in (("heading_open", "headings"), ("td_open", "cells"), ("list_item_open", "items")):
        if kind in opened:
            shown[of].append("".join(parts))
print(json.dumps(shown))
