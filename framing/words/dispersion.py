"""How evenly a word is spread over the articles: pure functions of counts per part.

`counts` holds how often a word occurs in each part (article) and `sizes` how many words each part has. One
row of `counts` per word gives one number per word.

References
----------
Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. IJCL 13(4). Lijffijt, J. and Gries,
S. Th. (2012). Correction to "Dispersions and adjusted frequencies". IJCL 17(1). Gries, S. Th. (2020).
Analyzing dispersion. In: A Practical Handbook of Corpus Linguistics.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def parts_with(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Range: in how many parts the word occurs at all."""
    table, _ = _parts(counts, sizes)
    return _out((table > 0).sum(axis=-1))


def dp(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Gries' DP, 0 (even) to nearly 1 (clumped): half the distance between shares of hits and of words.

    Missing for a word that does not occur. Some R packages (tlda) turn the direction round.
    """
    hits, shares = _shares(counts, sizes)
    return _out(np.abs(hits - shares).sum(axis=-1) / 2)


def dp_norm(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """DP divided by its largest possible value, 0 (even) to 1 (all in the smallest part)."""
    _, shares = _shares(counts, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out(np.asarray(dp(counts, sizes)) / (1 - shares.min()))


def kl_divergence(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Kullback-Leibler divergence of the shares of hits from the shares of words, in bits: 0 is even."""
    hits, shares = _shares(counts, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(hits > 0, hits * np.log2(hits / shares), 0.0)
    return _out(np.where(np.isnan(hits).any(axis=-1), np.nan, terms.sum(axis=-1)))


def standard_deviation(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Standard deviation of the counts per part (population form)."""
    table, _ = _parts(counts, sizes)
    return _out(table.std(axis=-1))


def variation(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Variation coefficient: standard deviation of the counts per part over their mean."""
    table, _ = _parts(counts, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out(table.std(axis=-1) / table.mean(axis=-1))


def juilland_d(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Juilland's D on rates, 1 (even) to 0 (all in one part); for parts of equal size, the classical D."""
    table, size = _parts(counts, sizes)
    rates = table / size
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out(1 - rates.std(axis=-1) / rates.mean(axis=-1) / np.sqrt(len(size) - 1))


def rosengren_s(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Rosengren's S: 1 when the word is spread like the words, down to the share of its only part."""
    table, size = _parts(counts, sizes)
    shares = size / size.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out(np.sqrt(table * shares).sum(axis=-1) ** 2 / table.sum(axis=-1))


def _parts(counts: ArrayLike, sizes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    table, size = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    if size.ndim != 1 or table.shape[-1:] != size.shape:
        raise ValueError(f"There are {table.shape[-1] if table.ndim else 0} counts per word for {size.size} "
                         "parts; give one count for each part.")
    if not size.size or (size <= 0).any():
        raise ValueError("Each part needs at least one word; leave empty articles out first.")
    return table, size


def _shares(counts: ArrayLike, sizes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    table, size = _parts(counts, sizes)
    total = table.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, table / total, np.nan), size / size.sum()


def _out(values: Any) -> Any:
    array = np.asarray(values)
    return array.item() if array.ndim == 0 else array
