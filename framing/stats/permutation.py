"""Permutation tests with the article or the event as unit: sign-flip, shuffled outlets, and max-T.

All tests share one form. A *reassignment* is a row of weights, and weights times the table of units gives the
statistic of every measure at once: signs +1 and -1 swap the two outlets within an event (paired design), and
0 and 1 say which articles play the target (unpaired). So 10,000 reassignments of 2,000 words are one matrix
product.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, permutations
from math import comb, factorial, prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

ROWS, COLUMNS = 1024, 1024  # size of one block of the matrix product: a few megabytes
NEAR = 1e-9  # statistics this close are ties: the order of a sum must not decide a p value


@dataclass(frozen=True)
class Tested:
    """Results of one permutation test over m measures; arrays have length m."""

    estimate: np.ndarray
    statistic: np.ndarray
    p: np.ndarray
    p_adjusted: np.ndarray
    smallest_p: np.ndarray
    method: str
    n_permutations: int


def sign_flip(
    differences: ArrayLike, *, alternative: str = "two-sided", n_permutations: int = 9999, seed: int = 0
) -> Tested:
    """Test paired differences (events, or events x measures) by swapping the two outlets within events.

    Exact up to 15 events (32,768 ways to swap), else `n_permutations` random ways with
    ``p = (k + 1) / (n_permutations + 1)``. Missing differences are left out measure by measure.
    ``p_adjusted`` is step-down max-T over the measures: the same swap is applied to all of them, so that
    their correlation counts. Statistic: Student's t.

    References
    ----------
    Fisher (1935), The Design of Experiments, ch. III; Westfall & Young (1993), Resampling-Based Multiple
    Testing; Phipson & Smyth (2010) for (k + 1) / (B + 1).
    """
    table = _columns(differences)
    n_events = len(table)
    known = np.isfinite(table)
    n = known.sum(axis=0)
    filled = np.where(known, table, 0.0)
    size = np.sqrt(n * (filled**2).sum(axis=0))
    scaled = np.divide(filled, size, out=np.zeros_like(filled), where=size > 0)
    rows, exact = swaps(n_events, n_permutations=n_permutations, seed=seed)

    def statistic(block: np.ndarray, columns: np.ndarray) -> np.ndarray:
        return block @ scaled[:, columns]

    freedom = np.maximum(n - 1, 0)
    differing = (known & (np.abs(filled) > 0)).sum(axis=0)
    floor = np.array([smallest_p(count) for count in differing])
    with np.errstate(invalid="ignore"):
        estimate = np.where(n > 0, filled.sum(axis=0) / np.maximum(n, 1), np.nan)
    return _test(
        statistic,
        np.ones(n_events),
        rows,
        freedom,
        estimate,
        floor,
        exact,
        mirrored=True,
        alternative=alternative,
        name="sign-flip by event",
    )


def shuffle(
    target: ArrayLike,
    reference: ArrayLike,
    *,
    alternative: str = "two-sided",
    n_permutations: int = 9999,
    seed: int = 0,
) -> Tested:
    """Test two independent groups (articles, or articles x measures) by reassigning articles to outlets.

    Exact where there are at most 20,000 ways to do so, else `n_permutations` random ones. The statistic is
    the difference of means, scaled as Student's t; on ranks it is the Wilcoxon-Mann-Whitney test, on zeros
    and ones Fisher's exact test. ``p_adjusted`` is step-down max-T over the measures.
    """
    first, second = _columns(target), _columns(reference)
    table = np.vstack([first, second])
    n1, n2 = len(first), len(second)
    observed = np.zeros(n1 + n2)
    observed[:n1] = 1.0
    order = np.argsort(np.nan_to_num(table) @ np.cos(np.arange(table.shape[1])), kind="stable")
    table, observed = table[order], observed[order]  # the result does not depend on who comes first
    ours = observed > 0
    known = np.isfinite(table)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        filled = np.where(known, table, 0.0)
        centred = np.where(known, table - filled.sum(axis=0) / n, 0.0)
        spread = np.sqrt((centred**2).sum(axis=0))
        scaled = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
        estimate = filled[ours].sum(axis=0) / known[ours].sum(axis=0) - filled[~ours].sum(axis=0) / known[~ours].sum(
            axis=0
        )
    complete = bool(known.all())
    rows, exact = deals(n1, n2, n_permutations=n_permutations, seed=seed)

    def statistic(block: np.ndarray, columns: np.ndarray) -> np.ndarray:
        sums = block @ scaled[:, columns]
        sizes = float(n1) if complete else block @ known[:, columns].astype(float)
        total = n[columns]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.nan_to_num(sums * np.sqrt(total / (sizes * (total - sizes))), posinf=0, neginf=0)

    floor = _least(table, n1) if complete else np.where(spread > 0, smallest_p(n1, n2), 1.0)
    return _test(
        statistic,
        observed,
        rows,
        np.maximum(n - 2, 0),
        estimate,
        floor,
        exact,
        mirrored=False,
        alternative=alternative,
        name="shuffled articles",
    )


def rearrange(differences: np.ndarray, *, n_permutations: int = 9999, seed: int = 0) -> Tested:
    """Test one side against the other, or against several, by choosing another arrangement in each event.

    `differences` is events x arrangements x measures: target minus reference under every way of handing the
    event's articles to the outlets (see `arrangements`), the true way first, missing where there are fewer
    ways. With two ways, d and -d, this is `sign_flip`. Several outlets on the other side, or unequal numbers
    of articles, need it: the mean of several varies less and is less skewed than one, and swapping them would
    triple the false alarms of max-T. Exact where there are at most 20,000 combinations. Measures are ranked
    by their sum of differences over its standard deviation under rearrangement; ``statistic`` is Student's t.
    """
    known = np.isfinite(differences)
    size = known.sum(axis=1)  # events x measures
    n = (size > 0).sum(axis=0)
    filled = np.where(known, differences, 0.0)
    spread = np.sqrt(((filled**2).sum(axis=1) / np.maximum(size, 1)).sum(axis=0))
    scaled = np.divide(filled, spread, out=np.zeros_like(filled), where=spread > 0)
    patterns, group = np.unique(size, axis=1, return_inverse=True)
    alike = patterns.shape[1] == 1
    rows, exact = picks(
        np.maximum(size[:, 0], 1) if alike else size.max(axis=1, initial=1),
        n_permutations=n_permutations,
        seed=seed,
        exact=alike,
    )

    def statistic(block: np.ndarray, columns: np.ndarray) -> np.ndarray:
        result = np.zeros((len(block), len(columns)))
        for number in np.unique(group[columns]):
            places = np.flatnonzero(group[columns] == number)
            members = columns[places]
            chosen = np.floor(block * size[:, members[0]]).astype(np.int8)
            base = scaled[:, 0, members]
            sums = base.sum(axis=0)[None, :]
            for way in range(1, int(size[:, members[0]].max(initial=0))):
                sums = sums + (chosen == way).astype(float) @ (scaled[:, way, members] - base)
            result[:, places] = sums
        return result

    varied = (known & (filled != filled[:, :1])).any(axis=1)
    ways = np.where(varied, size, 1).astype(float).prod(axis=0)
    mirrored = np.where(varied, size, 0).max(axis=0, initial=0) <= 2
    floor = np.minimum(1.0, np.where(mirrored, 2.0, 1.0) / ways)
    true = filled[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = np.where(n > 0, true.sum(axis=0) / np.maximum(n, 1), np.nan)
        error = np.sqrt(((true**2).sum(axis=0) - n * estimate**2) / (n * (n - 1)))
        t = np.where(error > 0, estimate / error, np.where(estimate == 0, 0.0, np.sign(estimate) * np.inf))
    tested = _test(
        statistic,
        np.zeros(len(filled)),
        rows,
        None,
        estimate,
        floor,
        exact,
        mirrored=False,
        alternative="two-sided",
        name="rearranged articles by event",
    )
    return replace(tested, statistic=t)


def benjamini_hochberg(p: ArrayLike) -> np.ndarray:
    """q values: the false discovery rate at which each result would still be reported; for exploration.

    Missing p values stay missing and do not count as tests. Benjamini & Hochberg (1995).
    """
    p = np.asarray(p, float)
    q = np.full(p.shape, np.nan)
    known = np.flatnonzero(np.isfinite(p))
    if len(known):
        order = known[np.argsort(p[known], kind="stable")]
        raised = p[order] * len(order) / np.arange(1, len(order) + 1)
        q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def _least(table: np.ndarray, n1: int) -> np.ndarray:
    """The least p of each column: how many deals give the target its most extreme mean, ties counted."""
    n, total = len(table), table.sum(axis=0)
    ways = np.zeros((2, table.shape[1]))
    distance = np.zeros((2, table.shape[1]))
    for side, ranked in enumerate((np.sort(table, axis=0)[::-1], np.sort(table, axis=0))):
        border = ranked[n1 - 1]
        tied, taken = (ranked == border).sum(axis=0), (ranked[:n1] == border).sum(axis=0)
        ways[side] = [comb(int(t), int(k)) / comb(n, n1) for t, k in zip(tied, taken, strict=True)]
        extreme = ranked[:n1].sum(axis=0)
        distance[side] = np.abs(extreme / n1 - (total - extreme) / (n - n1))
    further = distance >= distance.max(axis=0) * (1 - NEAR)
    return np.minimum(1.0, np.where(further, ways, 0.0).sum(axis=0))


def _columns(values: ArrayLike) -> np.ndarray:
    table = np.asarray(values, float)
    return table[:, None] if table.ndim == 1 else table


def _test(
    statistic: Callable[..., Any],
    observed: np.ndarray,
    rows: np.ndarray,
    freedom: np.ndarray | None,
    estimate: np.ndarray,
    floor: np.ndarray,
    exact: bool,
    *,
    mirrored: bool,
    alternative: str,
    name: str,
) -> Tested:
    """Count how many reassignments are at least as extreme, per measure and for the step-down maximum."""
    if alternative not in ("two-sided", "greater", "less"):
        raise ValueError(f"alternative is {alternative!r}; use 'two-sided', 'greater' or 'less'.")
    direction = -1.0 if alternative == "less" else 1.0
    uneven = None if freedom is None or (freedom == freedom[:1]).all() else freedom

    def extremeness(block: np.ndarray, columns: np.ndarray) -> np.ndarray:
        r = direction * statistic(block, columns)
        if uneven is not None:  # r and t rank alike for one number of events, not across several
            r = r * np.sqrt(uneven[columns] / np.maximum(1 - r**2, 1e-12))
        return np.abs(r) if alternative == "two-sided" else r

    m = len(estimate)
    everything = np.arange(m)
    seen = extremeness(observed[None, :], everything)[0]
    order = np.argsort(seen, kind="stable")  # from the weakest measure to the strongest
    raw, family = np.zeros(m), np.zeros(m)
    both = mirrored and exact and alternative != "two-sided"
    passes = [rows, -rows] if both else [rows]
    for reassigned in passes:
        strongest = np.full(len(reassigned), -np.inf)  # of the measures gone through so far
        for begin in range(0, m, COLUMNS):
            columns = order[begin : begin + COLUMNS]
            bar = seen[columns] - NEAR * np.maximum(1.0, np.abs(seen[columns]))
            for top in range(0, len(reassigned), ROWS):
                block = reassigned[top : top + ROWS].astype(float)
                values = extremeness(block, columns)
                raw[columns] += (values >= bar).sum(axis=0)
                values[:, 0] = np.maximum(values[:, 0], strongest[top : top + ROWS])
                np.maximum.accumulate(values, axis=1, out=values)
                strongest[top : top + ROWS] = values[:, -1]
                family[columns] += (values >= bar).sum(axis=0)
    total = sum(len(reassigned) for reassigned in passes)
    one = 0 if exact else 1
    p, p_adjusted = (raw + one) / (total + one), (family + one) / (total + one)
    p_adjusted[order] = np.maximum.accumulate(p_adjusted[order][::-1])[::-1]
    unknown = ~np.isfinite(estimate)
    p[unknown] = p_adjusted[unknown] = np.nan
    r = statistic(observed[None, :], everything)[0]
    t = r if freedom is None else r * np.sqrt(freedom / np.maximum(1 - r**2, 1e-12))
    if not exact:
        floor = np.maximum(floor, 1 / (total + 1))
    if alternative != "two-sided" and mirrored:
        floor = np.maximum(floor / 2, 0 if exact else 1 / (total + 1))
    return Tested(estimate, t, p, p_adjusted, floor, f"{'exact ' if exact else ''}{name}", total)


# How the articles of one event could have been handed to the outlets, if outlets made no difference.
#
# Where every outlet has as many articles as the target, whole outlets change places, so that articles of one
# outlet stay together. Where the numbers differ, that would compare means of few with means of many articles,
# which differ in spread and skew (in real news a fifth to a third of null splits then gave false alarms); there
# the single articles are dealt anew, each outlet keeping its number.

MOST = 12  # arrangements listed per event; where there are more, the true one and random others

Arrangement = tuple[np.ndarray, ...]  # for each outlet, the target first, the places of its articles


@lru_cache(maxsize=4096)
def arrangements(sizes: tuple[int, ...], event: str = "") -> list[Arrangement]:
    """Arrangements of ``sum(sizes)`` articles, listed outlet by outlet, the true one first.

    Random ones depend on `event` and `sizes` only, so that all measures share them.
    """
    if len(sizes) == 2 and sizes[0] > sizes[1]:  # the same list whichever of the two is the target
        place = np.roll(np.arange(sum(sizes)), sizes[1])  # of each article when the other comes first
        return [(np.sort(place[second]), np.sort(place[first])) for first, second in arrangements(sizes[::-1], event)]
    ends = np.cumsum(sizes)
    true = tuple(np.arange(end - size, end) for size, end in zip(sizes, ends, strict=True))
    if len(set(sizes)) == 1:
        return [true] + [_exchanged(true, other) for other in range(1, len(sizes))]
    ways = factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    if ways <= MOST and sum(sizes) <= 8:
        orders = sorted(set(permutations(owners.tolist())))
        dealt = [np.array(order) for order in orders if order != tuple(owners.tolist())]
    else:
        rng = np.random.default_rng([zlib.crc32(event.encode()), *sizes])
        dealt = [rng.permutation(owners) for _ in range(MOST - 1)]
    return [true] + [tuple(np.flatnonzero(order == owner) for owner in range(len(sizes))) for order in dealt]


def differences(value: np.ndarray, weight: np.ndarray, sizes: Sequence[int], event: str = "") -> np.ndarray:
    """Target minus the mean of the others in every arrangement of one event's articles.

    Each outlet's value is ``sum(value) / sum(weight)`` over its articles.
    """
    found = []
    for arrangement in arrangements(tuple(sizes), event):
        ratios = [value[places].sum() / weight[places].sum() for places in arrangement]
        found.append(ratios[0] - sum(ratios[1:]) / (len(ratios) - 1))
    return np.array(found)


def weights(sizes: Sequence[int], event: str = "") -> np.ndarray:
    """Arrangements x articles: what each article counts in target minus the mean of the others."""
    listed = arrangements(tuple(sizes), event)
    table = np.zeros((len(listed), sum(sizes)))
    for row, arrangement in zip(table, listed, strict=True):
        for owner, places in enumerate(arrangement):
            row[places] = (1.0 if owner == 0 else -1.0 / (len(sizes) - 1)) / len(places)
    return table


def _exchanged(true: Arrangement, other: int) -> Arrangement:
    order = list(true)
    order[0], order[other] = order[other], order[0]
    return tuple(order)


# Ways to reassign outlets to articles or events: all of them where that is feasible, else random ones.

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


def picks(
    sizes: np.ndarray, *, n_permutations: int = 9999, seed: int = 0, exact: bool = True
) -> tuple[np.ndarray, bool]:
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
