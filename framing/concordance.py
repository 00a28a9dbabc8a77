"""Concordance: every place where a word or phrase is used, with the words on either side (KWIC)."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pandas as pd

from framing.patterns import find_pattern
from framing.tables import KEYS, ZONES, as_articles, require_columns
from framing.unicode import fold
from framing.word_index import VOICES, Voice, WordIndex, in_voice, word_index

COLUMNS = [*KEYS, "date", "left", "node", "right", "zone", "voice", "speaker", "start", "end"]
KINDS = ["phrase", "lemma", "pos", "regex"]
SORTS = ["right", "left", "node", "date", "outlet", "place"]
SHOWN = 100  # lines a notebook shows at first; the table holds them all


class Concordance(pd.DataFrame):
    """A table of concordance lines that a notebook shows aligned, with outlets in their colours."""

    @property
    def _constructor(self) -> Any:
        return Concordance

    def _repr_html_(self) -> str:
        if not set(COLUMNS) <= set(self.columns):
            return pd.DataFrame(self).to_html(max_rows=20)
        return concordance_html(self)


def concordance(articles: pd.DataFrame, query: str, *, kind: str = "phrase", sort: str = "right",
                voice: Voice = None, context: int = 70,
                quotes: pd.DataFrame | None = None) -> Concordance:
    """Every line in which the query is used, with its context, outlet and voice.

    Parameters
    ----------
    articles : as from `read_articles`.
    query : what to look for. ``kind="phrase"`` words as written, in any case, with ``*`` for any one word,
        ``invad*`` for any ending, ``(a|b)`` for either and ``[a]`` for a word that may be missing;
        ``"lemma"`` the same on dictionary forms ("say" finds "said"); ``"pos"`` also parts of speech and
        kinds of name ("ADJ war", "GPE regime"); ``"regex"`` a regular expression over the text.
    sort : "right" or "left" context, "node", "date", "outlet", or "place" (as in the articles).
    voice : only lines in this voice, or these: "outlet", "quoted", "reported".
    context : characters on either side.

    Returns
    -------
    One row per line: ``article_id, outlet, event, date``; ``left, node, right``; ``zone, voice, speaker``;
    ``start, end`` (offsets of the node). A notebook shows the first lines aligned; `write_csv` writes all.
    Page furniture and second stories are left out.
    Raises ``ValueError`` for a query that is empty or cannot be read.
    """
    if kind not in KINDS or sort not in SORTS:
        raise ValueError(f"kind is {kind!r} and sort is {sort!r}; kinds are {KINDS}, orders are {SORTS}.")
    index = word_index(as_articles(articles), quotes)
    if kind == "regex":
        place, start, end = _regex_hits(index, query)
    else:
        spans = find_pattern(index, query, lemmas=kind != "phrase", tags=kind == "pos")
        place, start, end = spans[:, 0], index.start[spans[:, 0]], index.end[spans[:, 1]]
    wanted = in_voice(index, voice)[place]
    place, start, end = place[wanted], start[wanted], end[wanted]
    return Concordance(_sorted(_lines(index, place, start, end, context), sort))


def concordance_html(table: pd.DataFrame, *, rows: int = SHOWN) -> str:
    """Concordance lines as HTML: the node in the middle, outlets in their colours, every text escaped.

    The same table gives the same characters on every run. Under it stands how many lines are shown.
    """
    from framing.drawing import outlet_colours

    require_columns(table, COLUMNS, made_by="concordance")
    colours = outlet_colours(table["outlet"].dropna().astype(str).tolist())
    lines = []
    for row in table.head(rows).itertuples(index=False):
        colour = colours.get(str(row.outlet), "#555555")
        voice = str(row.voice) + ("" if pd.isna(row.speaker) else f": {row.speaker}")
        said = "" if row.voice == "outlet" else "font-style:italic;"
        lines.append(
            f'<tr><td style="text-align:left;border-left:5px solid {colour};white-space:nowrap">'
            f"{html.escape(_cell(row.outlet))}</td>"
            f'<td style="text-align:right;white-space:nowrap;{said}">{html.escape(row.left)}</td>'
            f'<td style="text-align:center;white-space:nowrap;font-weight:bold;{said}">{html.escape(row.node)}</td>'
            f'<td style="text-align:left;white-space:nowrap;{said}">{html.escape(row.right)}</td>'
            f'<td style="text-align:left;white-space:nowrap">{html.escape(voice)}</td>'
            f'<td style="text-align:left;white-space:nowrap">{html.escape(_cell(row.event))}</td></tr>')
    names = ["outlet", "left", "node", "right", "voice", "event"]
    head = "".join(f'<th scope="col" style="text-align:center">{name}</th>' for name in names)
    n = len(table)
    under = f"{n} line{'s' * (n != 1)} in {table['article_id'].nunique()} articles"
    under += f"; the first {rows} are shown" if n > rows else ""
    return ('<div style="max-height:32em;overflow:auto">\n<table>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(lines) +
            f"\n</tbody>\n</table>\n</div>\n<p>{under}.</p>")


def _regex_hits(index: WordIndex, query: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First token, start and end of every match that begins in a word of the index."""
    try:
        pattern = re.compile(query, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{query!r} is not a regular expression: {error}. "
                         'For plain words, leave out kind="regex".') from None
    found = []
    edges = np.searchsorted(index.article, np.arange(len(index.articles) + 1))
    for row, text in enumerate(index.articles["text"]):
        first, last = edges[row], edges[row + 1]
        if first == last:
            continue
        starts, ends = index.start[first:last], index.end[first:last]
        for match in pattern.finditer(fold(text)):
            token = int(np.searchsorted(ends, match.start(), side="right"))
            if match.end() > match.start() and token < len(starts) and starts[token] < match.end():
                found.append((first + token, match.start(), match.end()))
    hits = np.array(found, dtype=np.int64).reshape(-1, 3)
    return hits[:, 0], hits[:, 1], hits[:, 2]


def _lines(index: WordIndex, place: np.ndarray, start: np.ndarray, end: np.ndarray,
           context: int) -> pd.DataFrame:
    article = index.article[place]
    texts = index.articles["text"].to_numpy()
    spans = list(zip(article.tolist(), start.tolist(), end.tolist(), strict=True))
    table = index.articles[[*KEYS, "date"]].iloc[article].reset_index(drop=True)
    table["left"] = [_before(texts[row], a, context) for row, a, _ in spans]
    table["node"] = [" ".join(texts[row][a:b].split()) for row, a, b in spans]
    table["right"] = [_after(texts[row], b, context) for row, _, b in spans]
    table["zone"] = np.array(ZONES, dtype=object)[index.zone[place]]
    table["voice"] = np.array(VOICES, dtype=object)[index.voice[place]]
    speakers = np.array([*index.speakers, pd.NA], dtype=object)  # -1 is the last: no speaker
    table["speaker"] = speakers[index.speaker[place]]
    table["start"], table["end"] = start.astype(int), end.astype(int)
    return table[COLUMNS]


def _sorted(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "place" or table.empty:
        return table
    if sort == "date":
        return table.sort_values(["date", "outlet", "start"], kind="stable", ignore_index=True)
    if sort == "outlet":
        return table.sort_values(["outlet", "event", "article_id", "start"], kind="stable", ignore_index=True)
    keys = [_key(text, sort) for text in table["right" if sort == "right" else sort]]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return table.iloc[order].reset_index(drop=True)


def _key(text: str, sort: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return words[::-1] if sort == "left" else words


def _before(text: str, start: int, context: int) -> str:
    piece = text[max(0, start - context):start]
    if start > context and " " in piece:
        piece = "…" + piece[piece.index(" "):]
    return " ".join(piece.split())


def _after(text: str, end: int, context: int) -> str:
    piece = text[end:end + context]
    if end + context < len(text) and " " in piece:
        piece = piece[:piece.rindex(" ")] + " …"
    return " ".join(piece.split())


def _cell(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)
