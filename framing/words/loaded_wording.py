"""Loaded wording: candidates for a reader to judge, ranked, each with the reason in words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.steadiness import steady
from framing.tables import KEYS, ZONES, as_articles
from framing.words.index import NAMES, WordIndex, rows_of, word_index
from framing.words.patterns import find_pattern, longest

LISTS = Path(__file__).parents[1] / "data" / "lexicons"
LEXICON = LISTS / "loaded.toml"
COLUMNS = [*KEYS, "start", "end", "text", "kind", "reason", "neutral", "score", "zone", "voice", "speaker", "sentence"]
PARTS = {"N": ["NOUN", "PROPN"], "V": ["VERB", "AUX"], "A": ["ADJ"], "R": ["ADV"]}
DESCRIBES = ["amod", "acomp", "attr"]  # a participle in such a place counts as an adjective ("failed policies")
UNPAIRED = 0.95  # what a word weighs that the list of plainer words does not know: it may only be strong
IN_VOICE = {"outlet": 1.0, "reported": 0.7, "quoted": 0.4}  # what a candidate weighs by whose words it stands in
REPORTS = 0.85  # what it weighs for each sign that its sentence reports: a date, a figure, a verb of saying
FIGURES = ["CARDINAL", "PERCENT", "MONEY", "ORDINAL", "QUANTITY"]
SAYING = ["say", "tell", "announce", "report", "state", "add", "ask", "write", "confirm", "tweet", "accord"]
SCARE = 0.2  # what words in scare quotes weigh: of eleven drawn from US news two readers found none that judged
LEAST = 0.25  # score of a candidate that is listed when nothing else is asked for
CAPITALS = ["ideological label", "dubbing"]  # classes with words that always have one: Marxist, Second Amendment rights
TOPIC = "topic"  # the class of graded.csv whose words name what the news is about


@dataclass(frozen=True)
class Entry:
    """One word or phrase of the lexicon, with its class."""

    words: str
    kind: str
    reason: str
    weight: float
    pos: tuple[str, ...]


@steady
def find_loaded(
    articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None, min_score: float = LEAST
) -> pd.DataFrame:
    """Words that may be loaded, the likeliest first, each with the reason in words.

    Parameters
    ----------
    articles : as from `read_articles`.
    quotes : as from `find_quotes`; found anew when not given. Scare quotes are candidates with ``min_score=0``: most
        are terms of law and names.
    min_score : leave out candidates below it (0 to 1); 0 lists words that seldom judge ("attack", "crisis") too.

    Returns
    -------
    One row per candidate, highest ``score`` (0 to 1) first: ``start, end, text``; ``kind`` (class of the
    lexicon, or "scare quotes"); ``reason``; ``neutral``, a plainer word to compare it with (missing where
    the list ``plainer.csv`` has none); ``zone, voice, speaker``; ``sentence``. Words in somebody else's
    voice weigh less, and so do words of a sentence that reports (a date, a figure, a verb of saying).

    Notes
    -----
    A word inside a fixed phrase ("gross income", "lame-duck session"; ``plain_phrases.txt``) is no candidate; a word
    that names a deed, a crime or a side of politics ("attack", "racism"; class "topic" in ``graded.csv``) counts
    little. A word with a plainer one to compare it with comes before one that is only strong. Candidates, never a
    verdict: whether "radical" is loaded depends on what it is said of. On 734 annotated sentences of US news (BABE,
    development part; Spinde et al. 2021) 45 % of its candidates were marked by the annotators and 38 % of the marked
    words found (F1 .41); the sum of all scores puts a sentence called biased above one that was not in 79 % of pairs.
    Nothing was trained on BABE, but what each class weighs was rounded, and common words graded down, with its training
    part at hand. Annotators agree little (alpha .40). See docs/word-choice.md.
    """
    index = word_index(as_articles(articles), quotes)
    hits = lexicon_hits(index)
    rows = [(first, last, entry.kind, entry.reason, entry.weight) for first, last, entry in hits]
    rows += [
        (first, last, "scare quotes", "set in quotation marks, though nobody is quoted", SCARE)
        for first, last in _scare_quotes(index, quotes)
    ]
    table = _table(index, rows)
    table = table[table["score"] >= min_score]
    order = np.lexsort((table["start"], table["article_id"].astype(str), -table["score"]))
    return table.iloc[order].reset_index(drop=True)


def lexicon_hits(index: WordIndex) -> list[tuple[int, int, Entry]]:
    """First token, last token and entry of every match, in order; of overlapping ones the longest."""
    single, phrases, graded = _more_words()
    found: list[tuple[int, int, Entry]] = []
    of_word = [single.get(word) or single.get(_adjective_of(word, single)) for word in index.vocabulary]
    named = np.isin(index.entity, index.tag_numbers(NAMES))
    for column in (index.form, index.lemma):
        listed = np.array([entry is not None for entry in of_word], dtype=bool)
        for place in np.flatnonzero(listed[column] & ~named) if len(column) else []:
            found.append((int(place), int(place), of_word[column[place]]))
    for entry in phrases:
        found += [(int(first), int(last), entry) for first, last in find_pattern(index, entry.words, plain=True)]
    plain = _in_plain_phrases(index) if found else frozenset()
    found = [
        hit
        for hit in found
        if _fits(index, *hit)
        and not (hit[2].kind not in CAPITALS and _in_name(index, hit[0]))
        and not set(range(hit[0], hit[1] + 1)) <= plain
    ]
    if not found:
        return []
    kept, seen = [], set()
    for row in longest(np.array([hit[:2] for hit in found])):
        first, last, entry = found[row]
        if (first, last) not in seen:
            seen.add((first, last))
            weight = min(
                (
                    weight
                    for parts, weight in graded.get(entry.words, ())
                    if not parts or index.tags[index.pos[last]] in parts
                ),
                default=entry.weight,
            )
            kept.append((first, last, replace(entry, weight=weight)))
    return kept


def _fits(index: WordIndex, first: int, last: int, entry: Entry) -> bool:
    """Is the last word of the part of speech the entry asks for, and a hyphen there where it has one?"""
    n_words = len(entry.words.replace("-", " ").split())
    if "-" in entry.words and last - first < n_words:  # "has been" is no "has-been"
        return False
    if not entry.pos or index.tags[index.pos[last]] in entry.pos:
        return True
    return "ADJ" in entry.pos and index.tags[index.dep[last]] in DESCRIBES


def _in_name(index: WordIndex, place: int) -> bool:
    """Is the word written with a capital where nothing but a name asks for one: the Great Recession?"""
    text, start = index.articles["text"].iloc[index.article[place]], index.start[place]
    if not text[start].isupper() or text[start : index.end[place]].isupper() or ZONES[index.zone[place]] == "headline":
        return False
    opens = place == index.sentence_bounds[index.sentence_number[place]]
    return not opens and text[:start].rstrip(" \"“‘'(")[-1:].isalnum()


def _in_plain_phrases(index: WordIndex) -> frozenset[int]:
    """The tokens that stand in a fixed phrase, where they mean nothing loaded."""
    return frozenset(
        place
        for phrase in _plain_phrases()
        for first, last in find_pattern(index, phrase, plain=True)
        for place in range(int(first), int(last) + 1)
    )


@lru_cache(maxsize=1)
def _plain_phrases() -> tuple[str, ...]:
    lines = (LISTS / "plain_phrases.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def plainer_words() -> dict[str, str]:
    """A plainer word for each loaded one of ``data/lexicons/plainer.csv``."""
    return dict(pd.read_csv(LISTS / "plainer.csv").itertuples(index=False, name=None))


@lru_cache(maxsize=1)
def _more_words() -> tuple[dict[str, Entry], list[Entry], dict[str, list[tuple[tuple[str, ...], float]]]]:
    """The lexicon with the words of ``graded.csv``, and what known words weigh that name a topic."""
    of_class = {group["name"]: group for group in _classes()}
    single, phrases = loaded_lexicon()
    single = {word: replace(entry, weight=of_class[entry.kind]["news"]) for word, entry in single.items()}
    phrases = [replace(entry, weight=of_class[entry.kind]["news"]) for entry in phrases]
    graded: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for row in pd.read_csv(LISTS / "graded.csv", comment="#", keep_default_na=False).itertuples(index=False):
        parts = tuple(PARTS[row.part]) if row.part else ()
        if row[2] == TOPIC:
            graded.setdefault(row.word, []).append((parts, float(row.weight)))
            continue
        entry = Entry(row.word, row[2], of_class[row[2]]["reason"], float(row.weight), parts)
        if " " in row.word or "-" in row.word:
            phrases.append(entry)
        else:
            single.setdefault(row.word, entry)
    return single, phrases, graded


@lru_cache(maxsize=1)
def _classes() -> list[dict[str, Any]]:
    """The classes of ``loaded.toml``; not to be changed."""
    classes: list[dict[str, Any]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))["class"]
    return classes


@lru_cache(maxsize=1)
def loaded_lexicon() -> tuple[dict[str, Entry], list[Entry]]:
    """The lexicon: single words by their form, and phrases."""
    single: dict[str, Entry] = {}
    phrases: dict[str, Entry] = {}
    for group in _classes():
        for item in group["words"].replace("\n", " ").split(","):
            words, _, part = item.strip().partition("/")
            if not words:
                continue
            entry = Entry(
                words.lower(), group["name"], group["reason"], group["weight"], tuple(PARTS[part]) if part else ()
            )
            known = phrases if " " in words or "-" in words else single
            seen = known.setdefault(entry.words, entry)
            if seen.pos and entry.pos:  # "bully/N, bully/V" is one word in two uses
                known[entry.words] = replace(seen, pos=tuple(dict.fromkeys([*seen.pos, *entry.pos])))
    return single, list(phrases.values())


def _adjective_of(word: str, known: dict[str, Entry]) -> str:
    """The listed adjective an adverb comes from ("shamefully": "shameful"), or ""."""
    if not word.endswith("ly") or len(word) < 6:
        return ""
    stem = word[:-2]
    for adjective in (stem, stem + "e", stem[:-1] + "y", word[:-1] + "e", word[:-4] if word.endswith("ally") else ""):
        if adjective in known and len(adjective) > 3:
            return adjective
    return ""


def _scare_quotes(index: WordIndex, quotes: pd.DataFrame | None) -> list[tuple[int, int]]:
    from framing.quotes.finding import counted_quotes

    quotes = counted_quotes(index.articles, quotes)
    row_of = {article_id: row for row, article_id in enumerate(index.articles["article_id"])}
    found = []
    own = quotes["voice"] == "outlet" if "voice" in quotes else True
    for quote in quotes[(quotes["kind"] == "scare") & own].itertuples(index=False):
        row = row_of.get(quote.article_id)
        if row is None:
            continue
        for start, end in quote.content_spans:
            first, behind = index.tokens_of(row, start, end)
            if first < behind and not _mentioned(index, first, behind - 1):
                found.append((first, behind - 1))
    return found


def _mentioned(index: WordIndex, first: int, last: int) -> bool:
    """Is a quoted word spoken about, a name or markup: the word "wall", the measure "HR 1", William "Mo" Cowan, id="wall"?"""
    before = [index.vocabulary[index.lemma[place]] for place in range(max(first - 3, 0), first)]
    text = index.articles["text"].iloc[index.article[first]][index.start[first] : index.end[last]]
    return (
        bool({"word", "term", "phrase"} & set(before))
        or any(mark.isdigit() or mark == "=" for mark in text)
        or not set("<=").isdisjoint(index.articles["text"].iloc[index.article[first]][: index.start[first]][-2:])
        or (text[:1].isupper() and text[1:2].islower())
    )


def _table(index: WordIndex, rows: list[tuple[int, int, str, str, float]]) -> pd.DataFrame:
    first, last = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    table = rows_of(index, first, last)
    weight = np.array([row[4] for row in rows], dtype=float)
    neutral = [_plainer(index, row[0], row[1]) for row in rows]
    lost = np.where([pd.isna(word) for word in neutral], UNPAIRED, 1.0) if rows else 1.0
    whose = table["voice"].map(IN_VOICE).to_numpy(dtype=float)
    score = np.round(weight * lost * whose * REPORTS ** _signs_of_reporting(index)[index.sentence_number[first]], 3)
    return table.assign(kind=[row[2] for row in rows], reason=[row[3] for row in rows], neutral=neutral, score=score)[
        COLUMNS
    ]


def _signs_of_reporting(index: WordIndex) -> np.ndarray:
    """For each sentence how many it has of: a date, a figure, a verb of saying."""
    said = np.isin(index.lemma, [index.number_of.get(word, -1) for word in SAYING])
    kinds = [np.isin(index.entity, index.tag_numbers(names)) for names in (["DATE"], FIGURES)]
    n = int(index.sentence_number[-1]) + 1 if len(index.form) else 0
    return sum(
        (np.bincount(index.sentence_number[there], minlength=n) > 0 for there in (*kinds, said)), np.zeros(n, dtype=int)
    )


def _plainer(index: WordIndex, first: int, last: int) -> object:
    known = plainer_words()
    for column in (index.lemma, index.form):
        words = " ".join(index.vocabulary[n] for n in column[first : last + 1]).replace(" - ", "-")
        if words in known:
            return known[words]
    return pd.NA
