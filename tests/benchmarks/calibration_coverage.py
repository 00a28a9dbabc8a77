"""How often do 95 % intervals hold the true value? Samples of 8, 20 and 50 events of real news.

    python tests/benchmarks/calibration_coverage.py            (two to three minutes; needs ../shared)

The articles at hand play the population: events are drawn from it with replacement, and the mean over all of
them is the truth. "difference" is the paired difference of two outlets over the 50 events that three outlets
tell; "mean" and "ratio" are one outlet's mean, and its ratio of sums (hits by words); "two groups" is the
difference of two outlets with no events in common.
"""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd
from real_measures import counts, event_articles, measures, polnear_articles

from framing.stats import intervals

METHODS = {
    "percentile": intervals.percentile,
    "BCa": intervals.bca,
    "jackknife": lambda value, weight, seed: intervals.jackknife(value, weight),
    "studentised": intervals.studentised,
    "symmetric": partial(intervals.studentised, symmetric=True),
}


def used(kind: str, n: int) -> str:
    """The method that `framing` uses for `n` clusters."""
    if kind == "two groups":
        return "symmetric"
    if n < (intervals.FEW_DIFFERENCES if kind == "difference" else intervals.FEW):
        return "jackknife"
    return "symmetric" if kind == "difference" else "studentised"


def populations() -> list[tuple[str, str, np.ndarray, np.ndarray]]:
    """Kind, name, and the values and weights of every event of each population."""
    events, politics = event_articles(), polnear_articles()
    values = measures(events)
    found = []
    for first, second in combinations(sorted(events["outlet"].unique()), 2):
        for name in values:
            wide = pd.DataFrame({"e": events["event"], "o": events["outlet"], "v": values[name]}).pivot(
                index="e", columns="o", values="v"
            )
            difference = (wide[first] - wide[second]).to_numpy()
            found.append(("difference", name, difference, np.ones(len(difference))))
    values, table = measures(politics), counts(politics)
    for outlet in sorted(politics["outlet"].unique())[:3]:
        own = (politics["outlet"] == outlet).to_numpy()
        for name in values:
            found.append(("mean", name, values.loc[own, name].to_numpy(), np.ones(own.sum())))
            if name.startswith("rate of"):
                word = name.split("'")[1]
                hits = table.loc[own, word].to_numpy(float)
                found.append(("ratio", name, hits, values.loc[own, "words"].to_numpy()))
    return found


def main(repeats: int = 60, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for kind, name, value, weight in populations():
        truth = value.sum() / weight.sum()
        for n in (5, 8, 20, 50):
            for repeat in range(repeats):
                drawn = rng.integers(0, len(value), n)
                if not value[drawn].std() > 0:
                    continue  # no variation, no interval
                for method, interval in METHODS.items():
                    low, high = interval(value[drawn], weight[drawn], seed=repeat)
                    rows.append((kind, name, n, method, *judge(low, high, truth)))
    return pd.DataFrame(rows, columns=["kind", "name", "n", "method", "holds", "width"])


def judge(low: float, high: float, truth: float) -> tuple[float, float]:
    """Whether the interval holds the truth (missing where there is no interval), and its width."""
    return (float(low <= truth <= high) if np.isfinite(high - low) else np.nan), high - low


def groups(repeats: int = 40, seed: int = 1) -> pd.DataFrame:
    """The difference of two outlets that share no events."""
    rng = np.random.default_rng(seed)
    articles = polnear_articles()
    values = measures(articles)
    rows = []
    for first, second in combinations(sorted(articles["outlet"].unique())[:4], 2):
        for name in values:
            a = values.loc[articles["outlet"] == first, name].to_numpy()
            b = values.loc[articles["outlet"] == second, name].to_numpy()
            for n in (8, 20, 50):
                for repeat in range(repeats):
                    drawn = rng.choice(a, n), rng.choice(b, n)
                    low, high, _ = intervals.difference_interval(*drawn, seed=repeat)
                    rows.append(("two groups", name, n, "symmetric", *judge(low, high, a.mean() - b.mean())))
    return pd.DataFrame(rows, columns=["kind", "name", "n", "method", "holds", "width"])


if __name__ == "__main__":
    result = pd.concat([main(), groups()])
    summary = result.groupby(["kind", "n", "method"])["holds"].agg(["mean", "count"])["mean"].unstack("method")
    print((100 * summary).round(1).to_string())
    width = result.groupby(["kind", "n", "method"])["width"].median().unstack("method")
    width = result.groupby(["kind", "n", "method"])["width"].median().unstack("method")
    print("\nmedian width, against the jackknife")
    print(width.div(width["jackknife"], axis=0).round(2).to_string())
    chosen = result[
        [method == used(kind, n) for kind, n, method in zip(result["kind"], result["n"], result["method"], strict=True)]
    ]
    print("\nas used")
    print((100 * chosen.groupby(["kind", "n"])["holds"].mean().unstack("n")).round(1).to_string())
    print("\nas used, by measure")
    print((100 * chosen.groupby(["kind", "n", "name"])["holds"].mean().unstack("n")).round(0).to_string())
