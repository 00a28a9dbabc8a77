"""Ways to reassign outlets to articles or events: all of them where that is feasible, else random ones."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

ENOUGH = 20_000  # up to so many distinct reassignments are gone through one by one: an exact test


def swaps(n_events: int, *, n_permutations: int = 9999, seed: int = 0) -> tuple[np.ndarray, bool]:
    """Rows of signs, one per event: every way to swap outlets where that is exact, else random ways.

    The mirror image of a row has the same |t|, so the exact list holds one of each two.
    """
    half = 2 ** max(n_events - 1, 0)
    if half <= ENOUGH:
        bits = np.arange(half)[:, None] >> np.arange(n_events)[None, :] & 1
        return (1 - 2 * bits).astype(np.int8), True
    rng = np.random.default_rng([seed, n_events])
    return rng.integers(0, 2, size=(n_permutations, n_events), dtype=np.int8) * 2 - 1, False


def deals(n1: int, n2: int, *, n_permutations: int = 9999, seed: int = 0) -> tuple[np.ndarray, bool]:
    """Rows of ones (target) and zeros (reference): every way to deal out the articles, or random ways."""
    drawn, n = min(n1, n2), n1 + n2  # deal the smaller hand: exchanging the outlets leaves p as it is
    exact = comb(n, drawn) <= ENOUGH
    if exact:
        rows = np.zeros((comb(n, drawn), n), dtype=np.int8)
        for row, chosen in zip(rows, combinations(range(n), drawn), strict=True):
            row[list(chosen)] = 1
    else:
        rows = np.zeros((n_permutations, n), dtype=np.int8)
        rows[:, :drawn] = 1
        np.random.default_rng([seed, n, drawn]).permuted(rows, axis=1, out=rows)
    return (rows if drawn == n1 else 1 - rows), exact


def picks(sizes: np.ndarray, *, n_permutations: int = 9999, seed: int = 0,
          exact: bool = True) -> tuple[np.ndarray, bool]:
    """Rows of one number in [0, 1) per event: which of its `sizes` outlets plays the target.

    The outlet is number ``floor(row * size)``; zero is the true target.
    """
    if exact and np.prod(sizes.astype(float)) <= ENOUGH:
        grid = np.indices(tuple(sizes)).reshape(len(sizes), -1).T if len(sizes) else np.zeros((1, 0))
        return (grid + 0.5) / sizes, True
    return np.random.default_rng([seed, len(sizes)]).random((n_permutations, len(sizes))), False


def smallest_p(n: int, n_reference: int | None = None) -> float:
    """The least two-sided p of an exact test: of `n` paired events, or of `n` against `n_reference` articles."""
    if n_reference is None:
        return min(1.0, 2.0 / 2.0**n)
    ways = comb(n + n_reference, n)
    return min(1.0, (2.0 if n == n_reference else 1.0) / ways)
