"""A first list of facts: what several outlets tell in sentences that resemble each other, for a person to edit."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from framing.salience.matching import BODY, CUES, Corpus
from framing.salience.statements import Saying, Term, countries_of, sayings_of
from framing.steadiness import steady
from framing.tables import as_articles
from framing.text.lexicon import stem, synonyms
from framing.text.quotation_marks import quotation_spans

COLUMNS = ["fact", "statement", "n_outlets", "n_articles", "kind", "score", "sentences"]
LIKE = 0.2  # likeness of two sentences that makes them tell one thing
TELLS = 0.57  # probability from which a sentence of another article tells the same: as in `coverage`
QUOTED, COUNTED = 1.6, 1.6  # weight of words in quotation marks, and of amounts
NAMED, GROUPED = 0.6, 0.5  # of names, and of near-synonyms
BONUS, PER_OUTLET = {"quotation": 0.1, "number": 0.05}, 0.05  # on the score, in the order of the proposals
KERNEL = 2  # terms that two sentences must share
STEP = math.log(1.1)  # amounts with a unit count as one within a step of a tenth
FEW, MANY = 4, 45  # words of a statement
PRONOUN = re.compile(r"^[“\"‘']?(?:he|she|it|they|this|that|these|those|both|in return|there|but|and|however|"
                     r"meanwhile)\b", re.IGNORECASE)
NAME = re.compile(r"[^\w-]+")


@steady
def suggest_facts(articles: pd.DataFrame, *, top: int = 40, min_outlets: int = 2) -> pd.DataFrame:
    """What several outlets tell, with the sentences that tell it: a draft of the list for `coverage`.

    Parameters
    ----------
    articles : as from `read_articles`; articles of one event are compared with each other.
    top : how many proposals to give.
    min_outlets : outlets that must tell it.

    Returns
    -------
    One row per proposal, the clearest likeness first, shared quotations, amounts and many outlets before others:
    ``fact`` (a name made of its words), ``statement`` (the plainest of its sentences, as printed),
    ``n_outlets, n_articles`` that tell it, ``kind`` ("quotation": words that several put in quotation marks;
    "number": an amount that several give; "wording"), ``score`` (0 to 1, mean likeness of the sentences),
    ``sentences`` (a tuple of ``article_id, start, end, sentence``).

    Notes
    -----
    On ten invented events the first drafts hold half of the listed facts that two outlets share, and half of the
    drafts are such a fact; others join sentences that only resemble each other. Edit before use: shorten each
    statement to one plain fact in your own words, delete what does not matter, add what only one outlet tells,
    save it as CSV and pass it to `coverage`. A quotation from a page in the list is still that page's text.
    """
    articles = as_articles(articles)
    if articles.empty:
        return pd.DataFrame(columns=COLUMNS)
    sayings = sayings_of(articles)
    country_of = countries_of(articles)
    events = articles["event"].astype("object").where(articles["event"].notna(), "")
    found: list[dict[str, Any]] = []
    told: dict[int, list[Saying]] = {}
    for saying in sayings:
        told.setdefault(saying.article, []).append(saying)
    for _, places in events.groupby(events, sort=True).groups.items():
        here = [saying for number in sorted(places.tolist()) for saying in told.get(number, [])]
        if articles.loc[places, "outlet"].nunique() >= min_outlets:
            found += _proposals(articles, here, country_of, top, min_outlets)
    found.sort(key=lambda row: (-_rank(row), row["statement"]))
    table = pd.DataFrame(_different(found)[:top], columns=COLUMNS)
    table["fact"] = _unique(table["fact"].tolist())
    return table


def _rank(row: dict[str, Any]) -> float:
    """Clear likeness first; words that several quote, amounts that several give and further outlets count more."""
    return row["score"] + BONUS.get(row["kind"], 0.0) + PER_OUTLET * (row["n_outlets"] - 2)


@dataclass(frozen=True)
class _Link:
    """A sentence with those of other outlets that resemble it."""

    centre: int
    score: float
    kernel: frozenset[str]


def _proposals(articles: pd.DataFrame, sayings: list[Saying], country_of: Any, most: int,
               least: int) -> list[dict[str, Any]]:
    outlets = [str(articles["outlet"].iloc[saying.article]) for saying in sayings]
    bags = [_bag(saying, articles["text"].iloc[saying.article]) for saying in sayings]
    spread = Counter(key for bag in bags for key in bag)
    total = max(len(sayings), 100)
    vectors = [_unit({key: value * math.log(total / spread[key]) for key, value in bag.items() if spread[key] > 1})
               for bag in bags]
    links = sorted(_links(sayings, outlets, vectors, least), key=lambda link: (-link.score, link.centre))
    corpus = Corpus(sayings, country_of)
    kept: list[dict[str, Any]] = []
    taken: list[frozenset[str]] = []
    in_vain: set[tuple[int, str, frozenset[str]]] = set()
    for link in links:
        if len(kept) >= most:
            break
        centre = sayings[link.centre]
        tried = (centre.article, centre.text, link.kernel)
        if tried in in_vain or any(_overlap(link.kernel, other) for other in taken):
            continue
        row = _proposal(articles, sayings, corpus, link, least)
        if row is None:
            in_vain.add(tried)  # an article may say one thing a thousand times
        else:
            kept.append(row)
            taken.append(link.kernel)
    return kept


def _bag(saying: Saying, text: str) -> dict[str, float]:
    """The sentence as weighted terms, near-synonyms by their line in the list, quoted words heavier."""
    marks = [(m.start, m.end) for m in quotation_spans(text, saying.start, saying.end)]
    bag: dict[str, float] = {}
    for term in saying.terms:
        quoted = QUOTED if any(a <= term.start < b for a, b in marks) else 1.0
        for key, weight in _keys(term):
            bag[key] = max(bag.get(key, 0.0), weight * quoted)
    return bag


def _keys(term: Term) -> list[tuple[str, float]]:
    if term.amount is not None:
        value, unit = term.amount.value, term.amount.unit
        if unit and unit != "year" and value > 0:  # 400 miles and 650 kilometres fall into one step
            return [(f"{round(math.log(value) / STEP)} {unit}", COUNTED)]
        return [(f"{value:g} {unit}", COUNTED)]
    if term.kind == "name":
        return [(term.key, NAMED)]
    if term.key in CUES:
        return []
    return [(stem(term.key), 1.0), *((f"#{number}", GROUPED) for number in sorted(synonyms().get(term.key, ())))]


def _unit(bag: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in bag.values())) or 1.0
    return {key: value / length for key, value in bag.items()}


def _links(sayings: list[Saying], outlets: list[str], vectors: list[dict[str, float]], least: int) -> list[_Link]:
    """Each sentence of a body that resembles one of another outlet, with the words they share.

    Sentences of one outlet that hold the same terms are compared once, whatever their number; the last stands for all.
    """
    kinds = [(outlet, *vector.items()) for outlet, vector in zip(outlets, vectors, strict=True)]
    last = {kinds[number]: number for number, saying in enumerate(sayings) if saying.zone in BODY}
    holders: dict[str, list[int]] = {}
    for number in last.values():
        for key in vectors[number]:
            holders.setdefault(key, []).append(number)
    known: dict[Any, tuple[float, frozenset[str]] | None] = {}
    found = []
    for number, saying in enumerate(sayings):
        if saying.zone not in BODY or not FEW <= len(saying.text.split()) <= MANY:
            continue
        kind = kinds[number]
        if kind not in known:
            known[kind] = _resembling(number, outlets, vectors, holders, least)
        if (link := known[kind]) is not None:
            found.append(_Link(number, *link))
    return found


def _resembling(number: int, outlets: list[str], vectors: list[dict[str, float]], holders: dict[str, list[int]],
                least: int) -> tuple[float, frozenset[str]] | None:
    """The likeness of a sentence with the nearest of each other outlet, summed, and the words they share; or None."""
    vector = vectors[number]
    alike: dict[int, float] = {}
    for key, value in vector.items():
        for other in holders.get(key, ()) if value else ():
            alike[other] = alike.get(other, 0.0) + value * vectors[other][key]
    best: dict[str, tuple[float, int]] = {}
    for other, value in alike.items():
        if outlets[other] != outlets[number] and value >= LIKE:
            best[outlets[other]] = max(best.get(outlets[other], (0.0, -1)), (value, other))
    if len(best) + 1 < least:
        return None
    shared = Counter(key for _, other in best.values() for key in vector.keys() & vectors[other].keys())
    kernel = frozenset(key for key, n in shared.items() if n * 2 >= len(best))
    if sum(not key.startswith("#") for key in kernel) < KERNEL:
        return None
    return sum(value for value, _ in best.values()), kernel


def _proposal(articles: pd.DataFrame, sayings: list[Saying], corpus: Corpus, link: _Link,
              least: int) -> dict[str, Any] | None:
    """The kernel of a sentence looked for in every article, as `coverage` would."""
    centre = sayings[link.centre]
    terms = [t for t in centre.terms if {key for key, _ in _keys(t)} & link.kernel]
    if len(terms) < KERNEL or all(term.kind == "name" for term in terms):
        return None
    best: dict[int, tuple[float, Saying]] = {centre.article: (1.0, centre)}
    for match in corpus.matches(replace(centre, terms=terms)):
        held = best.get(match.saying.article)
        if match.score >= TELLS and not match.saying.joined and (held is None or match.score > held[0]):
            best[match.saying.article] = (match.score, match.saying)
    told = [saying for _, (_, saying) in sorted(best.items())]
    n_outlets = articles["outlet"].iloc[list(best)].nunique()
    if n_outlets < least:
        return None
    scores = [score for score, saying in best.values() if saying is not centre]
    quoted = sum(_quoted_words(saying, articles["text"].iloc[saying.article], link.kernel) for saying in told) >= 2
    kind = "quotation" if quoted else "number" if any(t.amount for t in terms) else "wording"
    plain = min(told, key=lambda saying: (_plainness(saying, link.kernel), saying.article))
    words = [t.key for t in sorted(terms, key=lambda t: -corpus.rare(_n_with(corpus, t))) if t.kind == "word"][:3]
    return {"kernel": link.kernel, "fact": NAME.sub("_", "_".join(dict.fromkeys(words)) or "fact").strip("_"),
            "statement": re.sub(r"\s+", " ", plain.text), "n_outlets": int(n_outlets), "n_articles": len(best),
            "kind": kind, "score": round(float(np.mean(scores)), 4),
            "sentences": tuple((articles["article_id"].iloc[s.article], s.start, s.end, s.text) for s in told)}


def _n_with(corpus: Corpus, term: Term) -> float:
    return sum(any(corpus.terms[n].key == term.key for n in bag) for bag in corpus.bags)


def _quoted_words(saying: Saying, text: str, kernel: frozenset[str]) -> bool:
    """Does the sentence put two of the shared words in quotation marks?"""
    marks = [(m.start, m.end) for m in quotation_spans(text, saying.start, saying.end)]
    inside = {key for term in saying.terms for key, _ in _keys(term)
              if any(a <= term.start < b for a, b in marks) and not key.startswith("#")}
    return len(inside & kernel) >= 2


def _plainness(saying: Saying, kernel: frozenset[str]) -> float:
    """Words of the sentence, more for one that begins with a pronoun or a quotation, or lacks the shared words, and
    for a headline: less is plainer."""
    has = {key for term in saying.terms for key, _ in _keys(term)}
    lacking = len(kernel - has) / len(kernel)
    return len(saying.text.split()) * (1 + lacking) + sum(
        [15 * bool(PRONOUN.match(saying.text)), 15 * (saying.zone not in BODY), 5 * (saying.text[:1] in "“\"‘'")])


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > 0.5 * min(len(one), len(other))


def _different(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what another event's proposal has said before."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        if not any(_overlap(row["kernel"], other["kernel"]) for other in kept):
            kept.append(row)
    return kept


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result
