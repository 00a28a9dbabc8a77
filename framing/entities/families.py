"""Relatives with one surname: "Petar and Jelena Radman", "Mrs Boyle's husband, Frank, ... Mr Boyle said"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framing.entities.names import name_words
from framing.entities.roles import gender_of_noun

if TYPE_CHECKING:
    from framing.entities.people import Person

KIN = ("husband|wife|son|daughter|brother|sister|mother|father|mum|mom|dad|partner|widow|widower|grandson|"
       "granddaughter|uncle|aunt|nephew|niece|cousin|grandmother|grandfather|twin")
_NAME = r"[A-ZÀ-Þ][\w’'-]+"
_RELATIVE = re.compile(rf"\b(?:([Hh]is|[Hh]er|[Mm]y)|({_NAME}?)(?:[’']s|(?<=s)[’'])) (?:[a-z-]+ ){{0,2}}({KIN}),? "
                       rf"({_NAME})(?! {_NAME})")
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
    addressed = {(hit.group(2).removesuffix("’s").removesuffix("'s"), "m" if hit.group(1) == "Mr" else "f")
                 for hit in _ADDRESSED.finditer(text)}
    for hit in _RELATIVE.finditer(text):
        gender = gender_of_noun(hit.group(3))
        owners = [person for person in people if hit.group(2) and hit.group(2) in person.name.split()]
        if hit.group(1) and hit.group(1).lower() == "my":
            owners = [person for person in people if len(person.name.split()) > 1]
        elif hit.group(1):
            before = [person for person in people if person.first < hit.start() and len(person.name.split()) > 1]
            owners = sorted(before, key=lambda person: -max(text.rfind(word, 0, hit.start())
                                                            for word in person.name.split()))[:1]
        for owner in owners:
            surname = owner.name.split()[-1]
            if (surname, gender) in addressed and gender:
                found[hit.group(4)] = (surname, gender)
    for hit in _PAIR.finditer(text):
        one, surname = hit.group(1, 3)
        known = any(one in person.name.split() and len(person.name.split()) > 1 for person in people)
        around = text[max(0, hit.start() - 60):hit.end() + 30]
        if surname.lower() in surnames and not known and _TOGETHER.search(around):
            found[one] = (surname, "")
    return found
