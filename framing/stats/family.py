"""Contrasts that are claimed, or explored, as one family: estimates, intervals, p values, one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.stats.pairing import Contrast
from framing.stats.permutation import benjamini_hochberg, rearrange, shuffle, sign_flip
from framing.stats.resampling import difference_interval, ratio_interval
from framing.stats.shares import newcombe, newcombe_paired
from framing.tables import COLUMNS


def results(contrasts: Sequence[Contrast], *, n_permutations: int = 9999, n_boot: int = 2000,
            seed: int = 0) -> pd.DataFrame:
    """The comparisons table of contrasts that are claimed, or explored, as one family."""
    if not contrasts:
        return pd.DataFrame(columns=COLUMNS["comparisons"])
    rows = [_describe(contrast, n_boot=n_boot, seed=seed) for contrast in contrasts]
    for row, tested in zip(rows, _p_values(contrasts, n_permutations, seed), strict=True):
        row |= tested
        row["method"] = f"{row.pop('test')}; {row['method']}" if row["test"] else row["method"]
    table = pd.DataFrame(rows)
    table["q_value"] = benjamini_hochberg(table["p"].to_numpy(float))
    table["declared"] = False
    return table.reindex(columns=COLUMNS["comparisons"])


def _describe(contrast: Contrast, *, n_boot: int, seed: int) -> dict[str, Any]:
    """Everything about a contrast but its p values; missing where a side has no articles."""
    first, second = contrast.first, contrast.second
    row: dict[str, Any] = {name: getattr(contrast, name) for name in
                           ("measure", "outlet", "reference", "n_articles", "n_events", "note")}
    row |= {"effect": "Cohen's d_z" if contrast.paired else "Hedges' g", "effect_size": np.nan,
            "target_value": first.mean() if len(first) else np.nan,
            "reference_value": second.mean() if len(second) else np.nan}
    if not len(first) or not len(second):
        return row | {"estimate": np.nan, "low": np.nan, "high": np.nan, "method": "nothing to compare"}
    if contrast.paired:
        difference = first - second
        estimate, spread = difference.mean(), difference.std(ddof=1)
        low, high, method = paired_interval(contrast, n_boot=n_boot, seed=seed)
        row["effect_size"] = estimate / spread if spread > 0 else np.nan
    else:
        estimate = first.mean() - second.mean()
        if contrast.shares:
            low, high = map(float, newcombe(first.sum(), len(first), second.sum(), len(second)))
            method = "Newcombe"
        else:
            low, high, method = difference_interval(first, second, n_boot=n_boot, seed=seed)
        row["effect_size"] = _hedges(first, second)
    return row | {"estimate": estimate, "low": low, "high": high, "method": method}


def paired_interval(contrast: Contrast, *, n_boot: int = 2000, seed: int = 0) -> tuple[float, float, str]:
    """Interval of the mean difference within events; Newcombe's for articles that are a plain yes or no.

    Where several outlets or articles make a side and its shares do not vary, the events count as so many
    independent yeses and noes, which is cautious.
    """
    first, second = contrast.first, contrast.second
    if contrast.shares:
        low, high = newcombe_paired(int((first * second).sum()), int((first * (1 - second)).sum()),
                                    int(((1 - first) * second).sum()), int(((1 - first) * (1 - second)).sum()))
        return low, high, "Newcombe, paired"
    low, high, method = ratio_interval(first - second, difference=True, n_boot=n_boot, seed=seed)
    if contrast.yes_no and not np.isfinite(high - low):
        n = len(first)
        low, high = map(float, newcombe(first.sum(), n, second.sum(), n))
        method = "Newcombe over events"
    return (max(low, -1.0), min(high, 1.0), method) if contrast.yes_no else (low, high, method)


def _p_values(contrasts: Sequence[Contrast], n_permutations: int, seed: int) -> list[dict[str, Any]]:
    """p values of every contrast: one max-T over all pairs of outlets compared by event, one for each outlet
    compared with the rest, each unpaired contrast alone; joined by Bonferroni over these blocks."""
    members: dict[tuple[str, Any], list[int]] = {}
    for i, contrast in enumerate(contrasts):
        if not len(contrast.first) or not len(contrast.second):
            continue
        kind = "unpaired" if not contrast.paired else "rest" if contrast.reference == "rest" else "pairs"
        which = {"unpaired": i, "pairs": 0, "rest": contrast.outlet}[kind]
        members.setdefault((kind, which), []).append(i)
    missing = {"p": np.nan, "p_adjusted": np.nan, "smallest_p": np.nan, "test": ""}
    found: list[dict[str, Any]] = [dict(missing) for _ in contrasts]
    for (design, _), block in members.items():
        here = [contrasts[i] for i in block]
        if design == "unpaired":
            tested = shuffle(here[0].first, here[0].second, n_permutations=n_permutations, seed=seed)
        elif all(contrast.ways is None for contrast in here):
            differences = _by_event([c.events for c in here], [c.first - c.second for c in here])
            tested = sign_flip(differences, n_permutations=n_permutations, seed=seed)
        else:
            tested = rearrange(_by_event([c.events for c in here], [_ways(c) for c in here]),
                               n_permutations=n_permutations, seed=seed)
        for place, i in enumerate(block):
            found[i] = {"p": tested.p[place], "smallest_p": tested.smallest_p[place], "test": tested.method,
                        "p_adjusted": min(1.0, tested.p_adjusted[place] * len(members))}
    return found


def _ways(contrast: Contrast) -> np.ndarray:
    """Differences of a paired contrast under every arrangement of each event."""
    difference = contrast.first - contrast.second
    return np.column_stack([difference, -difference]) if contrast.ways is None else contrast.ways


def _by_event(events: Sequence[np.ndarray], values: Sequence[np.ndarray]) -> np.ndarray:
    """Values of several contrasts, each with events of its own, in one array: events (x arrangements) x contrasts."""
    every = np.array(sorted({event for some in events for event in some}))
    width = tuple(max(value.shape[1] for value in values) for _ in values[0].shape[1:])
    table = np.full((len(every), *width, len(values)), np.nan)
    for place, (some, value) in enumerate(zip(events, values, strict=True)):
        at = np.searchsorted(every, some.astype(str))
        if width:
            table[at, :value.shape[1], place] = value
        else:
            table[at, place] = value
    return table


def _hedges(first: np.ndarray, second: np.ndarray) -> float:
    """Standardised difference of two groups, corrected for few articles (Hedges 1981)."""
    freedom = len(first) + len(second) - 2
    if freedom < 2:
        return np.nan
    squares = ((first - first.mean()) ** 2).sum() + ((second - second.mean()) ** 2).sum()
    if not squares > 0:
        return np.nan
    return float((first.mean() - second.mean()) / np.sqrt(squares / freedom) * (1 - 3 / (4 * freedom - 1)))
