"""All words of a set of articles in a few flat arrays, so that a search of millions of words is quick.

About 50 bytes a word; built once after the parse and kept for the latest sets of articles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from framing.cache import Recent
from framing.language import parse
from framing.quotes.voice import spans_by_article, spoken_columns
from framing.steadiness import steady
from framing.tables import KEYS, LEFT_OUT, ZONES, as_articles, fingerprint
from framing.text.unicode import fold
from framing.zones.passages import passage_spans

VOICES = ["outlet", "quoted", "reported"]
KEPT_INDEXES = 3
NAMES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT"]  # kinds of names
NOT_WORDS = ["PUNCT", "SYM", "SPACE"]
JOINING = ("-", "–")  # marks that join words where no space is beside them
UNITED_STATES = "u.s."  # how "US" and "U.S." stand in the vocabulary, apart from the pronoun "us"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")  # "U.S" at the end of a sentence is "U.S."
Voice = str | Sequence[str] | None  # one voice, several, or all


@dataclass(frozen=True)
class WordIndex:
    """One entry per token, in order, page furniture and second stories left out.

    ``form`` and ``lemma`` number the entries of ``vocabulary`` (folded and in lower case); ``pos``,
    ``entity`` and ``dep`` those of ``tags``; ``zone`` those of `ZONES`, ``voice`` those of `VOICES`,
    ``speaker`` those of ``speakers`` (-1: none). ``article`` is the row in ``articles``, ``sentence`` the
    number within the article, ``head`` the entry of the syntactic head (itself at the root).
    """

    articles: pd.DataFrame
    vocabulary: list[str]
    tags: list[str]
    speakers: list[Any]
    article: np.ndarray
    start: np.ndarray
    end: np.ndarray
    form: np.ndarray
    lemma: np.ndarray
    pos: np.ndarray
    entity: np.ndarray
    dep: np.ndarray
    head: np.ndarray
    sentence: np.ndarray
    zone: np.ndarray
    voice: np.ndarray
    speaker: np.ndarray
    n_left_out: int

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each entry of the vocabulary."""
        return {word: number for number, word in enumerate(self.vocabulary)}

    @cached_property
    def is_word(self) -> np.ndarray:
        """True for words, False for marks and symbols."""
        has_letter = np.array([any(c.isalnum() for c in word) for word in self.vocabulary], dtype=bool)
        marks = np.isin(self.pos, [self.tags.index(tag) for tag in NOT_WORDS if tag in self.tags])
        return ~marks & has_letter[self.form] if len(self.form) else np.zeros(0, dtype=bool)

    @cached_property
    def sentence_number(self) -> np.ndarray:
        """A number that rises by one with each sentence, over all articles."""
        if not len(self.form):
            return np.zeros(0, dtype=np.int32)
        change = (np.diff(self.sentence) != 0) | (np.diff(self.article) != 0)
        return np.concatenate([[0], np.cumsum(change)]).astype(np.int32)

    @cached_property
    def folded_texts(self) -> list[str]:
        """The texts with look-alike characters folded, as long as they are."""
        return [fold(text) for text in self.articles["text"]]

    @cached_property
    def words(self) -> np.ndarray:
        """The tokens that are words, in order."""
        return np.flatnonzero(self.is_word)

    @cached_property
    def alphabetical(self) -> np.ndarray:
        """The place of each vocabulary entry in alphabetical order."""
        rank = np.empty(len(self.vocabulary), dtype=np.int32)
        rank[np.argsort(np.array(self.vocabulary, dtype=object), kind="stable")] = np.arange(len(rank))
        return rank

    @cached_property
    def transliterations(self) -> Mapping[str, str]:
        """Spellings of one name in these articles, each with the one it is counted as."""
        from framing.words.house_styles import transliterations

        return transliterations(self.articles)

    @cached_property
    def sentence_bounds(self) -> np.ndarray:
        """The first token of each sentence of `sentence_number`, and the number of tokens at the end."""
        return np.flatnonzero(np.diff(self.sentence_number, prepend=-1, append=-1)).astype(np.int64)

    @cached_property
    def steps(self) -> np.ndarray:
        """The tokens one steps through when matching a phrase: all but hyphens inside a word."""
        hyphen = np.isin(self.form, [self.number_of.get(mark, -1) for mark in JOINING])
        glued = np.zeros(len(hyphen), dtype=bool)
        if len(hyphen) > 2:
            touches = (self.end[:-1] == self.start[1:]) & (self.article[:-1] == self.article[1:])
            glued[1:-1] = hyphen[1:-1] & touches[:-1] & touches[1:]
        return np.flatnonzero(~glued).astype(np.int32)

    @cached_property
    def _order(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        orders = {}
        for name in ("form", "lemma"):
            values = getattr(self, name)[self.steps]
            order = np.argsort(values, kind="stable").astype(np.int32)
            orders[name] = (order, np.searchsorted(values[order], np.arange(len(self.vocabulary) + 1)))
        return orders

    def steps_with(self, numbers: list[int], *, column: str = "form") -> np.ndarray:
        """Where in ``steps`` one of these vocabulary entries stands, in order."""
        order, bounds = self._order[column]
        pieces = [order[bounds[n] : bounds[n + 1]] for n in numbers]
        return np.sort(np.concatenate(pieces)) if pieces else np.zeros(0, dtype=np.int32)

    @cached_property
    def edges(self) -> np.ndarray:
        """The first token of each article, and the number of tokens at the end."""
        return np.searchsorted(self.article, np.arange(len(self.articles) + 1, dtype=self.article.dtype))

    def tokens_of(self, row: int, start: int, end: int) -> tuple[int, int]:
        """The first token that a stretch of the text of the article at `row` touches, and the one behind the last."""
        begin, stop = self.edges[row], self.edges[row + 1]
        # of the array's own type: for any other the whole array is turned into that type, each time
        first = np.searchsorted(self.end[begin:stop], self.end.dtype.type(start), side="right")
        behind = np.searchsorted(self.start[begin:stop], self.start.dtype.type(end))
        return int(begin + first), int(begin + behind)

    def tag_numbers(self, names: list[str]) -> list[int]:
        """The numbers of these tags, those that occur."""
        return [self.tags.index(name) for name in names if name in self.tags]


def voices_asked(voice: Voice) -> list[str]:
    """The voices asked for: one, several, or all where it is None. Raises ``ValueError`` naming those there are."""
    voices = list(VOICES) if voice is None else [voice] if isinstance(voice, str) else list(voice)
    if not voices or not set(voices) <= set(VOICES):
        raise ValueError(f"voice is {voice!r}; choose of {VOICES}, or None for all of them.")
    return voices


def in_voice(index: WordIndex, voice: Voice) -> np.ndarray:
    """True for the tokens in this voice, or one of these; for all of them where it is None."""
    if voice is None:
        return np.ones(len(index.form), dtype=bool)
    return np.isin(index.voice, [VOICES.index(name) for name in voices_asked(voice)])


def rows_of(index: WordIndex, first: np.ndarray, last: np.ndarray) -> pd.DataFrame:
    """One row per stretch of tokens (first and last included), with what every table cut from text carries.

    ``article_id, outlet, event, start, end, text, zone, voice, speaker, sentence``; zone, voice and speaker are
    those of the first token.
    """
    first, last = np.asarray(first, dtype=np.int64), np.asarray(last, dtype=np.int64)
    article = index.article[first].tolist()
    texts = index.articles["text"].tolist()
    speakers = np.array([*index.speakers, pd.NA], dtype=object)  # -1 is the last: no speaker
    number = index.sentence_number[first]
    start, end = index.start[first].astype(int), index.end[last].astype(int)
    begin, stop = index.start[index.sentence_bounds[number]], index.end[index.sentence_bounds[number + 1] - 1]
    return pd.DataFrame(
        {
            **{key: index.articles[key].to_numpy(dtype=object)[article] for key in KEYS},
            "start": start,
            "end": end,
            "text": [texts[row][a:b] for row, a, b in zip(article, start, end, strict=True)],
            "zone": np.array(ZONES, dtype=object)[index.zone[first]],
            "voice": np.array(VOICES, dtype=object)[index.voice[first]],
            "speaker": speakers[index.speaker[first]],
            "sentence": [" ".join(texts[row][a:b].split()) for row, a, b in zip(article, begin, stop, strict=True)],
        }
    )


_recent: Recent[WordIndex] = Recent(KEPT_INDEXES)


@steady
def word_index(articles: pd.DataFrame, quotes: pd.DataFrame | None = None) -> WordIndex:
    """The index of these articles, from the store where they have been read before."""
    articles = as_articles(articles)
    told = fingerprint(articles.drop(columns="n_words"), *([] if quotes is None else [spoken_columns(quotes)]))
    return _recent.made(told, lambda: _build(articles, quotes))


def _build(articles: pd.DataFrame, quotes: pd.DataFrame | None) -> WordIndex:
    from framing.quotes.finding import counted_quotes

    quotes = counted_quotes(articles, quotes)
    voices = spans_by_article(articles, quotes)
    words, tags = _Numbers(folded_word), _Numbers(str)
    speakers: dict[Any, int] = {}
    parts: list[dict[str, np.ndarray]] = []
    n_left_out = offset = 0
    for row, (article, doc) in enumerate(parse(articles)):
        here = passage_spans(article)
        if not here or not len(doc):
            continue
        part, left_out = _one_article(doc, here, voices.get(article.article_id, []), words, tags, speakers)
        part["head"] = part["head"] + offset
        part["article"] = np.full(len(part["start"]), row, dtype=np.int32)
        offset += len(part["start"])
        n_left_out += left_out
        parts.append(part)
    columns = {
        name: np.concatenate([part[name] for part in parts]) if parts else np.zeros(0, dtype=kind)
        for name, kind in _KINDS.items()
    }
    return WordIndex(
        articles=articles,
        vocabulary=words.entries,
        tags=tags.entries,
        speakers=list(speakers),
        n_left_out=n_left_out,
        **columns,
    )


_KINDS = {
    "article": np.int32,
    "start": np.int32,
    "end": np.int32,
    "form": np.int32,
    "lemma": np.int32,
    "pos": np.int16,
    "entity": np.int16,
    "dep": np.int16,
    "head": np.int32,
    "sentence": np.int32,
    "zone": np.int8,
    "voice": np.int8,
    "speaker": np.int32,
}


def _one_article(
    doc: Any,
    passages: Sequence[tuple[int, int, str]],
    spans: list[Any],
    words: _Numbers,
    tags: _Numbers,
    speakers: dict[Any, int],
) -> tuple[dict[str, np.ndarray], int]:
    names = """
        ORTH LEMMA POS ENT_TYPE DEP HEAD SENT_START IDX LENGTH IS_SPACE
    """.split()
    orth, lemma, pos, entity, dep, head, starts, begin, length, space = doc.to_array(names).astype(np.int64).T
    strings = doc.vocab.strings
    end = begin + length
    zone = _looked_up(
        begin,
        np.array([start for start, _, _ in passages]),
        np.array([end for _, end, _ in passages]),
        np.array([ZONES.index(name) for _, _, name in passages]),
    )
    left_out = np.isin(zone, [ZONES.index(name) for name in LEFT_OUT])
    keep = (zone >= 0) & ~left_out & (space == 0)
    first, last = (np.array([span[i] for span in spans], dtype=np.int64) for i in (0, 1))
    voice = _looked_up(begin, first, last, np.array([VOICES.index(span[2]) for span in spans]))
    who = [-1 if pd.isna(span[3]) else speakers.setdefault(span[3], len(speakers)) for span in spans]
    speaker = _looked_up(begin, first, last, np.array(who))
    new_place = np.cumsum(keep) - 1
    place = np.arange(len(begin))
    to = place + head
    to = np.where(keep[to], to, place)
    part = {
        "start": begin,
        "end": end,
        "form": words.numbers(orth, strings),
        "lemma": words.numbers(lemma, strings),
        "pos": tags.numbers(pos, strings),
        "entity": tags.numbers(entity, strings),
        "dep": tags.numbers(dep, strings),
        "head": new_place[to],
        "sentence": np.cumsum(starts == 1) - 1,
        "zone": zone,
        "voice": np.maximum(voice, 0),
        "speaker": speaker,
    }
    n_left_out = int((left_out & (space == 0)).sum())
    return {name: values[keep].astype(_KINDS[name]) for name, values in part.items()}, n_left_out


class _Numbers:
    """Numbers for strings, each string folded once however often it occurs."""

    def __init__(self, folded: Any) -> None:
        self.folded = folded
        self.entries: list[str] = []
        self._known: dict[str, int] = {}
        self._by_hash: dict[int, int] = {}

    def numbers(self, hashes: np.ndarray, strings: Any) -> np.ndarray:
        distinct, where = np.unique(hashes, return_inverse=True)
        numbered = np.array([self._number(int(value), strings) for value in distinct], dtype=np.int32)
        return numbered[where]

    def _number(self, value: int, strings: Any) -> int:
        number = self._by_hash.get(value)
        if number is None:
            entry = self.folded(strings[value & (2**64 - 1)])
            number = self._known.setdefault(entry, len(self.entries))
            if number == len(self.entries):
                self.entries.append(entry)
            self._by_hash[value] = number
        return number


def folded_word(word: str) -> str:
    """A word as it stands in the vocabulary: folded and in lower case."""
    if word == "US":
        return UNITED_STATES
    plain = fold(word).lower()
    return f"{plain}." if _DOTTED.fullmatch(plain) else plain


def _looked_up(positions: np.ndarray, first: np.ndarray, last: np.ndarray, values: np.ndarray) -> np.ndarray:
    """For each position the value of the sorted span that holds it, -1 outside all."""
    if not len(first):
        return np.full(len(positions), -1)
    place = np.searchsorted(first, positions, side="right") - 1
    inside = (place >= 0) & (positions < last[np.maximum(place, 0)])
    return np.where(inside, values[np.maximum(place, 0)], -1)
