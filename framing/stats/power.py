"""Power by simulation from the corpus itself: which difference a test would find in four samples out of five."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from framing.stats.pairing import Contrast
from framing.stats.reassignments import deals, picks, swaps

ALPHA, POWER = 0.05, 0.80
SIMULATIONS, SHUFFLES = 400, 999
TIE = 1 - 1e-9

Test = Callable[[float], np.ndarray]  # a supposed difference -> the p value of every simulated sample


def detectable(contrast: Contrast, *, seed: int = 0) -> float:
    """The difference found at p <= .05 in 80 % of samples like this one; missing where none is.

    The units are centred, so that there is nothing to find, drawn anew `SIMULATIONS` times, shifted by a
    supposed difference and tested as `compare` tests them. Where articles are a plain yes or no, they are
    drawn with the reference's share of yes, and the target's with a share so much larger (or smaller, if most
    are yes).
    """
    rng = np.random.default_rng([seed, len(contrast.first), len(contrast.second)])
    if contrast.yes_no and contrast.paired:
        test, most = _yes_no(contrast, rng, seed)
        return _least(test, most, most)
    if not contrast.paired:
        test, spread = _dealt(contrast.first, contrast.second, rng, seed)
    elif contrast.ways is None or contrast.pull is None:
        test, spread = _swapped(contrast.first - contrast.second, rng, seed)
    else:
        test, spread = _rearranged(contrast.ways, contrast.pull, rng, seed)
    return _least(test, spread, 4096 * spread)


def _least(test: Test, first: float, most: float) -> float:
    """The least difference with enough power, by doubling from `first` up to `most` and then bisection."""
    def found(shift: float) -> bool:
        return bool((test(shift) <= ALPHA).mean() >= POWER)

    low, high = 0.0, first
    while not found(high):
        low, high = high, 2 * high
        if high > most or not high > 0:
            return np.nan
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (low, middle) if found(middle) else (middle, high)
    return high


def _drawn(units: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Samples x units: centred, and stretched to the spread of the population they stand for."""
    centred = (units - units.mean()) * np.sqrt(len(units) / (len(units) - 1))
    return centred[rng.integers(0, len(units), (SIMULATIONS, len(units)))]


def _some(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rows if len(rows) <= 2 * SHUFFLES else rows[rng.integers(0, len(rows), SHUFFLES)]


def _linear(rows: np.ndarray, true: np.ndarray, shifted: np.ndarray, units: np.ndarray) -> Test:
    base, base_true = rows @ units.T, units @ true
    slope, slope_true = (rows @ shifted)[:, None], float(true @ shifted)
    return lambda shift: (np.abs(base + shift * slope) >= np.abs(base_true + shift * slope_true) * TIE).mean(axis=0)


def _swapped(differences: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    units, ones = _drawn(differences, rng), np.ones(len(differences))
    rows = _some(swaps(len(differences), n_permutations=SHUFFLES, seed=seed)[0], rng).astype(float)
    return _linear(rows, ones, ones, units), float(units.std())


def _dealt(first: np.ndarray, second: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    n1, n2 = len(first), len(second)
    units = np.hstack([_drawn(first, rng), _drawn(second, rng)])
    rows = _some(deals(n1, n2, n_permutations=SHUFFLES, seed=seed)[0], rng)
    weights, true = np.where(rows == 1, 1 / n1, -1 / n2), np.repeat([1 / n1, -1 / n2], [n1, n2])
    return _linear(weights, true, np.repeat([1.0, 0.0], [n1, n2]), units), float(units.std())


def _rearranged(ways: np.ndarray, pull: np.ndarray, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    """Several outlets on the other side, or unequal numbers of articles (see `permutation.rearrange`)."""
    n, size = len(ways), np.isfinite(ways).sum(axis=1)
    centred = (ways - ways[:, 0].mean() * pull) * np.sqrt(n / (n - 1))
    rows = _some(picks(size, n_permutations=SHUFFLES, seed=seed)[0], rng)
    rows = np.vstack([np.zeros(n), rows])  # the true arrangement first
    total, slope = np.empty((2, len(rows), SIMULATIONS))
    for sample in range(SIMULATIONS):
        events = rng.integers(0, n, n)
        chosen = np.floor(rows * size[events]).astype(int)
        total[:, sample] = centred[events, chosen].sum(axis=1)
        slope[:, sample] = pull[events, chosen].sum(axis=1)

    def test(shift: float) -> np.ndarray:
        seen = np.abs(total + shift * slope)
        return (seen >= seen[0] * TIE).mean(axis=0)

    return test, float(centred[:, 0].std())


def _yes_no(contrast: Contrast, rng: np.random.Generator, seed: int) -> tuple[Test, float]:
    """One yes or no per outlet and event, drawn with a given share of yes; and the largest difference."""
    n = len(contrast.first)
    size = np.full(n, 2)
    if contrast.reference == "rest" and contrast.ways is not None:
        size = np.isfinite(contrast.ways).sum(axis=1)
    share = float(contrast.second.mean())
    share = min(share, 1 - share)
    absent = np.arange(size.max())[:, None] >= size
    rows = np.vstack([np.zeros(n), _some(picks(size, n_permutations=SHUFFLES, seed=seed)[0], rng)])
    chosen = np.floor(rows * size).astype(int)
    plays = np.hstack([chosen == outlet for outlet in range(size.max())]).astype(float)
    dice = rng.random((size.max(), n, SIMULATIONS))

    def test(shift: float) -> np.ndarray:
        bar = np.full((size.max(), 1, 1), share)
        bar[0] += shift
        yes = np.where(absent[:, :, None], 0.0, dice < bar)
        difference = (size[:, None] * yes - yes.sum(axis=0)) / (size[:, None] - 1)
        total = plays @ difference.reshape(-1, SIMULATIONS)
        return (np.abs(total) >= np.abs(total[0]) - 1e-9).mean(axis=0)

    return test, 1 - share
