"""How alike two words, names or amounts are in meaning: by form, by a list of near-synonyms and by word vectors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from framing.entities.names import fold, name_words, same_person
from framing.entities.places import countries_in
from framing.salience.statements import Term
from framing.text.amounts import agree
from framing.text.near_synonyms import synonyms
from framing.text.word_vectors import word_vector

SYNONYM, STEM, PART = 0.85, 0.9, 0.7  # likeness of near-synonyms, words of one stem, and a part of a compound
NEAR, SAME = 0.25, 0.75  # cosines of word vectors between which likeness rises from 0 to VECTOR
VECTOR = 0.8
KIN = 0.5  # a person or body and its country
NAMED = 0.9  # a word and a longer name that holds it
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ors", "or", "ances", "ance",
            "ences", "ence", "ities", "ity", "ives", "ive", "als", "al", "ies", "ied", "ed", "es", "s", "ly", "y", "e")

Countries = Mapping[str, frozenset[str]]  # whose a person or body is


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest ending: "violation" and "violate" come together."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[:-len(ending)]
    return word


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """0 to 1 for two words in dictionary form."""
    if one == other:
        return 1.0
    if stem(one) == stem(other):
        return STEM
    groups = synonyms()
    if groups.get(one, frozenset()) & groups.get(other, frozenset()):
        return SYNONYM
    short, long = sorted((one, other), key=len)
    part = len(short) >= 4 and len(long) - len(short) >= 3 and (long.startswith(short) or long.endswith(short))
    cosine = float(_unit(one) @ _unit(other))
    return max(PART if part else 0.0, VECTOR * min(max((cosine - NEAR) / (SAME - NEAR), 0.0), 1.0))


@lru_cache(maxsize=50_000)
def _unit(word: str) -> np.ndarray:
    vector = word_vector(word)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def likeness(one: Term, other: Term, country_of: Countries) -> float:
    """0 to 1 for two terms; names by whom they stand for, amounts by their value."""
    if one.kind == "amount" or other.kind == "amount":
        return agree(one.amount, other.amount) if one.amount and other.amount else 0.0
    if one.kind == "name" and other.kind == "name":
        return name_likeness(one.key, other.key, country_of)
    if one.kind == "name" or other.kind == "name":
        word, name = (other, one) if one.kind == "name" else (one, other)
        held = {part for part in name.key.casefold().replace("-", " ").split() if len(part) > 2}
        return NAMED if word.key in held and not countries_in(name.key) else 0.0
    if "PROPN" in (one.pos, other.pos) and fold(one.key) == fold(other.key):
        return 1.0
    return word_likeness(one.key, other.key)


@lru_cache(maxsize=100_000)
def _same_name(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    if all(map(fold, name_words(one) + name_words(other))) and same_person(one, other):
        return True
    short, long = sorted((one.replace(".", ""), other), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return short.isupper() and len(short) > 1 and (initials == short or initials[:len(short)] == short)


def name_likeness(one: str, other: str, country_of: Countries) -> float:
    """1 for one entity by two names, `KIN` for somebody and their country, less for bodies that share words."""
    if _same_name(one, other):
        return 1.0
    first = country_of.get(one) or countries_in(one)
    second = country_of.get(other) or countries_in(other)
    if other in first or one in second:
        return KIN
    if one in countries_in(one) or other in countries_in(other):
        return 0.0
    a, b = set(name_words(one)), set(name_words(other))
    return NAMED * len(a & b) / min(len(a), len(b)) if a & b and (a <= b or b <= a) else 0.0
