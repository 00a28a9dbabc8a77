"""How well facts are found, and how the weights of the matcher were learned.

    python tests/benchmarks/coverage_benchmark.py             # grids of the bundled corpus and of ../shared/articles
    python tests/benchmarks/coverage_benchmark.py --learn     # facts left out in tenths, then weights from all of them

Learning uses the facts of the corpus ``summit``, three more wordings of each and statements that no article makes
(``tests/data/summit_statements.csv``, with an empty ``fact``). The five pages are never learned from.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize

import framing
from framing.coverage import FOUND, UNSURE, coverage
from framing.telling import matching
from framing.telling.matching import BODY, FEATURES, SECOND, Corpus
from framing.telling.sayings import countries_of, facts_as_sayings, sayings_of

HERE = Path(__file__).resolve()
DATA = HERE.parents[1] / "data"
PAGES = HERE.parents[3] / "shared" / "articles"
UP = {"amounts", "main", "things", "role_same", "stands_out", "closeness", "cosine", "first", "same_words",
      "same_meaning"}  # more of it can only speak for the fact
DOWN = {"amount_conflict", "role_swapped", "denial", "long"}  # can only speak against it
WEIGHT, PENALTY = 3.0, 0.3  # of sentences that state the fact; ridge, as variance of the weights


def measure(grid: pd.DataFrame, gold: pd.DataFrame) -> str:
    """Precision of "found", recall over decided cells and over all, share unsure; debatable cells left aside."""
    both = grid.merge(gold, on=["article_id", "fact"], suffixes=("", "_gold"))
    both = both[both["found_gold"] != "debatable"]
    found, true, unsure = both["found"] == "found", both["found_gold"] == "found", both["found"] == "unsure"
    hits = (found & true).sum()
    return (f"{len(both)} cells: precision {hits / found.sum():.3f}, "
            f"recall {hits / (true & ~unsure).sum():.3f} of decided, {hits / true.sum():.3f} of all, "
            f"unsure {unsure.mean():.3f}")


def summit_gold() -> pd.DataFrame:
    return pd.read_csv(framing.example_path("summit", "key/gold_coverage.csv"))


def pages_gold(articles: pd.DataFrame) -> pd.DataFrame:
    gold = pd.read_csv(DATA / "five_pages_coverage.csv")
    names = {Path(str(row.path)).name: row.article_id for row in articles.itertuples()}
    return gold.assign(article_id=gold["file"].map(names))[["article_id", "fact", "found"]]


def fit(rows: np.ndarray, true: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, float]:
    """Logistic regression with a ridge, weights held to the sign they must have."""
    mean, sd = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    z, y, weight = (rows - mean) / sd, true.astype(float), np.where(true, WEIGHT, 1.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value = z @ theta[:-1] + theta[-1]
        error = weight * (1 / (1 + np.exp(-value)) - y)
        return (float((weight * (np.logaddexp(0, value) - y * value)).sum() + (theta[:-1] ** 2).sum() / (2 * PENALTY)),
                np.append(error @ z + theta[:-1] / PENALTY, error.sum()))

    bounds = [(0, None) if name in UP else (None, 0) if name in DOWN else (None, None) for name in names]
    theta = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)],
                     options={"maxiter": 800}).x
    weights = theta[:-1] / sd
    return weights, float(theta[-1] - (weights * mean).sum())


class Learner:
    """All candidate sentences of all statements of the corpus, with their features and whether they state the fact."""

    def __init__(self) -> None:
        articles, gold = framing.example(), summit_gold()
        self.ids = articles["article_id"].tolist()
        spans = {(row.article_id, row.fact): [tuple(map(int, span.split("-"))) for span in row.all_spans.split(";")]
                 for row in gold.itertuples() if row.found == "found"}
        listed = pd.read_csv(framing.example_path("summit", "facts.csv"))
        more = pd.read_csv(DATA / "summit_statements.csv").fillna({"fact": ""})
        self.statements = pd.concat([listed.assign(main=True), more.assign(main=False)], ignore_index=True)
        self.corpus = Corpus(sayings_of(articles), countries_of(articles))
        self.looks: list[tuple[list[tuple[int, ...]], np.ndarray, np.ndarray]] = []
        self.rows, self.true, self.usable, self.group, self.of = [], [], [], [], []
        for number, (fact, saying) in enumerate(zip(self.statements["fact"], facts_as_sayings(
                self.statements["statement"], articles), strict=True)):
            look = matching._Look(self.corpus, saying)
            places = [(n,) for n in np.flatnonzero(look.cover >= matching.SHORTLIST).tolist()]
            places += [(n, n + 1) for n in range(len(self.corpus.sayings) - 1) if look.worth_joining(n)]
            places = [place for place in places if self.corpus.sayings[place[0]].zone in BODY]
            features = np.array([look.features(place) for place in places]).reshape(len(places), len(FEATURES))
            bare = np.array([look.content(place) <= matching.BARE for place in places], dtype=bool)
            self.looks.append((places, features, bare))
            for place, row in zip(places, features, strict=True):
                first, last = self.corpus.sayings[place[0]], self.corpus.sayings[place[-1]]
                told = spans.get((self.ids[first.article], fact), [])
                hit = any(min(last.end, b) - max(first.start, a) >= (b - a) / 2 for a, b in told)
                self.rows.append(row)
                self.true.append(hit)
                self.usable.append(hit or not (told and len(place) > 1))
                self.group.append(fact or f"none {number}")
                self.of.append(number)
        self.told = set(spans)

    def learn(self, leave_out: set[str]) -> dict[str, Any]:
        """Both models from the facts not in `leave_out`."""
        rows, true = np.array(self.rows), np.array(self.true)
        keep = np.array(self.usable) & ~np.isin(self.group, list(leave_out))
        first = fit(rows[keep], true[keep], FEATURES)
        seconds, hits = [], []
        rng = np.random.default_rng(1)
        for number, (places, features, bare) in enumerate(self.looks):
            here = np.flatnonzero(np.array(self.of) == number)
            if not len(here) or self.group[here[0]] in leave_out:
                continue
            scores = _probability(features, first)
            scores = np.where(bare, np.minimum(scores, matching.MOST_BARE), scores)
            for at, others in _witnesses(self.corpus, places, scores):
                if self.usable[here[at]]:
                    some = [others[n] for n in sorted(rng.permutation(len(others))[:rng.integers(1, 6)].tolist())]
                    seconds.append(_second_row(self.corpus, places, scores, at, some))
                    hits.append(self.true[here[at]])
        return {"first": first, "second": fit(np.array(seconds), np.array(hits), SECOND)}

    def grid(self, models: dict[str, Any], facts: set[str]) -> list[tuple[str, str, float]]:
        """``(article_id, fact, probability)`` for the listed statements of `facts`."""
        cells = []
        for number, row in enumerate(self.statements.itertuples()):
            if not row.main or row.fact not in facts:
                continue
            places, features, bare = self.looks[number]
            scores = _probability(features, models["first"])
            scores = np.where(bare, np.minimum(scores, matching.MOST_BARE), scores)
            final = scores.copy()
            for at, others in _witnesses(self.corpus, places, scores):
                final[at] = _probability(np.array([_second_row(self.corpus, places, scores, at, others)]),
                                         models["second"])[0]
            final = np.where(bare, np.minimum(final, matching.MOST_BARE), final)
            final -= np.array([matching.PAIR if len(place) > 1 else 0.0 for place in places])
            best = dict.fromkeys(self.ids, 0.0)
            for place, score in zip(places, final, strict=True):
                article = self.ids[self.corpus.sayings[place[0]].article]
                best[article] = max(best[article], float(score))
            cells += [(article, row.fact, score) for article, score in best.items()]
        return cells


def _probability(rows: np.ndarray, model: tuple[np.ndarray, float]) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ model[0] + model[1])))


def _witnesses(corpus: Corpus, places: list[tuple[int, ...]], scores: np.ndarray) -> list[tuple[int, list[int]]]:
    """Each candidate with the clear sentences of other articles."""
    article = [corpus.sayings[place[0]].article for place in places]
    best: dict[int, int] = {}
    for at in np.argsort(-scores, kind="stable"):
        if scores[at] >= matching.EVIDENCE and len(places[at]) == 1 and len(best) < matching.MOST_EVIDENCE:
            best.setdefault(article[at], int(at))
    found = [(at, [n for number, n in best.items() if number != article[at]]) for at in range(len(places))]
    return [(at, others) for at, others in found if others]


def _second_row(corpus: Corpus, places: list[tuple[int, ...]], scores: np.ndarray, at: int,
                others: list[int]) -> list[float]:
    vectors = [corpus.vectors(places[n]) for n in others]
    words, meaning = matching._alike(corpus.vectors(places[at]), vectors, scores[others])
    first = min(max(scores[at], 1e-4), 1 - 1e-4)
    return [float(np.log(first / (1 - first))), words, meaning, min(len(others), 5) / 5]


def learn() -> None:
    learner = Learner()
    groups = sorted(set(learner.group))
    np.random.default_rng(0).shuffle(groups)
    cells: list[tuple[str, str, float]] = []
    for fold in range(10):
        out = set(groups[fold::10])
        cells += learner.grid(learner.learn(out), out)
    grid = pd.DataFrame(cells, columns=["article_id", "fact", "similarity"])
    grid["found"] = ["found" if s >= FOUND else "unsure" if s >= UNSURE else "not found" for s in grid["similarity"]]
    print("summit, facts left out in tenths,", measure(grid, summit_gold()))
    models = learner.learn(set())
    print(json.dumps({name: {"intercept": round(model[1], 3), "weights": dict(zip(
        FEATURES if name == "first" else SECOND, np.round(model[0], 3).tolist(), strict=True))}
        for name, model in models.items()}, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", action="store_true", help="learn anew and print the weights")
    if parser.parse_args().learn:
        return learn()
    articles = framing.example()
    print("summit,", measure(coverage(articles, framing.example_path("summit", "facts.csv")), summit_gold()))
    if PAGES.is_dir():
        pages = framing.read_articles(PAGES)
        print("five pages,", measure(coverage(pages, DATA / "five_pages_facts.csv"), pages_gold(pages)))
    return None


if __name__ == "__main__":
    main()
