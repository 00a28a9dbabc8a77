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
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from framing.cache import Recent
from framing.precision import rounded
from framing.salience.statements import Countries, Saying, Term, Vocabulary, joined, unit_of
from framing.text.lexicon import SIZE, opposites, word_vector

# One fact against every sentence: how much of it is matched, how, and what speaks against it.

CUES = set(
    """
    say tell add state report announce declare note claim speak call remark accord official quote
""".split()
)
CUE_WEIGHT, AMOUNT_WEIGHT = 0.4, 1.3
SHORTLIST = 0.2  # of a fact's weight that a sentence must match to be looked at closely
PAIRED = 0.3  # of a fact's weight that two neighbours must match together
CLEAR = 0.5  # likeness from which a term counts as matched
# Set by hand before the weights were learned (data/models/coverage/MODEL_CARD.md), which were trained on what they give:
THERE = 0.7  # likeness from which a sentence has a term of the fact, for its rarity and its contrary
SAME_NAME = 0.95  # ... and from which it is the same name in another role
LEAST_WEIGHT, LEAST_RARE = (
    0.35,
    0.05,
)  # of a term that every sentence has, in the fact's weight and in its rarer reading
LEAST_SPREAD = 0.02  # added to the spread of the scores, so that a small corpus makes nothing stand out
GAIN = 0.1  # of a fact's weight that two neighbours must match beyond the better of the two
BODY = {"lead", "body"}
FEATURES = """
    cover one amount_hit amount_miss things role_swapped denial mood opposite stands_out closeness cosine n_terms
    long meant around of_best
""".split()


class Look:
    """One fact against the whole corpus."""

    def __init__(self, corpus: Corpus, fact: Saying) -> None:
        self.corpus, self.fact = corpus, fact
        terms = fact.terms
        self.alike = np.array([corpus.likeness(term) for term in terms])
        self.best = np.zeros((len(terms), len(corpus.sayings)))
        self.best[:, corpus.full] = np.maximum.reduceat(self.alike[:, corpus.flat], corpus.firsts, axis=1)
        rarity = np.array([corpus.rare(float((row >= THERE).sum())) for row in self.best])
        kinds = np.array(
            [CUE_WEIGHT if term.key in CUES else AMOUNT_WEIGHT if term.kind == "amount" else 1.0 for term in terms]
        )
        self.weight = kinds * (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * rarity)
        self.rare_weight = kinds * (LEAST_RARE + rarity)
        self.weight /= self.weight.sum()
        self.rare_weight /= self.rare_weight.sum()
        self.cover = rounded(np.einsum("t,ts->s", self.weight, self.best))
        self.core = [n for n, term in enumerate(terms) if term.key not in CUES] or list(range(len(terms)))
        full = self.cover[corpus.full]
        self.mean, self.sd, self.highest = full.mean(), full.std() + LEAST_SPREAD, float(full.max()) + 1e-6
        self.vector = bag_vector(terms, self.rare_weight)
        self.meant = np.maximum(self.alike, rounded(unit_vectors(terms) @ corpus.units.T))

    def worth_joining(self) -> list[int]:
        """The sentences that, with the next, hold clearly more of the fact than alone."""
        near = self.corpus.neighbours
        near = near[self.cover[near] + self.cover[near + 1] >= PAIRED]
        return [n for n in near.tolist() if self._joined(n)]

    def _joined(self, n: int) -> bool:
        both = float(rounded((self.weight * np.maximum(self.best[:, n], self.best[:, n + 1])).sum()))
        return both >= PAIRED and both - max(self.cover[n], self.cover[n + 1]) > GAIN

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
        cover = float(rounded((self.weight * best).sum()))
        bag = np.concatenate([corpus.bags[n] for n in place])
        here = [term for n in place for term in corpus.sayings[n].terms]
        match = self.alike[:, bag]
        one = float(rounded((self.weight * _one_to_one(match)).sum()))
        amounts = [n for n in self.core if terms[n].amount]
        things = [n for n in self.core if terms[n].kind == "word" and terms[n].pos in {"NOUN", "PROPN", "ADJ"}]
        agreeing = float(best[amounts].mean()) if amounts else 0.0
        denial, mood = self._scopes(match, here, place)
        against = 2 * one  # what speaks against a match says little where little is matched
        values = {
            "cover": cover,
            "one": one,
            "amount_hit": agreeing,
            "amount_miss": against * (1.0 - agreeing) if amounts else 0.0,
            "things": float(best[things].mean()) if things else cover,
            "role_swapped": against * self._swapped(match, here),
            "denial": against * denial,
            "mood": against * mood,
            "opposite": against * self._opposite(best, here),
            "stands_out": min((cover - self.mean) / self.sd, 8.0) / 4,
            "closeness": _closeness(match),
            "cosine": float(rounded((self.vector * corpus.vector(place)).sum())),
            "n_terms": math.log(len(terms)),
            "long": math.log(1 + len(here)) / 3,
            "meant": float(rounded((self.rare_weight * self.meant[:, bag].max(axis=1, initial=0.0)).sum())),
            "around": self._around(best, place),
            "of_best": cover / self.highest,
        }
        return [values[name] for name in FEATURES]

    def _around(self, best: np.ndarray, place: tuple[int, ...]) -> float:
        """How much more of the fact stands in the two sentences before and the one after, of the same article."""
        sayings = self.corpus.sayings
        near = [
            n
            for n in (place[0] - 2, place[0] - 1, place[-1] + 1)
            if 0 <= n < len(sayings) and sayings[n].article == sayings[place[0]].article
        ]
        more = np.maximum(self.best[:, near].max(axis=1, initial=0.0) - best, 0.0)
        return float(rounded((self.weight * more).sum()))

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
        return float(
            sum(
                self.weight[n]
                for n in self.core
                if self.fact.terms[n].kind == "word"
                and best[n] < THERE
                and opposites().get(self.fact.terms[n].key, frozenset()) & words
            )
        )

    def _swapped(self, match: np.ndarray, here: list[Term]) -> float:
        """Share of the fact's names that act where they are acted on in the sentence, or the other way round."""
        swapped = total = 0
        for place, term in enumerate(self.fact.terms):
            if term.kind != "name" or not term.role:
                continue
            roles = {here[n].role for n in np.flatnonzero(match[place] >= SAME_NAME)}
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


def unit_vectors(terms: Sequence[Term]) -> np.ndarray:
    """The word vector of each term, at length 1."""
    return np.array([unit_of(term.key.lower()) for term in terms]).reshape(len(terms), SIZE)


def bag_vector(terms: list[Term], weights: np.ndarray) -> np.ndarray:
    """The words of a sentence as one vector of length 1, each word by its weight."""
    words = [term.key.lower() for term in terms]
    lengths = np.array([_length(word) for word in words])
    known = np.flatnonzero(lengths)
    if not len(known):
        return np.zeros(SIZE)
    vectors = np.array([word_vector(words[n]) for n in known])
    return unit((weights[known, None] * vectors / lengths[known, None]).sum(axis=0))


@lru_cache(maxsize=50_000)
def _length(word: str) -> float:
    return float(np.linalg.norm(word_vector(word)))


def unit(vector: np.ndarray) -> np.ndarray:
    """A vector at length 1; zeros stay zeros."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


SECOND = ["first", "same_words", "same_meaning", "n_evidence"]  # for sentences that others on the fact can back
EVIDENCE, MOST_EVIDENCE = 0.75, 12  # probability that makes a sentence evidence for others; articles used
HOPELESS = 0.02  # probability below which no witness is asked
PAIR, ABOVE = 0.2, 0.1  # a pair of sentences, or a headline or caption, must be that much more probable
VECTORS = 10_000  # sentences whose word vectors are kept in memory, 2 kB each
LIKENESSES = 2_000_000  # of a term and a term of the corpus that are kept in memory, 8 bytes each
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
        self.vocabulary = Vocabulary(self.terms)
        self._likeness: Recent[np.ndarray] = Recent(max(1, LIKENESSES // max(1, len(self.terms))))
        self._vectors: Recent[np.ndarray] = Recent(VECTORS)
        self.units = unit_vectors(self.terms)
        self.flat = np.concatenate(self.bags) if self.bags else np.zeros(0, dtype=np.int64)
        lengths = np.array([len(bag) for bag in self.bags], dtype=np.int64)
        self.full = lengths > 0
        self.firsts = (np.cumsum(lengths) - lengths)[self.full]
        self.neighbours = np.array(
            [
                n
                for n, (one, two) in enumerate(pairwise(self.sayings))
                if one.article == two.article and one.zone in BODY and two.zone in BODY
            ],
            dtype=np.int64,
        )

    def rare(self, n: float) -> float:
        """0 (in every sentence) to 1 (in one): how telling a term is that `n` sentences have."""
        total = max(len(self.sayings), 200)
        return math.log((total + 1) / (n + 1)) / math.log(total + 1)

    def likeness(self, term: Term) -> np.ndarray:
        """0 to 1 for `term` and each term of the corpus; facts drawn from one event ask for the same words again."""
        key = repr((term.kind, term.key, term.pos == "PROPN", term.amount and term.amount[2:]))
        return self._likeness.made(key, lambda: self.vocabulary.likeness(term, self.country_of))

    def matches(self, fact: Saying, *, pairs: bool = True) -> list[Match]:
        """The sentences, and unless asked not to pairs of neighbours, that hold a good part of the fact."""
        if not fact.terms or not len(self.flat):
            return []
        look = Look(self, fact)
        places: list[tuple[int, ...]] = [(n,) for n in np.flatnonzero(look.cover >= SHORTLIST).tolist()]
        if pairs:
            places += [(n, n + 1) for n in look.worth_joining()]
        rows = [look.features(place) for place in places]
        if not rows:
            return []
        scores = probability(np.array(rows))
        found = [
            self.sayings[place[0]] if len(place) == 1 else joined(self.sayings[place[0]], self.sayings[place[1]])
            for place in places
        ]
        bare = np.array([look.content(place) <= BARE for place in places])
        scores = np.where(bare, np.minimum(scores, MOST_BARE), scores)
        scores = self.backed(found, places, scores)
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
        bags = [self.vector((at,)) for at in place]
        return {n: value / length for n, value in words.items()}, unit(np.sum(bags, axis=0))

    def vector(self, place: tuple[int, ...]) -> np.ndarray:
        """A sentence, or two as one, as one word vector of length 1, each word by its rarity; of many facts made once."""
        terms = [term for n in place for term in self.sayings[n].terms]
        bag = np.concatenate([self.bags[n] for n in place])
        return self._vectors.made(str(place), lambda: bag_vector(terms, self.rarity[bag]))


def _alike(
    one: tuple[dict[int, float], np.ndarray], others: list[tuple[dict[int, float], np.ndarray]], weights: np.ndarray
) -> tuple[float, float]:
    """Cosines of a sentence with the weighted mean of others: of its terms, and of its word vector."""
    centre: dict[int, float] = {}
    meaning = np.zeros(SIZE)
    for (terms, vector), weight in zip(others, weights, strict=True):
        for number, value in terms.items():
            centre[number] = centre.get(number, 0.0) + weight * value
        meaning += weight * vector
    length = math.sqrt(sum(value * value for value in centre.values())) or 1.0
    words = sum(value * centre.get(number, 0.0) for number, value in one[0].items()) / length
    return words, float(rounded((one[1] * unit(meaning)).sum()))


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
    return rounded(1 / (1 + np.exp(-((table * weight).sum(axis=-1) + intercept))))
