"""Ten invented events, each as four outlets tell it, with facts and where each article states them (``data/told``).

A file lists ``name: statement`` for each fact, then the articles, each under ``= Outlet``; the first line of an
article is its headline. Names in braces stand behind the sentence that states those facts; ``?name`` marks a
debatable one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

import framing

FOLDER = Path(__file__).parent / "data" / "told"
LEARNED = ("antitrust", "bank", "doping", "ferry", "fire")  # read closely while the matcher was improved
KEPT = ("court", "election", "flood", "strike", "trade")  # only scored
TAG = re.compile(r"\s*\{([\w,?]+)\}")


def read_event(name: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Articles, facts (``fact, statement``) and gold (``article_id, fact, found, spans``) of one event."""
    listed, *pages = re.split(r"^= ", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), flags=re.M)
    facts = pd.DataFrame([line.split(": ", 1) for line in listed.strip().splitlines()], columns=["fact", "statement"])
    rows, gold = [], []
    for page in pages:
        outlet, marked = page.split("\n", 1)
        article = f"{name}/{outlet}".replace(" ", "_")
        text, marks = _without_marks(marked.strip())
        headline = text.split("\n", 1)[0]
        zones = f'[[0, {len(headline)}, "headline"], [{len(headline) + 2}, {len(text)}, "body"]]'
        rows.append({"article_id": article, "outlet": outlet, "event": name, "text": text, "known_zones": zones})
        for fact in facts["fact"]:
            spans = [(a, b) for told, a, b in marks if told == fact]
            doubt = any(told == f"?{fact}" for told, _, _ in marks)
            gold.append(
                {
                    "article_id": article,
                    "fact": fact,
                    "spans": spans,
                    "found": "found" if spans else "debatable" if doubt else "not found",
                }
            )
    return framing.read_articles(pd.DataFrame(rows)), facts, pd.DataFrame(gold)


def _without_marks(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text, and ``(fact, start, end)`` of the sentence before each mark."""
    text, place, marks = "", 0, []
    for hit in TAG.finditer(marked):
        text += marked[place : hit.start()]
        place = hit.end()
        since = max(marks[-1][2] if marks else 0, text.rfind("\n") + 1)
        ends = [m.end() for m in re.finditer(r"[.?!][”\"]? (?=[A-Z\"“])", text[since:])]
        start = since + (ends[-1] if ends else 0)
        start += len(text[start:]) - len(text[start:].lstrip())
        marks += [(fact, start, len(text)) for fact in hit.group(1).split(",")]
    return text + marked[place:], marks
