"""Words that may be names for one thing: by the list `near_names.txt`, by near-synonyms and by word vectors."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from framing.text.lexicon import opposites, stem, synonyms, word_vector
from framing.words.house_styles import american

LIST = Path(__file__).parents[1] / "data" / "lexicons" / "near_names.txt"
LISTED, SYNONYM = 1.0, 0.85  # likeness of words of one line of the list, and of near-synonyms
NEAR, SAME = 0.3, 0.65  # cosines between which likeness by vectors rises from 0 to VECTOR; see docs/word-choice.md
VECTOR = 0.8


@lru_cache(maxsize=1)
def near_names() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Each word with the lines it stands in: those of words for one thing, and those of things of one kind."""
    alike: dict[str, set[int]] = {}
    apart: dict[str, set[int]] = {}
    for number, line in enumerate(LIST.read_text(encoding="utf-8").splitlines()):
        if not line.strip() or line.startswith("#"):
            continue
        words = apart if line.startswith("!") else alike
        for word in line.lstrip("! ").split(","):
            words.setdefault(word.strip(), set()).add(number)
    return ({word: frozenset(lines) for word, lines in alike.items()},
            {word: frozenset(lines) for word, lines in apart.items()})


@lru_cache(maxsize=1)
def phrases() -> dict[tuple[str, ...], str]:
    """The entries of several words, by their words."""
    return {tuple(word.replace("-", " ").split()): word for word in near_names()[0] if " " in word}


def word_likenesses(words: list[str]) -> np.ndarray:
    """0 to 1 for every two of the words: how far, by meaning alone, they may name one thing. 0 for one stem,
    contraries and things of one kind."""
    units = np.array([_unit(word) for word in words]) if words else np.zeros((0, 1))
    table = VECTOR * np.clip((units @ units.T - NEAR) / (SAME - NEAR), 0.0, 1.0)
    alike, apart = near_names()
    for groups, worth in ((synonyms(), SYNONYM), (alike, LISTED)):
        _mark(table, words, groups, worth)
    _mark(table, words, apart, 0.0)
    against = opposites()
    stems: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        stems.setdefault(stem(american(word)), []).append(number)
        for other in against.get(word, ()):
            if other in words:
                table[number, words.index(other)] = table[words.index(other), number] = 0.0
    for same in stems.values():
        table[np.ix_(same, same)] = 0.0
    return np.asarray(np.round(table, 6))


def _mark(table: np.ndarray, words: list[str], groups: dict[str, frozenset[int]], worth: float) -> None:
    holders: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        for line in groups.get(word, ()):
            holders.setdefault(line, []).append(number)
    for same in holders.values():
        here = np.ix_(same, same)
        table[here] = np.maximum(table[here], worth) if worth else 0.0


@lru_cache(maxsize=50_000)
def _unit(word: str) -> np.ndarray:
    vector = word_vector(word)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
