"""Capitalised names that are nobody: firms, products, ships, games and places that the parse takes for people.

On news of business, technology, sport and the arts a small parser calls one such name in four a person. A name of one
word must be shown to be somebody's: a title, a form of address, an age, a relative, "who", or speech. A longer name
whose first word is no given name must not be shown to be a thing: mostly after an article, launched or sold, read
"on" or "in", tagged otherwise more often than not, or written like a brand ("SpaceX", "Nighthawk X4").
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from framing.entities.mentions import KIN, Person
from framing.entities.names import SEATED, is_given_name, name_words
from framing.entities.roles import Run
from framing.text.lexicon import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_LISTED = word_lists("names/words")
BEFORE = frozenset(_LISTED["things_before"])
_LAST = frozenset(_LISTED["things_last"])
_HANDLED = frozenset(_LISTED["done_to_things"])
_WITHIN = frozenset(_LISTED["where_things_are"])
_SPEAKS = frozenset(_LISTED["speak_in_names"])
_DOES = _SPEAKS | frozenset(_LISTED["done_by_people"])
_MET = frozenset(_LISTED["done_to_people"])
_HELD = frozenset(_LISTED["held_by_people"])
_THING = re.compile(
    r"\b(?i:ship|ferry|vessel|tanker|freighter|yacht|trawler|frigate|destroyer|submarine|carrier|spacecraft|rover|"
    r"telescope|satellite|hurricane|storm|typhoon|cyclone|river|village|town|hamlet|suburb|film|movie|musical|"
    r"racehorse|restaurant) $"
)
_FIRM = re.compile(
    r"\b(?i:operator|company|firm|airline|carmaker|maker|retailer|giant|start-up|startup|insurer|lender|"
    r"supplier|publisher|brand|chain|charity|union|club|side|band) $"
)
_SEATED = re.compile(f"{SEATED} $")
_ARTICLE = re.compile(r"\b(?:the|an?|this|its|their|our|your|my|new|any|every|no) $", re.IGNORECASE)
_WHO = re.compile(rf",? (?:who|whose|whom|himself|herself)\b|, \d\d\b|[’']s? (?:{KIN}|lawyer|attorney|career|death)\b")
_BRAND = re.compile(r"[a-z][A-Z]|\d|[+&]|^\w+ (?:.* )?[A-Z]{2,4}\b|^[A-Z]{2,4} ")
_OF_SURNAMES = re.compile(r"\b(?:Ma?c|De|Le|La|Van|Di|Du|Fitz|O[’'])(?=[A-Z][a-z])")
_OTHERWISE = {"ORG", "PRODUCT", "GPE", "LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW"}


def things(text: str, doc: Doc, runs: list[Run]) -> set[str]:
    """Names of firms, and of rivers, ships, storms: after such a word, or mostly after "the" and before no other noun.

    "The Anna Maria sank"; but of "the Brenner plan" and "the Dalai Lama said" nothing is to be learned.
    """
    votes: Counter[str] = Counter()
    for run in runs:
        if run.start == run.name_start and not run.address:
            left = text[max(0, run.start - 14) : run.start]
            if _THING.search(left) or (left.lower().endswith("the ") and _is_called(_words(doc, run))):
                votes[run.name] += 1
    total = Counter(run.name for run in runs)
    full = {name_words(run.name)[-1] for run in runs if " " in run.name and is_given_name(run.name.split()[0])}
    storms = {run.name.split()[-1] for run in runs if " " in run.name and run.name.split()[0] in BEFORE}
    found = {name for name, n in votes.items() if 2 * n >= total[name]} | storms
    firms = {run.name for run in runs if _FIRM.search(text, max(0, run.name_start - 16), run.name_start)}
    return firms | {name for name in found if name.lower() not in full}


def firms_by_seat(text: str, runs: list[Run]) -> set[str]:
    """Names of firms behind where they are or whose: "Oslo-based Norvik", "state-owned Marlin Docks"."""
    return {
        run.name
        for run in runs
        if _SEATED.search(text, max(0, run.name_start - 9), run.name_start) and not is_given_name(run.name.split()[0])
    }


def _words(doc: Doc, run: Run) -> Span | None:
    return doc.char_span(run.name_start, run.end, alignment_mode="expand")


def _is_called(span: Span | None) -> bool:
    """Is this name after "the" a noun of its own, and nobody who speaks?"""
    if span is None or span.root.dep_ in {"compound", "nmod", "amod", "poss"} or span.root.tag_ == "NNPS":
        return False
    return not (span.root.dep_ == "nsubj" and span.root.head.lemma_.lower() in _SPEAKS)


@dataclass
class _Signs:
    """What the places of one name say about it."""

    n_person: int = 0  # places that the parse calls a person
    n_otherwise: int = 0  # and those that it calls something else
    n_body: int = 0  # places where the parse calls it a body, or it does something
    somebody: bool = False  # "who", an age, a relative
    acts: bool = False  # speaks, visits, is met
    thing: bool = False  # an article of its own, handled or looked into


class Nobody(NamedTuple):
    """One of the people found who is none."""

    body: bool  # may be a body: does something, or the parse calls it one
    unsure: bool  # a single word that nothing shows to be a thing: somebody, if other articles name a person so


def nobodies(text: str, doc: Doc, runs: list[Run], people: list[Person]) -> dict[int, Nobody]:
    """The numbers of those in `people` that are no person by all that the article says."""
    signs: dict[int, _Signs] = {}
    number_of = {form: number for number, person in enumerate(people) for form in person.forms}
    for number, person in enumerate(people):
        for word in [word for form in person.forms for word in form.split()]:
            number_of.setdefault(word, number)
    for run in runs:
        span = _words(doc, run) if run.name in number_of else None
        if span is not None:
            number = number_of[run.name]
            whole = run.name in people[number].forms
            _look(text, run, span, signs.setdefault(number, _Signs()), whole)
    small = set(re.findall(r"\b[a-z]{3,}\b", text))
    found = {}
    for number, person in enumerate(people):
        seen = signs.get(number, _Signs())
        common = set(person.name.lower().split()) <= small
        told = bool(person.titles or person.gender or person.nicknames)
        if not told and _is_nobody(person.name, signs.get(number), common=common):
            otherwise = seen.n_otherwise > seen.n_person
            one = len(person.name.split()) == 1 and not (common or seen.thing or otherwise or _is_brand(person.name))
            found[number] = Nobody(not common and (seen.n_body > 1 or otherwise), one)
    return found


def _look(text: str, run: Run, span: Span, signs: _Signs, whole: bool) -> None:
    tags = {token.ent_type_ for token in span}
    signs.n_person += "PERSON" in tags
    signs.n_otherwise += "PERSON" not in tags and bool(tags & _OTHERWISE)
    root = span.root
    verb = root.head.lemma_.lower()
    beside_noun = root.dep_ in {"compound", "nmod", "amod"} and root.head.i >= span.end
    signs.n_body += "ORG" in tags or root.dep_ in {"nsubj", "nsubjpass"}
    signs.somebody |= bool(_WHO.match(text, run.end) or run.address or (beside_noun and verb in _HELD))
    signs.acts |= (root.dep_ in {"nsubj", "nsubjpass"} and verb in _DOES) or (root.dep_ == "dobj" and verb in _MET)
    called = run.start == run.name_start and not beside_noun and _ARTICLE.search(text, max(0, run.start - 8), run.start)
    handled = root.dep_ in {"dobj", "nsubjpass"} and verb in _HANDLED
    within = root.dep_ == "pobj" and root.head.lower_ in _WITHIN and root.head.i == span.start - 1
    signs.thing |= bool(called) or (whole and (handled or within))  # "relied on Berg" tells nothing of Anna Berg


def _is_nobody(name: str, signs: _Signs | None, *, common: bool) -> bool:
    words = name.split()
    if len(words) > 1 and words[-1] in _LAST:
        return True
    if signs is None or signs.somebody:
        return False
    brand = _is_brand(name)
    if is_given_name(words[0]) or (len(words) == 1 and signs.acts and not brand):
        return False
    told = signs.n_otherwise > signs.n_person and not signs.acts
    return len(words) == 1 or brand or common or signs.thing or told


def _is_brand(name: str) -> bool:
    return bool(_BRAND.search(_OF_SURNAMES.sub("", name)))
