"""Measures of how differently two sets of texts use a word: pure functions of counts.

Each takes ``n_target, target_size, n_reference, reference_size``: how often the word occurs on each side
and how many words each side has. Numbers or arrays of equal length go in; a number or an array comes out.
The tests among them count words, which are not independent of each other, so they are descriptive: on
articles split at random they call many words significant. Whether outlets differ is decided in
`framing.compare`, with the article as the unit.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence. Computational
Linguistics 19(1). Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
Hardie, A. (2014). Log Ratio: an informal introduction. CASS. Monroe, B., Colaresi, M. and Quinn, K. (2008).
Fightin' words. Political Analysis 16(4). Egbert, J. and Biber, D. (2019). Incorporating text dispersion into
keyword analyses. Corpora 14(1). Kilgarriff, A. (2009). Simple maths for keywords. Corpus Linguistics.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike


def log_likelihood(
    n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike, *, cells: int = 4
) -> Any:
    """Evidence that the word's rate differs (G2): 0 is none, 3.84 is p = .05 were words independent.

    ``cells=4`` compares the word and all other words on both sides (Dunning; the default of AntConc and
    quanteda). ``cells=2`` looks at the word alone (Rayson; the UCREL calculator). In small texts the two
    give very different numbers, so name the one you report.
    """
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    share = (a + c) / (n1 + n2)
    total = _o_ln_oe(a, n1 * share) + _o_ln_oe(c, n2 * share)
    if cells == 4:
        total = total + _o_ln_oe(n1 - a, n1 * (1 - share)) + _o_ln_oe(n2 - c, n2 * (1 - share))
    elif cells != 2:
        raise ValueError(f"cells is {cells!r}; log-likelihood keyness has a form with 2 and one with 4.")
    return _out(np.maximum(2 * total, 0))


def chi_square(
    n_target: ArrayLike,
    target_size: ArrayLike,
    n_reference: ArrayLike,
    reference_size: ArrayLike,
    *,
    yates: bool = False,
) -> Any:
    """Pearson's chi-square of the word and all other words on both sides; ``yates`` corrects small counts."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    b, d, n = n1 - a, n2 - c, n1 + n2
    difference = np.abs(a * d - b * c)
    if yates:
        difference = np.maximum(difference - n / 2, 0)
    return _out(_divide(n * difference**2, n1 * n2 * (a + c) * (b + d)))


def fisher_exact(n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike) -> Any:
    """Fisher's exact p (two-sided, 0 to 1) of the word and all other words, as if words were independent."""
    from scipy.stats import fisher_exact as exact

    a, n1, c, n2 = np.broadcast_arrays(*_counts(n_target, target_size, n_reference, reference_size))
    p = [exact([[i, j - i], [k, m - k]]).pvalue for i, j, k, m in zip(a.flat, n1.flat, c.flat, n2.flat, strict=True)]
    return _out(np.array(p, dtype=float).reshape(a.shape))


def relative_rate(
    n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike
) -> Any:
    """Rate in the target over rate in the reference; a count of zero becomes 0.5 (Hardie)."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    a, c = np.where(a == 0, 0.5, a), np.where(c == 0, 0.5, c)
    return _out((a / n1) / (c / n2))


def log_ratio(n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike) -> Any:
    """How many times the rate doubles from reference to target: 1 twice, 2 four times, -1 half as often.

    A count of zero becomes 0.5 (Hardie), so a word that one side never uses has a finite size.
    """
    return _out(np.log2(relative_rate(n_target, target_size, n_reference, reference_size)))


def percent_diff(n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike) -> Any:
    """%DIFF: by how many percent the target's rate exceeds the reference's; infinite where that is zero."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out(100 * (a / n1 - c / n2) / (c / n2))


def odds_ratio(n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike) -> Any:
    """Odds of the word in the target over its odds in the reference (the sample ratio, not R's estimate)."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _out((a / (n1 - a)) / (c / (n2 - c)))


def bayes_factor_bic(
    n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike, *, cells: int = 2
) -> Any:
    """Approximate Bayes factor on the BIC scale, ``G2 - ln(words)``: 2 positive, 6 strong, 10 very strong.

    Negative values speak against a difference. The cut-offs belong to this scale, not to ``exp(BIC / 2)``.
    """
    _, n1, _, n2 = _counts(n_target, target_size, n_reference, reference_size)
    g2 = log_likelihood(n_target, target_size, n_reference, reference_size, cells=cells)
    return _out(g2 - np.log(n1 + n2))


def ell(
    n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike, *, cells: int = 2
) -> Any:
    """Effect size of the log-likelihood, 0 to 1 (Johnston et al. 2006); missing where undefined."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    share = (a + c) / (n1 + n2)
    smallest = np.minimum(n1, n2) * share
    g2 = log_likelihood(n_target, target_size, n_reference, reference_size, cells=cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = g2 / ((n1 + n2) * np.log(smallest))
    return _out(np.where(smallest > 1, size, np.nan))


def simple_maths(
    n_target: ArrayLike, target_size: ArrayLike, n_reference: ArrayLike, reference_size: ArrayLike, *, k: float = 1
) -> Any:
    """Sketch Engine's keyness: ``(per_million_target + k) / (per_million_reference + k)``."""
    a, n1, c, n2 = _counts(n_target, target_size, n_reference, reference_size)
    return _out((a / n1 * 1e6 + k) / (c / n2 * 1e6 + k))


def log_odds_dirichlet(
    n_target: ArrayLike, n_reference: ArrayLike, prior: ArrayLike = 0.01
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds with an informative Dirichlet prior, and its z: a ranking of words, never a p value.

    `n_target` and `n_reference` are the counts of the *whole* vocabulary, in one order; `prior` is one
    number for all words or one per word (counts in a larger corpus, scaled). The larger the prior, the
    more rare words are drawn towards zero. Returns the log-odds and z (Monroe et al., eq. 16, 19, 22).
    """
    y1, y2 = np.asarray(n_target, dtype=float), np.asarray(n_reference, dtype=float)
    alpha = np.broadcast_to(np.asarray(prior, dtype=float), y1.shape)
    if (alpha <= 0).any():
        raise ValueError("A Dirichlet prior is above zero for every word; add a small number such as 0.01.")
    odds1 = (y1 + alpha) / (y1.sum() + alpha.sum() - y1 - alpha)
    odds2 = (y2 + alpha) / (y2.sum() + alpha.sum() - y2 - alpha)
    delta = np.log(odds1) - np.log(odds2)
    return delta, delta / np.sqrt(1 / (y1 + alpha) + 1 / (y2 + alpha))


def text_dispersion_keyness(
    articles_target: ArrayLike,
    n_articles_target: ArrayLike,
    articles_reference: ArrayLike,
    n_articles_reference: ArrayLike,
) -> Any:
    """Log-likelihood of how many *articles* on each side have the word, not of how often it occurs.

    One article that repeats a word a hundred times counts once (Egbert and Biber 2019; four cells).
    """
    return log_likelihood(articles_target, n_articles_target, articles_reference, n_articles_reference)


def _counts(*values: ArrayLike) -> tuple[np.ndarray, ...]:
    a, n1, c, n2 = (np.asarray(value, dtype=float) for value in values)
    if (n1 <= 0).any() or (n2 <= 0).any():
        raise ValueError("One side of the comparison has no words; each side needs at least one.")
    if (a < 0).any() or (c < 0).any() or (a > n1).any() or (c > n2).any():
        raise ValueError(
            "A word's count lies between 0 and the size of its side; "
            "the order is n_target, target_size, n_reference, reference_size."
        )
    return a, n1, c, n2


def _o_ln_oe(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """O ln(O / E), with 0 ln 0 = 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def _divide(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / bottom, 0.0)


def _out(values: Any) -> Any:
    array = np.asarray(values)
    return float(array) if array.ndim == 0 else array


# How evenly a word is spread over the articles: pure functions of counts per part.
#
# `counts` holds how often a word occurs in each part (article) and `sizes` how many words each part has. One
# row of `counts` per word gives one number per word.
#
# References
# ----------
# Gries, S. Th. (2008). Dispersions and adjusted frequencies in corpora. IJCL 13(4). Lijffijt, J. and Gries,
# S. Th. (2012). Correction to "Dispersions and adjusted frequencies". IJCL 17(1). Gries, S. Th. (2020).
# Analyzing dispersion. In: A Practical Handbook of Corpus Linguistics.


def dp(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Gries' DP, 0 (even) to nearly 1 (clumped): half the distance between shares of hits and of words.

    Missing for a word that does not occur. Some R packages (tlda) turn the direction round.
    """
    hits, shares = _shares(counts, sizes)
    return _dispersions(np.abs(hits - shares).sum(axis=-1) / 2)


def dp_norm(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """DP divided by its largest possible value, 0 (even) to 1 (all in the smallest part)."""
    _, shares = _shares(counts, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _dispersions(np.asarray(dp(counts, sizes)) / (1 - shares.min()))


def juilland_d(counts: ArrayLike, sizes: ArrayLike) -> Any:
    """Juilland's D on rates, 1 (even) to 0 (all in one part); for parts of equal size, the classical D."""
    table, size = _parts(counts, sizes)
    rates = table / size
    with np.errstate(divide="ignore", invalid="ignore"):
        return _dispersions(1 - rates.std(axis=-1) / rates.mean(axis=-1) / np.sqrt(len(size) - 1))


def _parts(counts: ArrayLike, sizes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    table, size = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    if size.ndim != 1 or table.shape[-1:] != size.shape:
        raise ValueError(
            f"There are {table.shape[-1] if table.ndim else 0} counts per word for {size.size} "
            "parts; give one count for each part."
        )
    if not size.size or (size <= 0).any():
        raise ValueError("Each part needs at least one word; leave empty articles out first.")
    return table, size


def _shares(counts: ArrayLike, sizes: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    table, size = _parts(counts, sizes)
    total = table.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, table / total, np.nan), size / size.sum()


def _dispersions(values: Any) -> Any:
    array = np.asarray(values)
    return array.item() if array.ndim == 0 else array
