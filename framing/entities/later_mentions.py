"""Mentions that only the whole article, or the other articles, settle: "his guest", "the Russian", "the 52-year-old".

They are read when everybody else is known, and no pronoun is decided by them. Kept to what proved right nine times in
ten or more: epithets such as "the striker" or "the company" are resolved as sources only (`framing.entities.epithets`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from framing.entities.descriptions import descriptions, person_for
from framing.entities.hosts_and_guests import PARTY_AT, party_meant
from framing.entities.mentions import Cast, Mention
from framing.entities.people import covered
from framing.entities.places import countries_in, place_words
from framing.entities.standing import ages_of

if TYPE_CHECKING:
    from framing.entities.titles import Title

_NATIONAL = re.compile(r"(?<![\w’'-])[Tt]he ([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?![\w’'-]*\s?[A-Z])")
_AGE = re.compile(r"(?<![\w’'-])[Tt]he (\d{1,3})-year-old(?![\w-])")


def later_mentions(cast: Cast, known: dict[str, list[Title]]) -> list[Mention]:
    """Mentions of people beyond those of `cast`, in order; `known` holds titles from other articles."""
    found: list[Mention] = []
    for start, end, name in _candidates(cast, known):
        people = [m for m in cast.near(start, end) if m.kind == "person" and m.how != "pronoun"]
        inside_quote_of_them = covered(start, end, [(m.start, m.end) for m in found])
        if name and not people and not inside_quote_of_them and not covered(start, end, cast.left_out):
            found.append(Mention(start, end, name, "person", "title", cast.sentence_at(start)))
    return sorted(found, key=lambda mention: mention.start)


def _candidates(cast: Cast, known: dict[str, list[Title]]) -> Iterator[tuple[int, int, str | None]]:
    for hit in PARTY_AT.finditer(cast.text):
        if cast.token_at(hit.end() - 1).dep_ != "compound":  # "the guest book"
            yield *hit.span(), party_meant(cast, hit.group(), hit.start())
    for start, end, name in descriptions(cast, known):
        words = cast.text[start:end]
        if countries_in(words) or re.match(r"[Ii]ts |[Tt]heir ", words):  # titles from elsewhere tell no "nominee"
            yield start, end, name
    for hit in _AGE.finditer(cast.text):
        if cast.token_at(hit.end() - 1).dep_ not in {"compound", "amod"}:
            named = [person.name for person in cast.people if hit.group(1) in ages_of(cast, person.name)
                     and person.first < hit.start()]
            yield *hit.span(), named[0] if len(named) == 1 else None
    for hit in _NATIONAL.finditer(cast.text):
        place = place_words().get(hit.group(1))
        if place and place.how == "adjective" and _stands_alone(cast, hit.end()):
            yield *hit.span(), person_for(cast, "leader", hit.group(), hit.start(), known=known)


def _stands_alone(cast: Cast, end: int) -> bool:
    """Is the adjective itself the noun: "the Russian noted", not "the Russian side" or "the Russians"?"""
    token = cast.token_at(end - 1)
    after = cast.text[end:end + 2]
    if token.tag_ in {"NNS", "NNPS"} or token.dep_ in {"amod", "compound", "nmod"}:
        return False
    return not re.match(r" [\w“\"(]", after) or (token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i)
