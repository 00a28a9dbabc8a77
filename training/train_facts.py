"""Learn the weights that say whether a sentence states a fact, and write them to framing/data/models/coverage.

    python training/train_facts.py [--out DIR]

Learned from the ten invented events in ``tests/data/told`` (four outlets each, 155 facts) and from the corpus
``summit`` (31 facts in 40 articles, three more wordings of each, and statements that no article makes), all our own
writing. Without the second, whose forty articles hold many sentences on the same people that do not state a fact, too
much is found: precision .31 on ``summit`` and .64 on the five pages, which are never learned from. Prints how well
each event does that is left out of learning; then learns from all. Needs the models of zones and quotes. Two minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]

from coverage_benchmark import DATA, measure_cells, summit_gold  # noqa: E402
from told_events import KEPT, LEARNED, read_event  # noqa: E402

import framing  # noqa: E402
from framing.precision import on_one_thread  # noqa: E402
from framing.salience import matching  # noqa: E402
from framing.salience.facts import FOUND, UNSURE  # noqa: E402
from framing.salience.matching import BODY, FEATURES, SECOND, SHORTLIST, Corpus, Look  # noqa: E402
from framing.salience.statements import countries_of, facts_as_sayings, sayings_of  # noqa: E402

UP = {"cover", "one", "amount_hit", "things", "stands_out", "closeness", "cosine", "first", "same_words",
      "same_meaning"}  # more of it can only speak for the fact
DOWN = {"amount_miss", "role_swapped", "denial", "mood", "opposite", "long"}  # can only speak against it
SHARES = {"summit": 0.1}  # of one row of the bundled corpus, which has fifty times as many
WEIGHT, PENALTY = 3.0, 0.3  # of sentences that state the fact; ridge, as variance of the weights


def fit(rows: np.ndarray, true: np.ndarray, share: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, float]:
    """Logistic regression with a ridge, weights held to the sign they must have."""
    mean, sd = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    z, y, weight = (rows - mean) / sd, true.astype(float), share * np.where(true, WEIGHT, 1.0)

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
    """All candidate sentences of all statements of one corpus, with their features and whether they state the fact."""

    def __init__(self, articles: pd.DataFrame, statements: pd.DataFrame, gold: pd.DataFrame) -> None:
        self.ids = articles["article_id"].tolist()
        spans = {(row.article_id, row.fact): row.spans for row in gold.itertuples() if row.found == "found"}
        doubtful = {(row.article_id, row.fact) for row in gold.itertuples() if row.found == "debatable"}
        self.statements, self.gold = statements, gold
        self.corpus = Corpus(sayings_of(articles), countries_of(articles))
        self.looks: list[tuple[list[tuple[int, ...]], np.ndarray, np.ndarray]] = []
        self.rows, self.true, self.usable, self.group, self.of = [], [], [], [], []
        for number, (fact, saying) in enumerate(zip(self.statements["fact"], facts_as_sayings(
                self.statements["statement"], articles), strict=True)):
            look = Look(self.corpus, saying)
            places = [(n,) for n in np.flatnonzero(look.cover >= SHORTLIST).tolist()]
            places += [(n, n + 1) for n in range(len(self.corpus.sayings) - 1) if look.worth_joining(n)]
            features = np.array([look.features(place) for place in places]).reshape(len(places), len(FEATURES))
            bare = np.array([look.content(place) <= matching.BARE for place in places], dtype=bool)
            self.looks.append((places, features, bare))
            for place, row in zip(places, features, strict=True):
                first, last = self.corpus.sayings[place[0]], self.corpus.sayings[place[-1]]
                cell = (self.ids[first.article], fact)
                told = spans.get(cell, [])
                hit = any(min(last.end, b) - max(first.start, a) >= (b - a) / 2 for a, b in told)
                self.rows.append(row)
                self.true.append(hit)
                self.usable.append(hit or (cell not in doubtful and first.zone in BODY
                                           and not (told and len(place) > 1)))
                self.group.append(fact or f"none {number}")
                self.of.append(number)

    def training(self, leave_out: set[str]) -> tuple[np.ndarray, np.ndarray]:
        """Rows of `FEATURES` and whether they state the fact, of the facts not in `leave_out`."""
        keep = np.array(self.usable) & ~np.isin(self.group, list(leave_out))
        return np.array(self.rows)[keep], np.array(self.true)[keep]

    def backing(self, first: tuple[np.ndarray, float], leave_out: set[str]) -> tuple[np.ndarray, np.ndarray]:
        """Rows of `SECOND` and whether they state the fact, of the facts not in `leave_out`."""
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
        return np.array(seconds).reshape(len(seconds), len(SECOND)), np.array(hits, dtype=bool)

    def grid(self, models: dict[str, Any], facts: set[str]) -> pd.DataFrame:
        """``article_id, fact, similarity`` for the listed statements of `facts`."""
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
            final -= np.array([matching.PAIR if len(place) > 1 else 0.0 if self.corpus.sayings[place[0]].zone in BODY
                               else matching.ABOVE for place in places])
            best = dict.fromkeys(self.ids, 0.0)
            for place, score in zip(places, final, strict=True):
                article = self.ids[self.corpus.sayings[place[0]].article]
                best[article] = max(best[article], float(score))
            cells += [(article, row.fact, score) for article, score in best.items()]
        return pd.DataFrame(cells, columns=["article_id", "fact", "similarity"])


def learners() -> dict[str, Learner]:
    """The bundled corpus with further wordings of its facts, and each invented event."""
    gold = summit_gold()
    gold["spans"] = [[tuple(map(int, span.split("-"))) for span in str(told).split(";") if "-" in span]
                     for told in gold["all_spans"]]
    listed = pd.read_csv(framing.example_path("summit", "facts.csv"))
    more = pd.read_csv(DATA / "summit_statements.csv").fillna({"fact": ""})
    statements = pd.concat([listed.assign(main=True), more.assign(main=False)], ignore_index=True)
    found = {"summit": Learner(framing.example(), statements, gold)}
    for name in (*LEARNED, *KEPT):
        articles, facts, gold = read_event(name)
        found[name] = Learner(articles, facts.assign(main=True), gold)
    return found


def models_of(corpora: dict[str, Learner], leave_out: dict[str, set[str]]) -> dict[str, Any]:
    """Both models, learned without the facts in `leave_out`, per corpus; each corpus by its `SHARES`."""
    def together(parts: dict[str, tuple[np.ndarray, np.ndarray]], names: list[str]) -> tuple[np.ndarray, float]:
        rows, true = (np.concatenate([part[n] for part in parts.values() if len(part[0])]) for n in (0, 1))
        share = np.concatenate([np.full(len(part[0]), SHARES.get(name, 1.0)) for name, part in parts.items()])
        return fit(rows, true, share, names)

    first = together({name: one.training(leave_out.get(name, set())) for name, one in corpora.items()}, FEATURES)
    second = together({name: one.backing(first, leave_out.get(name, set())) for name, one in corpora.items()}, SECOND)
    return {"first": first, "second": second}


def left_out_grids(corpora: dict[str, Learner]) -> dict[str, pd.DataFrame]:
    """Each corpus by models that have not seen what is scored: an event as a whole, the bundled facts in tenths."""
    grids = {}
    for name, one in corpora.items():
        groups = sorted(set(one.group))
        np.random.default_rng(0).shuffle(groups)
        folds = [set(groups[fold::10]) for fold in range(10)] if name == "summit" else [set(groups)]
        grids[name] = pd.concat([one.grid(models_of(corpora, {name: out}), out) for out in folds], ignore_index=True)
    return grids


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
    return [(at, others) for at, others in found if others and scores[at] >= matching.HOPELESS]


@lru_cache(maxsize=20_000)
def _vectors(corpus: Corpus, place: tuple[int, ...]) -> Any:
    return corpus.vectors(place)


def _second_row(corpus: Corpus, places: list[tuple[int, ...]], scores: np.ndarray, at: int,
                others: list[int]) -> list[float]:
    vectors = [_vectors(corpus, places[n]) for n in others]
    words, meaning = matching._alike(_vectors(corpus, places[at]), vectors, scores[others])
    first = min(max(scores[at], 1e-4), 1 - 1e-4)
    return [float(np.log(first / (1 - first))), words, meaning, min(len(others), 5) / 5]


def report(name: str, grids: list[tuple[pd.DataFrame, pd.DataFrame]], found: float = FOUND,
           unsure: float = UNSURE) -> None:
    both = pd.concat([grid.merge(gold, on=["article_id", "fact"], suffixes=("", "_told")).rename(
        columns={"found": "found_gold"}) for grid, gold in grids], ignore_index=True)
    both["found"] = ["found" if s >= found else "unsure" if s >= unsure else "not found" for s in both["similarity"]]
    print(f"{name}: {measure_cells(both)}")


@on_one_thread
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "framing" / "data" / "models" / "coverage")
    options = parser.parse_args()
    corpora = learners()
    grids = left_out_grids(corpora)
    for name, events in (("events read while learning, left out", LEARNED), ("events kept aside, left out", KEPT),
                         ("summit, facts left out in tenths", ("summit",))):
        report(name, [(grids[event], corpora[event].gold) for event in events])
    weights = {name: {"intercept": round(intercept, 3), "weights": dict(zip(
        FEATURES if name == "first" else SECOND, np.round(weight, 3).tolist(), strict=True))}
        for name, (weight, intercept) in models_of(corpora, {}).items()}
    (options.out / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
