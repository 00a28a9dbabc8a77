"""Mentions: where an article names or means a person, country or body, and how to look them up by their place.

Among them nicknames that the article explains: "Robert “Bobby” Hale", "Anna Kral, known as Sparrow".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from framing.entities.names import best_form, name_words
from framing.entities.places import place_words
from framing.entities.roles import Run, Title, functions, gender_of_noun, role_of_words
from framing.text.quotation_marks import quotation_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

T = TypeVar("T")
_NAME = r"[A-ZÀ-Þ][\w’'-]+"
_OPEN, _CLOSE = r"[“\"‘'(]", r"[”\"’')]"
_INSIDE = re.compile(rf"(?<![\w’'-])({_NAME}) {_OPEN}(?:[Tt]he )?({_NAME}){_CLOSE} ({_NAME})")
_NICK = rf"{_OPEN}?(?:[Tt]he )?({_NAME}(?: {_NAME})?)"
_KNOWN_AS = re.compile(
    r"[^.;:!?“”\"\n]{0,30}\b(?:known (?:\w+ ){0,5}(?:as|by)|nicknamed|dubbed|alias|aka|a\.k\.a\.)"
    r" " + _NICK
)
_LETTERS = re.compile(r"(?<![\w&.-])[A-Z]{3,6}(?![\w&-])")
_CALLED = re.compile(r"\b[Cc]all(?:s|ed|ing)? $|\b[Nn]icknam(?:es|ed|ing) $|\b[Dd]ub(?:s|bed|bing) $")
_JUST_AFTER = re.compile(rf" {_NICK}")
_AS_CALLED = re.compile(rf"(?<![\w’'-])({_NAME}), as (?:[\w’'-]+ ){{1,4}}(?:calls?|called|knows?|knew) (?:him|her)\b")


@dataclass
class Person:
    """Somebody the article names."""

    forms: Counter[str] = field(default_factory=Counter)
    titles: list[Title] = field(default_factory=list)
    gender: str = ""  # "f" or "m" where a form of address or a noun says so
    first: int = 0  # offset of the first full mention
    nicknames: list[str] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """The commonest of the fullest forms; ask only when all forms are in."""
        longest = max(len(name_words(form)) for form in self.forms)
        return best_form(form for form in self.forms.elements() if len(name_words(form)) == longest)


def nicknames(text: str, people: list[Person]) -> dict[str, int]:
    """Nicknames, and the number in `people` of whom each stands for; only what the text itself explains."""
    found: dict[str, int] = {}
    full = [
        (hit.start(), hit.end(), number)
        for number, person in enumerate(people)
        for form in person.forms
        if " " in form
        for hit in re.finditer(re.escape(form), text)
    ]
    for hit in _INSIDE.finditer(text):
        name = f"{hit.group(1)} {hit.group(3)}"
        number = next((n for n, person in enumerate(people) if any(form.endswith(name) for form in person.forms)), None)
        if number is not None:
            found.setdefault(hit.group(2), number)
    for start, end, number in sorted(full):
        after = _JUST_AFTER if _CALLED.search(text, max(0, start - 14), start) else _KNOWN_AS
        named = after.match(text, end)
        if named:
            found.setdefault(named.group(1), number)
    for hit in _AS_CALLED.finditer(text):
        before = [number for start, _, number in sorted(full) if start < hit.start()]
        if before:
            found.setdefault(hit.group(1), before[-1])
    letters: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        initials = {"".join(word[0] for word in name_words(form)).upper() for form in person.forms}
        for short in initials:
            letters.setdefault(short, []).append(number)
    for short in sorted(set(_LETTERS.findall(text))):  # "MBS" for Mohammed bin Salman
        if len(letters.get(short, ())) == 1:
            found.setdefault(short, letters[short][0])
    names = {word for person in people for form in person.forms for word in [form, *form.split()] if " " in form}
    return {nick: number for nick, number in found.items() if nick not in names and _may_be_one(nick)}


def _may_be_one(nick: str) -> bool:
    """No country, office or body: "known as the Prime Minister" gives no nickname."""
    last = nick.split()[-1].lower()
    return nick not in place_words() and last not in functions() and role_of_words(nick) == "unknown"


def joined(text: str, runs: list[Run]) -> list[Run]:
    """The runs, with "Robert", "Bobby" and "Hale" of "Robert “Bobby” Hale" made one that is called "Robert Hale"."""
    result: list[Run] = []
    skip = 0
    for place, run in enumerate(runs):
        if skip:
            skip -= 1
            continue
        later = runs[place + 1 : place + 3]
        if (
            len(later) == 2
            and not later[0].name.isupper()
            and re.fullmatch(f" {_OPEN}", text[run.end : later[0].start])
            and re.fullmatch(f"{_CLOSE} ", text[later[0].end : later[1].start])
        ):
            run = run._replace(end=later[1].end, name=f"{run.name} {later[1].name}")
            skip = 2
        result.append(run)
    return result


# Relatives with one surname: "Petar and Jelena Radman", "Mrs Boyle's husband, Frank, ... Mr Boyle said".

KIN = (
    "husband|wife|son|daughter|brother|sister|mother|father|mum|mom|dad|partner|widow|widower|grandson|"
    "granddaughter|uncle|aunt|nephew|niece|cousin|grandmother|grandfather|twin"
)
_RELATIVE = re.compile(
    rf"\b(?:([Hh]is|[Hh]er|[Mm]y)|({_NAME}?)(?:[’']s|(?<=s)[’'])) (?:[a-z-]+ ){{0,2}}({KIN}),? "
    rf"({_NAME})(?! {_NAME})"
)
_PAIR = re.compile(rf"(?<![\w’'-])({_NAME}) and ({_NAME}) ({_NAME})(?! {_NAME})")
_ADDRESSED = re.compile(rf"\b(Mr|Mrs|Ms|Miss)\.? ({_NAME})")
_TOGETHER = re.compile(r"\b(?:couple|husband|wife|married|parents|brothers|sisters|siblings|twins|newlyweds|family)\b")


def surnames_shared(text: str, people: list[Person]) -> dict[str, tuple[str, str]]:
    """Given names the text gives no surname, with the surname they share and whether "m" or "f" ("" unknown).

    A relative has the surname of the person they belong to only if the text also writes it with an address that
    does not fit that person ("Mr Boyle" beside "Harriet Boyle"); a couple joined by "and" has that of the second.
    """
    found: dict[str, tuple[str, str]] = {}
    surnames = {name_words(person.name)[-1]: person for person in people if len(name_words(person.name)) > 1}
    addressed = {
        (hit.group(2).removesuffix("’s").removesuffix("'s"), "m" if hit.group(1) == "Mr" else "f")
        for hit in _ADDRESSED.finditer(text)
    }
    for hit in _RELATIVE.finditer(text):
        gender = gender_of_noun(hit.group(3))
        owners = [person for person in people if hit.group(2) and hit.group(2) in person.name.split()]
        if hit.group(1) and hit.group(1).lower() == "my":
            owners = [person for person in people if len(person.name.split()) > 1]
        elif hit.group(1):
            before = [person for person in people if person.first < hit.start() and len(person.name.split()) > 1]
            owners = sorted(
                before, key=lambda person: -max(text.rfind(word, 0, hit.start()) for word in person.name.split())
            )[:1]
        for owner in owners:
            surname = owner.name.split()[-1]
            if (surname, gender) in addressed and gender:
                found[hit.group(4)] = (surname, gender)
    for hit in _PAIR.finditer(text):
        one, surname = hit.group(1, 3)
        known = any(one in person.name.split() and len(person.name.split()) > 1 for person in people)
        around = text[max(0, hit.start() - 60) : hit.end() + 30]
        if surname.lower() in surnames and not known and _TOGETHER.search(around):
            found[one] = (surname, "")
    return found


STRETCH = 64  # characters by which mentions are looked up
QUOTED = 0.15  # of a mention's weight, inside quotation marks
UNNAMED = "unnamed one"  # the kind of a mention such as "a passer-by"
# How much a mention's place in its sentence says that the next pronoun means it.
WEIGHTS = {
    "nsubj": 1.0,
    "nsubjpass": 0.95,
    "agent": 0.5,
    "dobj": 0.5,
    "pobj": 0.4,
    "poss": 0.4,
    "appos": 0.5,
    "dative": 0.5,
    "compound": 0.2,
    "ROOT": 0.6,
    "attr": 0.4,
}


@dataclass
class Mention:
    """One mention: where it stands, whom it means and how."""

    start: int
    end: int
    entity: str | None
    kind: str  # "person", "country", "body", "party", "movement" or "group" (several at once)
    how: str  # "name", "short", "title", "seat", "place", "pronoun"
    sentence: int = 0
    weight: float = 0.0
    certainty: float = 1.0  # 0 to 1: how far ahead of anybody else this entity was; no probability
    seat: str = ""  # the capital or seat of government that is written for the country: "Moscow"


def covered(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Does a stretch overlap any of these?"""
    return any(begin < end and start < stop for begin, stop in spans)


def covering(spans: list[tuple[int, int]]) -> Callable[[int, int], bool]:
    """As `covered`, for many questions about the same stretches: joined where they overlap, and looked up."""
    apart: list[list[int]] = []
    for begin, stop in sorted(span for span in spans if span[0] < span[1]):
        if apart and begin <= apart[-1][1]:
            apart[-1][1] = max(apart[-1][1], stop)
        else:
            apart.append([begin, stop])
    begins = [begin for begin, _ in apart]

    def overlaps(start: int, end: int) -> bool:
        before = bisect_left(begins, end) - 1
        return before >= 0 and start < apart[before][1]

    return overlaps


class Spans:
    """Stretches of one text, looked up by their place."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._in_stretch: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        for stretch in range(start // STRETCH, end // STRETCH + 1):
            self._in_stretch.setdefault(stretch, []).append((start, end))

    def near(self, start: int, end: int) -> list[tuple[int, int]]:
        """Those that overlap a stretch."""
        return [
            span
            for stretch in range(start // STRETCH, end // STRETCH + 1)
            for span in self._in_stretch.get(stretch, ())
            if span[0] < end and start < span[1]
        ]


class Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture)."""

    def __init__(self, text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None) -> None:
        self.text, self.doc = text, doc
        self.left_out = left_out or []
        self.is_left_out = covering(self.left_out)
        self.headlines: list[tuple[int, int]] = []
        self.index, self.sentences = _offsets(doc)
        self.marks = [(m.start, m.end) for m in quotation_spans(text) if m.depth == 0]
        self.mentions: list[Mention] = []
        self._in_stretch: dict[int, list[Mention]] = {}
        self._named: dict[str, list[int]] = {}
        self._once: dict[Callable[[Cast], Any], tuple[int, Any]] = {}
        self.people: list[Person] = []
        self.genders: dict[str, str] = {}  # "f", "m" or "" by name
        self.unsure: list[tuple[int, int]] = []  # single words that are somebody's if other articles name one so

    # -- putting mentions down

    def put(self, start: int, end: int, entity: str | None, kind: str, how: str) -> Mention:
        token = self.head(start, end)
        dep = token.dep_
        while dep in {"conj", "appos"} and token.head.i != token.i:
            token = token.head
            dep = token.dep_
        weight = WEIGHTS.get(dep, 0.35)
        if dep in {"nsubj", "nsubjpass"} and token.head.dep_ not in {"ROOT", "conj"}:
            weight = 0.8
        if self.is_quoted(start):
            weight *= QUOTED
        mention = Mention(start, end, entity, kind, how, self.sentence_at(start), weight)
        self.mentions.append(mention)
        self._note_place(mention)
        return mention

    def keep(self, mentions: list[Mention]) -> None:
        """These mentions and no others, in the order of the text."""
        self.mentions, self._in_stretch = mentions, {}
        for mention in mentions:
            self._note_place(mention)

    def _note_place(self, mention: Mention) -> None:
        for stretch in range(mention.start // STRETCH, mention.end // STRETCH + 1):
            self._in_stretch.setdefault(stretch, []).append(mention)

    def free(self, start: int, end: int) -> bool:
        return not any(m.start < end and start < m.end for m in self.near(start, end))

    def near(self, start: int, end: int) -> list[Mention]:
        found = {
            id(m): m
            for stretch in range(start // STRETCH, end // STRETCH + 1)
            for m in self._in_stretch.get(stretch, ())
            if m.start < end and start < m.end
        }
        return sorted(found.values(), key=lambda mention: (mention.start, -mention.end))

    # -- looking up

    def once(self, find: Callable[[Cast], T]) -> T:
        """What `find` finds in all mentions, kept for as long as there are no more of them."""
        n, found = self._once.get(find, (-1, None))
        if n != len(self.mentions):
            found = find(self)
            self._once[find] = len(self.mentions), found
        return found

    def times_named(self, entity: str, before: int) -> int:
        """How often somebody is named before a place, pronouns aside; counted once all names are found."""
        if not self._named:
            for mention in self.mentions:
                if mention.how != "pronoun" and mention.entity:
                    self._named.setdefault(mention.entity, []).append(mention.start)
        return bisect_left(self._named.get(entity, []), before)

    def token_at(self, position: int) -> Token:
        return self.doc[max(bisect_right(self.index, position) - 1, 0)]

    def head(self, start: int, end: int) -> Token:
        """The word of a stretch that the rest of it hangs on."""
        first, last = bisect_right(self.index, start) - 1, bisect_left(self.index, end) - 1
        first, last = max(first, 0), max(last, first, 0)
        token = self.doc[last]
        while token.head.i != token.i and first <= token.head.i <= last:
            token = token.head
        return token

    def sentence_at(self, position: int) -> int:
        return max(bisect_right(self.sentences, position) - 1, 0)

    def in_headline(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.headlines)

    def mark_around(self, position: int) -> tuple[int, int] | None:
        """The outermost quotation marks around a place."""
        number = bisect_right(self.marks, (position, len(self.text))) - 1
        return self.marks[number] if number >= 0 and self.marks[number][1] > position else None

    def is_quoted(self, position: int) -> bool:
        return self.mark_around(position) is not None


def _offsets(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token and each sentence begins, without making a Python object of every token."""
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype("int64").sum(axis=1)
    starts = [0, *lengths.cumsum().tolist()][: len(doc)]
    heads = doc.to_array(["SENT_START"]).astype("int64").tolist()
    return starts, [start for start, first in zip(starts, heads, strict=True) if first == 1] or [0]
