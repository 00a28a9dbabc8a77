"""Agreement between coders: Krippendorff's alpha for any number of them, Cohen's kappa for two."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtrit

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(codes: pd.DataFrame, *, level: str = "nominal") -> dict[str, float | int]:
    """How well coders agree beyond chance: 1 perfect, 0 as chance would, below 0 worse.

    Parameters
    ----------
    codes : one row per unit (article, quote), one column per coder; missing where a coder did not code.
    level : "nominal" (categories), "ordinal" (ranks), "interval" or "ratio" (numbers).

    Returns
    -------
    ``alpha``; its 95 % interval ``low, high`` by leaving out one unit at a time (missing below three units);
    ``n_units`` that at least two coders coded, and ``n_coders``. Raises ``ValueError`` where no unit has two codes, or
    where all codes are the same: then there is nothing to agree about, and alpha is not 1 but undefined.

    Notes
    -----
    Read .80 and above as firm, .667 to .80 as tentative (Krippendorff). The jackknife is chosen over the bootstrap for
    small samples (Hughes 2021).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hughes (2021), arXiv 2210.13265.
    """
    if level not in LEVELS:
        raise ValueError(f"level is {level!r}; use one of {', '.join(LEVELS)}.")
    values = sorted(pd.unique(codes.to_numpy(dtype=object).ravel()[pd.notna(codes.to_numpy(dtype=object).ravel())]))
    if level != "nominal" and any(not isinstance(value, int | float | np.number) for value in values):
        raise ValueError(f"For level {level!r} the codes must be numbers; found {values[0]!r}. "
                         "Number the categories, or use level=\"nominal\".")
    counts = np.stack([(codes == value).fillna(False).sum(axis=1).to_numpy(float) for value in values], axis=1) \
        if values else np.zeros((len(codes), 0))
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        raise ValueError("No unit was coded by two coders, so agreement cannot be measured. "
                         "Let coders share some units.")
    if (counts.sum(axis=0) > 0).sum() < 2:
        raise ValueError("All shared units have the same code, so agreement beyond chance cannot be measured. "
                         "Code units of which some differ.")
    alpha = _alpha(counts, values, level)
    low = high = np.nan
    if len(counts) >= 3:
        n = len(counts)
        left_out = np.array([_alpha(np.delete(counts, i, axis=0), values, level) for i in range(n)])
        if np.isfinite(left_out).all():
            error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
            half = float(stdtrit(n - 1, 0.975)) * error
            low, high = alpha - half, min(1.0, alpha + half)
    return {"alpha": alpha, "low": low, "high": high, "n_units": len(counts), "n_coders": codes.shape[1]}


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Cohen's kappa of two coders over the units that both coded; see `krippendorff_alpha` for more than two."""
    both = pd.DataFrame({"first": list(first), "second": list(second)}).dropna()
    if both.empty:
        raise ValueError("The two coders share no unit, so agreement cannot be measured. Let them share some.")
    table = pd.crosstab(both["first"], both["second"])
    names = table.index.union(table.columns)
    shares = table.reindex(index=names, columns=names, fill_value=0).to_numpy(float) / len(both)
    seen, chance = np.trace(shares), float(shares.sum(axis=1) @ shares.sum(axis=0))
    if chance == 1:
        raise ValueError("Both coders gave every unit the same code, so kappa is undefined.")
    return float((seen - chance) / (1 - chance))


def _alpha(counts: np.ndarray, values: list, level: str) -> float:
    """1 less observed by expected disagreement, from units x values counts of codes."""
    size = counts.sum(axis=1)
    together = (counts / (size - 1)[:, None]).T @ counts - np.diag((counts / (size - 1)[:, None]).sum(axis=0))
    totals = together.sum(axis=0)
    expected = np.outer(totals, totals) - np.diag(totals)
    distance = _distances(totals, values, level)
    chance = (expected * distance).sum()
    return float(1 - (totals.sum() - 1) * (together * distance).sum() / chance) if chance > 0 else np.nan


def _distances(totals: np.ndarray, values: list, level: str) -> np.ndarray:
    table = np.zeros((len(values), len(values)))
    for i, j in combinations(range(len(values)), 2):
        if level == "nominal":
            found = 1.0
        elif level == "ordinal":
            found = (totals[i:j + 1].sum() - (totals[i] + totals[j]) / 2) ** 2
        else:
            found = float(values[i] - values[j]) ** 2
            if level == "ratio":
                found /= float(values[i] + values[j]) ** 2
        table[i, j] = table[j, i] = found
    return table
