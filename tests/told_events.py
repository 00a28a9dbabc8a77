"""Events as several outlets tell them, with facts and where each article states them: invented ones and real ones.

A file of ``data/told`` holds an event that four outlets tell: ``name: statement`` for each fact, then the articles,
each under ``= Outlet``; the first line of an article is its headline. Names in braces stand behind the sentence that
states those facts; ``?name`` marks a debatable one. Facts of real events are marked by place, in ``training/facts``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

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


def real_events(bench: Path, marks: Path) -> dict[str, tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """Articles, facts and gold (with ``doubts``: spans of debatable sentences) of each event of ``BENCH/events``.

    `marks` has ``event, fact, statement, told, doubtful``; the last two as ``Fox News 0-65; HuffPost 71-272``.
    """
    pages = [json.loads(line) for line in (bench / "events" / "articles.jsonl").read_text("utf-8").splitlines()]
    return {
        str(name): _real_event([page for page in pages if page["event"] == name], facts)
        for name, facts in pd.read_csv(marks, keep_default_na=False).groupby("event", sort=False)
    }


def _real_event(pages: list[dict[str, Any]], facts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rows, gold = [], []
    for page in pages:
        title, text = page["title"], f"{page['title']}\n\n{page['text']}"
        zones = f'[[0, {len(title)}, "headline"], [{len(title) + 2}, {len(text)}, "body"]]'
        rows.append(
            {
                "article_id": f"{page['event']}/{page['outlet']}",
                "outlet": page["outlet"],
                "event": page["event"],
                "text": text,
                "known_zones": zones,
            }
        )
    for fact in facts.itertuples():
        told, doubts = _marked(fact.told), _marked(fact.doubtful)
        for row in rows:
            spans, doubt = told.get(row["outlet"], []), doubts.get(row["outlet"], [])
            found = "found" if spans else "debatable" if doubt else "not found"
            gold.append(
                {"article_id": row["article_id"], "fact": fact.fact, "spans": spans, "doubts": doubt, "found": found}
            )
    return framing.read_articles(pd.DataFrame(rows), clean=False), facts, pd.DataFrame(gold)


def _marked(marks: str) -> dict[str, list[tuple[int, int]]]:
    """``Fox News 0-65; HuffPost 71-272`` by outlet."""
    found: dict[str, list[tuple[int, int]]] = {}
    for mark in filter(None, marks.split("; ")):
        outlet, span = mark.rsplit(" ", 1)
        found.setdefault(outlet, []).append(span_of(span))
    return found


def span_of(written: str) -> tuple[int, int]:
    """``71-272`` as two numbers."""
    start, end = written.split("-")
    return int(start), int(end)
