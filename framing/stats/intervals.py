"""Intervals for shares of articles, and for the difference of two shares."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, stdtrit


def wilson(k: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson interval for a share of articles: `k` of `n`, as ``(low, high)`` between 0 and 1.

    Numbers or arrays. Unlike the textbook interval it keeps its coverage for few articles and for shares
    near 0 or 1: none of 20 articles leaves room for a share of 16 %. Where `n` is 0 both ends are missing.
    Raises ``ValueError`` unless 0 <= k <= n. Articles must be independent: one per event, or say so.

    References
    ----------
    Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17.

    Examples
    --------
    >>> low, high = wilson(8, 10)
    >>> f"{low:.2f} to {high:.2f}"
    '0.49 to 0.94'
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    if np.any((k < 0) | (k > n)):
        raise ValueError(
            f"A share needs 0 <= k <= n; found k = {k.tolist()} of n = {n.tolist()}. "
            "Pass the number of articles with the feature, then the number of articles."
        )
    z = ndtri(0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (k + z**2 / 2) / (n + z**2)
        half = z * np.sqrt(k * (n - k) / n + z**2 / 4) / (n + z**2)
        low, high = np.where(n > 0, middle - half, np.nan), np.where(n > 0, middle + half, np.nan)
    return np.clip(low, 0, 1)[()], np.clip(high, 0, 1)[()]


def newcombe(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, *, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Newcombe's hybrid score interval for a difference of two shares, `k1` of `n1` less `k2` of `n2`.

    Returns ``(low, high)`` between -1 and 1. The two groups of articles must be independent; for the same
    events in both outlets use `compare`, which pairs them.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, method 10.
    """
    low1, high1 = wilson(k1, n1, level=level)
    low2, high2 = wilson(k2, n2, level=level)
    with np.errstate(invalid="ignore", divide="ignore"):
        share1 = np.asarray(k1, float) / np.asarray(n1, float)
        share2 = np.asarray(k2, float) / np.asarray(n2, float)
    difference = share1 - share2
    low = difference - np.sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    high = difference + np.sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return low[()], high[()]


def newcombe_paired(
    both: int, first_only: int, second_only: int, neither: int, *, level: float = 0.95
) -> tuple[float, float]:
    """Newcombe's interval for a difference of two shares of the same events, as ``(low, high)``.

    The four counts of events: both outlets have the feature, only the first, only the second, neither.

    References
    ----------
    Newcombe (1998), Improved confidence intervals for the difference between binomial proportions based on
    paired data, Statistics in Medicine 17, method 10.
    """
    n = both + first_only + second_only + neither
    k1, k2 = both + first_only, both + second_only
    (low1, high1), (low2, high2) = wilson(k1, n, level=level), wilson(k2, n, level=level)
    cross = float(both * neither - first_only * second_only)
    cross = max(cross - n / 2, 0.0) if cross > 0 else cross
    sides = k1 * (n - k1) * k2 * (n - k2)
    phi = cross / np.sqrt(sides) if sides else 0.0
    down, up = (k1 / n - low1, high2 - k2 / n), (high1 - k1 / n, k2 / n - low2)
    less, more = (float(np.sqrt(a**2 - 2 * phi * a * b + b**2)) for a, b in (down, up))
    return (k1 - k2) / n - less, (k1 - k2) / n + more


# Intervals that resample events: studentised bootstrap, BCa, percentile, and the jackknife.
#
# Every estimate here is a ratio of sums over clusters (events), ``sum(value) / sum(weight)``. A plain mean is
# the case where every weight is 1. Which method is used where was chosen by measured coverage; see
# docs/comparisons.md.

LEVEL = 0.95
FEW = 5  # with fewer clusters a bootstrap has too few distinct resamples; the jackknife takes over,
FEW_DIFFERENCES = 10  # and for differences within events it does better up to here (docs/comparisons.md)
LEAST_ERROR = 0.25  # of the sample's standard error: resamples that hardly vary would give endless intervals

Interval = tuple[float, float]


@lru_cache(maxsize=16)
def _counts(n: int, n_boot: int, seed: int) -> np.ndarray:
    """How often each of `n` clusters is drawn in each of `n_boot` resamples; the same for the same seed."""
    rng = np.random.default_rng([seed, n])
    counts = rng.multinomial(n, np.full(n, 1 / n), size=n_boot).astype(float)
    counts.setflags(write=False)
    return counts


def _standard_error(value: np.ndarray, weight: np.ndarray) -> float:
    n, total = len(value), weight.sum()
    residual = value - value.sum() / total * weight
    return float(np.sqrt(n / (n - 1) * (residual**2).sum()) / total)


def _resampled(value: np.ndarray, weight: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ratio and its standard error in every resample."""
    n = len(value)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = counts @ weight
        ratio = (counts @ value) / total
        squares = counts @ value**2 - 2 * ratio * (counts @ (value * weight)) + ratio**2 * (counts @ weight**2)
        return ratio, np.sqrt(n / (n - 1) * np.maximum(squares, 0)) / total


def jackknife(value: np.ndarray, weight: np.ndarray) -> Interval:
    """Student's interval around the ratio with the standard error of leaving out one cluster at a time.

    For a mean this is the ordinary t interval.
    """
    n = len(value)
    with np.errstate(invalid="ignore", divide="ignore"):
        left_out = (value.sum() - value) / (weight.sum() - weight)
    error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
    half = stdtrit(n - 1, 0.5 + LEVEL / 2) * error
    estimate = value.sum() / weight.sum()
    return float(estimate - half), float(estimate + half)


def studentised(
    value: np.ndarray, weight: np.ndarray, *, symmetric: bool = False, n_boot: int = 2000, seed: int = 0
) -> Interval:
    """Bootstrap-t interval over clusters: equal tails for one-sided data, `symmetric` for differences."""
    ratio, errors = _resampled(value, weight, _counts(len(value), n_boot, seed))
    return _from_t(value.sum() / weight.sum(), _standard_error(value, weight), ratio, errors, symmetric)


def _from_t(estimate: float, error: float, resampled: np.ndarray, errors: np.ndarray, symmetric: bool) -> Interval:
    known = np.isfinite(resampled)
    t = (resampled[known] - estimate) / np.maximum(errors[known], LEAST_ERROR * error)
    if symmetric:
        half = np.quantile(np.abs(t), LEVEL) * error
        return float(estimate - half), float(estimate + half)
    low, high = np.quantile(t, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return float(estimate - high * error), float(estimate - low * error)


def percentile(value: np.ndarray, weight: np.ndarray, *, n_boot: int = 2000, seed: int = 0) -> Interval:
    """Percentile bootstrap interval over clusters: too narrow for few events; kept for comparison."""
    ratio, _ = _resampled(value, weight, _counts(len(value), n_boot, seed))
    low, high = np.nanquantile(ratio, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return float(low), float(high)


def bca(value: np.ndarray, weight: np.ndarray, *, n_boot: int = 2000, seed: int = 0) -> Interval:
    """Bias-corrected and accelerated bootstrap interval over clusters (Efron 1987)."""
    ratio, _ = _resampled(value, weight, _counts(len(value), n_boot, seed))
    ratio = ratio[np.isfinite(ratio)]
    estimate = value.sum() / weight.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        left_out = (value.sum() - value) / (weight.sum() - weight)
    pull = left_out.mean() - left_out
    if not (pull**2).sum() > 0:
        return np.nan, np.nan
    acceleration = (pull**3).sum() / (6 * (pull**2).sum() ** 1.5)
    below = (np.sum(ratio < estimate) + np.sum(ratio == estimate) / 2) / len(ratio)
    bias = ndtri(np.clip(below, 1 / len(ratio), 1 - 1 / len(ratio)))
    z = bias + ndtri(np.array([0.5 - LEVEL / 2, 0.5 + LEVEL / 2]))
    low, high = np.quantile(ratio, ndtr(bias + z / (1 - acceleration * z)))
    return float(low), float(high)


def ratio_interval(
    value: np.ndarray, weight: np.ndarray | None = None, *, difference: bool = False, n_boot: int = 2000, seed: int = 0
) -> tuple[float, float, str]:
    """95 % interval of ``sum(value) / sum(weight)`` over clusters, with the name of the method used.

    With `difference` the values are differences within events, and the interval is symmetric. It is missing
    with fewer than two clusters, and where the clusters do not vary at all: a sample that shows no variation
    cannot say how far off it is.
    """
    value = np.asarray(value, float)
    weight = np.ones_like(value) if weight is None else np.asarray(weight, float)
    if len(value) < 2 or not weight.sum() > 0:
        return np.nan, np.nan, "no interval, fewer than two events"
    if not _standard_error(value, weight) > 1e-12 * np.abs(value).max():
        return np.nan, np.nan, "no interval, no variation between events"
    if len(value) < (FEW_DIFFERENCES if difference else FEW):
        low, high = jackknife(value, weight)
        return low, high, "jackknife over events"
    low, high = studentised(value, weight, symmetric=difference, n_boot=n_boot, seed=seed)
    return low, high, "studentised bootstrap over events"


def difference_interval(
    first: np.ndarray, second: np.ndarray, *, n_boot: int = 2000, seed: int = 0
) -> tuple[float, float, str]:
    """95 % interval of ``mean(first) - mean(second)`` of two independent groups of articles.

    Symmetric studentised bootstrap within each group; Welch's t where a group has fewer than five articles.
    """
    first, second = np.sort(np.asarray(first, float)), np.sort(np.asarray(second, float))
    if (len(first), *first) > (len(second), *second):  # the result does not depend on who comes first
        low, high, method = difference_interval(second, first, n_boot=n_boot, seed=seed)
        return -high, -low, method
    n1, n2 = len(first), len(second)
    if n1 < 2:
        return np.nan, np.nan, "no interval, fewer than two articles on one side"
    error1, error2 = _standard_error(first, np.ones(n1)), _standard_error(second, np.ones(n2))
    error = float(np.hypot(error1, error2))
    if not error > 1e-12 * max(np.abs(first).max(), np.abs(second).max()):
        return np.nan, np.nan, "no interval, no variation between articles"
    estimate = first.mean() - second.mean()
    if n1 < FEW:
        freedom = error**4 / (error1**4 / (n1 - 1) + error2**4 / (n2 - 1))
        half = stdtrit(freedom, 0.5 + LEVEL / 2) * error
        return float(estimate - half), float(estimate + half), "Welch's t"
    mean1, errors1 = _resampled(first, np.ones(n1), _counts(n1, n_boot, seed))
    mean2, errors2 = _resampled(second, np.ones(n2), _counts(n2, n_boot, seed + 1))
    low, high = _from_t(estimate, error, mean1 - mean2, np.hypot(errors1, errors2), True)
    return low, high, "studentised bootstrap over articles"
