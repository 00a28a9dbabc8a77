"""Parties and movements, and the bodies that bear a person's name: "House Republicans", "the Holt administration"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from framing.entities.places import us_states
from framing.text.lexicon import read_list

_CHAMBERS = ("House", "Senate", "Congressional")
_UNDER = re.compile(r"(?<![\w’'-])([A-Z][\w-]+) (?:administration|campaign)(?![\w-])")
_NO_OWNER = {"The", "An", "This", "That", "His", "Her", "Their", "Our", "My", "Its", "But", "In", "Under", "As", "And",
             "If", "When", "Why", "No", "One", "Former", "Congressional", "Presidential", "Senate", "House"}


class Party(NamedTuple):
    """A party or movement where a text names it."""

    start: int
    end: int
    name: str
    kind: str  # "party", or "movement" for what is no party


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    """Every way in which ``data/names/parties.csv`` writes a party, with its name and kind."""
    return {form: (row["name"], "party" if row["kind"] == "party" else "movement") for row in read_list("parties")
            for form in filter(None, [row["name"], *row["names"].split(";")])}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    before = "|".join(map(re.escape, sorted([*_CHAMBERS, *us_states()], key=len, reverse=True)))
    names = "|".join(map(re.escape, sorted(_names(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w’'-])(?<!of )(?:({before}|senate|house) )?({names})(?![\w-])")


def find_parties(text: str) -> Iterator[Party]:
    """Where `text` names a party or movement; the members of a chamber or a state are a party's part of their own.

    "Democratic" and "republican" as adjectives, and one Democrat, are no party.
    """
    for hit in _pattern().finditer(text):
        name, kind = _names()[hit.group(2)]
        part = hit.group(1) if kind == "party" else ""
        start = hit.start() if part or not hit.group(1) else hit.start(2)
        alone = hit.group(2).istitle() and " " not in hit.group(2) and not hit.group(2).endswith("s")
        if not (alone and re.match(r" [A-Z]", text[hit.end():hit.end() + 2])):  # "Labour Day"
            yield Party(start, hit.end(), f"{part[0].upper()}{part[1:]} {name}" if part else name, kind)


def party_named(words: str) -> str | None:
    """The printed name of a party that these words alone name ("the G.O.P."), else None."""
    plain = re.sub(r"^[Tt]he ", "", words)
    hit = next(find_parties(plain), None)
    return hit.name if hit and hit.start == 0 and hit.end == len(plain) else None


def find_named_after(text: str) -> Iterator[tuple[int, int]]:
    """Where `text` names an administration or a campaign by its head: "the Holt administration"."""
    for hit in _UNDER.finditer(text):
        if hit.group(1) not in _NO_OWNER:
            yield hit.span()
