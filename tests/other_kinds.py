"""Thirty-four invented articles of many kinds (`data/other_kinds`), with who said what written down beforehand.

In the texts ``{3:...}`` is a piece of the content of quotation 3 and ``<3:...>`` its source. ``gold.json`` gives for
each quotation its kind, the speakers that are right ("A|B": either; "A; B": both), the right roles, and whether it
counts ("clear") or not ("open", "nested"); under ``who`` the mentions of each person; under ``voice`` phrases and
whose they are.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

FOLDER = Path(__file__).parent / "data" / "other_kinds"
_MARKUP = re.compile(r"\{(\d+):|<(\d+):|[}>]")


def load(half: str = "abcd") -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]:
    """Articles as `read_articles` gives them, gold quotations, and the notes by article.

    `half`: one or several of the parts "abcd". The rules were corrected with "a" and "c" at hand, later also with
    "b"; "d" was only scored.
    """
    from framing import read_articles

    notes = {
        name: note
        for name, note in json.loads((FOLDER / "gold.json").read_text(encoding="utf-8")).items()
        if name[0] in half
    }
    texts, rows = [], []
    for name, note in notes.items():
        text, spans = unmarked((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
        texts.append({"article_id": name, "outlet": name.split("_")[1], "text": text})
        for number, (kind, speaker, role, need) in note["quotes"].items():
            rows.append(
                [
                    name,
                    int(number),
                    kind,
                    speaker or pd.NA,
                    role,
                    need,
                    spans["content", number],
                    spans.get(("source", number), ()),
                    " … ".join(text[a:b] for a, b in spans["content", number]),
                ]
            )
    columns = ["article_id", "number", "kind", "speaker", "role", "need", "content_spans", "source_spans", "content"]
    return read_articles(pd.DataFrame(texts)), pd.DataFrame(rows, columns=columns), notes


def unmarked(marked: str) -> tuple[str, dict[tuple[str, str], tuple[tuple[int, int], ...]]]:
    """A text without its marks, and the spans of each ``("content", number)`` and ``("source", number)``."""
    pieces: list[str] = []
    spans: dict[tuple[str, str], tuple[tuple[int, int], ...]] = {}
    open_marks: list[tuple[str, str, int]] = []
    place = length = 0
    for hit in _MARKUP.finditer(marked):
        pieces.append(marked[place : hit.start()])
        length += hit.start() - place
        place = hit.end()
        if hit.group() in "}>":
            part, number, start = open_marks.pop()
            spans[part, number] = (*spans.get((part, number), ()), (start, length))
        else:
            open_marks.append(("content" if hit[1] else "source", hit[1] or hit[2], length))
    pieces.append(marked[place:])
    return "".join(pieces).strip("\n"), spans
