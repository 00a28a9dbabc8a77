"""Articles to read: zones, quotations by speaker, names chosen, loaded words and tone, and where each number leads."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from framing.entities.names import split_speakers
from framing.quotes.speech import spoken_rows
from framing.tables import LEFT_OUT
from framing.text.unicode import signed

HUES = 8  # speakers of an article with a colour of their own; further ones share the last
ZONE_NAMES = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "byline": "Byline",
    "lead": "Lead",
    "body": "",
    "subheading": "Subheading",
    "caption": "Caption",
    "credit": "Credit",
    "furniture": "Left out (page furniture)",
    "other_story": "Left out (another story)",
}


class Places:
    """Where each passage stands on the pages: an anchor for every sentence of every article.

    `pages` names the page of each article in a study of several pages; on a single page it is empty.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], pages: dict[Any, str] | None = None) -> None:
        articles = tables["articles"]
        self.number = {article: number for number, article in enumerate(articles["article_id"], 1)}
        self.pages = pages or {}
        self.here = ""  # the page that is being written
        self.sentences: dict[Any, list[tuple[int, int]]] = {article: [] for article in self.number}
        tokens, shown = tables.get("tokens", pd.DataFrame()), _shown(tables.get("passages"))
        if len(tokens):
            spans = tokens.groupby(["article_id", "sentence"], sort=False).agg(
                start=("start", "min"), end=("end", "max")
            )
            for (article, _), start, end in zip(
                spans.index, spans["start"].tolist(), spans["end"].tolist(), strict=True
            ):
                if article in self.sentences and (
                    article not in shown or any(begin <= start < close for begin, close in shown[article])
                ):
                    self.sentences[article].append((start, end))
        for spans in self.sentences.values():
            spans.sort()
        self.starts = {article: [start for start, _ in spans] for article, spans in self.sentences.items()}

    def article(self, article: Any) -> str:
        return f"a{self.number[article]}"

    def anchor(self, article: Any, start: Any) -> str:
        """The sentence that holds an offset; the article itself where none does."""
        starts = self.starts[article]
        place = bisect_right(starts, int(start)) - 1
        return f"{self.article(article)}-{starts[place]}" if place >= 0 else self.article(article)

    def link(self, article: Any, start: Any = None) -> str:
        """The address of an article, or of the sentence at an offset of it, from the page being written."""
        page = self.pages.get(article, "")
        anchor = self.article(article) if start is None or pd.isna(start) else self.anchor(article, start)
        return f"{address(self.here, page)}#{anchor}"

    def links(self, places: Iterable[tuple[Any, int, int]]) -> list[str]:
        """The addresses of several passages, each sentence once."""
        return list(
            dict.fromkeys(
                self.link(article, start if end else None) for article, start, end in places if article in self.number
            )
        )


def address(here: str, page: str) -> str:
    """How `page` is named in a link from the page `here`; all pages but the first lie in one folder."""
    if page == here:
        return ""
    return page.rpartition("/")[2] if "/" in here else page


def _shown(passages: pd.DataFrame | None) -> dict[Any, list[tuple[int, int]]]:
    """The stretches that the page shows as the article, of each article whose zones are known."""
    found: dict[Any, list[tuple[int, int]]] = {}
    if passages is None or passages.empty:
        return found
    for article, zone, start, end in passages[["article_id", "zone", "start", "end"]].itertuples(index=False):
        own = found.setdefault(article, [])
        if zone not in LEFT_OUT:
            own.append((start, end))
    return found


Rows = list[dict[str, Any]]


def rows_of_articles(table: pd.DataFrame | None) -> dict[Any, Rows]:
    """The rows of each article as plain dictionaries: a page takes thousands, and a table for each is slow."""
    found: dict[Any, Rows] = {}
    for row in [] if table is None else table.to_dict("records"):
        found.setdefault(row["article_id"], []).append(row)
    return found


def readings(tables: dict[str, pd.DataFrame], places: Places) -> dict[Any, dict[str, Any]]:
    """What the page shows of each article, by ``article_id``: its blocks of sentences and the rows beside them."""
    parts = {name: rows_of_articles(tables.get(name)) for name in ("passages", "quotes", "labels", "loaded", "tone")}
    parts["spoken"] = rows_of_articles(spoken_rows(tables["quotes"]) if len(tables.get("quotes", [])) else None)
    return {
        article.article_id: _reading(
            article, {name: rows.get(article.article_id, []) for name, rows in parts.items()}, places
        )
        for article in tables["articles"].itertuples(index=False)
    }


def _reading(article: Any, rows: dict[str, Rows], places: Places) -> dict[str, Any]:
    given = [row for row in rows["quotes"] if row["kind"] != "scare"]
    words = Counter({who: 0 for row in given for who in split_speakers(row["speaker"])})
    for row in rows["spoken"]:
        if pd.notna(row["speaker"]):
            words[row["speaker"]] += int(row["n_words"])  # as everywhere: what is nested in other words counts there
    speakers = sorted(words, key=lambda speaker: (-words[speaker], speaker))
    hues = {speaker: min(number, HUES) for number, speaker in enumerate(speakers, 1)}
    marks = _marks(rows, hues)
    whole = [{"zone": "body", "start": 0, "end": len(article.text)}]  # an article of which no zone is known
    blocks = [_block(article, passage, marks, places) for passage in rows["passages"] or whole]
    return {
        "id": places.article(article.article_id),
        "article": article,
        "blocks": blocks,
        "speakers": [(speaker, hues[speaker], words[speaker]) for speaker in speakers if words[speaker]],
        "quotes": _beside(given, places),
        "labels": _beside(rows["labels"], places),
        "loaded": _beside(rows["loaded"], places),
        "tone": _beside(rows["tone"], places),
    }


def _beside(rows: Rows, places: Places) -> Rows:
    placed = sorted(rows, key=lambda row: (pd.isna(row["start"]), 0 if pd.isna(row["start"]) else row["start"]))
    return [row | {"href": f"#{places.anchor(row['article_id'], row['start'])}"} for row in placed]


Mark = tuple[int, int, str, str]  # start, end, classes or style, words that explain it


def _marks(rows: dict[str, Rows], hues: dict[Any, int]) -> list[Mark]:
    marks: list[Mark] = []
    for row in rows["quotes"]:
        if row["kind"] == "scare":
            continue
        who = row["speaker"] if pd.notna(row["speaker"]) else "a speaker not identified"
        look = f"q h{hues.get(next(iter(split_speakers(row['speaker'])), None), 0)} {'d' if row['voice'] == 'quoted' else 'i'}"
        marks += [(int(start), int(end), look, f"{row['kind']}, {who}") for start, end in row["content_spans"]]
    for row in rows["labels"]:
        marks.append(
            (
                int(row["start"]),
                int(row["end"]),
                "l" if row["voice"] == "outlet" else "l o",
                f"a name for {row['concept']}: {row['label']}",
            )
        )
    for row in rows["loaded"]:
        marks.append(
            (int(row["start"]), int(row["end"]), "w" if row["voice"] == "outlet" else "w o", str(row["reason"]))
        )
    for row in rows["tone"]:
        if pd.notna(row["start"]) and pd.notna(row["polarity"]) and row["polarity"]:
            marks.append(
                (
                    int(row["start"]),
                    int(row["end"]),
                    ("t p" if row["polarity"] > 0 else "t n") + ("" if row["voice"] == "outlet" else " o"),
                    f"good or bad told of {row['target']} {signed(row['score'])}",
                )
            )
    return marks


def _block(article: Any, passage: dict[str, Any], marks: Sequence[Mark], places: Places) -> dict[str, Any]:
    """One passage as sentences of segments; words left out of every count stand as one plain sentence."""
    start, end, text, zone = int(passage["start"]), int(passage["end"]), article.text, passage["zone"]
    if zone in LEFT_OUT:
        return {
            "zone": zone,
            "name": ZONE_NAMES[zone],
            "sentences": [{"id": "", "segments": [("", "", text[start:end])]}],
        }
    sentences, at = [], start
    for begin, close in places.sentences[article.article_id]:
        if close <= start or begin >= end:
            continue
        begin, close = max(begin, at), min(close, end)
        if begin > at:
            sentences.append({"id": "", "segments": _segments(text, at, begin, marks)})
        first = (
            begin in places.starts[article.article_id][bisect_right(places.starts[article.article_id], begin) - 1 :][:1]
        )
        sentences.append(
            {
                "id": f"{places.article(article.article_id)}-{begin}" if first else "",
                "segments": _segments(text, begin, close, marks),
            }
        )
        at = close
    if at < end:
        sentences.append({"id": "", "segments": _segments(text, at, end, marks)})
    return {"zone": zone, "name": ZONE_NAMES.get(zone, str(zone)), "sentences": sentences}


def _segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[str, str, str]]:
    """The words between two offsets, cut wherever a mark begins or ends: classes, explanation, words."""
    return [
        (" ".join(dict.fromkeys(mark[2] for mark in over)), "; ".join(dict.fromkeys(mark[3] for mark in over)), piece)
        for piece, over in cut_at_marks(text, start, end, marks)
    ]


def cut_at_marks(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    """The words between two offsets, cut wherever a mark begins or ends, each piece with the marks that cover it."""
    over = [mark for mark in marks if mark[0] < end and mark[1] > start]
    edges = sorted({start, end, *(edge for mark in over for edge in mark[:2] if start < edge < end)})
    for begin, close in pairwise(edges):
        yield text[begin:close], [mark for mark in over if mark[0] <= begin and mark[1] >= close]
