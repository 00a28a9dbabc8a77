"""Runs of words that texts have in common: word shingles, fingerprints, and the exact runs behind them.

Fingerprints are chosen by winnowing, so two texts with a run of `GUARANTEE` equal words always share one,
while only about a quarter of all shingles need to be kept.

References
----------
Schleimer, Wilkerson & Aiken 2003, "Winnowing: local algorithms for document fingerprinting" (SIGMOD);
Broder 1997, "On the resemblance and containment of documents" (shingles, Jaccard).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from framing.text.unicode import fold
from framing.words.house_styles import fold_token
from framing.zones.lines import WORD

Run = tuple[int, int, int]  # place in the one text, place in the other, length
SIZE, WINDOW = 6, 7  # words in a shingle; shingles of which one is kept
GUARANTEE = SIZE + WINDOW - 1
SHORTEST_RUN = 5  # words: shorter equal runs are everyday phrases
NEIGHBOURS = 30  # how many texts with the same fingerprint each is compared with, on either side
_BASE = np.uint64(1_000_003)


def folded_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """``(start, end, word)`` of each word of a text, in lower case and one house style, hyphens opened."""
    plain = fold(text)
    words = []
    for hit in WORD.finditer(plain, start, len(plain) if end is None else end):
        begin = hit.start()
        for part in hit.group().split("-"):
            word = fold_token(part).lower().removesuffix("'s").replace(".", "")
            if word:
                words.append((begin, begin + len(part), word))
            begin += len(part) + 1
    return words


def shingle_similarity(one: str, other: str, *, size: int = SIZE) -> float:
    """Jaccard similarity of the word shingles of two texts (0 to 1): shared ones over all, each counted once."""
    first, second = ({tuple(words[i:i + size]) for i in range(len(words) - size + 1)}
                     for words in ([word for _, _, word in folded_words(text)] for text in (one, other)))
    return len(first & second) / len(first | second) if first or second else 0.0


def fingerprints(words: np.ndarray) -> np.ndarray:
    """Hashes of the shingles of one text (numbered words) that winnowing keeps, without repeats."""
    if len(words) < SIZE:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.zeros(len(words) - SIZE + 1, dtype=np.uint64)
    for i in range(SIZE):
        hashes = hashes * _BASE + words[i:len(words) - SIZE + 1 + i].astype(np.uint64)
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
        places[tuple(other[j:j + shortest])].append(j)
    runs = []
    for i in range(len(one) - shortest + 1):
        for j in places.get(tuple(one[i:i + shortest]), ())[:NEIGHBOURS]:
            if i and j and one[i - 1] == other[j - 1]:
                continue  # goes on from the left: already found
            length = shortest
            while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
                length += 1
            runs.append((i, j, length))
    taken = np.zeros(len(one), dtype=bool)
    kept = []
    for i, j, length in sorted(runs, key=lambda run: (-run[2], run)):
        if not taken[i:i + length].any():
            taken[i:i + length] = True
            kept.append((i, j, length))
    return sorted(kept)


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
