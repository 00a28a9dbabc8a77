"""Lists of words and names in ``framing/data``, and word vectors from the wordllama wheel; nothing is downloaded."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

# The lists in ``framing/data/names``: small CSV files written for this project.


def read_list(name: str, of: str = "names") -> list[dict[str, str]]:
    """The rows of ``data/<of>/<name>.csv``; several values in a cell are separated by ";"."""
    text = (files("framing") / "data" / of / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=16)
def word_lists(path: str) -> dict[str, Any]:
    """The lists of ``data/<path>.toml`` by name; not to be changed."""
    return tomllib.loads((files("framing") / "data" / f"{path}.toml").read_text(encoding="utf-8"))


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


SIZE = 256
_vectors: dict[str, np.ndarray] = {}
MOST = 50_000  # words kept in memory


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, Any]:
    """The vectors of word pieces (float16) and the tokenizer that cuts words into pieces."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ImportError(
            "Tone and page zones need the package wordllama for its word vectors. Run: pip install 'wordllama<0.5'"
        )
    folder = Path(found.origin).parent
    pieces = next(iter(load_file(folder / "weights" / "l2_supercat_256.safetensors").values()))
    return pieces, Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))


def word_vector(word: str) -> np.ndarray:
    """The mean vector (256 numbers) of the pieces of one word as written; zeros for an empty word."""
    if word not in _vectors:
        if len(_vectors) >= MOST:
            _vectors.clear()
        pieces, tokenizer = _tables()
        numbers = tokenizer.encode(word, add_special_tokens=False).ids
        _vectors[word] = pieces[numbers].astype(np.float64).mean(0) if numbers else np.zeros(SIZE)
    return _vectors[word]


# Verbs and small words that name nothing by themselves, and words without their endings.

LIGHT = frozenset(word_lists("lexicons/common")["light"])
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "er",
    "ors",
    "or",
    "ances",
    "ance",
    "ences",
    "ence",
    "ities",
    "ity",
    "ives",
    "ive",
    "als",
    "al",
    "ies",
    "ied",
    "ed",
    "es",
    "s",
    "ly",
    "y",
    "e",
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest ending: "violation" and "violate" come together."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
