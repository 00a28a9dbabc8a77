"""Does a sentence state a fact? Its terms matched one by one, weighed by how rare they are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from framing.alikeness import likeness
from framing.sayings import Saying, Term, joined

CUES = {"say", "tell", "add", "state", "report", "announce", "declare", "note", "claim", "speak", "call", "see", "ask"}
CUE_WEIGHT, NAME_WEIGHT, AMOUNT_WEIGHT = 0.4, 1.0, 1.5
SHORTLIST = 0.3  # of a fact's weight that a sentence must match to be looked at closely
BODY = {"lead", "body"}


class Match(NamedTuple):
    """A sentence, or two, with how well it states the fact (0 to 1)."""

    saying: Saying
    score: float


class Corpus:
    """The sentences of all articles, ready to be searched for facts."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self.sayings = list(sayings)
        numbers: dict[tuple[str, str], int] = {}
        self.terms: list[Term] = []
        self.bags: list[np.ndarray] = []
        seen: Counter[int] = Counter()
        for saying in self.sayings:
            bag = []
            for term in saying.terms:
                key = (term.kind, term.key)
                if key not in numbers:
                    numbers[key] = len(self.terms)
                    self.terms.append(term)
                bag.append(numbers[key])
            self.bags.append(np.array(bag, dtype=np.int64))
            seen.update(set(bag))
        self.spread = np.array([seen[n] for n in range(len(self.terms))], dtype=float)
        self.flat = np.concatenate(self.bags) if self.bags else np.zeros(0, dtype=np.int64)
        self.lengths = np.array([len(bag) for bag in self.bags])
        self.full = self.lengths > 0
        self.firsts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])[self.full].astype(np.int64)

    def best(self, fact: Saying) -> tuple[np.ndarray, np.ndarray]:
        """Likeness of each sentence's best word to each term of the fact, and the weight of each term."""
        found = np.zeros((len(fact.terms), len(self.sayings)))
        weights = np.zeros(len(fact.terms))
        for place, term in enumerate(fact.terms):
            alike = likeness(term, self.terms, {})
            if len(self.flat):
                found[place, self.full] = np.maximum.reduceat(alike[self.flat], self.firsts)
            near = float((found[place] >= 0.7).sum())
            weights[place] = self.weight(term, near)
        return found, weights

    def weight(self, term: Term, spread: float) -> float:
        """How much a term tells: rare ones more; names and reporting verbs less, amounts more."""
        total = max(len(self.sayings), 200)
        rarity = math.log((total + 1) / (spread + 1)) / math.log(total + 1)
        kind = AMOUNT_WEIGHT if term.kind == "amount" else NAME_WEIGHT if term.kind == "name" else 1.0
        return max(rarity, 0.05) * kind * (CUE_WEIGHT if term.key in CUES else 1.0)

    def matches(self, fact: Saying) -> list[Match]:
        """Every sentence and pair of neighbours, with its score."""
        found, weights = self.best(fact)
        if not len(weights):
            return []
        total = weights.sum()
        single = weights @ found / total
        hits = [Match(saying, float(score)) for saying, score in zip(self.sayings, single, strict=True)
                if score >= SHORTLIST]
        for n in range(len(self.sayings) - 1):
            one, two = self.sayings[n], self.sayings[n + 1]
            if one.article == two.article and one.zone in BODY and two.zone in BODY:
                both = float(weights @ np.maximum(found[:, n], found[:, n + 1]) / total)
                if both >= SHORTLIST and both - max(single[n], single[n + 1]) > 0.15:
                    hits.append(Match(joined(one, two), both - 0.1))
        return hits
