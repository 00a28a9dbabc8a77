"""People meant by what they are: "the North Korean leader", "the two leaders", "Putin's spokesman"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from framing.entities.mentions import Cast, Person, covering
from framing.entities.places import countries_in, find_places, place_words, us_states
from framing.entities.roles import LEADER, Title, function_at, functions, role_of_function, same_function

if TYPE_CHECKING:
    from spacy.tokens import Token


_TWO = re.compile(
    r"\b(?:[Tt]he two|[Bb]oth) (?:\w+ )?(leaders|presidents|men|heads of state|heads of government|"
    r"countries|states|nations|neighbou?rs|sides|governments|capitals|allies)\b"
)
_LETTERS = re.compile(r"(?<!\w)[A-Za-z]+(?!\w)")


def add_titles(cast: Cast) -> None:
    """Put down every description that the article settles, and the pairs of "the two leaders"."""
    groups = list(_TWO.finditer(cast.text))
    taken = covering([group.span() for group in groups])
    for start in _functions_in(cast.text, 0, len(cast.text)):
        if taken(start, start + 1):
            continue
        found = _description(cast, cast.token_at(start))
        if found:
            start, end, name = found
            if cast.free(start, end) or all(m.kind != "person" for m in cast.near(start, end)):
                cast.put(start, end, name, "person", "title")
    cast.mentions.sort(key=lambda mention: (mention.start, -mention.end))
    for hit in groups:
        members = _last_two(cast, hit.start(), hit.group(1))
        if members:
            cast.put(*hit.span(), "; ".join(members), "group", "title")
    cast.mentions.sort(key=lambda mention: (mention.start, -mention.end))


def described_in(cast: Cast, spans: list[tuple[int, int]], known: dict[str, list[Title]]) -> frozenset[str]:
    """People whom descriptions in these spans mean: "the leader of the DPRK"."""
    found = [
        _description(cast, cast.token_at(place), known)
        for start, end in spans
        for place in _functions_in(cast.text, start, end)
    ]
    return frozenset(name for _, _, name in filter(None, found))


def newly_settled(cast: Cast, known: dict[str, list[Title]]) -> Iterator[tuple[int, int, str]]:
    """Descriptions that mean somebody once the titles `known` from other articles are read as well."""
    for place in _functions_in(cast.text, 0, len(cast.text)):
        if not any(m.kind in {"person", "group"} for m in cast.near(place, place + 1)):
            found = _description(cast, cast.token_at(place), known)
            if found:
                yield found


def _description(cast: Cast, token: Token, known: dict[str, list[Title]] | None = None) -> tuple[int, int, str] | None:
    """Start, end and person of a definite description with this noun, if the text settles it."""
    doc, i = cast.doc, token.i
    first = i
    while (
        first > 0
        and i - first < 7
        and doc[first - 1].idx >= cast.sentences[cast.sentence_at(token.idx)]
        and (
            doc[first - 1].pos_ in {"ADJ", "NOUN", "PROPN", "PART"}
            or doc[first - 1].text in {"-", "’s", "'s"}
            or (doc[first - 1].pos_ == "VERB" and doc[first - 1].tag_ == "VBN")
        )
    ):
        first -= 1
    of_state = re.match(r" of (?:state|government)\b", cast.text[token.idx + len(token.text) :][:15])
    noun = (
        f"head{of_state.group()}"
        if of_state and token.lower_ == "head"
        else function_at([t.text for t in doc[first : i + 1]])
    )
    if not noun or (
        i + 1 < len(doc)
        and doc[i + 1].text[:1].isupper()
        and doc[i + 1].pos_ == "PROPN"
        and doc[i + 1].idx == token.idx + len(token.text) + 1
    ):
        return None
    determiner = doc[first - 1].lower_ if first > 0 else ""
    words = cast.text[doc[first].idx : token.idx + len(token.text)]
    owned = "’s" in words or "'s" in words
    own = determiner in {"its", "their", "his", "her"}
    if determiner in {"a", "an", "another", "any", "some", "no", "one", "every", "each"}:
        return None
    if not (determiner in {"the", "this", "that"} or own or owned or countries_in(words)):
        return None
    end = token.idx + len(token.text) + (len(of_state.group()) if of_state else 0)
    after = re.match(r"\s(?:of|for)\s(?:the\s)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)", cast.text[end : end + 80])
    if after:
        words, end = words + " " + after.group(), end + after.end()
    elsewhere = re.match(r"\sin\s([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)", cast.text[end : end + 40])
    if elsewhere and not after and not countries_in(words) and elsewhere.group(1) in place_words():
        words, end = words + elsewhere.group(), end + elsewhere.end()  # "the minister in Tashkent"
    start = doc[first - 1].idx if determiner in {"the", "this", "that"} or own else doc[first].idx
    name = person_for(cast, noun, words, start, own=own, known=known)
    return (start, end, name) if name else None


def person_for(
    cast: Cast, noun: str, words: str, start: int, *, own: bool = False, known: dict[str, list[Title]] | None = None
) -> str | None:
    """The person the article gives this function, named before `start` if possible.

    `known` holds titles from elsewhere for people of this article whom it gives no title.
    """
    countries = countries_in(words)
    holder = next(
        (
            m.entity
            for m in reversed(cast.near(start, start + len(words)))
            if m.kind == "person" and m.start >= start and re.match(r"[’']s", cast.text[m.end : m.end + 2])
        ),
        None,
    )
    if holder and not countries:
        countries = frozenset(c for p in cast.people if p.name == holder for t in p.titles for c in t.countries)
    if own and not countries:
        named = [m.entity for m in cast.mentions if m.kind == "country" and m.start < start]
        countries = frozenset(named[-1:])  # type: ignore[arg-type]
    former = re.search(r"\b(?:former|ex|shadow)\b", words.lower()) is not None
    fits: list[tuple[int, Person]] = []
    for person in cast.people:
        for title in person.titles or (known or {}).get(person.name, []):
            if person.name == holder or not same_function(noun, title.noun):
                continue
            past = re.search(r"\b(?:former|ex|shadow)\b", title.beside.lower())
            if former != bool(past) and (former or countries or (past and past.group() == "shadow")):
                continue
            if noun != title.noun and noun in LEADER and role_of_function(title.noun, title.beside) != "government":
                continue  # the leader of a party is no premier
            if countries and title.countries and not countries & title.countries:
                continue
            if _SECOND.search(f"{title.beside} {title.noun}".lower()) and not _SECOND.search(words.lower()):
                continue  # "the fire chief" is no deputy chief
            if holder and countries and not title.countries:
                continue
            said = _content_words(words) - _content_words(noun) - _WHEN
            if states_in(words) and states_in(title.beside) and not states_in(words) & states_in(title.beside):
                continue  # "the former Maryland governor" is not that of Ohio
            shared = len(said & _content_words(title.beside))
            if (
                said
                and not shared
                and not (countries & title.countries)
                and not (noun in LEADER and countries)
                and not holder
            ):
                continue
            score = 4 * bool(countries & title.countries) + 2 * shared + (noun == title.noun)
            score -= 8 * (bool(past) and not former)  # "the governor" is whoever is, if anybody
            fits.append((score, person))
    if not fits:
        return None
    best = max(score for score, _ in fits)
    names = {person.name for score, person in fits if score == best}
    if len(names) == 1:
        return names.pop()
    if countries or holder:
        return None
    earlier = [m.entity for m in cast.mentions if m.start < start and m.entity in names and m.kind == "person"]
    return earlier[-1] if earlier else None


@lru_cache(maxsize=20_000)
def states_in(words: str) -> frozenset[str]:
    """The states of the US that these words name."""
    return frozenset(
        name for name in us_states() if name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    )


def _last_two(cast: Cast, start: int, noun: str) -> list[str]:
    kinds = (
        {"person"} if noun in {"leaders", "presidents", "men", "heads of state", "heads of government"} else {"country"}
    )
    pair = next((members for members in _joined(cast, kinds, start)), None)
    if pair:
        return pair
    if "country" in kinds:  # the two that the article is about
        counts = Counter(place.country for _, _, place in find_places(cast.text))
        return [country for country, _ in counts.most_common(2)] if len(counts) > 1 else []
    leaders = {p.name for p in cast.people if any(t.noun in LEADER for t in p.titles)}
    named: list[str] = []
    for mention in reversed([m for m in cast.mentions if m.start < start]):
        if (
            mention.kind in kinds
            and mention.entity
            and mention.entity not in named
            and (mention.entity in leaders or len(leaders) < 2)
        ):
            named.append(mention.entity)
        if len(named) == 2:
            return named[::-1]
    return []


def _joined(cast: Cast, kinds: set[str], start: int) -> Iterator[list[str]]:
    """Pairs joined by "and": those before `start`, the nearest first, then those after."""
    named = [m for m in cast.mentions if m.kind in kinds and m.entity]
    pairs = list(pairwise(named))
    before = [pair for pair in pairs if pair[0].start < start]
    known = {mention.entity for mention in named if mention.start < start}
    for one, other in [*reversed(before), *(pairs[len(before) :] if len(known) < 2 else ())]:
        if one.entity != other.entity and re.fullmatch(r" and (?:the )?", cast.text[one.end : other.start]):
            yield [str(one.entity), str(other.entity)]


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset({noun.split()[-1].split("-")[-1] for noun in functions()} | {"head"})


def _functions_in(text: str, start: int, end: int) -> Iterator[int]:
    """Where a word that can end a function noun stands: "president", "minister", "head"."""
    known = _function_words()
    return (hit.start() for hit in _LETTERS.finditer(text, start, end) if hit.group().lower() in known)


def _content_words(words: str) -> set[str]:
    small = {"the", "of", "for", "a", "an", "its", "their", "his", "her", "in", "at", "to", "this", "that", "s", "us"}
    return {word for word in re.findall(r"\w+", words.lower()) if word not in small}


_COUNTERPART = re.compile(
    r"(?:(his|her|their)|(\S[^,;:]*?)[’']s?) (?:([A-Z][\w-]+(?: [A-Z][\w-]+)?) )?counterpart", re.IGNORECASE
)
_WHEN = {"former", "ex", "then", "late"}
_SECOND = re.compile(r"\b(?:deputy|assistant|associate)\b")
_PLACE = re.compile(r"\b(?:in|of|for) ([A-Z][\w.]*(?: [A-Z][\w.]*)*)$")


def counterpart_meant(cast: Cast, text: str, start: int) -> str | None:
    """Of "his Turkish counterpart" at `start`: the Turk who holds the office of the person he belongs to."""
    hit = _COUNTERPART.match(text)
    if not hit:
        return None
    place = place_words().get(hit.group(3) or "")
    owner = _owner(cast, start, start + (hit.end(1) if hit.group(1) else hit.end(2)))
    offices = [title.noun for person in cast.people if person.name == owner for title in person.titles]
    if not place:
        after = _PLACE.search(hit.string[hit.end() :])
        place = place_words().get(after.group(1)) if after else None
    fits = []
    for person in cast.people:
        countries = {country for title in person.titles for country in title.countries}
        if person.name != owner and (not place or place.country in countries):
            same = any(same_function(title.noun, noun) for title in person.titles for noun in offices)
            if same or (place and not offices):
                fits.append((same, person.name))
    if not fits and place:  # whose counterpart it is was misread: the one who shares an office with a foreigner
        abroad = [
            title.noun
            for person in cast.people
            for title in person.titles
            if title.countries and place.country not in title.countries
        ]
        fits = [
            (True, person.name)
            for person in cast.people
            for title in person.titles
            if place.country in title.countries and any(same_function(title.noun, noun) for noun in abroad)
        ]
    best = {name for same, name in fits if same == max(fits)[0]}
    return best.pop() if len(best) == 1 else None


def _owner(cast: Cast, start: int, end: int) -> str | None:
    """The person a possessive between these offsets stands for."""
    owner = next((m for m in cast.mentions if m.kind == "person" and m.start < end and start < m.end), None)
    return owner.entity if owner else None
