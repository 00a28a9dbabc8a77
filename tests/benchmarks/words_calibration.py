"""Do the tests of keyness and of rival names find something where there is nothing to find? (METHODS 3.3, no. 32)

    python tests/benchmarks/words_calibration.py [--splits 400] [--shared ../shared]
    python tests/benchmarks/words_calibration.py --exchanges 200    the rival names alone

One outlet of an annotated corpus is split at random, so that any difference is chance. A well-behaved test
calls 5 % of words significant at p < .05 and, with max-T, at least one word in 5 % of splits. Reported beside it:
the usual log-likelihood by token, with and without Benjamini-Hochberg.

Rival names are searched and counted once: which outlet wrote what plays no part in that (tests/test_rivals.py holds it).
Then the outlets of each event are exchanged at random, so that none has a habit, and every rivalry is tested anew.
Counted are the tests that could reach p = .05 at all.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import chi2

from framing import read_articles
from framing.stats.comparison import max_t
from framing.stats.permutation import benjamini_hochberg
from framing.tables import empty_table
from framing.words.frequency import WordCounts, word_counts
from framing.words.index import word_index
from framing.words.keywords import MIN_ARTICLES, MIN_N
from framing.words.measures import log_likelihood
from framing.words.rivals import rivalries, tested


def split(counts: WordCounts, ours: np.ndarray, theirs: np.ndarray, events, seed: int) -> dict[str, float]:
    """One comparison of rows with nothing between them."""
    used = np.concatenate([ours, theirs])
    matrix, sizes = counts.matrix[used], counts.sizes[used]
    n_articles = np.asarray((matrix > 0).sum(axis=0)).ravel()
    listed = np.flatnonzero((np.asarray(matrix.sum(axis=0)).ravel() >= MIN_N) & (n_articles >= MIN_ARTICLES))
    n = [np.asarray(counts.matrix[side][:, listed].sum(axis=0)).ravel() for side in (ours, theirs)]
    totals = [counts.sizes[side].sum() for side in (ours, theirs)]
    token_p = chi2.sf(log_likelihood(n[0], totals[0], n[1], totals[1]), 1)
    rates = matrix[:, listed].multiply(1 / sizes[:, None]).tocsr()
    sides = np.array(["a"] * len(ours) + ["b"] * len(theirs))
    tested = max_t(
        rates, sides, None if events is None else np.asarray(events)[used], target="a", reference="b", seed=seed
    )
    return {
        "words": len(listed),
        "token": np.mean(token_p < 0.05),
        "token_bh": (benjamini_hochberg(token_p) < 0.05).sum(),
        "article": np.mean(tested["p"] < 0.05),
        "max_t": float((tested["p_adjusted"] < 0.05).any()),
    }


def unpaired(articles: pd.DataFrame, outlet: str, size: int, splits: int) -> pd.DataFrame:
    counts = word_counts(articles[articles["outlet"] == outlet], voice=None, quotes=empty_table("quotes"))
    draw = np.random.default_rng(0)
    found = []
    for number in range(splits):
        order = draw.permutation(len(counts.sizes))
        found.append(split(counts, order[:size], order[size : 2 * size], None, number))
    return pd.DataFrame(found)


def paired(articles: pd.DataFrame, n_events: int, splits: int) -> pd.DataFrame:
    """Two articles on each event, given to the two sides by the toss of a coin."""
    counts = word_counts(articles, voice=None, quotes=empty_table("quotes"))
    by_event = list(counts.articles.groupby("event").indices.values())
    draw = np.random.default_rng(1)
    found = []
    for number in range(splits):
        chosen = draw.permutation(len(by_event))[:n_events]
        pairs = np.array([draw.permutation(by_event[event])[:2] for event in chosen])
        found.append(split(counts, pairs[:, 0], pairs[:, 1], counts.articles["event"], number))
    return pd.DataFrame(found)


def exchanged(articles: pd.DataFrame, exchanges: int, n_permutations: int = 199) -> pd.DataFrame:
    """For each exchange of outlets within events, how many rivalries could reach p = .05, and how many did."""
    table = rivalries(word_index(articles))
    n_found = len(table)
    table = table[tested(articles, table.copy(), n_permutations, 0)["smallest_p"] <= 0.1]  # the others never reach .05
    draw = np.random.default_rng(2)
    found = []
    for number in range(exchanges):
        outlets = articles.groupby("event")["outlet"].transform(lambda names: draw.permutation(names.to_numpy()))
        result = tested(articles.assign(outlet=outlets), table.copy(), n_permutations, number)
        able = result["smallest_p"] <= 0.05
        found.append({"rows": n_found, "able": int(able.sum()), "said": int((able & (result["p"] <= 0.05)).sum())})
    return pd.DataFrame(found)


def print_exchanged(run: pd.DataFrame) -> None:
    rate = run["said"].sum() / run["able"].sum()
    error = 1.96 * (run["said"] / run["able"]).std(ddof=1) / np.sqrt(len(run))
    print(
        f"{len(run)} exchanges of outlets within events, {run['rows'].iloc[0]} rivalries found: p <= .05 in {rate:.2%} of "
        f"{run['able'].sum()} tests that could reach it (95 % by exchange: {rate - error:.2%} to {rate + error:.2%})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--splits", type=int, default=400)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--exchanges", type=int, default=0)
    args = parser.parse_args()
    rows = [json.loads(line) for line in (args.shared / "bench/events/articles.jsonl").open(encoding="utf-8")]
    if args.exchanges:
        table = pd.DataFrame(rows).rename(columns={"id": "article_id", "title": "headline"})
        table["text"] = table["headline"] + "\n\n" + table["text"]
        print_exchanged(exchanged(read_articles(table), args.exchanges))
        return
    articles = pd.DataFrame(rows).rename(columns={"id": "article_id"})[["article_id", "outlet", "event", "text"]]
    articles = read_articles(articles, clean=False)
    runs = {
        f"{outlet}, split {size} + {size}": unpaired(articles, outlet, size, args.splits)
        for outlet in sorted(articles["outlet"].unique())
        for size in (10, 25)
    }
    runs |= {f"{n} events, labels tossed": paired(articles, n, args.splits) for n in (10, 20, 50)}
    print(f"{args.splits} splits each; words with {MIN_N} occurrences in {MIN_ARTICLES} articles; 999 permutations\n")
    print(f"{'':38s}{'words':>7s}{'articles':>10s}{'max-T':>8s}{'token G2':>10s}{'token BH':>10s}")
    print(f"{'':38s}{'':>7s}{'p < .05':>10s}{'any':>8s}{'p < .05':>10s}{'words':>10s}")
    for name, run in runs.items():
        print(
            f"{name:38s}{run['words'].mean():7.0f}{run['article'].mean():10.1%}{run['max_t'].mean():8.1%}"
            f"{run['token'].mean():10.1%}{run['token_bh'].mean():10.1f}"
        )


if __name__ == "__main__":
    main()
