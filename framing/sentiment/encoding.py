"""A target and its sentence as arrays: what training and scoring both feed to the tone model."""

from __future__ import annotations

from typing import Any

import numpy as np

from framing.sentiment.features import VIEWS, Reading, Seen, connotation, simple_role
from framing.text.word_vectors import SIZE, word_vector

LONGEST = 60  # words around the target that the network reads
POS = ["<pad>", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
       "SCONJ", "SYM", "VERB", "X", "SPACE"]
ROLES = ["subject", "passive", "object", "agent", "owner", "prep", "other"]
FURTHEST = 12  # words; beyond it only the side counts
Pair = tuple[Reading, Seen]


def word_matrix(pairs: list[Pair], column: dict[str, int]) -> Any:
    """targets x word features, as a sparse matrix of zeros and ones; unknown features are left out."""
    from scipy.sparse import csr_matrix

    rows = [sorted({column[name] for name in seen.names if name in column}) for _, seen in pairs]
    pointer = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((index for row in rows for index in row), dtype=np.int32, count=int(pointer[-1]))
    return csr_matrix((np.ones(len(indices), np.float64), indices, pointer), (len(pairs), len(column)))


def number_matrix(pairs: list[Pair]) -> np.ndarray:
    """targets x numbers from the word lists."""
    return np.array([seen.numbers for _, seen in pairs], np.float64)


def view_matrix(pairs: list[Pair]) -> np.ndarray:
    """targets x (views * 256): the direction of the mean word vector of each view, names left out."""
    result = np.zeros((len(pairs), len(VIEWS), SIZE), np.float64)
    for row, (reading, seen) in enumerate(pairs):
        vectors = reading_vectors(reading)
        for place, view in enumerate(VIEWS):
            if seen.views[view]:
                mean = vectors[seen.views[view]].mean(0)
                result[row, place] = mean / (np.linalg.norm(mean) + 1e-6)
    return result.reshape(len(pairs), len(VIEWS) * SIZE)


def reading_vectors(reading: Reading) -> np.ndarray:
    """words x 256, with zeros for names."""
    if reading.vectors is None:
        nothing = np.zeros(SIZE, np.float64)
        reading.vectors = np.stack([nothing if name else word_vector(token.text)
                                    for token, name in zip(reading.tokens, reading.is_name, strict=True)])
    return reading.vectors


def token_arrays(pairs: list[Pair], deps: dict[str, int]) -> dict[str, np.ndarray]:
    """What the network reads of each target: one entry per word, padded with zeros to the longest.

    ``kind`` (0 no word, 1 target, 2 name, 3 other word), ``vectors``, ``pos``, ``dep``, ``place`` (words
    from the target), ``steps`` (in the tree from the target), ``flags``; and per target ``role`` and
    ``numbers``.
    """
    windows = [_window(len(reading.tokens), seen.distance.index(0)) for reading, seen in pairs]
    shape = (len(pairs), max((stop - start for start, stop in windows), default=1))
    arrays = {name: np.zeros(shape, np.int64) for name in ("kind", "pos", "dep", "place", "steps")}
    arrays["vectors"] = np.zeros((*shape, SIZE), np.float64)
    arrays["flags"] = np.zeros((*shape, 8 + len(VIEWS)), np.float64)
    for row, ((reading, seen), (start, stop)) in enumerate(zip(pairs, windows, strict=True)):
        here, head = slice(0, stop - start), seen.distance.index(0)
        kinds = [1 if inside else 2 if name else 3
                 for inside, name in zip(seen.inside, reading.is_name, strict=True)]
        arrays["kind"][row, here] = kinds[start:stop]
        arrays["vectors"][row, here] = reading_vectors(reading)[start:stop]
        arrays["pos"][row, here] = [POS.index(pos) if pos in POS else 17 for pos in reading.pos[start:stop]]
        arrays["dep"][row, here] = [deps.get(dep, 0) for dep in reading.deps[start:stop]]
        arrays["place"][row, here] = np.clip(np.arange(start, stop) - head, -FURTHEST, FURTHEST) + FURTHEST
        arrays["steps"][row, here] = seen.distance[start:stop]
        arrays["flags"][row, here] = _flags(reading, seen, head)[start:stop]
    arrays["role"] = np.array([ROLES.index(simple_role(seen.role)) for _, seen in pairs], np.int64)
    arrays["numbers"] = number_matrix(pairs)
    return arrays


def _window(length: int, head: int) -> tuple[int, int]:
    if length <= LONGEST:
        return 0, length
    start = min(max(0, head - LONGEST // 2), length - LONGEST)
    return start, start + LONGEST


def _flags(reading: Reading, seen: Seen, head: int) -> np.ndarray:
    flags = np.zeros((len(reading.tokens), 8 + len(VIEWS)), np.float64)
    quote = np.array(reading.quote)
    flags[:, 0] = np.array(reading.valence) / 3
    flags[:, 1] = reading.negated
    flags[:, 2] = quote > 0
    flags[:, 3] = (quote > 0) & (quote == quote[head])
    flags[:, 4:6] = [connotation(word) for word in reading.words]
    flags[:, 6] = seen.inside
    flags[:, 7] = reading.is_name
    for place, view in enumerate(VIEWS):
        flags[seen.views[view], 8 + place] = 1
    return flags
