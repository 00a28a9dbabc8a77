"""How much a line sounds like a news site rather than like a story: its words alone, without place or topic."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from framing.text.word_vectors import SIZE, word_vector
from framing.zones.lines import FUNCTION_WORDS, WORD, Line

QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]?")  # what others say does not count
MOST = 80  # words of a line that make its vector
READ = 2000  # characters of a line that are read for its wording


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The learned numbers (``framing/data/models/zones/weights.json``; its card says what they were learned from)."""
    return json.loads((files("framing") / "data" / "models" / "zones" / "weights.json").read_text("utf-8"))


def bare_words(line: Line) -> list[str]:
    """Its words as written, without what stands between quotation marks."""
    return [word.replace("’", "'").replace("‘", "'") for word in WORD.findall(QUOTED.sub(" ", line.text[:READ]))]


def plain_words(words: list[str]) -> list[str]:
    """Words in lower case, names left out: capitals count as names, except at the start."""
    return [word.lower() for place, word in enumerate(words)
            if not (place and word[0].isupper() and word.lower() not in FUNCTION_WORDS)]


def mean_vector(words: list[str]) -> np.ndarray:
    """The mean of the vectors of `words` (256 numbers); zeros where there are none."""
    vectors = [word_vector(word) for word in words[:MOST]]
    return np.mean(vectors, axis=0) if vectors else np.zeros(SIZE, np.float32)


def phrases_of(words: list[str]) -> set[str]:
    """Single words and pairs of neighbours, as the model counts them."""
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


def sound(words: list[str]) -> float:
    """Log-odds that a line of these words (from `plain_words`) is furniture: above 0 it sounds like a site."""
    return score(words, *_learned())


def score(words: list[str], phrases: dict[str, float], vector: np.ndarray, intercept: float) -> float:
    """The sum of the weights of the phrases that `words` hold, and of their mean vector's."""
    return intercept + sum(phrases.get(phrase, 0.0) for phrase in sorted(phrases_of(words))) \
        + float(mean_vector(words) @ vector)


@lru_cache(maxsize=1)
def _learned() -> tuple[dict[str, float], np.ndarray, float]:
    part = weights()["sound"]
    return part["phrases"], np.asarray(part["vector"], np.float32), float(part["intercept"])
