"""Concordance: every place where a word or phrase is used, with the words on either side (KWIC)."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pandas as pd

from framing.tables import KEYS, ZONES, as_articles, require_columns
from framing.text.unicode import count
from framing.words.frequency import UNITS, folded_vocabulary
from framing.words.index import VOICES, Voice, WordIndex, in_voice, word_index
from framing.words.measures import log_likelihood
from framing.words.patterns import find_pattern

COLUMNS = [*KEYS, "date", "left", "node", "right", "zone", "voice", "speaker", "start", "end"]
KINDS = ["phrase", "lemma", "pos", "regex"]
SORTS = ["right", "left", "node", "date", "outlet", "place"]
SORTED_BY = 4  # words of the context that decide the order
SHOWN = 100  # lines a notebook shows at first; the table holds them all


class Concordance(pd.DataFrame):  # type: ignore[misc]
    """A table of concordance lines that a notebook shows aligned, with outlets in their colours."""

    @property
    def _constructor(self) -> Any:
        return Concordance

    def _repr_html_(self) -> str:
        if not set(COLUMNS) <= set(self.columns):
            return pd.DataFrame(self).to_html(max_rows=20)
        return concordance_html(self)


def concordance(
    articles: pd.DataFrame,
    query: str,
    *,
    kind: str = "phrase",
    sort: str = "right",
    voice: Voice = None,
    context: int = 70,
    quotes: pd.DataFrame | None = None,
) -> Concordance:
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
        hits = _regex_hits(index, query)
    else:
        spans = find_pattern(index, query, lemmas=kind != "phrase", tags=kind == "pos")
        hits = np.column_stack([spans, index.start[spans[:, 0]], index.end[spans[:, 1]]])
    hits = hits[in_voice(index, voice)[hits[:, 0]]]
    if sort in ("left", "right", "node"):
        hits = hits[_word_order(index, hits, sort)]
    table = _lines(index, hits, context)
    by = {"date": ["date", "outlet", "start"], "outlet": ["outlet", "event", "article_id", "start"]}.get(sort)
    return Concordance(table.sort_values(by, kind="stable", ignore_index=True) if by else table)


def concordance_html(table: pd.DataFrame, *, rows: int = SHOWN) -> str:
    """Concordance lines as HTML: the node in the middle, outlets in their colours, every text escaped.

    The same table gives the same characters on every run. Under it stands how many lines are shown.
    """
    from framing.plots.style import outlet_colours

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
            f'<td style="text-align:left;white-space:nowrap">{html.escape(_cell(row.event))}</td></tr>'
        )
    names = ["outlet", "left", "node", "right", "voice", "event"]
    head = "".join(f'<th scope="col" style="text-align:center">{name}</th>' for name in names)
    n = len(table)
    under = f"{count(n, 'line')} in {count(table['article_id'].nunique(), 'article')}"
    under += f"; the first {rows} are shown" if n > rows else ""
    return (
        '<div style="max-height:32em;overflow:auto">\n<table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(lines)
        + f"\n</tbody>\n</table>\n</div>\n<p>{under}.</p>"
    )


def _regex_hits(index: WordIndex, query: str) -> np.ndarray:
    """First and last token, start and end of every match that holds a token of the index."""
    try:
        pattern = re.compile(query, re.IGNORECASE)
    except re.error as error:
        raise ValueError(
            f'{query!r} is not a regular expression: {error}. For plain words, leave out kind="regex".'
        ) from None
    if not query:
        raise ValueError("The query holds no word to look for.")
    found = []
    for row, text in enumerate(index.folded_texts):
        for match in pattern.finditer(text):
            first, behind = index.tokens_of(row, *match.span())
            if first < behind and match.end() > match.start():
                found.append((first, behind - 1, *match.span()))
    return np.array(found, dtype=np.int64).reshape(-1, 4)


def _word_order(index: WordIndex, hits: np.ndarray, sort: str) -> np.ndarray:
    """The order of the hits by the words of the node or the four words beside it."""
    words, rank = index.words, index.alphabetical
    if sort == "right":
        places = np.searchsorted(words, hits[:, 1], side="right")[:, None] + np.arange(SORTED_BY)
    elif sort == "left":
        places = np.searchsorted(words, hits[:, 0])[:, None] - 1 - np.arange(SORTED_BY)
    else:
        places = np.searchsorted(words, hits[:, 0])[:, None] + np.arange(SORTED_BY)
    inside = (places >= 0) & (places < len(words))
    tokens = words[np.where(inside, places, 0)] if len(words) else np.zeros(places.shape, dtype=np.int64)
    inside &= index.article[tokens] == index.article[hits[:, 0]][:, None]
    keys = np.where(inside, rank[index.form[tokens]], -1)
    return np.lexsort(keys.T[::-1])


def _lines(index: WordIndex, hits: np.ndarray, context: int) -> pd.DataFrame:
    place, start, end = hits[:, 0], hits[:, 2], hits[:, 3]
    article = index.article[place]
    texts = index.articles["text"].tolist()
    spans = list(zip(article.tolist(), start.tolist(), end.tolist(), strict=True))
    speakers = np.array([*index.speakers, pd.NA], dtype=object)  # -1 is the last: no speaker
    columns = {name: index.articles[name].to_numpy(dtype=object)[article] for name in [*KEYS, "date"]}
    return pd.DataFrame(
        {
            **columns,
            "left": [_before(texts[row], a, context) for row, a, _ in spans],
            "node": [_plain(texts[row][a:b]) for row, a, b in spans],
            "right": [_after(texts[row], b, context) for row, _, b in spans],
            "zone": np.array(ZONES, dtype=object)[index.zone[place]],
            "voice": np.array(VOICES, dtype=object)[index.voice[place]],
            "speaker": speakers[index.speaker[place]],
            "start": start.astype(int),
            "end": end.astype(int),
        },
        columns=COLUMNS,
    )


def _before(text: str, start: int, context: int) -> str:
    piece = text[max(0, start - context) : start]
    if start > context and " " in piece:
        piece = "…" + piece[piece.index(" ") :]
    return _plain(piece)


def _after(text: str, end: int, context: int) -> str:
    piece = text[end : end + context]
    if end + context < len(text) and " " in piece:
        piece = piece[: piece.rindex(" ")] + " …"
    return _plain(piece)


def _plain(text: str) -> str:
    """On one line, single spaces, none at the ends."""
    return " ".join(text.split())


def _cell(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)


# Collocates: the words that stand near a word more often than chance would put them there.

COLLOCATES = """
    outlet word n_near n_word n_node n_articles expected log_likelihood mi3 log_dice t_score
""".split()
RANKINGS = ["log_likelihood", "mi3", "log_dice", "t_score", "n_near"]


def collocates(
    articles: pd.DataFrame,
    query: str,
    *,
    span: int | str = 5,
    by: str | None = None,
    unit: str = "lemma",
    voice: Voice = None,
    min_n: int = 3,
    sort: str = "log_likelihood",
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Words near a word or phrase, and how strongly they are drawn to it.

    Parameters
    ----------
    articles : as from `read_articles`.
    query : the node, a pattern on dictionary forms as in `concordance` (kind "pos").
    span : how near, in words on either side within the sentence, or "sentence" for the whole of it.
    by : None for all articles together (``outlet`` is "all"), or "outlet" for each outlet on its own.
    unit : "lemma" or "word". voice : only nodes in this voice ("outlet", "quoted", "reported").
    min_n : times a word must stand near the node to be listed.
    sort : the measure that orders the list.

    Returns
    -------
    One row per word: ``n_near`` (times near the node; once where two nodes are near), ``n_word`` and
    ``n_node`` (times at all), ``n_articles`` in which the two meet, ``expected`` (times near by chance),
    ``log_likelihood`` (four cells), ``mi3``, ``log_dice`` (at most 14; comparable across corpora), ``t_score``.
    Only words drawn to the node are listed, not those that keep away.

    Notes
    -----
    These count words, not articles: one article can carry a collocate, so read ``n_articles``. Evert (2008),
    Corpora and collocations; logDice is Rychlý (2008), MI3 Daille (1994).
    """
    if sort not in RANKINGS:
        raise ValueError(f"sort is {sort!r}; the measures are {', '.join(RANKINGS)}.")
    if by not in (None, "outlet"):
        raise ValueError(f'by is {by!r}; it is "outlet", or None for all articles together.')
    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; choose one of {UNITS}.")
    if span != "sentence" and not (isinstance(span, int) and span >= 1):
        raise ValueError(f'span is {span!r}; it is a number of words, 1 or more, or "sentence".')
    index = word_index(as_articles(articles), quotes)
    nodes = find_pattern(index, query)
    nodes = nodes[in_voice(index, voice)[nodes[:, 0]]]
    outlets = index.articles["outlet"].astype(str).to_numpy()
    tables = []
    for outlet in [None] if by is None else sorted(set(outlets)):
        inside = np.ones(len(index.form), dtype=bool) if outlet is None else (outlets == outlet)[index.article]
        table = _near(index, nodes[inside[nodes[:, 0]]], inside & index.is_word, span, unit)
        tables.append(table.assign(outlet="all" if outlet is None else outlet))
    table = pd.concat(tables, ignore_index=True)
    table = table[(table["n_near"] >= min_n) & (table["n_near"] > table["expected"])]
    return table.sort_values(["outlet", sort, "word"], ascending=[True, False, True], ignore_index=True)[COLLOCATES]


def _near(index: WordIndex, nodes: np.ndarray, words: np.ndarray, span: int | str, unit: str) -> pd.DataFrame:
    names, number = np.unique(folded_vocabulary(index), return_inverse=True)
    column = number[index.lemma if unit == "lemma" else index.form]
    words = words & (names[column] != "")
    in_node = np.zeros(len(words), dtype=bool)
    for first, last in nodes:
        in_node[first : last + 1] = True
    others = np.flatnonzero(words & ~in_node)
    near = others[_within(index, nodes, others, np.flatnonzero(words), span)]
    n_near = np.bincount(column[near], minlength=len(names))
    n_word = np.bincount(column[others], minlength=len(names))
    seen = np.flatnonzero(n_near)
    pairs = np.unique(np.stack([column[near], index.article[near]], axis=1), axis=0)
    n_articles = np.bincount(pairs[:, 0], minlength=len(names)) if len(pairs) else n_near
    o, f, window, total = n_near[seen].astype(float), n_word[seen].astype(float), len(near), len(others)
    expected = f * window / max(total, 1)
    rest = max(total - window, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame(
            {
                "word": names[seen].astype(str),
                "n_near": o.astype(int),
                "n_word": f.astype(int),
                "n_node": len(nodes),
                "n_articles": n_articles[seen].astype(int),
                "expected": expected,
                "log_likelihood": log_likelihood(o, max(window, 1), np.minimum(f - o, rest), rest) if len(o) else o,
                "mi3": np.log2(o**3 / expected),
                "log_dice": 14 + np.log2(2 * o / (len(nodes) + f)),
                "t_score": (o - expected) / np.sqrt(o),
            }
        )


def _within(index: WordIndex, nodes: np.ndarray, others: np.ndarray, words: np.ndarray, span: int | str) -> np.ndarray:
    """For each of the other words: does it stand near a node, in its sentence?"""
    sentence = index.sentence_number
    if span == "sentence":
        return np.isin(sentence[others], sentence[nodes[:, 0]])
    rank = np.searchsorted(words, np.arange(len(sentence)))  # distance is counted in words, not marks
    near = np.zeros(len(sentence), dtype=bool)
    for first, last in nodes:
        begin = words[max(rank[first] - int(span), 0) : rank[first]]
        after = rank[last] + 1 if rank[last] < len(words) and words[rank[last]] == last else rank[last]
        end = words[after : after + int(span)]
        for side in (begin, end):
            near[side[sentence[side] == sentence[first]]] = True
    return near[others]
