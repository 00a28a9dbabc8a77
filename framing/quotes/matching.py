"""The same utterance in several outlets: translated, trimmed or paraphrased, side by side."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.entities.names import fold_name, split_speakers
from framing.quotes.speakers import speaker_links
from framing.tables import KEYS, require_columns

COLUMNS = ["event", "utterance", "outlet", "speaker", "via", "kind", "content", "n_words", "kept", "cut", "article_id",
           "quote_id", "start", "end"]
SAME_WORD = 0.68  # cosine of word vectors from which two words count as translations of one
LEAST_WORDS = 3  # content words two versions share at least
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class _Version(NamedTuple):
    row: Any
    words: list[str]  # content words as stems, in order
    known: frozenset[str]
    who: frozenset[str]


def quote_matches(quotes: pd.DataFrame, *, similarity: float = 0.6) -> pd.DataFrame:
    """Utterances that at least two outlets print, one row per version, with what each version cut.

    Parameters
    ----------
    quotes : as from `find_quotes`; compared within each event.
    similarity : how much of the shorter version the longer one must hold (0 to 1), rare words counting more.

    Returns
    -------
    One row per version, the fullest first: ``event``; ``utterance`` (number within the table); ``outlet, speaker,
    via, kind, content, n_words``; ``kept`` (0 to 1: content words of the fullest version that this one has, by the
    same word or one of the same meaning); ``cut``, those it lacks, in the order and wording of the fullest version;
    ``article_id, quote_id, start, end``. Utterances in most outlets go first.

    Notes
    -----
    Two versions match if they share words, or words of like meaning by static word vectors, and their speakers do
    not contradict each other. Set phrases that a speaker says twice are one utterance here; a free paraphrase with
    no word in common is missed. Read the rows side by side before writing that something was cut.
    """
    require_columns(quotes, [*KEYS, "quote_id", "kind", "speaker", "content", "n_words", "start", "end"],
                    made_by="find_quotes")
    nested = quotes["nested"].fillna(False).astype(bool) if "nested" in quotes else pd.Series(False, index=quotes.index)
    rows = quotes[(quotes["kind"] != "scare") & ~nested & quotes["event"].notna()]
    links = speaker_links(rows)
    country = dict(zip(links["speaker"], links["link"], strict=True))
    found: list[list[Any]] = []
    for event, part in rows.groupby("event", sort=True):
        versions = [_version(row, country) for row in part.sort_values(["article_id", "start"]).itertuples(index=False)]
        found += [[event, group] for group in _groups([v for v in versions if len(v.known) >= LEAST_WORDS], similarity)]
    found.sort(key=lambda item: (-len({v.row.outlet for v in item[1]}), -len(item[1]), str(item[0]),
                                 item[1][0].row.start))
    table = []
    for number, (event, group) in enumerate(found, start=1):
        group.sort(key=lambda v: (-len(v.known), v.row.outlet, v.row.start))
        for version in group:
            row = version.row
            kept, cut = _compared(group[0], version)
            table.append([event, number, row.outlet, row.speaker, getattr(row, "via", pd.NA), row.kind, row.content,
                          row.n_words, kept, cut, row.article_id, row.quote_id, row.start, row.end])
    return pd.DataFrame(table, columns=COLUMNS)


def _version(row: Any, country: dict[str, str]) -> _Version:
    words = [_stem(word) for word in _WORD.findall(row.content)]
    kept = [word for word in words if word not in _small()]
    return _Version(row, kept, frozenset(kept), frozenset(country.get(s, s) for s in split_speakers(row.speaker)))


def _groups(versions: list[_Version], similarity: float) -> list[list[_Version]]:
    """Versions joined by likeness, groups of at least two outlets."""
    document = Counter(word for version in versions for word in version.known)
    weight = {word: float(np.log(1 + len(versions) / n)) for word, n in document.items()}
    like = _alike(sorted(document))
    wider = [version.known.union(*(like[word] for word in version.known)) for version in versions]
    parent = list(range(len(versions)))
    pairs = []
    for a, b in combinations(range(len(versions)), 2):
        one, other = versions[a], versions[b]
        if len(one.known & wider[b]) < LEAST_WORDS:
            continue
        if one.row.outlet == other.row.outlet or (one.who and other.who and not one.who & other.who
                                                  and not _relayed(one, other)):
            continue
        score, shared = _likeness(one.known, other.known, weight, like)
        if shared >= LEAST_WORDS and score >= similarity:
            pairs.append((score, a, b))
    for _, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        top_a, top_b = _top(parent, a), _top(parent, b)
        if top_a != top_b and not _too_far(top_a, top_b, parent, versions, weight, like, similarity):
            parent[max(top_a, top_b)] = min(top_a, top_b)
    groups: dict[int, list[_Version]] = {}
    for number, version in enumerate(versions):
        groups.setdefault(_top(parent, number), []).append(version)
    return [group for group in groups.values() if len({v.row.outlet for v in group}) > 1]


def _too_far(one: int, other: int, parent: list[int], versions: list[_Version], weight: dict[str, float],
             like: dict[str, set[str]], similarity: float) -> bool:
    """Would joining two groups chain utterances whose fullest versions are unlike?"""
    members = [[v for n, v in enumerate(versions) if _top(parent, n) == top] for top in (one, other)]
    fullest = [max(group, key=lambda v: len(v.known)) for group in members]
    score, _ = _likeness(fullest[0].known, fullest[1].known, weight, like)
    return score < similarity * 0.7


def _top(parent: list[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _relayed(one: _Version, other: _Version) -> bool:
    """May a medium stand for the speaker it reports: KCNA in one outlet, Kim in the other?"""
    return "media" in {getattr(one.row, "speaker_role", ""), getattr(other.row, "speaker_role", "")}


def _likeness(one: frozenset[str], other: frozenset[str], weight: dict[str, float],
              like: dict[str, set[str]]) -> tuple[float, int]:
    short, long = sorted([one, other], key=lambda words: (sum(weight[word] for word in words), sorted(words)))
    shared = [word for word in short if word in long or like.get(word, set()) & long]
    total = sum(weight[word] for word in short)
    return (sum(weight[word] for word in shared) / total if total else 0.0), len(shared)


def _compared(fullest: _Version, version: _Version) -> tuple[float, Any]:
    """Share of the fullest version's content words that this one has, and the stretches it lacks."""
    like = _alike(sorted(fullest.known | version.known))
    missing: list[str] = []
    stretch: list[str] = []
    n_kept = n_all = 0
    for word in _WORD.findall(fullest.row.content):
        stem = _stem(word)
        if stem in _small():
            if stretch:
                stretch.append(word)
            continue
        n_all += 1
        if stem in version.known or like.get(stem, set()) & version.known:
            n_kept += 1
            missing += _closed(stretch)
            stretch = []
        else:
            stretch.append(word)
    missing += _closed(stretch)
    return (n_kept / n_all if n_all else 1.0), " … ".join(missing) or pd.NA


def _closed(stretch: list[str]) -> list[str]:
    while stretch and _stem(stretch[-1]) in _small():
        stretch.pop()
    return [" ".join(stretch)] if stretch else []


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """Function words, as stems."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(_stem(word) for word in ENGLISH_STOP_WORDS) | {"s", "t", "said", "say"}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """A word without its commonest endings, as it sounds: "conquerors" is "conqueror", "rocketry" stays."""
    word = re.sub(r"[’']s?$", "", word.lower())
    if any(letter.isdigit() for letter in word):
        return word
    for ending, least in (("ies", 3), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[:-len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.rstrip("e") if len(word) > 4 else word


def _alike(words: list[str]) -> dict[str, set[str]]:
    """For each word the others of like sound or meaning."""
    from framing.precision import one_thread, rounded
    from framing.text.lexicon import word_vector

    like: dict[str, set[str]] = {word: set() for word in words}
    if len(words) < 2:
        return like
    vectors = np.array([word_vector(word) for word in words])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(norms > 0, norms, 1)
    with one_thread():
        close = rounded(vectors @ vectors.T) >= SAME_WORD
    for a, b in zip(*np.nonzero(np.triu(close, 1)), strict=True):
        if not any(letter.isdigit() for letter in words[a] + words[b]):
            like[words[a]].add(words[b])
            like[words[b]].add(words[a])
    sounds: dict[str, list[str]] = {}
    for word in words:
        sounds.setdefault(fold_name(word)[:6] if len(word) > 5 else word, []).append(word)
    for group in sounds.values():
        for word in group:
            like[word] |= set(group) - {word}
    return like
