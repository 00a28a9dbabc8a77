"""How often is something found where there is nothing to find? Null splits of real news, each design.

    python tests/benchmarks/calibration_false_alarms.py            (about two minutes; needs ../shared)

- paired: within each of n events the two outlets' names are handed out by coin toss.
- clustered: the same with four articles per event, two for each name (or one and three), averaged.
- against the rest: three outlets' names dealt out at random within each event, one compared with the rest.
- unpaired: one outlet's articles dealt at random into two groups.
Measures are the rates of every word in at least 15 % of the articles. Shown per design: the share of words with
p <= .05, of all words and of those whose smallest possible p is at most .008 (a word that few articles have cannot
reach .05 in 8 events, whatever they say); and the share of splits in which max-T reports a word at .05.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from real_measures import WORD, counts, event_articles, measures, polnear_articles

from framing.stats.comparison import compare, max_t

SPLITS = 200
ABLE = 0.008  # the smallest possible p of a measure that can be called significant at all


def rates(articles: pd.DataFrame) -> np.ndarray:
    length = np.array([len(WORD.findall(text)) for text in articles["text"]])
    return counts(articles, least=0.15).to_numpy(float) / length[:, None]


def paired(rng: np.random.Generator, n: int, articles: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    """Two of the three articles of `n` events, named by coin toss."""
    events = rng.choice(articles["event"].unique(), n, replace=False)
    rows, names = [], []
    for event in events:
        pair = rng.choice(np.flatnonzero(articles["event"] == event), 2, replace=False)
        rows += list(pair)
        names += ["one", "other"]
    return max_t(values[rows], names, np.repeat(events, 2), target="one", seed=int(rng.integers(1 << 30)))


def rest(rng: np.random.Generator, n: int, articles: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    events = rng.choice(articles["event"].unique(), n, replace=False)
    rows = np.concatenate([rng.permutation(np.flatnonzero(articles["event"] == event)) for event in events])
    return max_t(
        values[rows],
        ["one", "second", "third"] * n,
        np.repeat(events, 3),
        target="one",
        seed=int(rng.integers(1 << 30)),
    )


def clustered(
    rng: np.random.Generator,
    n: int,
    articles: pd.DataFrame,
    values: np.ndarray,
    names: tuple[str, ...] = ("one", "one", "other", "other"),
) -> pd.DataFrame:
    """Articles of one outlet in rows of four that play an event: neighbours in time, so alike."""
    outlet = rng.choice(articles["outlet"].unique())
    own = np.flatnonzero(articles["outlet"] == outlet)
    starts = rng.choice(len(own) // 4, n, replace=False) * 4
    rows = np.concatenate([rng.permutation(own[start : start + 4]) for start in starts])
    return max_t(
        values[rows], list(names) * n, np.repeat(np.arange(n), 4), target="one", seed=int(rng.integers(1 << 30))
    )


def uneven(rng: np.random.Generator, n: int, articles: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    return clustered(rng, n, articles, values, names=("one", "other", "other", "other"))


def unpaired(
    rng: np.random.Generator, n: int, articles: pd.DataFrame, values: np.ndarray, n_other: int | None = None
) -> pd.DataFrame:
    outlet = rng.choice(articles["outlet"].unique())
    rows = rng.choice(np.flatnonzero(articles["outlet"] == outlet), n + (n_other or n), replace=False)
    return max_t(
        values[rows], ["one"] * n + ["other"] * (n_other or n), None, target="one", seed=int(rng.integers(1 << 30))
    )


def with_compare(n: int, paired_design: bool, splits: int) -> pd.DataFrame:
    """p values of `compare` itself on whole-article measures, the two outlets named at random."""
    rng = np.random.default_rng(n)
    articles = event_articles()
    table = pd.concat([articles[["event"]], measures(articles)], axis=1)
    found = []
    for split in range(splits):
        events = rng.choice(articles["event"].unique(), n if paired_design else 2 * n, replace=False)
        rows = np.concatenate(
            [
                rng.choice(np.flatnonzero(articles["event"] == event), 2 if paired_design else 1, replace=False)
                for event in events
            ]
        )
        drawn = table.iloc[rows].assign(outlet=["one", "other"] * n)
        found.append(
            compare(
                drawn,
                list(table.columns[1:]),
                pair="event" if paired_design else None,
                n_boot=19,
                n_permutations=499,
                seed=split,
            )
        )
    return pd.concat(found)


def main() -> pd.DataFrame:
    events, politics = event_articles(), polnear_articles()
    event_rates, politics_rates = rates(events), rates(politics)
    designs = [("paired", paired, n, events, event_rates) for n in (8, 10, 20, 50)]
    designs += [("against the rest", rest, n, events, event_rates) for n in (8, 20, 50)]
    designs += [("clustered", clustered, n, politics, politics_rates) for n in (8, 20)]
    designs += [("clustered, 1 to 3", uneven, n, politics, politics_rates) for n in (8, 20)]
    designs += [("unpaired", unpaired, n, politics, politics_rates) for n in (8, 10, 20, 40)]
    rows = []
    for seed, (name, design, n, articles, values) in enumerate(designs):
        rng = np.random.default_rng(seed)
        tested = [design(rng, n, articles, values) for _ in range(SPLITS)]
        every = pd.concat(tested)
        able = every["smallest_p"] <= ABLE
        rows.append(
            (
                name,
                n,
                len(tested[0]),
                SPLITS,
                (every["p"] <= 0.05).mean(),
                able.mean(),
                (every.loc[able, "p"] <= 0.05).mean(),
                np.mean([table["p_adjusted"].min() <= 0.05 for table in tested]),
            )
        )
    return pd.DataFrame(
        rows, columns=["design", "n", "words", "splits", "p <= .05, all", "able", "p <= .05, able", "max-T alarms"]
    )


if __name__ == "__main__":
    print(main().to_string(index=False, float_format="{:.3f}".format))
    for n in (8, 20):
        for design in (True, False):
            found = with_compare(n, design, SPLITS)
            able = found[found["smallest_p"] <= ABLE]
            print(
                f"compare, {'paired' if design else 'unpaired'}, n = {n}: {(able['p'] <= 0.05).mean():.3f} of "
                f"{len(able)} tests (of {len(found)}) at p <= .05"
            )
