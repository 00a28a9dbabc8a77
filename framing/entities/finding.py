"""Every mention of a person, country or body in an article, and whom it stands for.

Full names first, then surnames, titles ("the North Korean leader"), capitals and pronouns, each resolved
within the article. Pronouns go to the most salient earlier mention they can stand for: subjects before
objects, near before far, words in quotation marks hardly at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from framing.entities.definite_descriptions import add_titles
from framing.entities.mentions import Cast, Mention
from framing.entities.names import (
    is_given_name,
    is_surname_of,
    name_words,
    plain_name,
    same_person,
    suffix_of,
    without_suffix,
)
from framing.entities.parties import find_named_after, find_parties
from framing.entities.people import covered, find_people, pronoun_of, read_runs, short_forms, title_case_lines
from framing.entities.places import Place, find_places, place_words
from framing.entities.pronouns import add_pairs, add_pronouns
from framing.entities.roles import role_of_words
from framing.entities.titles import Run, function_at

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHARED = 0.5  # certainty of a surname or given name that several people of the article bear
_NO_NAME = {"Such", "This", "These", "Those", "That", "Some", "Any", "All", "Both", "Other", "Every", "Each", "More",
            "Most", "Many", "Several", "No", "If", "But", "And", "When", "After", "Its", "Their", "His", "Her", "As"}
_HALVES = {"Defence", "Defense", "Foreign", "State", "Interior", "Finance", "Justice", "Republic", "People",
           "Democratic"}
_ADMINISTRATION = re.compile(r"(?<![\w’'-])(?:[Tt]he|[Hh]is|[Hh]er|[Tt]his) (administration)(?![\w-]| of )")
_PAST = re.compile(r"\b(?:former|ex|vice|deputy|then)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")
_LOCATIVE = re.compile(r"\b(?:in|at|near|from|to|into|outside|around|across|through|via|for|of) $", re.IGNORECASE)


def find_mentions(text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None,
                  headlines: list[tuple[int, int]] | None = None) -> Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture).

    In `headlines`, and in lines that capitalise most words, the parse is not asked what a name is.
    """
    cast = Cast(text, doc, left_out)
    cast.headlines = sorted([*(headlines or []), *title_case_lines(text)])
    runs = read_runs(text, doc, cast.index, cast.left_out)
    cast.people, spots = find_people(text, doc, runs)
    cast.genders = {person.name: person.gender or pronoun_of(person.name) for person in cast.people}
    for start, end, number in spots:
        cast.put(start, end, cast.people[number].name, "person", "name")
    _parties(cast)
    _short_names(cast)
    _places_and_bodies(cast, runs)
    cast.mentions.sort(key=lambda mention: mention.start)
    add_titles(cast)
    cast.keep([m for m in cast.mentions if not covered(m.start, m.end, cast.left_out)])
    add_pairs(cast)
    add_pronouns(cast)
    return cast


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
    named = {cast.text[start:end] for start, end in find_named_after(cast.text)
             if cast.text[start:end].endswith("administration")}
    heads = {f"{re.split(' ', without_suffix(person.name))[-1]} administration" for person in cast.people
             if any(title.noun == "president" and not _PAST.search(title.beside) and (
                 title.countries or title.beside.lower() in {"", "president"}) for title in person.titles)}
    owners = named or heads
    for hit in _ADMINISTRATION.finditer(cast.text) if len(owners) == 1 else []:
        yield *hit.span(1), next(iter(owners))


def _short_names(cast: Cast) -> None:
    words: dict[str, list[int]] = {}
    for word, number in [*((form, n) for n, p in enumerate(cast.people) for form in p.forms),
                         *short_forms(cast.people)]:
        if len(word) > 1 and number not in words.setdefault(word, []):
            words[word].append(number)
    for word in [word for word in words if len(word) > 3 and word.upper() in cast.text]:
        words.setdefault(word.upper(), words[word])  # a headline in capitals
    if not words:
        return
    taken = sorted((m.start, m.end) for m in cast.mentions)
    starts = [start for start, _ in taken]
    full = list(cast.mentions)
    pattern = re.compile(r"(?<![\w’'-])(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
                         + r")(?![\w-]|[’'](?!s\b))")
    for hit in pattern.finditer(cast.text):
        before = bisect_right(starts, hit.start()) - 1
        if before >= 0 and taken[before][1] > hit.start():
            continue
        if not (_heads_alone if cast.in_headline(hit.start()) else _stands_alone)(cast, *hit.span(), words):
            continue
        choice = _which(cast, hit.group(), words[hit.group()], hit.start(), full)
        if choice is None:
            continue
        how = "name" if hit.group() in cast.people[choice].forms else "short"
        mention = cast.put(hit.start(), hit.end(), cast.people[choice].name, "person", how)
        mention.certainty = 1.0 if len(words[hit.group()]) == 1 or how == "name" else SHARED


def _heads_alone(cast: Cast, start: int, end: int, words: dict[str, list[int]]) -> bool:
    """Is this somebody's surname in a headline, where every word may be capitalised and the parse is no help?"""
    word, before = cast.text[start:end], re.search(r"([A-Z][\w.’'-]*) $", cast.text[max(0, start - 30):start])
    people = [cast.people[n] for n in words[word]]
    if " " in word or not any(is_surname_of(word, person.name) or word in person.nicknames for person in people):
        return " " in word
    return not (before and is_given_name(before.group(1)) and not any(
        same_person(f"{before.group(1)} {word}", person.name) for person in people))


def _stands_alone(cast: Cast, start: int, end: int, words: dict[str, list[int]]) -> bool:
    token = cast.token_at(start)
    word = cast.text[start:end]
    if " " in word:
        return True
    people = [cast.people[n] for n in words[word]]
    surname = any(name_words(one.name)[-1] == word.lower() or word in one.nicknames for one in people)
    if word in place_words() and _LOCATIVE.search(cast.text[max(0, start - 9):start]):
        return False  # "in Jordan", though somebody is called so
    if not surname and token.pos_ != "PROPN":
        return False
    if token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} and token.ent_type_ != "PERSON" \
            and start not in cast.sentences:
        return False
    ahead = re.match(r"[ \u00a0]([A-ZÀ-Þ][\w’'-]*)", cast.text[end:end + 30])
    return not (ahead and cast.token_at(end + 1).ent_type_ == "PERSON" and ahead.group(1) not in words
                and token.ent_type_ == "PERSON" and cast.token_at(end + 1).ent_iob_ == "I")


def _which(cast: Cast, word: str, choices: list[int], start: int, full: list[Mention]) -> int | None:
    """Of several people with this name: by surname and address, then whom the article brings in first.

    News keeps the bare surname for the person it is about and writes the namesake out ("her husband, Bill Hale").
    """
    by_surname = [n for n in choices if name_words(cast.people[n].name)[-1] == name_words(word)[-1]
                  or word in cast.people[n].nicknames
                  or len(name_words(cast.people[n].name)) > 2]
    choices = by_surname or choices
    if not suffix_of(word):  # "Brenner" is the father where a "Brenner Jr." is told apart
        choices = [n for n in choices if not suffix_of(cast.people[n].name)] or choices
    address = re.search(r"\b(Mr|Mrs|Ms|Miss)\.? $", cast.text[max(0, start - 6):start])
    if address:
        wanted = "m" if address.group(1) == "Mr" else "f"
        choices = [n for n in choices if cast.genders[cast.people[n].name] in {wanted, ""}]
        choices = [n for n in choices if cast.genders[cast.people[n].name] == wanted] or choices
    if address and len(choices) > 1:  # "Miss Hale": whoever was named in full last
        names = {cast.people[n].name: n for n in choices}
        earlier = [m for m in full if m.start < start and m.entity in names]
        choices = [names[earlier[-1].entity or ""]] if earlier else choices
    known = [n for n in choices if cast.genders[cast.people[n].name] or cast.people[n].titles]  # not "Top Hale"
    return min(known or choices, key=lambda n: cast.people[n].first) if choices else None


def _places_and_bodies(cast: Cast, runs: list[Run]) -> None:
    spans = sorted((m.start, m.end) for m in cast.mentions)
    places = [found for found in find_places(cast.text) if not covered(found[0], found[1], spans)]
    bodies: list[tuple[int, int]] = []
    for run in runs:
        words = cast.text[run.start:run.end]
        if covered(run.start, run.end, spans) or (" " not in words and not words.isupper()):
            continue
        if function_at(words.split()):
            continue  # "German Economics Minister" is somebody
        begin = run.start + (len(words.split()[0]) + 1 if words.split()[0] in _NO_NAME else 0)
        if role_of_words(_without_places(words)) not in {"unknown", "citizen"} and not _no_body(
                cast, begin, run.end, places):
            bodies.append((begin, run.end))
    for ent in cast.doc.ents:
        if cast.in_headline(ent.start_char) and cast.text.count(ent.text) == 1:
            continue  # words with capitals
        if ent.label_ == "ORG" and not covered(ent.start_char, ent.end_char, spans + bodies):
            start = ent.start_char + (4 if ent.text.lower().startswith("the ") else 0)
            end = ent.end_char - (2 if ent.text[-2:] in {"'s", "’s"} else 0)
            name = cast.text[start:end]
            if name.split()[:1] and name.split()[0] in _NO_NAME:
                start += len(name.split()[0]) + 1  # "Such UN resolutions"
                name = cast.text[start:end]
            if function_at(name.split()) or _no_body(cast, start, end, places):
                continue
            if name[:1].isupper() and "\n" not in name and not _only_place(name):
                bodies.append((start, end))
    for hit in _ACRONYM.finditer(cast.text):
        if not covered(*hit.span(), spans + bodies + [p[:2] for p in places]) and \
                hit.group() not in place_words() and role_of_words(hit.group()) != "unknown":
            bodies.append(hit.span())
    for start, end in bodies:
        cast.put(start, end, plain_name(cast.text[start:end]), "body", "name")
    for start, end, place in places:
        if place.how != "adjective" and not covered(start, end, bodies):
            _put_place(cast, start, end, place)


def _no_body(cast: Cast, start: int, end: int, places: list[tuple[int, int, Place]]) -> bool:
    """Is this a piece of a country's name ("Democratic People"), half an office ("Defence"), or a place where
    things happen ("at Vostochny")?"""
    name = cast.text[start:end]
    if name in _HALVES or any(a <= start and end < b for a, b, _ in places):
        return True
    if " " in name or name.isupper() or role_of_words(name) != "unknown":
        return False
    spots = [hit.start() for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", cast.text)]
    located = sum(_LOCATIVE.search(cast.text[max(0, spot - 12):spot]) is not None for spot in spots)
    return located * 2 > len(spots)


def _put_place(cast: Cast, start: int, end: int, place: Place) -> None:
    how = place.how
    if how == "seat" and _LOCATIVE.search(cast.text[max(0, start - 8):start]) and \
            cast.head(start, end).dep_ == "pobj" and cast.text[start:end] not in {"Kremlin", "White House"}:
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
