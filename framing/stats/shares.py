"""Intervals for shares of articles, and for the difference of two shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri


def wilson(k: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson interval for a share of articles: `k` of `n`, as ``(low, high)`` between 0 and 1.

    Numbers or arrays. Unlike the textbook interval it keeps its coverage for few articles and for shares
    near 0 or 1: none of 20 articles leaves room for a share of 16 %. Where `n` is 0 both ends are missing.
    Raises ``ValueError`` unless 0 <= k <= n. Articles must be independent: one per event, or say so.

    References
    ----------
    Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17.
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    if np.any((k < 0) | (k > n)):
        raise ValueError(f"A share needs 0 <= k <= n; found k = {k.tolist()} of n = {n.tolist()}. "
                         "Pass the number of articles with the feature, then the number of articles.")
    z = ndtri(0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (k + z**2 / 2) / (n + z**2)
        half = z * np.sqrt(k * (n - k) / n + z**2 / 4) / (n + z**2)
        low, high = np.where(n > 0, middle - half, np.nan), np.where(n > 0, middle + half, np.nan)
    return np.clip(low, 0, 1)[()], np.clip(high, 0, 1)[()]


def newcombe(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, *,
             level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
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


def newcombe_paired(both: int, first_only: int, second_only: int, neither: int, *,
                    level: float = 0.95) -> tuple[float, float]:
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
