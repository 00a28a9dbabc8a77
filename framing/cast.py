"""The cast of an article: every mention of a person, country or body, and whom it stands for.

Full names first, then surnames, titles ("the North Korean leader"), capitals and pronouns, each resolved
within the article. Pronouns go to the most salient earlier mention they can stand for: subjects before
objects, near before far, words in quotation marks hardly at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from framing.marks import quotation_spans
from framing.names import name_words, plain_name
from framing.people import Person, Title, _function_at, find_people, pronoun_of, read_runs, short_forms
from framing.places import Place, countries_in, find_places
from framing.roles import LEADER, functions, role_of_words, same_function

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# How much a mention's place in its sentence says that the next pronoun means it.
WEIGHTS = {"nsubj": 1.0, "nsubjpass": 0.95, "agent": 0.5, "dobj": 0.5, "pobj": 0.4, "poss": 0.4, "appos": 0.5,
           "dative": 0.5, "compound": 0.2, "ROOT": 0.6, "attr": 0.4}
FADE = 0.55  # per sentence back
QUOTED = 0.15  # of the weight, inside quotation marks
FARTHEST = 6  # sentences a pronoun looks back

SINGULAR = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
NEUTER = {"it", "its", "itself"}
FEMALE, MALE = {"she", "her", "hers", "herself"}, {"he", "him", "his", "himself"}
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|[Tt]hey|[Tt]hem|[Tt]heirs?|[Ii]ts?|"
                      r"(?:him|her|it)self|themselves)\b")
_TWO = re.compile(r"\b(?:[Tt]he two|[Bb]oth) (?:\w+ )?(leaders|presidents|men|heads of state|heads of government|"
                  r"countries|states|nations|neighbou?rs|sides|governments|capitals|allies)\b")
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


class Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture)."""

    def __init__(self, text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None) -> None:
        self.text, self.doc = text, doc
        self.left_out = left_out or []
        self.index, self.sentences = _offsets(doc)
        self.marks = [(m.start, m.end) for m in quotation_spans(text) if m.depth == 0]
        self.mentions: list[Mention] = []
        runs = read_runs(text, doc, self.index, self.left_out)
        self.people, spots = find_people(text, doc, runs)
        self.genders = {person.name: person.gender or pronoun_of(person.name) for person in self.people}
        for start, end, number in spots:
            self._put(start, end, self.people[number].name, "person", "name")
        self._short_names()
        self._places_and_bodies(runs)
        self.mentions.sort(key=lambda mention: mention.start)
        self._titles()
        self.mentions = [m for m in self.mentions if not _covered(m.start, m.end, self.left_out)]
        self._pairs()
        self._pronouns()

    # -- putting mentions down

    def _put(self, start: int, end: int, entity: str | None, kind: str, how: str) -> Mention:
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
        return mention

    def _free(self, start: int, end: int) -> bool:
        return not any(m.start < end and start < m.end for m in self._near(start, end))

    def _near(self, start: int, end: int) -> list[Mention]:
        return [m for m in self.mentions if m.start < end and start < m.end]

    def _short_names(self) -> None:
        words: dict[str, list[int]] = {}
        for word, number in [*((form, n) for n, p in enumerate(self.people) for form in p.forms),
                             *short_forms(self.people)]:
            if len(word) > 1 and number not in words.setdefault(word, []):
                words[word].append(number)
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
            how = "name" if hit.group() in self.people[choice].forms else "short"
            self._put(hit.start(), hit.end(), self.people[choice].name, "person", how)

    def _stands_alone(self, start: int, end: int, words: dict[str, list[int]]) -> bool:
        token = self.token_at(start)
        word = self.text[start:end]
        if " " in word:
            return True
        surname = any(name_words(self.people[n].name)[-1] == word.lower() for n in words[word])
        if not surname and token.pos_ != "PROPN":
            return False
        if token.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} and token.ent_type_ != "PERSON" \
                and start not in self.sentences:
            return False
        ahead = re.match(r"[ \u00a0]([A-ZÀ-Þ][\w’'-]*)", self.text[end:end + 30])
        return not (ahead and self.token_at(end + 1).ent_type_ == "PERSON" and ahead.group(1) not in words
                    and token.ent_type_ == "PERSON" and self.token_at(end + 1).ent_iob_ == "I")

    def _which(self, word: str, choices: list[int], start: int, full: list[Mention]) -> int:
        """Of several people with this name: by surname, then whoever was named in full last."""
        by_surname = [n for n in choices if name_words(self.people[n].name)[-1] == name_words(word)[-1]
                      or len(name_words(self.people[n].name)) > 2]
        of_full = Counter(m.entity for m in full)
        choices = by_surname or choices
        address = re.search(r"\b(Mr|Mrs|Ms|Miss)\.? $", self.text[max(0, start - 6):start])
        if address and len(choices) > 1:
            wanted = "m" if address.group(1) == "Mr" else "f"
            choices = [n for n in choices if self.genders[self.people[n].name] == wanted] or choices
        if len(choices) == 1:
            return choices[0]
        most = max(of_full[self.people[n].name] for n in choices)
        choices = [n for n in choices if of_full[self.people[n].name] * 2 > most]  # the one the article is about
        names = {self.people[n].name: n for n in choices}
        earlier = [m for m in full if m.start < start and m.entity in names]
        return names[earlier[-1].entity or ""] if earlier else min(choices, key=lambda n: self.people[n].first)

    def _places_and_bodies(self, runs: list) -> None:
        spans = sorted((m.start, m.end) for m in self.mentions)
        places = [found for found in find_places(self.text) if not _covered(found[0], found[1], spans)]
        bodies: list[tuple[int, int]] = []
        for run in runs:
            words = self.text[run.start:run.end]
            if _covered(run.start, run.end, spans) or (" " not in words and not words.isupper()):
                continue
            if role_of_words(_without_places(words)) not in {"unknown", "citizen"}:
                bodies.append((run.start, run.end))
        for ent in self.doc.ents:
            if ent.label_ == "ORG" and not _covered(ent.start_char, ent.end_char, spans + bodies):
                start = ent.start_char + (4 if ent.text.lower().startswith("the ") else 0)
                end = ent.end_char - (2 if ent.text[-2:] in {"'s", "’s"} else 0)
                name = self.text[start:end]
                if name[:1].isupper() and "\n" not in name and not _only_place(name):
                    bodies.append((start, end))
        for hit in _ACRONYM.finditer(self.text):
            if not _covered(*hit.span(), spans + bodies + [p[:2] for p in places]) and \
                    role_of_words(hit.group()) != "unknown":
                bodies.append(hit.span())
        for start, end in bodies:
            self._put(start, end, plain_name(self.text[start:end]), "body", "name")
        for start, end, place in places:
            if place.how != "adjective" and not _covered(start, end, bodies):
                self._put_place(start, end, place)

    def _put_place(self, start: int, end: int, place: Place) -> None:
        how = place.how
        if how == "seat" and _LOCATIVE.search(self.text[max(0, start - 8):start]) and \
                self.head(start, end).dep_ == "pobj" and self.text[start:end] not in {"Kremlin", "White House"}:
            how = "place"
        self._put(start, end, place.country, "country", how)

    # -- titles

    def _titles(self) -> None:
        groups = list(_TWO.finditer(self.text))
        taken = [group.span() for group in groups]
        for start in _functions_in(self.text, 0, len(self.text)):
            if _covered(start, start + 1, taken):
                continue
            found = self._description(self.token_at(start))
            if found:
                start, end, name = found
                if self._free(start, end) or all(m.kind != "person" for m in self._near(start, end)):
                    self._put(start, end, name, "person", "title")
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))
        for hit in groups:
            members = self._last_two(hit.start(), hit.group(1))
            if members:
                self._put(*hit.span(), "; ".join(members), "group", "title")
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))

    def described_in(self, spans: list[tuple[int, int]], known: dict[str, list[Title]]) -> frozenset[str]:
        """People whom descriptions in these spans mean: "the leader of the DPRK"."""
        found = [self._description(self.token_at(place), known)
                 for start, end in spans for place in _functions_in(self.text, start, end)]
        return frozenset(name for _, _, name in filter(None, found))

    def _description(self, token: Token, known: dict[str, list[Title]] | None = None) -> tuple[int, int, str] | None:
        """Start, end and person of a definite description with this noun, if the text settles it."""
        doc, i = self.doc, token.i
        first = i
        while first > 0 and i - first < 7 and doc[first - 1].idx >= self.sentences[self.sentence_at(token.idx)] and (
                doc[first - 1].pos_ in {"ADJ", "NOUN", "PROPN", "PART"} or doc[first - 1].text in {"-", "’s", "'s"}
                or (doc[first - 1].pos_ == "VERB" and doc[first - 1].tag_ == "VBN")):
            first -= 1
        of_state = re.match(r" of (?:state|government)\b", self.text[token.idx + len(token.text):][:15])
        noun = f"head{of_state.group()}" if of_state and token.lower_ == "head" else \
            _function_at([t.text for t in doc[first:i + 1]])
        if not noun or (i + 1 < len(doc) and doc[i + 1].text[:1].isupper() and doc[i + 1].pos_ == "PROPN"
                        and doc[i + 1].idx == token.idx + len(token.text) + 1):
            return None
        determiner = doc[first - 1].lower_ if first > 0 else ""
        words = self.text[doc[first].idx:token.idx + len(token.text)]
        owned = "’s" in words or "'s" in words
        own = determiner in {"its", "their", "his", "her"}
        if determiner in {"a", "an", "another", "any", "some", "no", "one", "every", "each"}:
            return None
        if not (determiner in {"the", "this", "that"} or own or owned or countries_in(words)):
            return None
        end = token.idx + len(token.text) + (len(of_state.group()) if of_state else 0)
        after = re.match(r"\s(?:of|for)\s(?:the\s)?([A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)", self.text[end:end + 80])
        if after:
            words, end = words + " " + after.group(), end + after.end()
        start = doc[first - 1].idx if determiner in {"the", "this", "that"} or own else doc[first].idx
        name = self.person_for(noun, words, start, own=own, known=known)
        return (start, end, name) if name else None

    def person_for(self, noun: str, words: str, start: int, *, own: bool = False,
                   known: dict[str, list[Title]] | None = None) -> str | None:
        """The person the article gives this function, named before `start` if possible.

        `known` holds titles from elsewhere for people of this article whom it gives no title.
        """
        countries = countries_in(words)
        holder = next((m.entity for m in reversed(self.mentions) if m.kind == "person" and m.start < start + len(words)
                       and m.start >= start and re.match(r"[’']s", self.text[m.end:m.end + 2])), None)
        if holder and not countries:
            countries = frozenset(c for p in self.people if p.name == holder for t in p.titles for c in t.countries)
        if own and not countries:
            named = [m.entity for m in self.mentions if m.kind == "country" and m.start < start]
            countries = frozenset(named[-1:])  # type: ignore[arg-type]
        former = re.search(r"\b(?:former|ex)\b", words.lower()) is not None
        fits: list[tuple[int, Person]] = []
        for person in self.people:
            for title in person.titles or (known or {}).get(person.name, []):
                if person.name == holder or not same_function(noun, title.noun):
                    continue
                if former != ("former" in title.beside.lower()) and (former or countries):
                    continue
                if countries and title.countries and not countries & title.countries:
                    continue
                if holder and countries and not title.countries:
                    continue
                said = _content_words(words) - _content_words(noun)
                shared = len(said & _content_words(title.beside))
                if said and not shared and not (countries & title.countries) and not (
                        noun in LEADER and countries) and not holder:
                    continue
                score = 4 * bool(countries & title.countries) + 2 * shared + (noun == title.noun)
                fits.append((score, person))
        if not fits:
            return None
        best = max(score for score, _ in fits)
        names = {person.name for score, person in fits if score == best}
        if len(names) == 1:
            return names.pop()
        if countries or holder:
            return None
        earlier = [m.entity for m in self.mentions if m.start < start and m.entity in names and m.kind == "person"]
        return earlier[-1] if earlier else None

    def _last_two(self, start: int, noun: str) -> list[str]:
        kinds = {"person"} if noun in {"leaders", "presidents", "men", "heads of state", "heads of government"} \
            else {"country"}
        pair = next((members for members in self._joined(kinds, start)), None)
        if pair:
            return pair
        leaders = {p.name for p in self.people if any(t.noun in LEADER for t in p.titles)}
        named: list[str] = []
        for mention in reversed([m for m in self.mentions if m.start < start]):
            if mention.kind in kinds and mention.entity and mention.entity not in named and (
                    "country" in kinds or mention.entity in leaders or len(leaders) < 2):
                named.append(mention.entity)
            if len(named) == 2:
                return named[::-1]
        return []

    def _joined(self, kinds: set[str], start: int) -> Iterator[list[str]]:
        """Pairs joined by "and": those before `start`, the nearest first, then those after."""
        named = [m for m in self.mentions if m.kind in kinds and m.entity]
        pairs = list(pairwise(named))
        before = [pair for pair in pairs if pair[0].start < start]
        for one, other in [*reversed(before), *pairs[len(before):]]:
            if one.entity != other.entity and re.fullmatch(r" and (?:the )?", self.text[one.end:other.start]):
                yield [str(one.entity), str(other.entity)]

    # -- groups and pronouns

    def _pairs(self) -> None:
        """Two of a kind joined by "and" may be taken up by "they" and "their"."""
        pairs = []
        for one, other in pairwise(self.mentions):
            between = self.text[one.end:other.start]
            if one.kind == other.kind and one.entity != other.entity and re.fullmatch(
                    r",? and (?:the )?(?:[\w’'-]+ ){0,3}", between):
                pairs.append((one, other))
        for one, other in pairs:
            mention = self._put(one.start, other.end, f"{one.entity}; {other.entity}", "group", "pair")
            mention.weight = one.weight
        self.mentions.sort(key=lambda mention: (mention.start, -mention.end))

    def _pronouns(self) -> None:
        found = []
        for hit in _PRONOUN.finditer(self.text):
            if hit.group().lower() in NEUTER and self.token_at(hit.start()).dep_ == "expl":
                continue
            found.append(hit)
        known = self.mentions
        self.mentions = []
        place = 0
        for hit in found:
            while place < len(known) and known[place].start < hit.start():
                self.mentions.append(known[place])
                place += 1
            best = self.referent(hit.start(), hit.group())
            if best:
                self._put(*hit.span(), best.entity, best.kind, "pronoun")
        self.mentions += known[place:]

    def referent(self, start: int, pronoun: str, avoid: list[tuple[int, int]] | None = None,
                 heard: dict[int, list[str]] | None = None, never: frozenset[str] = frozenset()) -> Mention | None:
        """The mention before `start` that this pronoun most likely takes up.

        Nobody named in the spans to `avoid` (what "he" says) is meant; the sources of quotations before (`heard`:
        speakers by offset) count as subjects.
        """
        shut_out: set[str | None] = set(never)
        if avoid:
            shut_out |= {m.entity for m in self.mentions if m.how != "pronoun" and _covered(m.start, m.end, avoid)}
        word = pronoun.lower()
        kinds = {"person"} if word in SINGULAR else {"country", "body"} if word in NEUTER else {"group"}
        beside = re.search(r"[\w’'-]+(?= and $)", self.text[max(0, start - 40):start])
        if beside and word in {"its", "his", "her", "their"}:
            near = [m for m in self.mentions if m.end == start - 5 and m.kind in kinds | {"country"}]
            if near:
                return near[-1]
        here = self.sentence_at(start)
        quoted = self.is_quoted(start)
        scores: dict[str, float] = {}
        latest: dict[str, Mention] = {}
        for mention in reversed(self.mentions):
            if mention.start >= start:
                continue
            if mention.sentence < here - FARTHEST:
                break
            if mention.kind not in kinds or not mention.entity or not self._agrees(mention, word):
                continue
            if mention.entity in shut_out or (avoid and _covered(mention.start, mention.end, avoid)):
                continue
            spoke = heard is not None and mention.entity in heard.get(mention.start, [])
            own = max(mention.weight, 1.0) if spoke else mention.weight
            weight = own * FADE ** (here - mention.sentence)
            if quoted and self.is_quoted(mention.start):
                weight /= QUOTED
            scores[mention.entity] = scores.get(mention.entity, 0.0) * 0.2 + weight \
                if mention.entity not in scores else max(scores[mention.entity], weight) + 0.1 * min(
                    scores[mention.entity], weight)
            latest.setdefault(mention.entity, mention)
        if not scores:
            return self.referent(start, pronoun, None, heard) if avoid else None
        return latest[max(scores, key=lambda name: (scores[name], latest[name].start))]

    def _agrees(self, mention: Mention, word: str) -> bool:
        if word not in SINGULAR:
            return mention.how != "place"
        gender = self.genders.get(mention.entity or "", "")
        return not (gender == "m" and word in FEMALE) and not (gender == "f" and word in MALE)

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


def _covered(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(begin < end and start < stop for begin, stop in spans)


def _without_places(words: str) -> str:
    for start, end, _ in reversed(find_places(words)):
        words = words[:start] + words[end:]
    return words


_LETTERS = re.compile(r"(?<!\w)[A-Za-z]+(?!\w)")


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return frozenset({noun.split()[-1].split("-")[-1] for noun in functions()} | {"head"})


def _functions_in(text: str, start: int, end: int) -> Iterator[int]:
    """Where a word that can end a function noun stands: "president", "minister", "head"."""
    known = _function_words()
    return (hit.start() for hit in _LETTERS.finditer(text, start, end) if hit.group().lower() in known)


def _offsets(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token and each sentence begins, without making a Python object of every token."""
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype("int64").sum(axis=1)
    starts = [0, *lengths.cumsum().tolist()][:len(doc)]
    heads = doc.to_array(["SENT_START"]).astype("int64").tolist()
    return starts, [start for start, first in zip(starts, heads, strict=True) if first == 1] or [0]


def _only_place(words: str) -> bool:
    places = find_places(words)
    return bool(places) and sum(stop - begin for begin, stop, _ in places) >= len(words) - 1


def _content_words(words: str) -> set[str]:
    small = {"the", "of", "for", "a", "an", "its", "their", "his", "her", "in", "at", "to", "this", "that", "s", "us"}
    return {word for word in re.findall(r"\w+", words.lower()) if word not in small}
