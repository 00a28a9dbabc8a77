"""How alike two words, names or amounts are in meaning: by form, by a list of near-synonyms and by word vectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from framing.number_words import agree
from framing.places import countries_in
from framing.sayings import Term
from framing.word_vectors import word_vector

SYNONYM, STEM, PART = 0.85, 0.9, 0.7  # likeness of near-synonyms, words of one stem, and a part of a compound
NEAR, SAME = 0.25, 0.75  # cosines of word vectors between which likeness rises from 0 to VECTOR
VECTOR = 0.8
KIN = 0.5  # a person or body and its country
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ors", "or", "ances", "ance",
            "ences", "ence", "ities", "ity", "ives", "ive", "als", "al", "ies", "ied", "ed", "es", "s", "ly", "y", "e")


@lru_cache(maxsize=1)
def synonyms() -> dict[str, frozenset[int]]:
    """Each word of ``models/coverage/synonyms.txt`` with the numbers of the lines it stands in."""
    path = files("framing") / "models" / "coverage" / "synonyms.txt"
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.strip() and not line.startswith("#"):
            for word in line.split(","):
                groups.setdefault(word.strip(), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest ending: "missiles", "violation" and "violate" come near each other."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[:-len(ending)]
    return word


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """0 to 1 for two lemmas."""
    if one == other:
        return 1.0
    if stem(one) == stem(other):
        return STEM
    groups = synonyms()
    if groups.get(one, frozenset()) & groups.get(other, frozenset()):
        return SYNONYM
    short, long = sorted((one, other), key=len)
    best = 0.0
    if len(short) >= 4 and len(long) - len(short) >= 3 and (long.startswith(short) or long.endswith(short)):
        best = PART
    a, b = _unit(one), _unit(other)
    cosine = float(a @ b)
    return max(best, VECTOR * min(max((cosine - NEAR) / (SAME - NEAR), 0.0), 1.0))


@lru_cache(maxsize=50_000)
def _unit(word: str) -> np.ndarray:
    vector = word_vector(word)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def likeness(term: Term, others: Sequence[Term], country_of: dict[str, frozenset[str]]) -> np.ndarray:
    """0 to 1 for one term of a fact and each of some other terms."""
    return np.array([_likeness(term, other, country_of) for other in others])


def _likeness(one: Term, other: Term, country_of: dict[str, frozenset[str]]) -> float:
    if one.kind == "amount" or other.kind == "amount":
        if one.amount and other.amount:
            return agree(one.amount, other.amount)
        return 0.0
    if one.kind == "name" or other.kind == "name":
        a, b = one.key, other.key
        if a == b or a.casefold() == b.casefold():
            return 1.0
        if one.kind != other.kind:
            return 0.6 if {w.casefold() for w in a.split()} & {w.casefold() for w in b.split()} else 0.0
        first, second = country_of.get(a, countries_in(a)), country_of.get(b, countries_in(b))
        return KIN if (b in first or a in second) else 0.0
    return word_likeness(one.key, other.key)
