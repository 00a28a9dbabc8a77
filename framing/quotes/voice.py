"""Whose words: the outlet's own, quoted between marks, or reported in the outlet's wording."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import pandas as pd

from framing.cache import Recent
from framing.quotes.cues import outlets_wording
from framing.quotes.finding import counted_quotes
from framing.tables import as_articles, fingerprint, require_columns
from framing.text.quotation_marks import quotation_spans

# What tells voices apart.
SPOKEN = ["article_id", "quote_id", "kind", "content_spans", "cue", "source", "speaker", "nested", "voice"]
KEPT_TABLES = 3  # tables of quotes whose voices are kept in memory
Span = tuple[int, int, str, Any, Any]  # start, end, voice, speaker, quote_id
_begin, _stop = itemgetter(0), itemgetter(1)

_recent: Recent[dict[Any, list[Span]]] = Recent(KEPT_TABLES)


def voice_spans(text: str, quotes: pd.DataFrame) -> list[Span]:
    """Where somebody else speaks in one article: ``(start, end, voice, speaker, quote_id)``, in order.

    Parameters
    ----------
    text : the article's text.
    quotes : the rows of a quotes table that belong to this article.

    Returns
    -------
    Spans that do not overlap. ``voice`` is "quoted" between quotation marks and "reported" outside them;
    all the rest of the text is the outlet's own (see `outlets_wording`). Where a quotation stands in another
    (``nested`` rows) the outer speaker holds the words: it is their telling.
    """
    marks = [(m.start, m.end) for m in quotation_spans(text) if m.depth == 0]
    spans: list[Span] = []
    taken: list[tuple[int, int]] = []
    for nested in (False, True):
        for row in quotes.itertuples(index=False):
            if _true(getattr(row, "nested", False)) != nested:
                continue
            somebodys = row.kind == "scare" and getattr(row, "voice", "outlet") == "quoted"  # nobody knows whose
            if not somebodys and outlets_wording(row.kind, getattr(row, "cue", pd.NA), getattr(row, "source", pd.NA)):
                continue
            for begin, end in row.content_spans:
                for start, stop in _outside(max(begin, 0), min(end, len(text)), taken):
                    spans += [(a, b, voice, row.speaker, row.quote_id) for a, b, voice in _split(start, stop, marks)]
                _take(taken, begin, end)
    return sorted(spans, key=lambda span: span[:2])


def voice_at(spans: list[Span], position: int) -> tuple[str, Any, Any]:
    """``(voice, speaker, quote_id)`` of the character at `position`; voice "outlet" outside all spans."""
    number = bisect_right(spans, position, key=lambda span: span[0]) - 1
    if number >= 0 and spans[number][1] > position:
        return spans[number][2:]
    return "outlet", pd.NA, pd.NA


def add_voice(table: pd.DataFrame, articles: pd.DataFrame, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """`table` with the columns ``voice`` and ``speaker`` of the words each row stands for.

    Parameters
    ----------
    table : any table with ``article_id, start, end``; existing voice columns are replaced.
    quotes : a quotes table of these articles; found here when None.

    Returns
    -------
    A copy in the same order. ``voice`` is the one most characters of the row belong to: "outlet", "quoted"
    or "reported"; ``speaker`` is missing for the outlet and for unattributed quotations.
    Raises ``ValueError`` if a column is missing.
    """
    require_columns(table, ["article_id", "start", "end"], made_by="find_labels")
    articles = as_articles(articles)
    quotes = counted_quotes(articles, quotes)
    result = table.copy()
    spans = spans_by_article(articles, quotes)
    found = [
        _majority(spans.get(row.article_id, []), row.start, row.end)
        for row in table[["article_id", "start", "end"]].itertuples(index=False)
    ]
    result["voice"] = pd.Series([voice for voice, _ in found], index=table.index, dtype="object")
    result["speaker"] = pd.Series([speaker for _, speaker in found], index=table.index, dtype="object")
    return result


def spans_by_article(articles: pd.DataFrame, quotes: pd.DataFrame) -> dict[Any, list[Span]]:
    """`voice_spans` of every article, by ``article_id``.

    Made once for the same texts and quotes, as several measures ask for it; not to be changed.
    """

    def made() -> dict[Any, list[Span]]:
        rows = dict(iter(quotes.groupby("article_id", sort=False))) if len(quotes) else {}
        return {
            article_id: voice_spans(text, rows[article_id])
            for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
            if article_id in rows
        }

    return _recent.made(fingerprint(articles[["article_id", "text"]], spoken_columns(quotes)), made)


def spoken_columns(quotes: pd.DataFrame) -> pd.DataFrame:
    """The columns of a quotes table that decide whose words are whose."""
    return quotes[[name for name in SPOKEN if name in quotes]]


def _majority(spans: list[Span], start: Any, end: Any) -> tuple[str, Any]:
    if not spans or pd.isna(start) or pd.isna(end):
        return "outlet", pd.NA
    share: dict[str, int] = {"outlet": int(end) - int(start)}
    speakers: dict[tuple[str, Any], int] = {}
    number = max(bisect_right(spans, start, key=lambda span: span[0]) - 1, 0)
    while number < len(spans) and spans[number][0] < end:
        first, last, voice, speaker, _ = spans[number]
        overlap = min(last, end) - max(first, start)
        if overlap > 0:
            share["outlet"] -= overlap
            share[voice] = share.get(voice, 0) + overlap
            key = (voice, None if pd.isna(speaker) else speaker)
            speakers[key] = speakers.get(key, 0) + overlap
        number += 1
    voice = max(share, key=lambda name: (share[name], name != "outlet"))
    if voice == "outlet":
        return voice, pd.NA
    speaker = max((key for key in speakers if key[0] == voice), key=lambda key: speakers[key])[1]
    return voice, pd.NA if speaker is None else speaker


def _split(start: int, end: int, marks: list[tuple[int, int]]) -> Iterable[tuple[int, int, str]]:
    for begin, stop in _over(start, end, marks):
        if begin > start:
            yield start, begin, "reported"
        start = max(begin, start)
        yield start, min(stop, end), "quoted"
        start = min(stop, end)
    if start < end:
        yield start, end, "reported"


def _outside(start: int, end: int, taken: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    for begin, stop in _over(start, end, taken):
        if begin > start:
            yield start, begin
        start = stop
    if start < end:
        yield start, end


def _over(start: int, end: int, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `spans` that reach over some of ``start:end``; `spans` are in order and do not overlap."""
    return spans[bisect_right(spans, start, key=_stop) : bisect_left(spans, end, key=_begin)]


def _take(taken: list[tuple[int, int]], begin: int, end: int) -> None:
    """Put a span among those taken, which stay in order, as one with all that it touches."""
    first, behind = bisect_left(taken, begin, key=_stop), bisect_right(taken, end, key=_begin)
    touched = [(begin, end), *taken[first:behind]]
    taken[first:behind] = [(min(map(_begin, touched)), max(map(_stop, touched)))]


def _true(value: Any) -> bool:
    return not pd.isna(value) and bool(value)
