"""The cast of an article: every mention of a person, country or body, and whom it stands for.

Full names first, then surnames, titles ("the North Korean leader"), capitals and pronouns, each resolved
within the article. Pronouns go to the most salient earlier mention they can stand for: subjects before
objects, near before far, words in quotation marks hardly at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from framing.marks import quotation_spans
from framing.naming.descriptions import add_titles
from framing.naming.names import name_words, plain_name
from framing.naming.parties import host_and_guest
from framing.naming.people import covered, find_people, pronoun_of, read_runs, short_forms
from framing.naming.places import Place, find_places, place_words
from framing.naming.pronouns import QUOTED, UNNAMED, add_pairs, add_pronouns, is_unnamed
from framing.naming.roles import role_of_words
from framing.naming.titles import function_at

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# How much a mention's place in its sentence says that the next pronoun means it.
WEIGHTS = {"nsubj": 1.0, "nsubjpass": 0.95, "agent": 0.5, "dobj": 0.5, "pobj": 0.4, "poss": 0.4, "appos": 0.5,
           "dative": 0.5, "compound": 0.2, "ROOT": 0.6, "attr": 0.4}
_NO_NAME = {"Such", "This", "These", "Those", "That", "Some", "Any", "All", "Both", "Other", "Every", "Each", "More",
            "Most", "Many", "Several", "No", "If", "But", "And", "When", "After", "Its", "Their", "His", "Her", "As"}
_HALVES = {"Defence", "Defense", "Foreign", "State", "Interior", "Finance", "Justice", "Republic", "People",
           "Democratic"}
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]{1,6}\b")
_LOCATIVE = re.compile(r"\b(?:in|at|near|from|to|into|outside|around|across|through|via|for|of) $", re.IGNORECASE)


@dataclass
class Mention:
    """One mention: where it stands, whom it means and how."""

    start: int
    end: int
    entity: str | None
    kind: str  # "person", "country", "body" or "group"
    how: str  # "name", "short", "title", "seat", "place", "pronoun"
    sentence: int = 0
    weight: float = 0.0


STRETCH = 64  # characters by which mentions are looked up


class Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture)."""

    def __init__(self, text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None) -> None:
        self.text, self.doc = text, doc
        self.left_out = left_out or []
        self.index, self.sentences = _offsets(doc)
        self.marks = [(m.start, m.end) for m in quotation_spans(text) if m.depth == 0]
        self.mentions: list[Mention] = []
        self._in_stretch: dict[int, list[Mention]] = {}
        runs = read_runs(text, doc, self.index, self.left_out)
        self.people, spots = find_people(text, doc, runs)
        self.genders = {person.name: person.gender or pronoun_of(person.name) for person in self.people}
        for start, end, number in spots:
            self.put(start, end, self.people[number].name, "person", "name")
        self._short_names()
        self._places_and_bodies(runs)
        self.mentions.sort(key=lambda mention: mention.start)
        add_titles(self)
        self.mentions = [m for m in self.mentions if not covered(m.start, m.end, self.left_out)]
        self._in_stretch = {}
        for mention in self.mentions:
            self._note_place(mention)
        add_pairs(self)
        add_pronouns(self)

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

    def _note_place(self, mention: Mention) -> None:
        for stretch in range(mention.start // STRETCH, mention.end // STRETCH + 1):
            self._in_stretch.setdefault(stretch, []).append(mention)

    def free(self, start: int, end: int) -> bool:
        return not any(m.start < end and start < m.end for m in self.near(start, end))

    def near(self, start: int, end: int) -> list[Mention]:
        found = {id(m): m for stretch in range(start // STRETCH, end // STRETCH + 1)
                 for m in self._in_stretch.get(stretch, ()) if m.start < end and start < m.end}
        return sorted(found.values(), key=lambda mention: (mention.start, -mention.end))

    def _short_names(self) -> None:
        words: dict[str, list[int]] = {}
        for word, number in [*((form, n) for n, p in enumerate(self.people) for form in p.forms),
                             *short_forms(self.people)]:
            if len(word) > 1 and number not in words.setdefault(word, []):
                words[word].append(number)
        for word in [word for word in words if len(word) > 3 and word.upper() in self.text]:
            words.setdefault(word.upper(), words[word])  # a headline in capitals
        if not words:
            return
        taken = sorted((m.start, m.end) for m in self.mentions)
        starts = [start for start, _ in taken]
        full = list(self.mentions)
        pattern = re.compile(r"(?<![\w’'-])(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
                             + r")(?![\w-]|[’'](?!s\b))")
        for hit in pattern.finditer(self.text):
            before = bisect_right(starts, hit.start()) - 1
            if before >= 0 and taken[before][1] > hit.start():
                continue
            if not self._stands_alone(hit.start(), hit.end(), words):
                continue
            choice = self._which(hit.group(), words[hit.group()], hit.start(), full)
            if choice is None:
                continue
            how = "name" if hit.group() in self.people[choice].forms else "short"
            self.put(hit.start(), hit.end(), self.people[choice].name, "person", how)

    def _stands_alone(self, start: int, end: int, words: dict[str, list[int]]) -> bool:
        token = self.token_at(start)
        word = self.text[start:end]
        if " " in word:
            return True
        surname = any(name_words(self.people[n].name)[-1] == word.lower() or word in self.people[n].nicknames
                      for n in words[word])
        if not surname and token.pos_ != "PROPN":
            return False
        if token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} and token.ent_type_ != "PERSON" \
                and start not in self.sentences:
            return False
        ahead = re.match(r"[ \u00a0]([A-ZÀ-Þ][\w’'-]*)", self.text[end:end + 30])
        return not (ahead and self.token_at(end + 1).ent_type_ == "PERSON" and ahead.group(1) not in words
                    and token.ent_type_ == "PERSON" and self.token_at(end + 1).ent_iob_ == "I")

    def _which(self, word: str, choices: list[int], start: int, full: list[Mention]) -> int | None:
        """Of several people with this name: by surname and address, then whom the article brings in first.

        News keeps the bare surname for the person it is about and writes the namesake out ("her husband, Bill Hale").
        """
        by_surname = [n for n in choices if name_words(self.people[n].name)[-1] == name_words(word)[-1]
                      or word in self.people[n].nicknames
                      or len(name_words(self.people[n].name)) > 2]
        choices = by_surname or choices
        address = re.search(r"\b(Mr|Mrs|Ms|Miss)\.? $", self.text[max(0, start - 6):start])
        if address:
            wanted = "m" if address.group(1) == "Mr" else "f"
            choices = [n for n in choices if self.genders[self.people[n].name] in {wanted, ""}]
            choices = [n for n in choices if self.genders[self.people[n].name] == wanted] or choices
        if address and len(choices) > 1:  # "Miss Hale": whoever was named in full last
            names = {self.people[n].name: n for n in choices}
            earlier = [m for m in full if m.start < start and m.entity in names]
            choices = [names[earlier[-1].entity or ""]] if earlier else choices
        known = [n for n in choices if self.genders[self.people[n].name] or self.people[n].titles]  # not "Top Hale"
        return min(known or choices, key=lambda n: self.people[n].first) if choices else None

    def _places_and_bodies(self, runs: list) -> None:
        spans = sorted((m.start, m.end) for m in self.mentions)
        places = [found for found in find_places(self.text) if not covered(found[0], found[1], spans)]
        bodies: list[tuple[int, int]] = []
        for run in runs:
            words = self.text[run.start:run.end]
            if covered(run.start, run.end, spans) or (" " not in words and not words.isupper()):
                continue
            if function_at(words.split()):
                continue  # "German Economics Minister" is somebody
            begin = run.start + (len(words.split()[0]) + 1 if words.split()[0] in _NO_NAME else 0)
            if role_of_words(_without_places(words)) not in {"unknown", "citizen"} and not self._no_body(
                    begin, run.end, places):
                bodies.append((begin, run.end))
        for ent in self.doc.ents:
            if ent.label_ == "ORG" and not covered(ent.start_char, ent.end_char, spans + bodies):
                start = ent.start_char + (4 if ent.text.lower().startswith("the ") else 0)
                end = ent.end_char - (2 if ent.text[-2:] in {"'s", "’s"} else 0)
                name = self.text[start:end]
                if name.split()[:1] and name.split()[0] in _NO_NAME:
                    start += len(name.split()[0]) + 1  # "Such UN resolutions"
                    name = self.text[start:end]
                if function_at(name.split()) or self._no_body(start, end, places):
                    continue
                if name[:1].isupper() and "\n" not in name and not _only_place(name):
                    bodies.append((start, end))
        for hit in _ACRONYM.finditer(self.text):
            if not covered(*hit.span(), spans + bodies + [p[:2] for p in places]) and \
                    hit.group() not in place_words() and role_of_words(hit.group()) != "unknown":
                bodies.append(hit.span())
        for start, end in bodies:
            self.put(start, end, plain_name(self.text[start:end]), "body", "name")
        for start, end, place in places:
            if place.how != "adjective" and not covered(start, end, bodies):
                self._put_place(start, end, place)

    def _no_body(self, start: int, end: int, places: list[tuple[int, int, Place]]) -> bool:
        """Is this a piece of a country's name ("Democratic People"), half an office ("Defence"), or a place where
        things happen ("at Vostochny")?"""
        name = self.text[start:end]
        if name in _HALVES or any(a <= start and end < b for a, b, _ in places):
            return True
        if " " in name or name.isupper() or role_of_words(name) != "unknown":
            return False
        spots = [hit.start() for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self.text)]
        located = sum(_LOCATIVE.search(self.text[max(0, spot - 12):spot]) is not None for spot in spots)
        return located * 2 > len(spots)

    def _put_place(self, start: int, end: int, place: Place) -> None:
        how = place.how
        if how == "seat" and _LOCATIVE.search(self.text[max(0, start - 8):start]) and \
                self.head(start, end).dep_ == "pobj" and self.text[start:end] not in {"Kremlin", "White House"}:
            how = "place"
        self.put(start, end, place.country, "country", how)

    def speaker_mention(self, place: int, name: str) -> Mention:
        """The speaker of a quotation as a mention at the place of its source, for what comes after."""
        kind = "person" if any(person.name == name for person in self.people) else UNNAMED if is_unnamed(
            self, place) and role_of_words(name) in {"citizen", "anonymous", "expert", "unknown"} else "body"
        return Mention(place, place, name, kind, "title", self.sentence_at(place), 1.0)

    @cached_property
    def host_and_guest(self) -> tuple[str | None, str | None]:
        return host_and_guest(self)

    # -- looking up

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

    def is_quoted(self, position: int) -> bool:
        number = bisect_right(self.marks, (position, len(self.text))) - 1
        return number >= 0 and self.marks[number][1] > position


def _without_places(words: str) -> str:
    for start, end, _ in reversed(find_places(words)):
        words = words[:start] + words[end:]
    return words


def _offsets(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token and each sentence begins, without making a Python object of every token."""
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype("int64").sum(axis=1)
    starts = [0, *lengths.cumsum().tolist()][:len(doc)]
    heads = doc.to_array(["SENT_START"]).astype("int64").tolist()
    return starts, [start for start, first in zip(starts, heads, strict=True) if first == 1] or [0]


def _only_place(words: str) -> bool:
    places = find_places(words)
    return bool(places) and sum(stop - begin for begin, stop, _ in places) >= len(words) - 1
