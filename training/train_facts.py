"""Learn the weights that say whether a sentence states a fact, and write them to framing/data/models/coverage.

    python training/train_facts.py [--bench ../shared/bench] [--out DIR]

Learned from ten invented events (``tests/data/told``, four outlets each, 155 facts), the invented corpus ``tannery``
(40 articles, 30 facts) and 28 real events of three outlets each (758 facts in our own words, whose places in the
articles of ``BENCH/events`` are marked in ``training/facts/real_events.csv``). The corpus ``summit``, the five pages
and six further real events (``training/facts/events_aside.csv``) are never learned from and choose nothing. Of what
does not state a fact, only the sentence of each article that looks most like it is learned from, found anew with each
round of weights: that is the one that decides whether the fact is found.

How much a sentence that states its fact weighs in learning (`WEIGHED`) was chosen once on real events left out of learning
and is not chosen again: F1 of four pairs, from the most careful to the least, was .874, .877, .885 and .885, and the first
of the two best was taken, since a wrong "found" costs a reader more than an "unsure"; on the quotations of other weights
the two change places by a thousandth. Prints how well each event does that is left out, with a fifth of the facts of ``tannery``; then
learns from all and prints how well the events kept aside do. Needs the models of zones, quotes and pronouns. Three
minutes of one core.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]

from coverage_benchmark import measure_cells  # noqa: E402
from told_events import KEPT, LEARNED, read_event, real_events, span_of  # noqa: E402

import framing  # noqa: E402
from framing.precision import on_one_thread  # noqa: E402
from framing.salience import matching  # noqa: E402
from framing.salience.facts import FOUND, UNSURE  # noqa: E402
from framing.salience.matching import BODY, FEATURES, SECOND, SHORTLIST, Corpus, Look  # noqa: E402
from framing.salience.statements import countries_of, facts_as_sayings, sayings_of  # noqa: E402

FACTS = ROOT / "training" / "facts"
UP = set(
    """
    cover one amount_hit things stands_out closeness cosine meant around of_best first same_words same_meaning
""".split()
)  # more of it can only speak for the fact
DOWN = {"amount_miss", "role_swapped", "denial", "mood", "opposite", "long"}  # can only speak against it
WEIGHED = (2.0, 3.0)  # weights of sentences that state the fact, in each model
PENALTY = 0.3  # ridge, as variance of the weights
ROUNDS, MOST_HITS = 2, 2  # of looking for the hardest sentences; sentences of an article that state a fact
FOLDS = 5
WHOLE = (0, 10**9)  # a doubtful cell whose sentence is not marked

Model = tuple[np.ndarray, float]


def fit(rows: np.ndarray, true: np.ndarray, names: Sequence[str], weighed: float) -> Model:
    """Logistic regression with a ridge, weights held to the sign they must have."""
    mean, sd = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    z, y, weight = (rows - mean) / sd, true.astype(float), np.where(true, weighed, 1.0)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value = z @ theta[:-1] + theta[-1]
        error = weight * (1 / (1 + np.exp(-value)) - y)
        return (
            float((weight * (np.logaddexp(0, value) - y * value)).sum() + (theta[:-1] ** 2).sum() / (2 * PENALTY)),
            np.append(error @ z + theta[:-1] / PENALTY, error.sum()),
        )

    bounds = [(0, None) if name in UP else (None, 0) if name in DOWN else (None, None) for name in names]
    theta = minimize(
        loss,
        np.zeros(len(names) + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 800},
    ).x
    weights = theta[:-1] / sd
    return weights, float(theta[-1] - (weights * mean).sum())


class Learner:
    """All candidate sentences of all facts of one corpus, with their features and whether they state the fact.

    `gold` has ``article_id, fact, found, spans`` and, where known, ``doubts``: the spans of debatable sentences.
    """

    def __init__(self, articles: pd.DataFrame, statements: pd.DataFrame, gold: pd.DataFrame) -> None:
        self.ids, self.gold, self.facts = articles["article_id"].tolist(), gold, statements["fact"].tolist()
        spans = {(row.article_id, row.fact): row.spans for row in gold.itertuples()}
        doubts = {
            (row.article_id, row.fact): getattr(row, "doubts", [WHOLE] if row.found == "debatable" else [])
            for row in gold.itertuples()
        }
        self.corpus = Corpus(sayings_of(articles), countries_of(articles))
        self.looks: list[tuple[list[tuple[int, ...]], np.ndarray, np.ndarray]] = []
        self.marks: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []  # states it, can be used, article
        self._vectors: dict[tuple[int, ...], Any] = {}
        for fact, saying in zip(self.facts, facts_as_sayings(statements["statement"], articles), strict=True):
            look = Look(self.corpus, saying)
            places = [(n,) for n in np.flatnonzero(look.cover >= SHORTLIST).tolist()]
            places += [(n, n + 1) for n in look.worth_joining()]
            features = np.array([look.features(place) for place in places]).reshape(len(places), len(FEATURES))
            bare = np.array([look.content(place) <= matching.BARE for place in places], dtype=bool)
            self.looks.append((places, features, bare))
            marks = []
            for place in places:
                first, last = self.corpus.sayings[place[0]], self.corpus.sayings[place[-1]]
                cell = (self.ids[first.article], fact)
                hit = any(min(last.end, b) - max(first.start, a) >= (b - a) / 2 for a, b in spans[cell])
                usable = hit or (
                    not any(a < last.end and first.start < b for a, b in doubts[cell])
                    and first.zone in BODY
                    and not (spans[cell] and len(place) > 1)
                )
                marks.append((hit, usable, first.article))
            self.marks.append(tuple(np.array(marks, dtype=int).reshape(len(marks), 3).T))

    def training(self, leave_out: set[str], hardest: Model | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Rows of `FEATURES` and whether they state the fact, of the facts not in `leave_out`.

        With a model as `hardest`, of each article only the sentences that look most like the fact.
        """
        rows, true = [np.zeros((0, len(FEATURES)))], [np.zeros(0, dtype=bool)]
        for fact, (_, features, _), (hit, usable, article) in zip(self.facts, self.looks, self.marks, strict=True):
            if fact in leave_out:
                continue
            keep = usable.astype(bool)
            if hardest is not None:
                seen: dict[tuple[int, int], int] = {}
                for at in np.argsort(-_probability(features, hardest), kind="stable"):
                    if keep[at]:
                        key = (article[at], hit[at])
                        seen[key] = seen.get(key, 0) + 1
                        keep[at] = seen[key] <= (MOST_HITS if hit[at] else 1)
            rows.append(features[keep])
            true.append(hit[keep].astype(bool))
        return np.concatenate(rows), np.concatenate(true)

    def backing(self, first: Model, leave_out: set[str]) -> tuple[np.ndarray, np.ndarray]:
        """Rows of `SECOND` and whether they state the fact, of the facts not in `leave_out`."""
        seconds, hits = [], []
        rng = np.random.default_rng(1)
        for number, fact in enumerate(self.facts):
            if fact in leave_out:
                continue
            scores, (hit, usable, _) = self._first(number, first), self.marks[number]
            for at, others in self._witnesses(number, scores):
                if usable[at]:
                    some = [others[n] for n in sorted(rng.permutation(len(others))[: rng.integers(1, 6)].tolist())]
                    seconds.append(self._second_row(number, scores, at, some))
                    hits.append(hit[at])
        return np.array(seconds).reshape(len(seconds), len(SECOND)), np.array(hits, dtype=bool)

    def grid(self, models: dict[str, Model], facts: set[str]) -> pd.DataFrame:
        """``article_id, fact, similarity`` of `facts`, as `coverage` finds them."""
        cells = []
        for number, fact in enumerate(self.facts):
            if fact not in facts:
                continue
            places, _, bare = self.looks[number]
            scores = self._first(number, models["first"])
            final = scores.copy()
            for at, others in self._witnesses(number, scores):
                final[at] = _probability(np.array([self._second_row(number, scores, at, others)]), models["second"])[0]
            body = np.array([self.corpus.sayings[place[0]].zone in BODY for place in places], dtype=bool)
            pair = np.array([len(place) > 1 for place in places], dtype=bool)
            final = np.where(bare, np.minimum(final, matching.MOST_BARE), final)
            final -= np.where(pair, matching.PAIR, np.where(body, 0.0, matching.ABOVE))
            best = dict.fromkeys(self.ids, 0.0)
            for at in np.argsort(final + np.where(body, 0.05, 0.0), kind="stable"):  # the last one stays
                best[self.ids[self.marks[number][2][at]]] = max(float(final[at]), 0.0)
            cells += [(article, fact, score) for article, score in best.items()]
        return pd.DataFrame(cells, columns=["article_id", "fact", "similarity"])

    def _first(self, number: int, model: Model) -> np.ndarray:
        _, features, bare = self.looks[number]
        scores = _probability(features, model)
        return np.where(bare, np.minimum(scores, matching.MOST_BARE), scores)

    def _witnesses(self, number: int, scores: np.ndarray) -> list[tuple[int, list[int]]]:
        """Each candidate with the clear sentences of other articles."""
        places, article = self.looks[number][0], self.marks[number][2]
        best: dict[int, int] = {}
        for at in np.argsort(-scores, kind="stable"):
            if scores[at] >= matching.EVIDENCE and len(places[at]) == 1 and len(best) < matching.MOST_EVIDENCE:
                best.setdefault(int(article[at]), int(at))
        found = [(at, [n for other, n in best.items() if other != article[at]]) for at in range(len(places))]
        return [(at, others) for at, others in found if others and scores[at] >= matching.HOPELESS]

    def _second_row(self, number: int, scores: np.ndarray, at: int, others: list[int]) -> list[float]:
        places = self.looks[number][0]
        for place in (places[n] for n in (at, *others)):
            if place not in self._vectors:
                self._vectors[place] = self.corpus.vectors(place)
        vectors = [self._vectors[places[n]] for n in (at, *others)]
        words, meaning = matching._alike(vectors[0], vectors[1:], scores[others])
        first = min(max(scores[at], 1e-4), 1 - 1e-4)
        return [float(np.log(first / (1 - first))), words, meaning, min(len(others), 5) / 5]


def learners(bench: Path) -> dict[str, Learner]:
    """Each invented event, the invented corpus and each real event."""
    found = {}
    for name in (*LEARNED, *KEPT):
        articles, facts, gold = read_event(name)
        found[name] = Learner(articles, facts, gold)
    gold = pd.read_csv(framing.example_path("tannery", "key/gold_coverage.csv"))
    gold["spans"] = [[span_of(span) for span in str(told).split(";") if "-" in span] for told in gold["all_spans"]]
    found["tannery"] = Learner(
        framing.example("tannery"), pd.read_csv(framing.example_path("tannery", "facts.csv")), gold
    )
    return found | real_learners(bench, "real_events")


def real_learners(bench: Path, marks: str) -> dict[str, Learner]:
    """Each real event whose facts are marked in ``training/facts/MARKS.csv``."""
    return {f"real {name}": Learner(*event) for name, event in real_events(bench, FACTS / f"{marks}.csv").items()}


def models_of(corpora: dict[str, Learner], leave_out: dict[str, set[str]]) -> dict[str, Model]:
    """Both models, learned without the facts in `leave_out`, per corpus."""

    def together(parts: list[tuple[np.ndarray, np.ndarray]], names: list[str], weight: float) -> Model:
        rows, true = (np.concatenate(part) for part in zip(*parts, strict=True))
        return fit(rows, true, names, weight)

    out = {name: leave_out.get(name, set()) for name in corpora}
    first = together([one.training(out[name]) for name, one in corpora.items()], FEATURES, WEIGHED[0])
    for _ in range(ROUNDS):
        first = together([one.training(out[name], first) for name, one in corpora.items()], FEATURES, WEIGHED[0])
    second = together([one.backing(first, out[name]) for name, one in corpora.items()], SECOND, WEIGHED[1])
    return {"first": first, "second": second}


def left_out_grids(corpora: dict[str, Learner]) -> dict[str, pd.DataFrame]:
    """Each event by models that have not seen it, and each fifth of the facts of ``tannery``."""
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in corpora}
    names = [name for name in corpora if name != "tannery"]
    for fold in range(FOLDS):
        out = {name: set(corpora[name].facts) for name in names[fold::FOLDS]}
        out["tannery"] = set(corpora["tannery"].facts[fold::FOLDS])
        models = models_of(corpora, out)
        for name, facts in out.items():
            found[name].append(corpora[name].grid(models, facts))
    return {name: pd.concat(grids, ignore_index=True) for name, grids in found.items()}


def _probability(rows: np.ndarray, model: Model) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ model[0] + model[1])))


def cells(grids: dict[str, pd.DataFrame], corpora: dict[str, Learner], names: Sequence[str]) -> pd.DataFrame:
    """The cells of the corpora named, with ``found`` as the models have it and ``found_gold``."""
    both = pd.concat([grids[name].merge(corpora[name].gold, on=["article_id", "fact"]) for name in names])
    both = both.rename(columns={"found": "found_gold"})
    scores = both["similarity"]
    return both.assign(found=np.where(scores >= FOUND, "found", np.where(scores >= UNSURE, "unsure", "not found")))


def harmonic(both: pd.DataFrame) -> float:
    """F1 of "found", unsure cells counted as not found, debatable ones left aside."""
    found, true = both["found"] == "found", both["found_gold"] == "found"
    decided = both["found_gold"] != "debatable"
    return round(float(2 * (found & true).sum() / (found[decided].sum() + true.sum())), 3)


@on_one_thread
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "framing" / "data" / "models" / "coverage")
    options = parser.parse_args()
    corpora = learners(options.bench)
    real = [name for name in corpora if name.startswith("real")]
    grids = left_out_grids(corpora)
    print(f"F1 on real events left out: {harmonic(cells(grids, corpora, real)):.3f}")
    for name, events in (
        ("invented events read while learning, left out", LEARNED),
        ("invented events kept aside, left out", KEPT),
        (f"{len(real)} real events, left out", real),
        ("tannery, facts left out in fifths", ["tannery"]),
    ):
        print(f"{name}: {measure_cells(cells(grids, corpora, events))}")
    models = models_of(corpora, {})
    aside = real_learners(options.bench, "events_aside")
    told = {name: one.grid(models, set(one.facts)) for name, one in aside.items()}
    print(f"{len(aside)} real events kept aside: {measure_cells(cells(told, aside, list(aside)))}")
    weights = {
        name: {
            "intercept": round(intercept, 3),
            "weights": dict(zip(FEATURES if name == "first" else SECOND, np.round(weight, 3).tolist(), strict=True)),
        }
        for name, (weight, intercept) in models.items()
    }
    (options.out / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
