"""One fact against every sentence: how much of it is matched, how, and what speaks against it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from framing.salience.alikeness import likeness
from framing.salience.statements import Saying, Term
from framing.text.near_synonyms import opposites
from framing.text.word_vectors import SIZE, word_vector

if TYPE_CHECKING:
    from framing.salience.matching import Corpus

CUES = {"say", "tell", "add", "state", "report", "announce", "declare", "note", "claim", "speak", "call", "remark",
        "accord", "official", "quote"}
CUE_WEIGHT, AMOUNT_WEIGHT = 0.4, 1.3
SHORTLIST = 0.2  # of a fact's weight that a sentence must match to be looked at closely
PAIRED = 0.3  # of a fact's weight that two neighbours must match together
CLEAR = 0.5  # likeness from which a term counts as matched
BODY = {"lead", "body"}
FEATURES = ["cover", "one", "amount_hit", "amount_miss", "things", "role_swapped", "denial", "mood", "opposite",
            "stands_out", "closeness", "cosine", "n_terms", "long"]


class Look:
    """One fact against the whole corpus."""

    def __init__(self, corpus: Corpus, fact: Saying) -> None:
        self.corpus, self.fact = corpus, fact
        terms = fact.terms
        self.alike = np.array([[likeness(term, other, corpus.country_of) for other in corpus.terms] for term in terms])
        self.best = np.zeros((len(terms), len(corpus.sayings)))
        self.best[:, corpus.full] = np.maximum.reduceat(self.alike[:, corpus.flat], corpus.firsts, axis=1)
        rarity = np.array([corpus.rare(float((row >= 0.7).sum())) for row in self.best])
        kinds = np.array([CUE_WEIGHT if term.key in CUES else AMOUNT_WEIGHT if term.kind == "amount" else 1.0
                          for term in terms])
        self.weight = kinds * (0.35 + 0.65 * rarity)
        self.rare_weight = kinds * (0.05 + rarity)
        self.weight /= self.weight.sum()
        self.rare_weight /= self.rare_weight.sum()
        self.cover = self.weight @ self.best
        self.core = [n for n, term in enumerate(terms) if term.key not in CUES] or list(range(len(terms)))
        full = self.cover[corpus.full]
        self.mean, self.sd = full.mean(), full.std() + 0.02
        self.vector = bag_vector(terms, self.rare_weight)

    def worth_joining(self, n: int) -> bool:
        """Do this sentence and the next, both of the body, hold clearly more together?"""
        one, two = self.corpus.sayings[n], self.corpus.sayings[n + 1]
        if one.article != two.article or one.zone not in BODY or two.zone not in BODY:
            return False
        if self.cover[n] + self.cover[n + 1] < PAIRED:
            return False
        both = float(self.weight @ np.maximum(self.best[:, n], self.best[:, n + 1]))
        return both >= PAIRED and both - max(self.cover[n], self.cover[n + 1]) > 0.1

    def content(self, place: tuple[int, ...]) -> float:
        """How well the words and amounts of the fact are matched, no word of the sentence twice; names aside."""
        chosen = [n for n in self.core if self.fact.terms[n].kind != "name"]
        if not chosen:
            return 1.0
        one = _one_to_one(self.alike[:, np.concatenate([self.corpus.bags[n] for n in place])])
        return float(np.average(one[chosen], weights=self.weight[chosen]))

    def features(self, place: tuple[int, ...]) -> list[float]:
        corpus, terms = self.corpus, self.fact.terms
        best = self.best[:, list(place)].max(axis=1)
        cover = float(self.weight @ best)
        bag = np.concatenate([corpus.bags[n] for n in place])
        here = [term for n in place for term in corpus.sayings[n].terms]
        match = self.alike[:, bag]
        one = float(self.weight @ _one_to_one(match))
        amounts = [n for n in self.core if terms[n].amount]
        things = [n for n in self.core if terms[n].kind == "word" and terms[n].pos in {"NOUN", "PROPN", "ADJ"}]
        agreeing = float(best[amounts].mean()) if amounts else 0.0
        denial, mood = self._scopes(match, here, place)
        against = 2 * one  # what speaks against a match says little where little is matched
        values = {
            "cover": cover, "one": one, "amount_hit": agreeing,
            "amount_miss": against * (1.0 - agreeing) if amounts else 0.0,
            "things": float(best[things].mean()) if things else cover,
            "role_swapped": against * self._swapped(match, here),
            "denial": against * denial, "mood": against * mood, "opposite": against * self._opposite(best, here),
            "stands_out": min((cover - self.mean) / self.sd, 8.0) / 4, "closeness": _closeness(match),
            "cosine": float(self.vector @ bag_vector(here, corpus.rarity[bag])),
            "n_terms": math.log(len(terms)), "long": math.log(1 + len(here)) / 3,
        }
        return [values[name] for name in FEATURES]

    def _scopes(self, match: np.ndarray, here: list[Term], place: tuple[int, ...]) -> tuple[float, float]:
        """How much of what is matched is denied in only one of the two; and is left open in the sentence alone."""
        denied = frozenset().union(*(self.corpus.sayings[n].denied for n in place))
        possible = frozenset().union(*(self.corpus.sayings[n].possible for n in place))
        total = apart = vague = 0.0
        for number in self.core:
            spot = int(match[number].argmax()) if match.shape[1] else -1
            if spot < 0 or match[number, spot] < CLEAR:
                continue
            term, other, weight = self.fact.terms[number], here[spot], float(self.weight[number])
            total += weight
            apart += weight * ((term.token in self.fact.denied) != (other.token in denied))
            vague += weight * (other.token in possible and term.token not in self.fact.possible)
        return (apart / total, vague / total) if total else (0.0, 0.0)

    def _opposite(self, best: np.ndarray, here: list[Term]) -> float:
        """The weight of the fact's words that the sentence does not have, but has the contrary of."""
        words = {term.key for term in here if term.kind == "word"}
        return float(sum(self.weight[n] for n in self.core if self.fact.terms[n].kind == "word" and best[n] < 0.7
                         and opposites().get(self.fact.terms[n].key, frozenset()) & words))

    def _swapped(self, match: np.ndarray, here: list[Term]) -> float:
        """Share of the fact's names that act where they are acted on in the sentence, or the other way round."""
        swapped = total = 0
        for place, term in enumerate(self.fact.terms):
            if term.kind != "name" or not term.role:
                continue
            roles = {here[n].role for n in np.flatnonzero(match[place] >= 0.95)}
            if roles:
                total += 1
                swapped += term.role not in roles and bool(roles & {"agent", "patient"})
        return swapped / total if total else 0.0


def _one_to_one(match: np.ndarray) -> np.ndarray:
    """How well each term of the fact is matched when no word of the sentence may serve two of them."""
    from scipy.optimize import linear_sum_assignment

    found = np.zeros(len(match))
    rows, columns = linear_sum_assignment(-match)
    found[rows] = match[rows, columns]
    return found


def _closeness(match: np.ndarray) -> float:
    """How near each other the matched terms stand: matched terms over the terms from the first to the last."""
    if not match.size:
        return 0.0
    spots = np.unique(match.argmax(axis=1)[match.max(axis=1) >= CLEAR])
    return len(spots) / (int(spots[-1]) - int(spots[0]) + 1) if len(spots) else 0.0


def bag_vector(terms: list[Term], weights: np.ndarray) -> np.ndarray:
    """The words of a sentence as one vector of length 1, each word by its weight."""
    total = np.zeros(SIZE)
    for term, weight in zip(terms, weights, strict=True):
        vector = word_vector(term.key.lower())
        length = float(np.linalg.norm(vector))
        if length:
            total += weight * vector / length
    return unit(total)


def unit(vector: np.ndarray) -> np.ndarray:
    """A vector at length 1; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
