"""The two sides of a meeting: who is "the guest" and who "the host", and whom "his Turkish counterpart" means.

Who receives whom is read from the article: "Velik told his guest", "Cho was received by Velik", "Cho thanked his host",
and last from the country the dateline names. One side known, the other is the other leader, or the person named most.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from framing.entities.mentions import Cast, Mention
from framing.entities.places import find_places, place_words
from framing.entities.roles import LEADER, same_function

if TYPE_CHECKING:
    from spacy.tokens import Token


_HOST, _GUEST = r"host(?:ess)?|(?:master|lady) of the house", r"guest(?: of honou?r)?|visitor"
PARTY = re.compile(rf"(?:([Tt]he|[Tt]his) |(his|her|their) |(\S[^,;:]*?[’'])s? )(?:[\w-]+ )?(?:({_HOST})|({_GUEST}))",
                   re.IGNORECASE)
PARTY_AT = re.compile(r"(?<![\w’'-])(?:[Tt]he|[Tt]his|[Hh]is|[Hh]er|[A-Z][\w-]+[’']s?) (?:[a-z-]+ )?"
                      rf"(?:{_HOST}|{_GUEST})"
                      r"(?![\w-])(?! of |[’']s?’? book)")
_OWNED = re.compile(rf"\b(?:[Hh]is|[Hh]er|[A-Z][\w-]+[’']s?) (?:(?!\w+[’']s)[a-z-]+ )?(?:({_HOST})|({_GUEST}))\b"
                    r"(?![’']s? book)")
_SOME = re.compile(r"(?<![\w’'-])(?<!be )(?<!as )(?<!is )(?<!was )(?:an?|another|one) (?:[a-z-]+ )?(host|guest|visitor)"
                   r"(?: told| said| asked| who|,|\.)")
_RECEIVE = re.compile(r"\b(?:receiv|welcom|greet|host|entertain)(?:e|es|ed|ing|s)?\b")
_IS_GUEST = re.compile(r"\b(?:be|was|is|proved) an? (?:[a-z-]+ )?(?:guest|visitor)\b")
_DATELINE = re.compile(r"(?m)^[A-Z][A-Z -]{2,}, ([A-Z][\w. ]+?)(?:,| [-–—(])")
_COUNTERPART = re.compile(r"(?:(his|her|their)|(\S[^,;:]*?)[’']s?) (?:([A-Z][\w-]+(?: [A-Z][\w-]+)?) )?counterpart",
                          re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|of|for) ([A-Z][\w.]*(?: [A-Z][\w.]*)*)$")


def party_meant(cast: Cast, text: str, start: int) -> str | None:
    """The person that "the guest", "his host" or "Velik's Turkish counterpart" at `start` means, if the text tells."""
    hit = PARTY.fullmatch(text)
    if hit:
        host, guest = host_and_guest(cast)
        meant, other = (host, guest) if hit.group(4) else (guest, host)
        owner = None if hit.group(1) else _owner(cast, start, hit.end(2) if hit.group(2) else hit.end(3))
        unnamed = any(word[1] == hit.group(4 if hit.group(4) else 5).split()[0].lower()
                      for word in _SOME.finditer(cast.text))
        return None if unnamed else other if owner and owner == meant else meant
    hit = _COUNTERPART.match(text)
    return _counterpart(cast, hit, start) if hit else None


def host_and_guest(cast: Cast) -> tuple[str | None, str | None]:
    """The person who receives and the person who visits, as far as the article tells; looked for once."""
    if cast.sides is None:
        cast.sides = _sides(cast)
    return cast.sides


def _sides(cast: Cast) -> tuple[str | None, str | None]:
    votes: Counter[str] = Counter()  # above 0: host, below: guest
    for hit in _OWNED.finditer(cast.text):
        owner = _owner(cast, hit.start(), hit.end() - len(hit.group(1) or hit.group(2)) - 1)
        if owner:
            votes[owner] += -2 if hit.group(1) else 2
    for hit in _RECEIVE.finditer(cast.text):
        verb = cast.token_at(hit.start())
        for child in verb.children if verb.pos_ == "VERB" else []:
            for token in child.children if child.dep_ == "agent" else [child]:
                side = {"nsubj": 2, "dobj": -2, "nsubjpass": -2, "pobj": 2}.get(token.dep_, 0)
                person = _person_at(cast, token.idx) if side else None
                if person:
                    votes[person] += side
    for hit in _IS_GUEST.finditer(cast.text):
        subject = _subject(cast.token_at(hit.start()))
        person = _person_at(cast, subject.idx) if subject is not None else None
        if person:
            votes[person] -= 2
    land = {place.country for hit in _DATELINE.finditer(cast.text) for _, _, place in find_places(hit.group(1))}
    for somebody in cast.people:
        if land & {country for title in somebody.titles for country in title.countries}:
            votes[somebody.name] += 1
    hosts = [name for name, score in votes.most_common() if score > 0]
    guests = [name for name, score in reversed(votes.most_common()) if score < 0]
    host, guest = next(iter(hosts), None), next(iter(guests), None)
    return host or _other_side(cast, guest, set(guests)), guest or _other_side(cast, host, set(hosts))


def _other_side(cast: Cast, one: str | None, not_these: set[str]) -> str | None:
    """The other leader, or else the other person whom the article names most."""
    if one is None:
        return None
    leaders = {person.name for person in cast.people if any(title.noun in LEADER for title in person.titles)}
    named = Counter(m.entity for m in cast.mentions if m.kind == "person" and m.entity and m.entity not in not_these)
    both = {name: n for name, n in named.items() if name in leaders} if one in leaders else {}
    chosen = both or named
    return max(chosen, key=lambda name: (chosen[name], name or "")) if chosen else None


def _counterpart(cast: Cast, hit: re.Match[str], start: int) -> str | None:
    """Of "his Turkish counterpart": the Turk who holds the office of the person he belongs to."""
    place = place_words().get(hit.group(3) or "")
    owner = _owner(cast, start, start + (hit.end(1) if hit.group(1) else hit.end(2)))
    offices = [title.noun for person in cast.people if person.name == owner for title in person.titles]
    if not place:
        after = _PLACE.search(hit.string[hit.end():])
        place = place_words().get(after.group(1)) if after else None
    fits = []
    for person in cast.people:
        countries = {country for title in person.titles for country in title.countries}
        if person.name != owner and (not place or place.country in countries):
            same = any(same_function(title.noun, noun) for title in person.titles for noun in offices)
            if same or (place and not offices):
                fits.append((same, person.name))
    if not fits and place:  # whose counterpart it is was misread: the one who shares an office with a foreigner
        abroad = [title.noun for person in cast.people for title in person.titles
                  if title.countries and place.country not in title.countries]
        fits = [(True, person.name) for person in cast.people for title in person.titles
                if place.country in title.countries and any(same_function(title.noun, noun) for noun in abroad)]
    best = {name for same, name in fits if same == max(fits)[0]}
    return best.pop() if len(best) == 1 else None


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb it hangs on: of "proved to be", that of *proved*."""
    for _ in range(3):
        found = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if found is not None or verb.dep_ != "xcomp":
            return found
        verb = verb.head
    return None


def _owner(cast: Cast, start: int, end: int) -> str | None:
    """The person a possessive between these offsets stands for."""
    owner = next((m for m in cast.mentions if m.kind == "person" and m.start < end and start < m.end), None)
    return owner.entity if owner else None


def _person_at(cast: Cast, place: int) -> str | None:
    found: Mention | None = next((m for m in cast.mentions if m.kind == "person" and m.start <= place < m.end), None)
    return found.entity if found else None
