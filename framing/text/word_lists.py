"""The lists in ``framing/data/names``: small CSV files written for this project."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of ``data/names/<name>.csv``; several values in a cell are separated by ";"."""
    text = (files("framing") / "data" / "names" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# The lists of near-synonyms and of opposites that facts are matched by.


def _lines(name: str) -> list[str]:
    """The lines of a list in ``data/models/coverage``, without comments and blank ones."""
    text = (files("framing") / "data" / "models" / "coverage" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def synonyms() -> dict[str, frozenset[int]]:
    """Each word of ``data/models/coverage/synonyms.txt`` with the numbers of the lines it stands in."""
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("synonyms")):
        for word in line.split(","):
            groups.setdefault(word.strip(), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Each word of ``data/models/coverage/opposites.txt`` with the words that say the contrary."""
    found: dict[str, set[str]] = {}
    for line in _lines("opposites"):
        left, right = ([word.strip() for word in side.split(",")] for side in line.split("|"))
        for one, other in [*((a, b) for a in left for b in right), *((b, a) for a in left for b in right)]:
            found.setdefault(one, set()).add(other)
    return {word: frozenset(others) for word, others in found.items()}


def whole_lemma(lemma: str) -> str:
    """A dictionary form that lost its last letter on the way ("fin" of "fined"), mended where the lists know better."""
    return f"{lemma}e" if lemma not in synonyms() and f"{lemma}e" in synonyms() else lemma
