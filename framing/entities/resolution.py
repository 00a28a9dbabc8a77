"""Who and what an article is about: every mention of a person, country or body, and whom it stands for.

Full names first, then surnames, titles ("the North Korean leader"), capitals and pronouns, each resolved
within the article. Pronouns go to the most salient earlier mention they can stand for: subjects before
objects, near before far, words in quotation marks hardly at all. `names` is the list to read over before counting.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.cache import Recent
from framing.entities.definite_descriptions import add_titles, newly_settled, person_for
from framing.entities.epithets import ages_of, role_of_person
from framing.entities.mentions import Cast, Mention, Spans, covered, covering
from framing.entities.names import (
    Names,
    is_given_name,
    is_short_for,
    is_surname_of,
    merge_names,
    name_words,
    plain_name,
    same_person,
    suffix_of,
    without_accents,
    without_suffix,
)
from framing.entities.organisations import find_named_after, find_parties, is_own_paper
from framing.entities.people import SITE_AHEAD, find_people, pronoun_of, read_runs, short_forms, title_case_lines
from framing.entities.places import Place, countries_in, find_places, place_words, us_states
from framing.entities.pronouns import add_pairs, add_pronouns
from framing.entities.register import Decisions, Register, read_decisions, register_of, with_declared, with_surnames
from framing.entities.roles import Run, Title, function_at, functions, role_of_words
from framing.language import parse
from framing.steadiness import steady
from framing.tables import KEYS, LEFT_OUT, as_articles
from framing.text.lexicon import word_lists
from framing.text.unicode import count, one_line
from framing.zones.passages import passage_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LISTED = word_lists("names/words")

SHARED = 0.5  # certainty of a surname or given name that several people of the article bear
_NO_NAME = frozenset(_LISTED["no_name"])
_BODIES_ALONE = frozenset(_LISTED["bodies_alone"])
_HALVES = frozenset(_LISTED["half_names"])
_ABBREVIATIONS = frozenset(_LISTED["abbreviations"])
_ADMINISTRATION = re.compile(r"(?<![\w’'-])(?:[Tt]he|[Hh]is|[Hh]er|[Tt]his) (administration)(?![\w-]| of )")
_PARTISAN = re.compile(r"\b(?:Republican|Democrat|Democratic|Socialist|Communist|Libertarian)$")
_PAST = re.compile(r"\b(?:former|ex|vice|deputy|then)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]{3,6}")  # "JAXA", which the parser may take for a person or a place
_WEATHER = re.compile(r"(?:Hurricane|Storm|Typhoon|Cyclone) ")
_JOINED = re.compile(r"(?:^|[^\w\s] |\b(?:[a-z’']+|The|US|U\.S\.) )([A-Z][a-z]+(?:, [A-Z][a-z]+)*),? and $")
_COMMA = re.compile(r", (?=[A-Z])(?!(?:Inc|Ltd|LLC|LLP|Corp|Co|Jr|Sr)\b)")
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")
_CAPITALISED = re.compile(r"(?<![\w’'-])[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*")
_LOCATIVE = re.compile(r"\b(?:in|at|near|from|to|into|outside|around|across|through|via|for|of) $", re.IGNORECASE)

_IN_BUILDING = re.compile(
    r"\b(?:at|in|inside|outside|near|into|around|visit(?:s|ed|ing)?|visits? to|toured?|left|leaving|entered|address from) (?:the )?$"
)


def find_mentions(
    text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None, headlines: list[tuple[int, int]] | None = None
) -> Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture).

    In `headlines`, and in lines that capitalise most words, the parse is not asked what a name is.
    """
    cast = Cast(text, doc, left_out)
    cast.headlines = sorted([*(headlines or []), *title_case_lines(text)])
    runs = read_runs(text, doc, cast.index, cast.left_out)
    cast.people, spots, bodies, unsure = find_people(text, doc, runs)
    cast.unsure = [(run.name_start, run.end) for run in runs if run.name in unsure]
    cast.genders = {person.name: person.gender or pronoun_of(person.name) for person in cast.people}
    for start, end, number in spots:
        cast.put(start, end, cast.people[number].name, "person", "name")
    _parties(cast)
    _short_names(cast)
    _places_and_bodies(cast, runs, bodies)
    cast.mentions.sort(key=lambda mention: mention.start)
    cast.genders |= _told_by_pronouns(cast)
    add_titles(cast)
    cast.keep([m for m in cast.mentions if not cast.is_left_out(m.start, m.end)])
    add_pairs(cast)
    add_pronouns(cast)
    return cast


_HE_OR_SHE = re.compile(r"\b(?:([Hh]e|[Hh]im|[Hh]is|[Hh]imself)|[Ss]he|[Hh]ers?|[Hh]erself)\b")
TOLD, CLEARLY = 3, 0.8  # pronouns that tell a person's gender, and the share that must agree; set by hand


def _told_by_pronouns(cast: Cast) -> dict[str, str]:
    """The gender of people whose names tell none, by the pronouns behind them where the text names nobody else."""
    named: dict[int, list[Mention]] = defaultdict(list)
    for mention in cast.mentions:
        if mention.kind == "person":
            named[mention.sentence].append(mention)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in _HE_OR_SHE.finditer(cast.text):
        here = cast.sentence_at(hit.start())
        near = named.get(here) or named.get(here - 1) or []
        who = {mention.entity for mention in near}
        if len(who) == 1 and near[0].end <= hit.start() and not cast.is_quoted(hit.start()):
            votes[str(near[0].entity)]["m" if hit.group(1) else "f"] += 1
    return {
        name: best
        for name, counts in votes.items()
        for best, n in counts.most_common(1)
        if not cast.genders.get(name, "-") and n >= TOLD and n >= CLEARLY * counts.total()
    }


def _parties(cast: Cast) -> None:
    for start, end in find_named_after(cast.text):
        if cast.free(start, end):
            cast.put(start, end, cast.text[start:end], "body", "name")
    for start, end, name in _administrations(cast):
        if cast.free(start, end):
            cast.put(start, end, name, "body", "title")
    for party in find_parties(cast.text):
        if cast.free(party.start, party.end):
            cast.put(party.start, party.end, party.name, party.kind, "name")


def _administrations(cast: Cast) -> Iterator[tuple[int, int, str]]:
    """Where "the administration" is that of the head of state the article tells of, and whose it is."""
    named = {
        cast.text[start:end]
        for start, end in find_named_after(cast.text)
        if cast.text[start:end].endswith("administration")
    }
    heads = {
        f"{re.split(' ', without_suffix(person.name))[-1]} administration"
        for person in cast.people
        if any(
            title.noun == "president"
            and not _PAST.search(title.beside)
            and (title.countries or title.beside.lower() in {"", "president"})
            for title in person.titles
        )
    }
    owners = named or heads
    for hit in _ADMINISTRATION.finditer(cast.text) if len(owners) == 1 else []:
        yield *hit.span(1), next(iter(owners))


def _short_names(cast: Cast) -> None:
    words: dict[str, list[int]] = {}
    for word, number in [
        *((form, n) for n, p in enumerate(cast.people) for form in p.forms),
        *short_forms(cast.people),
    ]:
        if len(word) > 1 and number not in words.setdefault(word, []):
            words[word].append(number)
    for word in [word for word in words if len(word) > 3 and word.upper() in cast.text]:
        words.setdefault(word.upper(), words[word])  # a headline in capitals
    if words and not (cast.text.isascii() and all(map(str.isascii, words))):
        plain = {without_accents(word): numbers for word, numbers in words.items()}
        for word in set(_CAPITALISED.findall(cast.text)):
            if without_accents(word) in plain:
                words.setdefault(word, plain[without_accents(word)])
    if not words:
        return
    taken = sorted((m.start, m.end) for m in cast.mentions)
    starts = [start for start, _ in taken]
    full = list(cast.mentions)
    pattern = re.compile(
        r"(?<![\w’'-])(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?![\w-]|[’'](?!s\b))"
    )
    for hit in pattern.finditer(cast.text):
        before = bisect_right(starts, hit.start()) - 1
        if (before >= 0 and taken[before][1] > hit.start()) or SITE_AHEAD.match(cast.text, hit.end()):
            continue
        if not (_heads_alone if cast.in_headline(hit.start()) else _named_alone)(cast, *hit.span(), words):
            continue
        choice = _which(cast, hit.group(), words[hit.group()], hit.start(), full)
        if choice is None:
            continue
        how = "name" if hit.group() in cast.people[choice].forms else "short"
        mention = cast.put(hit.start(), hit.end(), cast.people[choice].name, "person", how)
        mention.certainty = 1.0 if len(words[hit.group()]) == 1 or how == "name" else SHARED


def _heads_alone(cast: Cast, start: int, end: int, words: dict[str, list[int]]) -> bool:
    """Is this somebody's surname in a headline, where every word may be capitalised and the parse is no help?"""
    word, before = cast.text[start:end], re.search(r"([A-Z][\w.’'-]*) $", cast.text[max(0, start - 30) : start])
    people = [cast.people[n] for n in words[word]]
    if " " in word or not any(is_surname_of(word, person.name) or word in person.nicknames for person in people):
        return " " in word
    return not (
        before
        and is_given_name(before.group(1))
        and not any(same_person(f"{before.group(1)} {word}", person.name) for person in people)
    )


def _named_alone(cast: Cast, start: int, end: int, words: dict[str, list[int]]) -> bool:
    token = cast.token_at(start)
    word = cast.text[start:end]
    if " " in word or "-" in word:
        return True
    people = [cast.people[n] for n in words[word]]
    surname = any(name_words(one.name)[-1] == word.lower() or word in one.nicknames for one in people)
    if word in place_words() and _LOCATIVE.search(cast.text[max(0, start - 9) : start]):
        return False  # "in Jordan", though somebody is called so
    if not surname and token.pos_ != "PROPN":
        return False
    if token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} and token.ent_type_ != "PERSON" and start not in cast.sentences:
        return False
    ahead = re.match(r"[ \u00a0]([A-ZÀ-Þ][\w’'-]*)", cast.text[end : end + 30])
    if word.lower() in functions() and (ahead or cast.text[max(0, start - 4) : start].lower() == "the "):
        return False  # "King Charles", "the Bishop"
    return not (
        ahead
        and cast.token_at(end + 1).ent_type_ == "PERSON"
        and ahead.group(1) not in words
        and token.ent_type_ == "PERSON"
        and cast.token_at(end + 1).ent_iob_ == "I"
    )


def _which(cast: Cast, word: str, choices: list[int], start: int, full: list[Mention]) -> int | None:
    """Of several people with this name: by surname and address, then whom the article brings in first.

    News keeps the bare surname for the person it is about and writes the namesake out ("her husband, Bill Hale").
    """
    by_surname = [
        n
        for n in choices
        if name_words(cast.people[n].name)[-1] == name_words(word)[-1]
        or word in cast.people[n].nicknames
        or len(name_words(cast.people[n].name)) > 2
    ]
    choices = by_surname or choices
    choices = [n for n in choices if not _called_otherwise(cast, word, n)] or choices
    generation = re.search(r"\b(younger|elder|older) $", cast.text[max(0, start - 8) : start])
    if generation and len(choices) > 1:  # "the younger Brenner"
        sons = [n for n in choices if suffix_of(cast.people[n].name) not in {"", "sr"}]
        choices = (sons if generation.group(1) == "younger" else [n for n in choices if n not in sons]) or choices
    elif not suffix_of(word):  # "Brenner" is the father where a "Brenner Jr." is told apart
        choices = [n for n in choices if not suffix_of(cast.people[n].name)] or choices
    address = re.search(r"\b(Mr|Mrs|Ms|Miss)\.? $", cast.text[max(0, start - 6) : start])
    if address:
        wanted = "m" if address.group(1) == "Mr" else "f"
        choices = [n for n in choices if cast.genders[cast.people[n].name] in {wanted, ""}]
        choices = [n for n in choices if cast.genders[cast.people[n].name] == wanted] or choices
    if address and len(choices) > 1:  # "Miss Hale": whoever was named in full last
        names = {cast.people[n].name: n for n in choices}
        earlier = [m for m in full if m.start < start and m.entity in names]
        choices = [names[earlier[-1].entity or ""]] if earlier else choices
    known = [
        n
        for n in choices
        if cast.genders[cast.people[n].name] or cast.people[n].titles or len(name_words(cast.people[n].name)) > 2
    ]  # not "Top Hale"
    return min(known or choices, key=lambda n: cast.people[n].first) if choices else None


def _called_otherwise(cast: Cast, word: str, number: int) -> bool:
    """Is this person's name cut short in another way: Ana Marin Soto as "Marin", where "Soto" is somebody else?"""
    person = cast.people[number]
    return word not in person.nicknames and any(nick in person.name.split() for nick in person.nicknames)


def _places_and_bodies(cast: Cast, runs: list[Run], told: set[str]) -> None:
    taken = covering([(m.start, m.end) for m in cast.mentions])
    places = [found for found in find_places(cast.text) if not taken(found[0], found[1])]
    placed = Spans(place[:2] for place in places)
    bodies: list[tuple[int, int]] = [
        (run.name_start, run.end)
        for run in runs
        if run.name in told
        and not taken(run.name_start, run.end)
        and not _no_body(cast, run.name_start, run.end, placed)
    ]
    for run in runs:
        words = cast.text[run.start : run.end]
        if taken(run.start, run.end) or {run.name, words} & (told | _ABBREVIATIONS):
            continue
        if " " not in words and not words.isupper():
            continue
        if function_at(words.split()):
            continue  # "German Economics Minister" is somebody
        begin = run.start + (len(words.split()[0]) + 1 if words.split()[0] in _NO_NAME else 0)
        if role_of_words(_without_places(words)) not in {"unknown", "citizen"} and not _no_body(
            cast, begin, run.end, placed
        ):
            bodies.append((begin, run.end))
    noted = Spans(bodies)
    for ent in cast.doc.ents:
        if cast.in_headline(ent.start_char) and cast.text.count(ent.text) == 1:
            continue  # words with capitals
        if not (
            ent.label_ == "ORG"
            or (ent.label_ in {"PERSON", "GPE"} and _LETTERS.fullmatch(ent.text) and ent.text not in place_words())
        ):
            continue
        for start, end in _names_in(cast, ent.start_char, ent.end_char):
            name = cast.text[start:end]
            if taken(start, end) or noted.near(start, end):
                continue
            if name.split()[:1] and name.split()[0] in _NO_NAME:
                start += len(name.split()[0]) + 1  # "Such UN resolutions"
                name = cast.text[start:end]
            if function_at(name.split()) or name in _ABBREVIATIONS or _no_body(cast, start, end, placed):
                continue
            if name[:1].isupper() and "\n" not in name and not _only_place(name):
                bodies.append((start, end))
                noted.add(start, end)
    for hit in _ACRONYM.finditer(cast.text):
        if (
            not taken(*hit.span())
            and not noted.near(*hit.span())
            and not placed.near(*hit.span())
            and hit.group() not in place_words()
            and role_of_words(hit.group()) != "unknown"
            and hit.group() not in _ABBREVIATIONS
        ):
            bodies.append(hit.span())
            noted.add(*hit.span())
    bodies += _bodies_in_headlines(cast, bodies, [p[:2] for p in places] + [(m.start, m.end) for m in cast.mentions])
    whole = [_whole(cast, *span) for span in bodies]
    grown = [span for span, before in zip(whole, bodies, strict=True) if span != before]
    bodies = whole
    for start, end in bodies:
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in grown):
            cast.put(start, end, plain_name(cast.text[start:end]), "body", "name")
    noted = Spans(bodies)
    for start, end, place in places:
        if place.how != "adjective" and not noted.near(start, end):
            _put_place(cast, start, end, place)


def _names_in(cast: Cast, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What the parse takes for one body, without "the" and "'s", as the bodies it names: "Orbit Beyond, Masten Systems"."""
    start += 4 if cast.text[start : start + 4].lower() == "the " else 0
    end -= 2 if cast.text[end - 2 : end] in {"'s", "’s"} else 0
    for part in _COMMA.split(cast.text[start:end]):
        if len(part.strip()) > 1:
            yield start, start + len(part)
        start += len(part) + 2


def _whole(cast: Cast, start: int, end: int) -> tuple[int, int]:
    """The "Exchange Commission" with the "Securities and" before it, where nothing else bears that name alone."""
    words = cast.text[start:end].split()
    before = _JOINED.search(cast.text, max(0, start - 40), start) if words and words[-1] in _BODIES_ALONE else None
    first = before.group(1) if before else ""
    if not before or first.split(", ")[0] in place_words() or not cast.free(*before.span(1)):
        return start, end
    alone = re.search(rf"\b{re.escape(first)}\b(?!,? and )", cast.text)
    return (start, end) if alone else (before.start(1), end)


def _bodies_in_headlines(
    cast: Cast, found: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where headlines name a body `found` in the text, which the parse seldom knows among so many capitals.

    Not "House" where the text has a house as well, nor in "Opera House"; `taken` are the places of everybody else.
    """
    named = {plain_name(cast.text[start:end]) for start, end in found if not cast.in_headline(start)}
    lower = {word for word in re.findall(r"[^\W\d_]+", cast.text) if word.islower()}
    named = {name for name in named if " " in name or (name[:1].isupper() and name.lower() not in lower)}
    if not named:
        return []
    named |= {name.upper() for name in named if len(name) > 3}
    pattern = re.compile(
        r"(?<![\w’'&.-])(?:" + "|".join(map(re.escape, sorted(named, key=len, reverse=True))) + r")(?![\w&-])"
    )
    spans = [hit.span() for start, end in cast.headlines for hit in pattern.finditer(cast.text, start, end)]
    return [
        (start, end)
        for start, end in dict.fromkeys(spans)
        if not any(a < end and start < b for a, b in [*found, *taken]) and not _in_longer_name(cast, start, end)
    ]


def _in_longer_name(cast: Cast, start: int, end: int) -> bool:
    """Is this part of a longer name: "Opera House" (by the parse), "State Senate", "Hill Democrats"?"""
    if re.search(rf"(?<![\w’'-])(?:State|{'|'.join(us_states())}) $", cast.text[max(0, start - 20) : start]):
        return True
    if any(m.kind == "party" and m.start == end + 1 for m in cast.near(end + 1, end + 2)):
        return True
    token = cast.token_at(start)
    before = token.nbor(-1) if token.i else token
    return token.text in _BODIES_ALONE and before.head.i == token.i and before.dep_ in {"compound", "amod"}


def _no_body(cast: Cast, start: int, end: int, places: Spans) -> bool:
    """Is this a piece of a country's name ("Democratic People"), half an office ("Defence"), or a place where
    things happen ("at Vostochny")?"""
    name = cast.text[start:end]
    if _PARTISAN.search(name):
        return True  # "the Ohio Republican", "former Democratic": somebody or an adjective
    if name in _HALVES or _WEATHER.match(name) or any(a <= start and end < b for a, b in places.near(start, end)):
        return True
    words = re.findall(r"\w+", name)
    if (
        not name.isupper()
        and role_of_words(name) == "unknown"
        and all(word.lower() in _words_at(cast.text) for word in words)
    ):
        return True  # "a Shutdown" and "Border Security" in a post, and small elsewhere
    first_small = words and words[0].lower() in _words_at(cast.text)  # before the text is searched, which takes longer
    if first_small and name.isupper() and len(name) > 3 and re.search(rf"\b{re.escape(name.lower())}\b", cast.text):
        return role_of_words(name) == "unknown"  # "ATTEND the march", and "attend" elsewhere
    if " " in name or name.isupper() or role_of_words(name) != "unknown":
        return False
    if words == [name]:
        spots = _words_at(cast.text).get(name, [])
    else:
        spots = [hit.start() for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", cast.text)]
    located = sum(_LOCATIVE.search(cast.text[max(0, spot - 12) : spot]) is not None for spot in spots)
    return located * 2 > len(spots)


@lru_cache(maxsize=2)
def _words_at(text: str) -> dict[str, list[int]]:
    """Where each word of a text stands."""
    found: dict[str, list[int]] = {}
    for hit in re.finditer(r"\w+", text):
        found.setdefault(hit.group(), []).append(hit.start())
    return found


def _put_place(cast: Cast, start: int, end: int, place: Place) -> None:
    how = place.how
    before = cast.text[max(0, start - 24) : start]
    if how == "seat" and cast.text[start:end] in {"Kremlin", "White House"}:
        how = "place" if _IN_BUILDING.search(before) else how
    elif how == "seat" and _LOCATIVE.search(before) and cast.head(start, end).dep_ == "pobj":
        how = "place"
    mention = cast.put(start, end, place.country, "country", how)
    mention.seat = re.sub(r"^[Tt]he ", "", cast.text[start:end]) if place.how == "seat" else ""


def _without_places(words: str) -> str:
    for start, end, _ in reversed(find_places(words)):
        words = words[:start] + words[end:]
    return words


def _only_place(words: str) -> bool:
    places = find_places(words)
    return bool(places) and sum(stop - begin for begin, stop, _ in places) >= len(words) - 1


COLUMNS = [*KEYS, "mention", "start", "end", "entity", "entity_kind", "how", "certainty"]
PLACES = ("as written", "with their country")
IN_MEMORY = 500  # casts kept besides the parses

_recent: Recent[Cast] = Recent(IN_MEMORY)


def cast_of(row: Any, doc: Doc) -> Cast:
    """The `Cast` of a parsed article, kept for the next caller."""

    def made() -> Cast:
        spans = passage_spans(row)
        left_out = [(start, end) for start, end, zone in spans if zone in [*LEFT_OUT, "byline", "credit"]]
        headlines = [(start, end) for start, end, zone in spans if zone == "headline"]
        cast = find_mentions(row.text, doc, left_out, headlines)
        for mention in cast.mentions:
            if mention.kind == "body" and is_own_paper(str(mention.entity), outlet):
                mention.entity = plain_name(outlet)
        return cast

    outlet = str(getattr(row, "outlet", ""))
    return _recent.made(f"{row.known_zones}|{outlet}|{row.text}", made)


def known_titles(casts: Iterable[Cast]) -> dict[str, list[Title]]:
    """The titles other articles give to people, by every form of their names: for articles that give none."""
    titles: dict[str, list[Title]] = defaultdict(list)
    names: Counter[str] = Counter()
    for cast in casts:
        for person in cast.people:
            names[person.name] += 1
            titles[person.name] += [title for title in person.titles if title.countries]
    settled = merge_names(names)
    together: dict[str, list[Title]] = defaultdict(list)
    for name, (target, _) in settled.items():
        together[target] += [title for title in titles[name] if title not in together[target]]
    return {name: together[target] for name, (target, _) in settled.items()}


def with_country(places: str) -> bool:
    """Whether a government named by its place counts with its country; raises ``ValueError`` for an unknown way."""
    if places not in PLACES:
        raise ValueError(
            f"places is {places!r}; use 'as written' (Moscow and Russia are two) or 'with their country' "
            "(Moscow counts as Russia)."
        )
    return places == "with their country"


@steady
def resolve_mentions(
    articles: pd.DataFrame, *, names: Names | Decisions = None, pronouns: bool = True, places: str = "as written"
) -> pd.DataFrame:
    """Every mention of a person, country, body, party or group, and whom it stands for.

    Parameters
    ----------
    articles : as from `read_articles`.
    names : your own decisions: a ``names.toml`` (see `read_decisions`), or one name per person as in `canonical_names`.
        A variant merged into a name counts for it wherever it stands as written.
    pronouns : keep "he", "she", "it", "they" where they could be resolved.
    places : "as written" keeps a capital or seat of government ("Moscow", "the White House") apart from its country;
        "with their country" counts it as the country.

    Returns
    -------
    One row per mention, in order: ``article_id, outlet, event``; ``mention`` (as written), ``start, end``;
    ``entity`` (one name across the corpus: "Kim Jong-un", "North Korea"); ``entity_kind`` ("person", "country",
    "seat": a capital or seat of government, "body", "party" or "group", as `names` lists them); ``how``: "name",
    "short" (a surname), "title" ("the North Korean leader", "his guest"), "seat" (a capital for its government),
    "place" (a capital as a place), "pronoun"; ``certainty`` (0 to 1): 1 for a name, .5 for a surname that several people
    of the article bear, and for a pronoun the chance that its model gives. "The two leaders"
    give one row per member. Mentions that could not be resolved, and names dropped by your decisions, are left out.

    Notes
    -----
    Resolved within the article by rules; titles that only another article gives count for descriptions that name a
    country. Pronouns go to the most salient earlier mention and err most.
    """
    joined = with_country(places)
    rows = []
    casts = [(row, cast_of(row, doc)) for row, doc in parse(as_articles(articles))]
    register = register_of({row.article_id: cast for row, cast in casts}, names)
    known = known_titles(cast for _, cast in casts)
    for row, cast in casts:
        mentions = with_surnames(cast, [*cast.mentions, *later_mentions(cast, known)], register)
        mentions = with_declared(cast, mentions, register, row.article_id)
        for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
            hidden = mention.how == "pair" or mention.kind.startswith("unnamed")
            if not mention.entity or hidden or (mention.how == "pronoun" and not pronouns):
                continue
            for name, kind in _entities(register, row.article_id, cast, mention, joined):
                rows.append(
                    [
                        row.article_id,
                        row.outlet,
                        row.event,
                        row.text[mention.start : mention.end],
                        mention.start,
                        mention.end,
                        name,
                        kind,
                        mention.how,
                        mention.certainty,
                    ]
                )
    return pd.DataFrame(rows, columns=COLUMNS)


def _entities(
    register: Register, article_id: Any, cast: Cast, mention: Mention, joined: bool
) -> Iterator[tuple[str, str]]:
    """The printed name and kind of everybody a mention stands for."""
    for member in str(mention.entity).split("; ") if mention.kind == "group" else [str(mention.entity)]:
        kind = mention.kind
        if kind == "group":
            kind = "person" if any(person.name == member for person in cast.people) else "country"
        elif mention.seat and not joined:
            kind, member = "seat", mention.seat
        name = (
            register.person(article_id, member)
            if kind == "person"
            else register.body(member)
            if kind == "body"
            else member
        )
        printed = register.printed(name)
        if printed is not None:
            grouped = printed in register.decisions.group.values()
            yield printed, "group" if grouped or kind == "movement" else kind


# Mentions that only the whole article, or the other articles, settle: "the Russian", "the 52-year-old".
#
# They are read when everybody else is known, and no pronoun is decided by them. Kept to what proved right nine times
# in ten or more: epithets such as "the striker" or "the company" are resolved as sources only (see `epithets`).

_NATIONAL = re.compile(r"(?<![\w’'-])[Tt]he ([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?![\w’'-]*\s?[A-Z])")
_AGE = re.compile(r"(?<![\w’'-])[Tt]he (\d{1,3})-year-old(?![\w-])")


def later_mentions(cast: Cast, known: dict[str, list[Title]]) -> list[Mention]:
    """Mentions of people beyond those of `cast`, in order; `known` holds titles from other articles."""
    found: list[Mention] = []
    for start, end, name in _candidates(cast, known):
        people = [m for m in cast.near(start, end) if m.kind == "person" and m.how != "pronoun"]
        inside_quote_of_them = covered(start, end, [(m.start, m.end) for m in found])
        if name and not people and not inside_quote_of_them and not cast.is_left_out(start, end):
            found.append(Mention(start, end, name, "person", "title", cast.sentence_at(start)))
    return sorted(found, key=lambda mention: mention.start)


def _candidates(cast: Cast, known: dict[str, list[Title]]) -> Iterator[tuple[int, int, str | None]]:
    for start, end, name in newly_settled(cast, known):
        words = cast.text[start:end]
        if countries_in(words) or re.match(r"[Ii]ts |[Tt]heir ", words):  # titles from elsewhere tell no "nominee"
            yield start, end, name
    for hit in _AGE.finditer(cast.text):
        if cast.token_at(hit.end() - 1).dep_ not in {"compound", "amod"}:
            named = [
                person.name
                for person in cast.people
                if hit.group(1) in ages_of(cast, person.name) and person.first < hit.start()
            ]
            yield *hit.span(), named[0] if len(named) == 1 else None
    for hit in _NATIONAL.finditer(cast.text):
        place = place_words().get(hit.group(1))
        if place and place.how == "adjective" and _stands_alone(cast, hit.end()):
            yield *hit.span(), person_for(cast, "leader", hit.group(), hit.start(), known=known)


def _stands_alone(cast: Cast, end: int) -> bool:
    """Is the adjective itself the noun: "the Russian noted", not "the Russian side" or "the Russians"?"""
    token = cast.token_at(end - 1)
    after = cast.text[end : end + 2]
    if token.tag_ in {"NNS", "NNPS"} or token.dep_ in {"amod", "compound", "nmod"}:
        return False
    return not re.match(r" [\w“\"(]", after) or (token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i)


_DRAFT = """# Names in doubt, to decide on before counting; notebook 08 shows all names. Take the # away before what is
# right, strike out what is wrong, and save the file as names.toml. A list drop must stand above the first [table]."""
_SECTIONS = {  # of the draft, in the order of the file
    "drop": "In a headline and hardly in its article. No person of the story (a street, a ship, a photo agency)?",
    "merge": "One surname, and perhaps one person. Strike out who is somebody else.",
    "split": "Taken for one. Are they two people?",
}
_READ_OVER = 30  # names without a doubt in a draft
REVIEW = ["doubt", "name", "kind", "variants", "n_mentions", "n_articles", "n_outlets", "role", "side"]
FEW = 2  # mentions in an article of somebody in its headline that make one look twice
KINDS = {"country": "place", "seat": "place"}


@dataclass(frozen=True)
class _Doubt:
    """Why a name may be wrong, in which section of names.toml that is put right, and which other names it is about."""

    reason: str
    section: str = ""
    others: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join([self.reason, ", ".join(self.others)]).strip()


def names(articles: pd.DataFrame, *, names: Names | Decisions = None) -> pd.DataFrame:
    """Everybody the articles name, doubtful ones first: read it, write ``names.toml``, and every table follows.

    Parameters
    ----------
    articles : as from `read_articles`.
    names : decisions made before, as for `resolve_mentions`; what they settle is in no doubt.

    Returns
    -------
    One row per name: ``doubt`` (why it may be wrong: two people of one surname, a bare surname that several bear, a
    headline's name that its article hardly names again, full names that were taken for one; else missing), ``name``,
    ``kind`` ("person", "body", "place", "party" or "group"), ``variants`` (as written, the commonest first),
    ``n_mentions`` (pronouns aside), ``n_articles``, ``n_outlets``, ``role`` (one of `framing.entities.roles.ROLES`;
    missing for places) and ``side`` (of your ``[group]``, under which the name is counted). Doubtful rows
    first, then the most mentioned.

    Notes
    -----
    On 50 events of US news, 18 of 20 people of a story stand under their name and in no other row; the rest are
    doubts more often than not. A person whom no article names in full stays a bare surname.
    """
    return _reviewed(articles, names)[0]


def draft_decisions(articles: pd.DataFrame, *, names: Names | Decisions = None) -> tuple[int, str]:
    """What to decide on the doubtful names of `names`: how many doubts, and a draft of ``names.toml``, commented out.

    Each doubt is a line that would put it right: a merge, a split, a drop. Below stand people of one surname whose given
    names tell them apart, who are not proposed, and the names that nothing speaks against, to be read over. With the
    ``#`` before its lines of TOML taken away it is a file that `read_decisions` reads.
    """
    table, doubts = _reviewed(articles, names)
    said = {
        row.name: f"{row.name}: {count(row.n_mentions, 'mention')} in {count(row.n_articles, 'article')}"
        for row in table[table["kind"] == "person"].itertuples()
    }
    parts, n, apart = [_DRAFT], 0, list[list[str]]()
    for section, told in _SECTIONS.items():
        pairs = [(name, doubt) for name in said for doubt in doubts.get(name, []) if doubt.section == section]
        if section == "drop":
            lines = [f"{_quoted(name)}, # {said[name]}" for name, _ in pairs]
            lines = ["drop = [", *(f"  {line}" for line in lines), "]"] if lines else []
        else:
            proposals = [(name, doubt.others) for name, doubt in pairs]
            if section == "merge":
                proposals, apart = _one_line_each(pairs, said)
            lines = [
                f"{_quoted(name)} = [{', '.join(map(_quoted, others))}] # "
                + "; ".join(said.get(one, one) for one in [name, *others])
                for name, others in proposals
            ]
            lines = [f"[{section}]", *lines] if lines else []
        if lines:
            parts.append("\n".join([f"# {told}", "#", *(f"# {one_line(line)}" for line in lines)]))
            n += len(pairs) if section != "merge" else len(lines) - 1
    if n and apart:
        lines = ["# " + one_line("; ".join(said.get(name, name) for name in group)) for group in apart]
        parts.append("\n".join(["# Told apart: one surname, and given names of different people.", "#", *lines]))
    sure = [line for name, line in said.items() if name not in doubts][:_READ_OVER]
    if n and sure:
        parts.append(
            "\n".join(
                [
                    "# Nothing speaks against these; are they people of the story, each under one name?",
                    "#",
                    *(f"# {one_line(line)}" for line in sure),
                ]
            )
        )
    return n, "\n\n".join(parts) + "\n"


def _one_line_each(
    pairs: list[tuple[str, _Doubt]], said: Mapping[str, str]
) -> tuple[list[tuple[str, list[str]]], list[list[str]]]:
    """People of one surname who may be one, a line for each full name; and the full names that are told apart."""
    groups = dict.fromkeys(
        tuple(sorted({name, *doubt.others} & set(said), key=list(said).index)) for name, doubt in pairs
    )
    lines: dict[str, list[str]] = {}
    apart = []
    for group in groups:
        full = [name for name in group if len(name_words(name)) > 1] or list(group[:1])
        bare = [name for name in group if name not in full]
        for number, name in enumerate(full):
            others = [*(other for other in full[number + 1 :] if _may_be_one(name, other)), *bare]
            lines[name] = list(dict.fromkeys([*lines.get(name, []), *others]))
        strangers = [name for name in full if not any(_may_be_one(name, other) for other in full if other != name)]
        if len(full) > 1 and strangers and full not in apart:
            apart.append(full)
    return [(name, others) for name, others in lines.items() if others], apart


def _may_be_one(name: str, other: str) -> bool:
    """Whether two full names of one surname may be one person's: one given name, its short form or its initial."""
    first, second = plain_name(name_words(name)[0]), plain_name(name_words(other)[0])
    initial = min(len(first.strip(".")), len(second.strip("."))) == 1 and first[:1] == second[:1]
    return first == second or initial or same_person(without_suffix(name), without_suffix(other))


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _reviewed(articles: pd.DataFrame, names: Names | Decisions) -> tuple[pd.DataFrame, dict[str, list[_Doubt]]]:
    """The table of `names`, and the doubts by name."""
    table, decisions = as_articles(articles), read_decisions(names)
    ungrouped = Decisions(decisions.merge, decisions.split, decisions.rename, decisions.drop)
    mentions = resolve_mentions(table, names=ungrouped, pronouns=False)
    if mentions.empty:
        return pd.DataFrame(columns=REVIEW), {}
    casts = {row.article_id: cast_of(row, doc) for row, doc in parse(table)}
    register = register_of(casts, ungrouped)
    heads = {
        row.article_id: [span for *span, zone in passage_spans(row) if zone == "headline"] for row in table.itertuples()
    }
    doubts = _doubts(
        mentions,
        register,
        heads,
        settled=set(decisions.merge.values()) | {name for pair in decisions.split for name in pair},
    )
    roles = _roles(casts, register)
    rows = []
    for (name, kind), here in mentions.groupby(["entity", "entity_kind"], sort=True):
        named = here[here["how"].isin(["name", "short", "seat", "place"])]
        written = Counter(named["mention"] if len(named) else here["mention"])
        role = roles.get(name, "unknown") if kind == "person" else pd.NA if kind in KINDS else role_of_words(str(name))
        doubt = "; ".join(dict.fromkeys(map(str, doubts.get(name, [])))) if kind == "person" else ""
        rows.append(
            [
                doubt or pd.NA,
                name,
                KINDS.get(str(kind), kind),
                "; ".join(form for form, _ in sorted(written.items(), key=lambda item: (-item[1], item[0]))),
                len(here),
                here["article_id"].nunique(),
                here["outlet"].nunique(),
                role,
                decisions.group.get(str(name), pd.NA),
            ]
        )
    result = pd.DataFrame(rows, columns=REVIEW)
    order = (
        result.assign(sure=result["doubt"].isna())
        .sort_values(["sure", "n_mentions", "name"], ascending=[True, False, True])
        .index
    )
    return result.loc[order].reset_index(drop=True), doubts


def _roles(casts: dict[Any, Cast], register: Register) -> dict[str, str]:
    """The commonest known role of each person, over the articles."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, cast in casts.items():
        for person in cast.people:
            role = role_of_person(cast, person.name)
            if role != "unknown":
                counts[str(register.printed(register.person(article_id, person.name)))][role] += 1
    return {name: min(roles, key=lambda role: (-roles[role], role)) for name, roles in counts.items()}


def _doubts(
    mentions: pd.DataFrame, register: Register, heads: dict[Any, list[Any]], *, settled: Iterable[str]
) -> dict[str, list[_Doubt]]:
    people = mentions[mentions["entity_kind"] == "person"]
    found: dict[str, list[_Doubt]] = defaultdict(list)
    for key, doubt in register.doubts.items():
        found[str(register.printed(register.people[key]))].append(_Doubt(doubt))
    surnames: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    for (_, written), name in register.people.items():
        forms[str(register.printed(name))].add(written)
    for name in people["entity"].unique():
        surnames[name_words(name)[-1]].add(name)
    for name in people["entity"].unique():
        others = sorted(surnames[name_words(name)[-1]] - {name})
        if others:
            found[name].append(_Doubt("the same surname as", "merge", others[:3]))
        merged = sorted(
            form
            for form in forms[name]
            if name_words(form) != name_words(name) and not is_short_for(form, name) and same_person(form, name)
        )
        if merged:
            found[name].append(_Doubt("taken for one with", "split", merged))
    for (article_id, name), here in people.groupby(["article_id", "entity"], sort=True):
        top = [any(start <= place < end for start, end in heads[article_id]) for place in here["start"]]
        if any(top) and len(here) - sum(top) < FEW:
            found[str(name)].append(_Doubt("in a headline, and hardly in its article", "drop"))
    return {name: doubts for name, doubts in found.items() if doubts and name not in set(settled)}
