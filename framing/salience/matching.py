"""Does a sentence state a fact? Names, amounts and words matched one by one, then judged together.

A sentence is described by a few numbers (`FEATURES`): how much of the fact it holds, how well the parts hang together
as they do in the fact, who acts on whom, whether amounts agree and whether one of the two denies. A logistic
model learned on hand-marked pairs turns them into a probability.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from framing.salience.alikeness import Countries
from framing.salience.looks import BODY, FEATURES, SHORTLIST, Look, bag_vector, unit
from framing.salience.statements import Saying, Term, joined
from framing.text.word_vectors import SIZE

SECOND = ["first", "same_words", "same_meaning", "n_evidence"]  # for sentences that others on the fact can back
EVIDENCE, MOST_EVIDENCE = 0.75, 12  # probability that makes a sentence evidence for others; articles used
HOPELESS = 0.02  # probability below which no witness is asked
PAIR, ABOVE = 0.2, 0.1  # a pair of sentences, or a headline or caption, must be that much more probable
BARE, MOST_BARE = 0.1, 0.35  # likeness of the words, names aside, up to which a sentence cannot state the fact


class Match(NamedTuple):
    """A sentence, or two, with how probably it states the fact."""

    saying: Saying
    score: float


class Corpus:
    """The sentences of all articles, ready to be searched for facts."""

    def __init__(self, sayings: Sequence[Saying], country_of: Countries | None = None) -> None:
        self.sayings = list(sayings)
        self.country_of = country_of or {}
        numbers: dict[tuple[str, str, bool], int] = {}
        self.terms: list[Term] = []
        self.bags: list[np.ndarray] = []
        for saying in self.sayings:
            bag = []
            for term in saying.terms:
                key = (term.kind, term.key, term.pos == "PROPN")
                if key not in numbers:
                    numbers[key] = len(self.terms)
                    self.terms.append(term)
                bag.append(numbers[key])
            self.bags.append(np.array(bag, dtype=np.int64))
        seen = Counter(number for bag in self.bags for number in set(bag.tolist()))
        self.rarity = np.array([self.rare(seen[number]) for number in range(len(self.terms))])
        self.flat = np.concatenate(self.bags) if self.bags else np.zeros(0, dtype=np.int64)
        lengths = np.array([len(bag) for bag in self.bags], dtype=np.int64)
        self.full = lengths > 0
        self.firsts = (np.cumsum(lengths) - lengths)[self.full]

    def rare(self, n: float) -> float:
        """0 (in every sentence) to 1 (in one): how telling a term is that `n` sentences have."""
        total = max(len(self.sayings), 200)
        return math.log((total + 1) / (n + 1)) / math.log(total + 1)

    def matches(self, fact: Saying) -> list[Match]:
        """The sentences, and pairs of neighbours, that hold a good part of the fact."""
        if not fact.terms or not len(self.flat):
            return []
        look = Look(self, fact)
        places = [(n,) for n in np.flatnonzero(look.cover >= SHORTLIST).tolist()]
        pairs = [(n, n + 1) for n in range(len(self.sayings) - 1) if look.worth_joining(n)]
        rows = [look.features(place) for place in [*places, *pairs]]
        if not rows:
            return []
        scores = probability(np.array(rows))
        found = [self.sayings[place[0]] if len(place) == 1 else joined(self.sayings[place[0]], self.sayings[place[1]])
                 for place in [*places, *pairs]]
        bare = np.array([look.content(place) <= BARE for place in [*places, *pairs]])
        scores = np.where(bare, np.minimum(scores, MOST_BARE), scores)
        scores = self.backed(found, [*places, *pairs], scores)
        scores = np.where(bare, np.minimum(scores, MOST_BARE), scores)
        return [Match(saying, float(score)) for saying, score in zip(found, scores, strict=True)]

    def backed(self, found: list[Saying], places: list[tuple[int, ...]], scores: np.ndarray) -> np.ndarray:
        """The scores anew, with what the clearest sentences of other articles say on the fact as a second witness."""
        best: dict[int, int] = {}
        for number in np.argsort(-scores, kind="stable"):
            if scores[number] >= EVIDENCE and len(places[number]) == 1 and len(best) < MOST_EVIDENCE:
                best.setdefault(found[number].article, int(number))
        asked = [number for number in range(len(places)) if scores[number] >= HOPELESS]
        vectors = {number: self.vectors(places[number]) for number in asked}
        result = scores.copy()
        for number, saying in enumerate(found):
            others = [place for article, place in best.items() if article != saying.article]
            if others and number in vectors:
                words, meaning = _alike(vectors[number], [vectors[n] for n in others], scores[others])
                first = min(max(scores[number], 1e-4), 1 - 1e-4)
                row = np.array([[math.log(first / (1 - first)), words, meaning, min(len(others), 5) / 5]])
                result[number] = probability(row, "second")[0]
            if len(places[number]) > 1:
                result[number] = max(result[number] - PAIR, 0.0)
            elif saying.zone not in BODY:
                result[number] = max(result[number] - ABOVE, 0.0)
        return result

    def vectors(self, place: tuple[int, ...]) -> tuple[dict[int, float], np.ndarray]:
        """A sentence, or two, as its terms with their rarity, and as one word vector; both of length 1."""
        words = {int(n): float(self.rarity[n]) for at in place for n in self.bags[at]}
        length = math.sqrt(sum(value * value for value in words.values())) or 1.0
        bags = [bag_vector(self.sayings[at].terms, self.rarity[self.bags[at]]) for at in place]
        return {n: value / length for n, value in words.items()}, unit(np.sum(bags, axis=0))


def _alike(one: tuple[dict[int, float], np.ndarray], others: list[tuple[dict[int, float], np.ndarray]],
           weights: np.ndarray) -> tuple[float, float]:
    """Cosines of a sentence with the weighted mean of others: of its terms, and of its word vector."""
    centre: dict[int, float] = {}
    meaning = np.zeros(SIZE)
    for (terms, vector), weight in zip(others, weights, strict=True):
        for number, value in terms.items():
            centre[number] = centre.get(number, 0.0) + weight * value
        meaning += weight * vector
    length = math.sqrt(sum(value * value for value in centre.values())) or 1.0
    words = sum(value * centre.get(number, 0.0) for number, value in one[0].items()) / length
    return words, float(one[1] @ unit(meaning))


@lru_cache(maxsize=2)
def weights(model: str) -> tuple[np.ndarray, float]:
    """The shipped weights of `FEATURES` ("first") or `SECOND` ("second"), and the intercept."""
    path = files("framing") / "data" / "models" / "coverage" / "weights.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))[model]
    names = FEATURES if model == "first" else SECOND
    return np.array([shipped["weights"][name] for name in names]), float(shipped["intercept"])


def probability(table: np.ndarray, model: str = "first") -> np.ndarray:
    """Of each row of `FEATURES`, or of `SECOND`: how probably the sentence states the fact."""
    weight, intercept = weights(model)
    return 1 / (1 + np.exp(-(table @ weight + intercept)))
