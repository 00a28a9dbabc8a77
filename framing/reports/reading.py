"""Articles to read: zones, quotations by speaker, names chosen, loaded words and tone, and where each number leads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

import pandas as pd

from framing.entities.mentions import covering
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
                if article in self.sentences and (article not in shown or shown[article](start, start + 1)):
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


def _shown(passages: pd.DataFrame | None) -> dict[Any, Callable[[int, int], bool]]:
    """Whether the page shows a stretch as the article, by each article whose zones are known."""
    found: dict[Any, list[tuple[int, int]]] = {}
    if passages is None or passages.empty:
        return {}
    for article, zone, start, end in passages[["article_id", "zone", "start", "end"]].itertuples(index=False):
        own = found.setdefault(article, [])
        if zone not in LEFT_OUT:
            own.append((start, end))
    return {article: covering(own) for article, own in found.items()}


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
    whole = [{"zone": "body", "start": 0, "end": len(article.text)}]  # an article of which no zone is known
    passages = rows["passages"] or whole
    pieces = [_pieces(article.article_id, passage, places) for passage in passages]
    over = _over(list(chain.from_iterable(pieces)), _marks(rows, hues))
    blocks = [_block(article.text, passage, own, over) for passage, own in zip(passages, pieces, strict=True)]
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


Piece = tuple[str, int, int]  # anchor of a sentence, "" where there is none, start, end


def _pieces(article: Any, passage: dict[str, Any], places: Places) -> list[Piece]:
    """One passage cut into its sentences and what stands between them; words left out of every count stay whole."""
    start, end = int(passage["start"]), int(passage["end"])
    if passage["zone"] in LEFT_OUT:
        return [("", start, end)]
    sentences, starts = places.sentences[article], places.starts[article]
    pieces, at = [], start
    for number in range(bisect_right(sentences, start, key=itemgetter(1)), bisect_left(starts, end)):
        begin, close = max(sentences[number][0], at), min(sentences[number][1], end)
        if begin > at:
            pieces.append(("", at, begin))
        first = starts[bisect_right(starts, begin) - 1] == begin
        pieces.append((f"{places.article(article)}-{begin}" if first else "", begin, close))
        at = close
    if at < end:
        pieces.append(("", at, end))
    return pieces


def _over(pieces: Sequence[Piece], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """The marks that cover some of each piece, by its start; pieces are in order."""
    starts, ends = [piece[1] for piece in pieces], [piece[2] for piece in pieces]
    over: dict[int, list[Mark]] = {start: [] for start in starts}
    for mark in marks:
        for number in range(bisect_right(ends, mark[0]), bisect_left(starts, mark[1])):
            over[starts[number]].append(mark)
    return over


def _block(text: str, passage: dict[str, Any], pieces: Sequence[Piece], over: dict[int, list[Mark]]) -> dict[str, Any]:
    """One passage as sentences of segments; in words left out of every count nothing is marked."""
    zone = passage["zone"]
    return {
        "zone": zone,
        "name": ZONE_NAMES.get(zone, str(zone)),
        "sentences": [
            {"id": anchor, "segments": _segments(text, start, end, [] if zone in LEFT_OUT else over[start])}
            for anchor, start, end in pieces
        ],
    }


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
