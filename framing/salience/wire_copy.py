"""Wire copy and near-duplicates: the words an article shares with other outlets are not its own choice of words."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from framing.steadiness import steady
from framing.tables import KEYS, LEFT_OUT, as_articles, require_columns
from framing.text.lexicon import word_lists
from framing.text.quotation_marks import quotation_spans
from framing.text.unicode import fold
from framing.words.house_styles import fold_token
from framing.zones.lines import WORD
from framing.zones.passages import dateline, passage_spans

SHARED = [*KEYS, "start", "end", "text", "n_words", "with_article", "with_outlet", "with_start", "with_end"]
WIRE = [
    *KEYS,
    "n_words",
    "n_shared",
    "share",
    "shared_with",
    "most_like",
    "overlap",
    "agency",
    "duplicate",
    "duplicate_of",
    "counted",
]
LEAST_WORDS = 12  # equal words a shared passage needs ...
LEAST_OWN = 8  # ... and how many of them outside quotation marks: shared quotations alone are no wire copy
GAP = 6  # other words a passage may have in between: a changed time, a title, house style
NEAR = 0.8  # share of the shorter article's words from which two articles of one outlet are near duplicates
LEAST_LIKE = 0.5  # the same share of the longer article's words
EDGE = 400  # characters in which they are looked for
SNAP = 4  # words at the edge of a sentence that follow a passage when it is left out

_AGENCY = {
    name: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, written))})(?![\w-])")
    for name, written in word_lists("names/agencies")["credited"].items()
}
_OTHER_AGENCY = re.compile(r"(?:[A-Z][\w-]+ ){1,3}(?:News Agency|Newswire|Wire Service)")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_TAIL = re.compile(r"(?:[—–]|--|\s-)\s?([^—–.!?]{2,40})\.?$|[(\[]([^()\[\]]{2,40})[)\]]\.?$")


@dataclass
class _Text:
    """One article's own words (furniture and second stories left out), for comparing."""

    row: Any
    words: list[tuple[int, int, str]] = field(default_factory=list)

    @cached_property
    def forms(self) -> list[str]:
        return [word for _, _, word in self.words]

    @cached_property
    def in_marks(self) -> list[bool]:
        marks = [(mark.start, mark.end) for mark in quotation_spans(self.row.text) if mark.depth == 0]
        inside, place = [], 0
        for start, _, _ in self.words:
            while place < len(marks) and marks[place][1] <= start:
                place += 1
            inside.append(place < len(marks) and marks[place][0] <= start)
        return inside


@dataclass(frozen=True)
class _Passage:
    one: int
    other: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def n_words(self) -> int:
        return sum(length for _, _, length in self.runs)


def shared_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Passages that stand, nearly word for word, in two articles: wire copy, reprints, second versions.

    Parameters
    ----------
    articles : as from `read_articles`. Page furniture and second stories are not compared.

    Returns
    -------
    Two rows per passage and pair of articles, one from each side: ``article_id, outlet, event``; ``start, end``
    (offsets in ``articles.text``), ``text``; ``n_words`` (equal words in it); ``with_article, with_outlet`` and
    ``with_start, with_end`` (where the passage stands there). In order of article and place.

    Notes
    -----
    A passage has at least 12 equal words, 8 of them outside quotation marks, and at most 6 other words
    between equal stretches; so a changed time or title does not break it, and outlets that only quote the
    same words do not share wire copy. Capitals and house style are folded. Every passage with 12 equal
    words in a row is found, except that a passage standing in more than 60 articles is followed to 60 of
    them. On 150 articles by three outlets about the same 50 events, no everyday phrase passed.
    """
    texts = _texts(as_articles(articles))
    rows = []
    for passage in _passages(texts):
        for one, other, side in ((passage.one, passage.other, 0), (passage.other, passage.one, 1)):
            mine, theirs = texts[one], texts[other]
            start, end = _span(mine, passage, side)
            with_start, with_end = _span(theirs, passage, 1 - side)
            rows.append(
                (
                    one,
                    start,
                    [
                        *(getattr(mine.row, key) for key in KEYS),
                        start,
                        end,
                        mine.row.text[start:end],
                        passage.n_words,
                        theirs.row.article_id,
                        theirs.row.outlet,
                        with_start,
                        with_end,
                    ],
                )
            )
    rows.sort(key=lambda row: (row[0], row[1], str(row[2][7]), row[2][9]))
    return pd.DataFrame([row for _, _, row in rows], columns=SHARED)


@steady
def find_wire_copy(articles: pd.DataFrame) -> pd.DataFrame:
    """How much of each article stands in other outlets too, with whom, and which articles are duplicates.

    Parameters
    ----------
    articles : as from `read_articles`. Page furniture and second stories are not compared.

    Returns
    -------
    One row per article, in the same order: ``article_id, outlet, event``; ``n_words``; ``n_shared`` and
    ``share`` (0 to 1) of its words that stand in a passage shared with another outlet (see `shared_passages`);
    ``shared_with`` (those outlets, joined by "; "); ``most_like`` (the article, of any outlet, with most of these
    words) and ``overlap`` (0 to 1, of this article's words); ``agency`` (news agency credited in byline,
    dateline, credit line or last words, several joined by "; "); ``duplicate`` ("exact" or "near": the same
    outlet has this article before) and ``duplicate_of``; ``counted`` (False for such a second version).
    Missing where there is none.

    Notes
    -----
    Of duplicates in one outlet the earliest date counts, then the first ``article_id``. An agency that is
    credited does not make a text wire copy, nor does a text without credit have to be the outlet's own:
    two outlets may also copy one another.
    """
    table = as_articles(articles)
    texts = _texts(table)
    shared: defaultdict[int, set[int]] = defaultdict(set)
    between: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for passage in _passages(texts):
        for one, other, side in ((passage.one, passage.other, 0), (passage.other, passage.one, 1)):
            places = {run[side] + i for run in passage.runs for i in range(run[2])}
            between[one, other] |= places
            if str(texts[one].row.outlet) != str(texts[other].row.outlet):
                shared[one] |= places
    first = _duplicates(texts, between)
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in between:
        partners[one].append(other)
    rows = []
    for number, text in enumerate(texts):
        n = len(text.words)
        others = sorted(partners[number], key=lambda other: (-len(between[number, other]), texts[other].row.article_id))
        outlets = sorted({str(texts[other].row.outlet) for other in others} - {str(text.row.outlet)})
        kind, original = first.get(number, (pd.NA, None))
        rows.append(
            [
                *(getattr(text.row, key) for key in KEYS),
                n,
                len(shared[number]),
                len(shared[number]) / n if n else 0.0,
                "; ".join(outlets) or pd.NA,
                texts[others[0]].row.article_id if others else pd.NA,
                len(between[number, others[0]]) / n if others else 0.0,
                agency_credit(text.row),
                kind,
                pd.NA if original is None else texts[original].row.article_id,
                original is None,
            ]
        )
    return pd.DataFrame(rows, columns=WIRE)


def without_wire_copy(articles: pd.DataFrame, *, shared: pd.DataFrame | None = None) -> pd.DataFrame:
    """`articles` with shared passages set aside and second versions dropped, for measures of own wording.

    Parameters
    ----------
    articles : as from `read_articles`.
    shared : as from `shared_passages`; found anew when not given.

    Returns
    -------
    An articles table whose ``known_zones`` mark every passage shared with another outlet as ``other_story``,
    which measures leave out, in all outlets that have it: nobody can tell from the text who wrote it. Texts and
    offsets stay as they are. Of duplicates within an outlet only the counted one is left.
    """
    table = as_articles(articles)
    shared = shared_passages(table) if shared is None else shared
    require_columns(shared, ["article_id", "outlet", "start", "end", "with_outlet"], made_by="shared_passages")
    counted = find_wire_copy(table)["counted"].to_numpy(dtype=bool)
    spans: defaultdict[Any, list[tuple[int, int]]] = defaultdict(list)
    for row in shared.itertuples(index=False):
        if str(row.outlet) != str(row.with_outlet):
            spans[row.article_id].append((row.start, row.end))
    table["known_zones"] = pd.Series(
        [
            _set_aside(article, spans[article.article_id]) if article.article_id in spans else article.known_zones
            for article in table.itertuples(index=False)
        ],
        dtype="object",
    )
    return table[counted].reset_index(drop=True)


def agency_credit(article: Any) -> Any:
    """The news agencies one article credits for its text, joined by "; ", or missing.

    Read from bylines, credit lines, the dateline ("SEOUL (Reuters) -") and the last words of the text
    ("... — AFP"); photo credits and agencies quoted as sources ("Reuters reported") do not count.
    """
    zones = passage_spans(article)
    credits = [article.text[start:end] for start, end, zone in zones if zone in ("byline", "credit")]
    if isinstance(article.byline, str):
        credits.append(article.byline)
    leads = [article.text[start:end] for start, end, zone in zones if zone == "lead"]
    for lead in leads[:1]:
        place = dateline(lead)
        if place:
            credits += _IN_BRACKETS.findall(lead[place[0] : place[1]])
    body = [article.text[start:end] for start, end, zone in zones if zone in ("lead", "body")]
    tail = _TAIL.search(body[-1].rstrip("\"”’' ")) if body else None
    if tail:
        credits.append(tail.group(1) or tail.group(2))
    found = sorted(name for name, pattern in _AGENCY.items() if any(pattern.search(line) for line in credits))
    named = [name for name in found if name != "agencies"]
    named += [hit for line in credits for hit in _OTHER_AGENCY.findall(line)]
    return "; ".join(dict.fromkeys(named or found)) or pd.NA


def _texts(table: pd.DataFrame) -> list[_Text]:
    texts = []
    for row in table.itertuples(index=False):
        words = [
            word
            for start, end, zone in passage_spans(row)
            if zone not in LEFT_OUT
            for word in folded_words(row.text, start, end)
        ]
        texts.append(_Text(row, words))
    return texts


def _passages(texts: list[_Text]) -> list[_Passage]:
    found = []
    for one, other in candidate_pairs(text.forms for text in texts):
        first, second = texts[one], texts[other]
        for runs in joined_runs(shared_runs(first.forms, second.forms), gap=GAP):
            if sum(length for _, _, length in runs) < LEAST_WORDS:
                continue
            own = sum(not first.in_marks[i + k] and not second.in_marks[j + k] for i, j, n in runs for k in range(n))
            if own >= LEAST_OWN:
                found.append(_Passage(one, other, tuple(runs)))
    return found


def _span(text: _Text, passage: _Passage, side: int) -> tuple[int, int]:
    first, last = passage.runs[0], passage.runs[-1]
    return text.words[first[side]][0], text.words[last[side] + last[2] - 1][1]


def _duplicates(texts: list[_Text], between: dict[tuple[int, int], set[int]]) -> dict[int, tuple[str, int]]:
    """Second versions within an outlet: number -> ("exact" or "near", number of the version that counts)."""
    exact: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        if text.words:
            exact[str(text.row.outlet), tuple(text.forms)].append(number)
    links: defaultdict[int, set[int]] = defaultdict(set)
    for numbers in exact.values():
        for number in numbers:
            links[number] |= set(numbers)
    for (one, other), places in between.items():
        if str(texts[one].row.outlet) == str(texts[other].row.outlet):
            sizes = sorted((len(texts[one].words), len(texts[other].words)))
            if len(places) >= NEAR * sizes[0] and len(places) >= LEAST_LIKE * sizes[1]:
                links[one].add(other)
                links[other].add(one)
    found: dict[int, tuple[str, int]] = {}
    originals: set[int] = set()
    for number in sorted(links, key=lambda n: (_day(texts[n].row.date), str(texts[n].row.article_id))):
        before = [other for other in links[number] if other in originals]
        if not before:
            originals.add(number)
            continue
        original = min(before, key=lambda n: (texts[n].forms != texts[number].forms, str(texts[n].row.article_id)))
        found[number] = ("exact" if texts[original].forms == texts[number].forms else "near", original)
    return found


def _day(date: Any) -> str:
    return "9999" if pd.isna(date) else str(date)


def _set_aside(article: Any, spans: list[tuple[int, int]]) -> str:
    """The zones of one article as JSON, with `spans` (grown to the sentence's edge) as ``other_story``."""
    zones = passage_spans(article)
    kept: list[list[Any]] = [list(zone) for zone in zones]
    grown = [_to_sentence(article.text, start, end, zones) for start, end in spans]
    for start, end in grown:
        pieces = []
        for first, last, zone in kept:
            pieces += [
                [a, b, zone]
                for a, b in ((first, min(last, start)), (max(first, end), last))
                if a < b and re.search(r"\w", article.text[a:b])
            ]
            if first < end and last > start:
                pieces.append([max(first, start), min(last, end), zone if zone in LEFT_OUT else "other_story"])
        kept = sorted(pieces)
    return json.dumps(kept)


def _to_sentence(text: str, start: int, end: int, zones: tuple[tuple[int, int, str], ...]) -> tuple[int, int]:
    """`start` and `end` moved out to the edge of their sentence where only a few words lie between."""
    first = next((a for a, b, _ in zones if a <= start < b), start)
    last = next((b for a, b, _ in zones if a < end <= b), end)
    before = re.split(r"(?<=[.!?”\"])\s+", text[max(first, start - EDGE) : start])[-1]
    after = re.split(r"(?<=[.!?”\"])(?=\s)", text[end : min(last, end + EDGE)])[0]
    start -= len(before) if len(before.split()) <= SNAP else 0
    return start, end + (len(after) if len(after.split()) <= SNAP else 0)


# Runs of words that texts have in common: word shingles, fingerprints, and the exact runs behind them.
#
# Fingerprints are chosen by winnowing, so two texts with a run of `GUARANTEE` equal words always share one,
# while only about a quarter of all shingles need to be kept.
#
# References
# ----------
# Schleimer, Wilkerson & Aiken 2003, "Winnowing: local algorithms for document fingerprinting" (SIGMOD);
# Broder 1997, "On the resemblance and containment of documents" (shingles, Jaccard).

Run = tuple[int, int, int]  # place in the one text, place in the other, length
Pair = tuple[int, int]
SIZE, WINDOW = 6, 7  # words in a shingle; shingles of which one is kept
GUARANTEE = SIZE + WINDOW - 1
SHORTEST_RUN = 5  # words: shorter equal runs are everyday phrases
NEIGHBOURS = 30  # how many texts with the same fingerprint each is compared with, on either side
_BASE = np.uint64(1_000_003)


def folded_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """``(start, end, word)`` of each word of a text, in lower case and one house style, hyphens opened."""
    words = []
    for hit in WORD.finditer(fold(text[start:end])):
        begin = start + hit.start()
        for part in hit.group().split("-"):
            word = fold_token(part).lower().removesuffix("'s").replace(".", "")
            if word:
                words.append((begin, begin + len(part), word))
            begin += len(part) + 1
    return words


def fingerprints(words: np.ndarray) -> np.ndarray:
    """Hashes of the shingles of one text (numbered words) that winnowing keeps, without repeats."""
    if len(words) < SIZE:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(len(words) - SIZE + 1, dtype=np.uint64)
    for i in range(SIZE):
        hashes = hashes * _BASE + words[i : len(words) - SIZE + 1 + i].astype(np.uint64)
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0x9E3779B97F4A7C15)
    if len(hashes) <= WINDOW:
        return hashes.min(keepdims=True)
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, WINDOW).min(axis=1))


def candidate_pairs(texts: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Pairs of texts (by number, ``i < j``, sorted) that share a fingerprint and so perhaps a passage."""
    number: dict[str, int] = {}
    marks, owners = [], []
    for i, words in enumerate(texts):
        found = fingerprints(np.array([number.setdefault(word, len(number)) for word in words], dtype=np.int64))
        marks.append(found)
        owners.append(np.full(len(found), i, dtype=np.int64))
    if not marks:
        return []
    mark, owner = np.concatenate(marks), np.concatenate(owners)
    order = np.lexsort((owner, mark))
    mark, owner = mark[order], owner[order]
    pairs = [np.zeros(0, dtype=np.int64)]
    for step in range(1, NEIGHBOURS + 1):
        same = mark[step:] == mark[:-step]
        if not same.any():
            break
        pairs.append(np.unique(owner[:-step][same] * len(marks) + owner[step:][same]))
    return [(int(pair) // len(marks), int(pair) % len(marks)) for pair in np.unique(np.concatenate(pairs))]


def shared_runs(one: Sequence[str], other: Sequence[str], *, shortest: int = SHORTEST_RUN) -> list[Run]:
    """Equal runs ``(place in one, place in other, length)``, longest first choice, none overlapping in `one`."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(other) - shortest + 1):
        places[tuple(other[j : j + shortest])].append(j)
    starts = [
        (i, j)
        for i in range(len(one) - shortest + 1)
        for j in places.get(tuple(one[i : i + shortest]), ())[:NEIGHBOURS]
        if not (i and j and one[i - 1] == other[j - 1])
    ]  # else it goes on from the left: already found
    lengths = _common_lengths(one, other, starts)
    taken = np.zeros(len(one), dtype=bool)
    kept = []
    for length, (i, j) in sorted(zip(lengths, starts, strict=True), key=lambda run: (-run[0], run[1])):
        if not taken[i] and not taken[i + length - 1]:  # none that is taken is shorter, and so none lies within
            taken[i : i + length] = True
            kept.append((i, j, length))
    return sorted(kept)


def _common_lengths(one: Sequence[str], other: Sequence[str], starts: list[Pair]) -> list[int]:
    """How many words are equal from each pair of places on, by the names of all runs of 1, 2, 4, 8, ... words.

    The names are those of Karp, Miller & Rosenberg (1972): time grows hardly faster than the texts, also where a text
    is one sentence told a thousand times.
    """
    if not starts:
        return []
    number: dict[str, int] = {}
    words = [number.setdefault(word, len(number)) for word in one]
    words += [-1, *(number.setdefault(word, len(number)) for word in other), -2]
    names = [np.array(words, dtype=np.int64)]
    while 2 ** len(names) <= min(len(one), len(other)):
        half, last = 2 ** (len(names) - 1), names[-1]
        pairs = last[:-half] * len(words) + last[half:]
        names.append(np.unique(pairs, return_inverse=True)[1].reshape(-1))
    at = np.array(starts, dtype=np.int64) + [0, len(one) + 1]
    lengths = np.zeros(len(starts), dtype=np.int64)
    for power in range(len(names) - 1, -1, -1):
        place = np.minimum(at + lengths[:, None], len(names[power]) - 1)
        fits = (at + lengths[:, None] < len(names[power])).all(axis=1)
        lengths += (fits & (names[power][place[:, 0]] == names[power][place[:, 1]])) * 2**power
    return [int(length) for length in lengths]


def joined_runs(runs: list[Run], *, gap: int) -> list[list[Run]]:
    """Runs that follow each other in both texts with at most `gap` other words between, as one passage each."""
    passages: list[list[Run]] = []
    for run in runs:
        if passages:
            i, j, length = passages[-1][-1]
            if 0 <= run[0] - i - length <= gap and 0 <= run[1] - j - length <= gap:
                passages[-1].append(run)
                continue
        passages.append([run])
    return passages
