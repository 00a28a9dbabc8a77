"""A sentence as what it says: its names, amounts (however written) and words, each with its place in the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framing.entities.names import fold_name, name_words, same_person
from framing.entities.places import countries_in, find_places
from framing.entities.pronouns import is_expletive, referent
from framing.entities.resolution import cast_of
from framing.language import parse
from framing.precision import rounded
from framing.tables import LEFT_OUT, as_articles
from framing.text.lexicon import LIGHT, SIZE, stem, synonyms, whole_lemma, word_lists, word_vector
from framing.zones.passages import passage_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
import math
import re

_LISTED = word_lists("facts/words")
_WORDS: dict[str, float] = {word: float(n) for word, n in [*_LISTED["numbers"].items(), *_LISTED["counts"].items()]}
_ONES = [word for word, number in _LISTED["numbers"].items() if 1 <= number < 10]
_ORDINALS: dict[str, float] = {word: float(number) for word, number in _LISTED["ordinals"].items()}
_SCALES: dict[str, float] = {word: float(number) for word, number in _LISTED["scales"].items()}
_UNITS: dict[str, tuple[str, float]] = {
    word: (unit["kind"], float(unit["factor"])) for unit in _LISTED["units"] for word in unit["words"]
}
_LONE = frozenset(_LISTED["lone"])
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound"}
_PARTS: dict[str, float] = _LISTED["parts"]
_ROUGH = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|over|above|than|least|under|most|"
    r"up to|close to|an estimated|or so)\s*[$€£]?$",
    re.IGNORECASE,
)
ROUGHLY = 0.1  # by how much a rough number may differ
ROUNDED = 0.03  # by how much amounts differ that were rounded or converted ("400 miles", "650 km"); set by hand
_TOKEN = re.compile(r"[$€£]|\d+(?:[.,]\d{3})*(?:[.,]\d+)?|%|[^\W\d_]+")
YEARS = (1500, 2100)


class Amount(NamedTuple):
    """A number with its kind of unit, in seconds, metres, kilograms, ... ("" for a bare number, "year" for a year)."""

    start: int
    end: int
    value: float
    unit: str
    rough: bool = False  # "about 400", "more than 40"


@lru_cache(maxsize=20_000)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every number of `text` in order, with the unit that follows it; "a century" counts, "one of" does not.

    >>> [(amount.value, amount.unit) for amount in find_amounts("$5.6 billion for 12 per cent")]
    [(5600000000.0, 'dollar'), (12.0, 'share')]
    """
    tokens = [(hit.start(), hit.end(), hit.group().lower()) for hit in _TOKEN.finditer(text)]
    found: list[Amount] = []
    place = 0
    while place < len(tokens):
        start, end, word = tokens[place]
        unit, after = "", place + 1
        part = _part(text, tokens, place)
        if part is not None:
            found.append(part[0])
            place = part[1]
            continue
        if word in _SIGNS and after < len(tokens) and tokens[after][2][0].isdecimal():
            unit, place = _SIGNS[word], after
        value, after = _number(text, tokens, place)
        if value is None:
            if word in _LONE:
                kind, factor = _UNITS[word]
                found.append(Amount(start, end, factor, kind))
            place = max(after, place + 1)
            continue
        end = tokens[after - 1][1]
        if (
            not unit
            and after < len(tokens)
            and (tokens[after][2] in _UNITS or tokens[after][2] == "%")
            and len(text[end : tokens[after][0]]) <= 1
            and (tokens[after][2] != "second" or text[end] == "-")
        ):
            kind, factor = _UNITS.get(tokens[after][2], ("share", 1.0))
            value, unit, end, after = value * factor, kind, tokens[after][1], after + 1
            follows = tokens[after][2] if after < len(tokens) else ""
            if (kind, follows) in {("share", "point"), ("share", "points")}:
                unit, end, after = "point", tokens[after][1], after + 1
            elif (kind, follows) == ("time", "old"):  # an age: "the 59-year-old", "she is 59"
                value, unit, end, after = value / factor, "", tokens[after][1], after + 1
        elif (
            not unit
            and after + 1 < len(tokens)
            and tokens[after][2] in {"basis", "per"}
            and tokens[after + 1][2] in {"point", "points", "cent"}
        ):
            value, unit = (value, "share") if tokens[after][2] == "per" else (value / 100, "point")
            end, after = tokens[after + 1][1], after + 2
        if not unit and YEARS[0] <= value < YEARS[1] and value == int(value) and text[start:end].isdecimal():
            unit = "year"
        rough = _ROUGH.search(text, max(start - 16, 0), start) is not None
        if math.isfinite(value):  # a line of a thousand digits is no amount
            found.append(Amount(start, end, value, unit, rough))
        place = after
    return tuple(found)


def _part(text: str, tokens: list[tuple[int, int, str]], place: int) -> tuple[Amount, int] | None:
    """ "Two thirds of", "half a point", "a quarter of a percentage point", and the place after it."""
    words = [word for _, _, word in tokens[place : place + 7]]
    if words[0] == "half":
        value, taken, several = 0.5, 1, False
    elif len(words) > 1 and words[1] in _PARTS and words[0] in {"a", "an", *_ONES}:
        times = _WORDS.get(words[0], 1.0)
        value, taken, several = times * _PARTS[words[1]], 2, times > 1
    else:
        return None
    start, end = tokens[place][0], tokens[place + taken - 1][1]
    rest = words[taken:]
    skipped = next((n for n, word in enumerate(rest) if word not in {"of", "a", "an", "the", "percentage"}), 0)
    if skipped and rest[skipped] in _UNITS:
        kind, factor = _UNITS[rest[skipped]]
        after = place + taken + skipped
        return Amount(start, tokens[after][1], value * factor, kind), after + 1
    if rest[:1] == ["of"] or several:
        return Amount(start, end, value * 100, "share", True), place + taken
    return None


def agree(one: Amount, other: Amount) -> float:
    """How well two amounts agree: 1 the same, about .8 within rounding (400 miles, 650 km), 0 different or of
    different kinds."""
    if one.unit != other.unit:
        return 0.0
    if one.value == other.value:
        return 1.0
    if one.unit == "year" or not one.value or not other.value:
        return 0.0
    apart = abs(one.value - other.value) / max(abs(one.value), abs(other.value))
    if not one.unit:
        return 0.8 if (one.rough or other.rough) and apart <= ROUGHLY else 0.0
    return 0.9 if apart <= ROUNDED else 0.7 if apart <= ROUGHLY else 0.0


def _number(text: str, tokens: list[tuple[int, int, str]], place: int) -> tuple[float | None, int]:
    """The value of the number words that begin at `place`, and the place after them."""
    word = tokens[place][2]
    ordinal = re.fullmatch(r"(?:st|nd|rd|th)", tokens[place + 1][2]) if place + 1 < len(tokens) else None
    if word[0].isdecimal():
        value, place = _digits(word), place + 1
        if ordinal and tokens[place][0] == tokens[place - 1][1]:
            return value, place + 1
    elif word in _WORDS:
        value, place = _WORDS[word], place + 1
        if (
            20 <= value < 100
            and place < len(tokens)
            and tokens[place][2] in (*_ONES, *_ORDINALS)
            and text[tokens[place - 1][1] : tokens[place][0]] in {"-", " "}
        ):
            if tokens[place][2] in _ORDINALS and tokens[place][2] == "second":
                return value, place  # "forty-second": a unit follows
            value, place = value + _WORDS.get(tokens[place][2], _ORDINALS.get(tokens[place][2], 0)), place + 1
    elif (
        word in {"a", "an"}
        and place + 1 < len(tokens)
        and tokens[place + 1][2] in {"hundred", "thousand", "million", "billion", "dozen"}
    ):
        value, place = 1.0, place + 1
        if tokens[place][2] == "dozen":
            return 12.0, place + 1
    elif word in _SCALES and len(word) > 2:
        value, place = _SCALES[word], place + 1
    else:
        return None, place + 1
    while (
        place < len(tokens)
        and tokens[place][2] in _SCALES
        and text[tokens[place - 1][1] : tokens[place][0]] in {"", " ", "-"}
        and not (tokens[place][2] == "m" and text[tokens[place - 1][1] : tokens[place][0]] == " ")
    ):
        value, place = value * _SCALES[tokens[place][2]], place + 1
    return value, place


def _digits(word: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word):
        return float(word.replace(",", ""))
    if re.fullmatch(r"\d+[.,]\d+", word):
        return float(word.replace(",", "."))
    digits = re.sub(r"\D", "", word)
    return float(digits)


WHOLE = {"headline", "subheading", "standfirst"}  # a line of these is one sentence, however it is parsed
UNTOLD = {*LEFT_OUT, "byline", "credit"}
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "ADV", "X"}
LONGEST_NAME = 300  # characters
OBJECTS = {"dobj", "dative", "nsubjpass", "pobj", "attr"}


class Term(NamedTuple):
    """One thing a sentence names: a word (lemma), a name (who or what it stands for) or an amount."""

    kind: str  # "word", "name" or "amount"
    key: str  # lemma, entity or the amount as written
    pos: str
    token: int  # place in the parse
    head: int  # token it hangs on
    role: str  # "agent", "patient" or ""
    start: int
    end: int
    amount: Amount | None = None
    seat: str = ""  # a capital or seat of government as written: "White House" where the key is the country


Name = tuple[int, int, list[str], str]  # start, end, entities, and the seat that is written for a country


@dataclass
class Saying:
    """A sentence, or a line of a headline, with its terms."""

    article: int  # number of the article in the table
    start: int
    end: int
    zone: str
    text: str
    terms: list[Term]
    joined: bool = False  # two neighbouring sentences
    edges: dict[int, int] = field(default_factory=dict)  # token -> head
    denied: frozenset[int] = frozenset()  # tokens that a negation or a verb of denial bears on
    possible: frozenset[int] = frozenset()  # tokens that are only asked for, planned, possible


def sayings_of(articles: pd.DataFrame) -> list[Saying]:
    """Every sentence of the articles' own zones, in order."""
    found: list[Saying] = []
    for number, (row, doc) in enumerate(parse(as_articles(articles))):
        names = _names(row, doc)
        begins = [begin for begin, *_ in names]
        for start, end, zone in passage_spans(row):
            if zone in UNTOLD:
                continue
            whole = zone in WHOLE or (end - start < 160 and ". " not in row.text[start:end])
            spans = [(start, end)] if whole else _sentences(doc, row.text, start, end)
            found += [_saying(number, row.text, doc, a, b, zone, _within(names, begins, a, b)) for a, b in spans]
    return found


def _within(names: list[Name], begins: list[int], start: int, end: int) -> list[Name]:
    """The names that may touch a stretch of the text: none is longer than `LONGEST_NAME`."""
    return names[bisect_left(begins, start - LONGEST_NAME) : bisect_left(begins, end)]


def _sentences(doc: Doc, text: str, start: int, end: int) -> list[tuple[int, int]]:
    span: Any = doc.char_span(start, end, alignment_mode="expand")
    spans = [(max(s.start_char, start), min(s.end_char, end)) for s in (span.sents if span is not None else [])]
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        piece = text[a:b].strip()
        if merged and (
            len(piece.split()) < 3 or piece[:1].islower() or piece[:1] in "”’,;" or piece[:2] in {'" ', '",', '".'}
        ):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return [(a, a + len(text[a:b].rstrip())) for a, b in merged if text[a:b].strip()]


def _names(row: Any, doc: Doc) -> list[Name]:
    """``(start, end, entities, seat)`` of every name, title, seat, adjective of a country and pronoun, in order.

    A group without a name ("two workers") is left to its words. An "it" of the situation ("it was the first launch")
    means nobody, yet the country or body last spoken of is what its sentence is about, which is what is asked here.
    """
    cast = cast_of(row, doc)
    spots = [
        (m.start, m.end, m.entity.split("; "), m.seat)
        for m in cast.mentions
        if m.entity and m.kind != "unnamed" and m.how != "pair"
    ]
    for token in doc:
        if token.lower_ == "it" and token.dep_ != "expl" and is_expletive(token):
            about = referent(cast, token.idx, token.lower_)
            if about and about.entity:
                spots.append((token.idx, token.idx + len(token), about.entity.split("; "), ""))
    taken = {at for a, b, *_ in spots for at in range(a, b)}
    spots += [
        (start, end, [place.country], "")
        for start, end, place in find_places(row.text)
        if taken.isdisjoint(range(start, end))
    ]
    return sorted(spots, key=lambda spot: spot[:2])


def _saying(number: int, text: str, doc: Doc, start: int, end: int, zone: str, names: list[Name]) -> Saying:
    while start < end and text[start].isspace():
        start += 1
    span: Any = doc.char_span(start, end, alignment_mode="expand")
    tokens = [t for t in span if t.idx < end and t.idx + len(t) > start] if span is not None else []
    here = [spot for spot in names if spot[0] < end and spot[1] > start]
    amounts = [a._replace(start=a.start + start, end=a.end + start) for a in find_amounts(text[start:end])]
    terms: list[Term] = []
    for begin, stop, entities, seat in here:
        inside = [t for t in tokens if t.idx < stop and t.idx + len(t) > begin]
        if inside:
            head = next((t for t in inside if t.head not in inside or t.head.i == t.i), inside[-1])
            terms += [
                Term("name", entity, "PROPN", head.i, head.head.i, role_of(head), begin, stop, seat=seat)
                for entity in entities
            ]
    for amount in amounts:
        inside = [t for t in tokens if t.idx < amount.end and t.idx + len(t) > amount.start]
        if inside and not any(a <= amount.start < b for a, b, *_ in here):
            terms.append(
                Term(
                    "amount",
                    text[amount.start : amount.end].lower(),
                    "NUM",
                    inside[-1].i,
                    inside[-1].head.i,
                    "",
                    amount.start,
                    amount.end,
                    amount,
                )
            )
    covered = {
        at for a, b in [*((a, b) for a, b, *_ in here), *((a.start, a.end) for a in amounts)] for at in range(a, b)
    }
    for token in tokens:
        if token.is_punct or token.is_space or token.idx in covered:
            continue
        lemma = whole_lemma(token.lemma_.lower())
        small = token.is_stop and token.pos_ not in {"NOUN", "PROPN", "VERB"}
        if token.pos_ not in CONTENT or lemma in LIGHT or small:
            continue
        terms.append(
            Term(
                "word",
                lemma.strip("-'’"),
                token.pos_,
                token.i,
                token.head.i,
                role_of(token),
                token.idx,
                token.idx + len(token),
            )
        )
    terms = sorted({(t.kind, t.key, t.token): t for t in terms if t.key}.values(), key=lambda term: term.start)
    return Saying(
        number,
        start,
        end,
        zone,
        text[start:end],
        terms,
        False,
        {t.i: t.head.i for t in tokens},
        denied(tokens),
        not_yet(tokens),
    )


def role_of(token: Token) -> str:
    """Does the word act or is it acted on? By its grammatical function, of its group in a list."""
    while token.dep_ in {"conj", "appos", "compound"} and token.head.i != token.i:
        token = token.head
    if token.dep_ in {"nsubj", "poss"} or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
        return "agent"
    return "patient" if token.dep_ in OBJECTS else ""


def joined(one: Saying, other: Saying) -> Saying:
    """Two neighbouring sentences read as one."""
    return Saying(
        one.article,
        one.start,
        other.end,
        one.zone,
        f"{one.text} {other.text}",
        one.terms + other.terms,
        True,
        one.edges | other.edges,
        one.denied | other.denied,
        one.possible | other.possible,
    )


def facts_as_sayings(statements: Iterable[str], articles: pd.DataFrame) -> list[Saying]:
    """Each statement of the list with its names resolved as the articles name them.

    A statement such as "Kim thanked his host" says too little by itself: it is read after a preamble that
    introduces everybody the articles name with a title.
    """
    preamble = _introductions(articles)
    table = pd.DataFrame(
        {
            "text": [f"{preamble}\n\n{statement}" for statement in statements],
            "article_id": [f"f{number}" for number, _ in enumerate(statements)],
        }
    )
    table["known_zones"] = [f'[[0, {len(text)}, "body"]]' for text in table["text"]]
    found = []
    for number, (row, doc) in enumerate(parse(as_articles(table))):
        start = len(preamble) + 2
        found.append(_saying(number, row.text, doc, start, len(row.text), "body", _names(row, doc)))
    return found


def _introductions(articles: pd.DataFrame) -> str:
    """One sentence for each person the articles name with a title: "North Korean leader Kim Jong-un spoke." """
    titles: dict[str, dict[str, int]] = {}
    for row, doc in parse(as_articles(articles)):
        for person in cast_of(row, doc).people:
            seen = titles.setdefault(person.name, {})
            seen[""] = seen.get("", 0) + sum(person.forms.values())
            for title in person.titles:
                full = f"{title.beside} {title.noun}".strip()
                seen[full] = seen.get(full, 0) + 1
    lines = []
    for name, seen in sorted(titles.items(), key=lambda pair: (-pair[1][""], pair[0]))[:40]:
        best = max((t for t in seen if t), key=lambda t: (seen[t], len(t)), default="")
        lines.append(f"{best} {name} spoke.".strip() if best else f"{name} spoke.")
    return " ".join(line[0].upper() + line[1:] for line in lines)


def countries_of(articles: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Whose each person is, by the titles the articles give them: "Kremlin spokesman Dmitry Peskov" is Russia's."""
    found: dict[str, frozenset[str]] = {}
    for row, doc in parse(as_articles(articles)):
        for person in cast_of(row, doc).people:
            for title in person.titles:
                found[person.name] = found.get(person.name, frozenset()) | title.countries
    return found


# What a sentence denies, and what it only asks for, plans or thinks possible.

NEGATIONS, DENIALS = frozenset(_LISTED["negations"]), frozenset(_LISTED["denials"])
PARTICLES = {("rule", "out"), ("brush", "aside"), ("call", "off"), ("turn", "down"), ("throw", "out")}
POSSIBLE = {"may", "might", "could", "should", "ought"}
WISHES = frozenset(_LISTED["wishes"])
CLAUSES = {"advcl", "relcl", "conj", "parataxis", "cc", "punct", "mark"}  # a negation does not reach into these


def denied(tokens: Iterable[Token]) -> frozenset[int]:
    """The words that a negation or a verb of denial bears on."""
    bears: set[int] = set()
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.lower_ in NEGATIONS:
            head = token.head
            bears |= _under(token) if token.lower_ == "without" else _under(head)
            if head.pos_ in {"NOUN", "ADJ"} and token.dep_ != "prep":
                bears |= {head.head.i}
        elif lemma in DENIALS or any((lemma, child.lower_) in PARTICLES for child in token.children):
            bears |= {token.i}.union(*(_under(child) for child in token.children if not child.dep_.startswith("nsubj")))
    return frozenset(bears)


def not_yet(tokens: Iterable[Token]) -> frozenset[int]:
    """The words of what is possible, asked for, planned, or a question."""
    bears: set[int] = set()
    for token in tokens:
        if (token.lemma_.lower() in POSSIBLE and token.dep_ == "aux") or token.lower_ in {"whether", "if"}:
            bears |= _under(token.head)
        elif token.lemma_.lower() in WISHES:
            bears |= set().union(
                *(
                    _under(child)
                    for child in token.children
                    if child.dep_ in {"ccomp", "xcomp", "dobj", "prep", "pcomp"}
                )
            )
    return frozenset(bears)


def _under(token: Token) -> set[int]:
    """A word and what hangs on it, other clauses aside."""
    found = {token.i}
    for child in token.children:
        if child.dep_ not in CLAUSES:
            found |= _under(child)
    return found


# How alike two words, names or amounts are in meaning: by form, by a list of near-synonyms and by word vectors.

SYNONYM, STEM, PART = 0.85, 0.9, 0.7  # likeness of near-synonyms, words of one stem, and a part of a compound
NEAR, SAME = 0.25, 0.75  # cosines of word vectors between which likeness rises from 0 to VECTOR
VECTOR = 0.8
KIN = 0.5  # a person or body and its country
NAMED = 0.9  # a word and a longer name that holds it
Countries = Mapping[str, frozenset[str]]  # whose a person or body is


@lru_cache(maxsize=200_000)
def word_likeness(one: str, other: str) -> float:
    """0 to 1 for two words in dictionary form."""
    if one == other:
        return 1.0
    if stem(one) == stem(other):
        return STEM
    groups = synonyms()
    if groups.get(one, frozenset()) & groups.get(other, frozenset()):
        return SYNONYM
    cosine = float(rounded((unit_of(one) * unit_of(other)).sum()))
    part = PART if _is_part(*sorted((one, other), key=len)) else 0.0
    return max(part, VECTOR * min(max((cosine - NEAR) / (SAME - NEAR), 0.0), 1.0))


def _is_part(short: str, long: str) -> bool:
    return len(short) >= 4 and len(long) - len(short) >= 3 and (long.startswith(short) or long.endswith(short))


@lru_cache(maxsize=50_000)
def unit_of(word: str) -> np.ndarray:
    """The vector of a word as written, at length 1; zeros stay zeros."""
    vector = word_vector(word)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def likeness(one: Term, other: Term, country_of: Countries) -> float:
    """0 to 1 for two terms; names by whom they stand for, amounts by their value."""
    if one.kind == "amount" or other.kind == "amount":
        return agree(one.amount, other.amount) if one.amount and other.amount else 0.0
    if one.kind == "name" and other.kind == "name":
        return name_likeness(one.key, other.key, country_of)
    if one.kind == "name" or other.kind == "name":
        word, name = (other, one) if one.kind == "name" else (one, other)
        return NAMED if word.key in _held(name.key) else 0.0
    if "PROPN" in (one.pos, other.pos) and fold_name(one.key) == fold_name(other.key):
        return 1.0
    return word_likeness(one.key, other.key)


@lru_cache(maxsize=50_000)
def _held(name: str) -> frozenset[str]:
    """The words of a name that may stand for it; none of a country's."""
    words = frozenset(part for part in name.casefold().replace("-", " ").split() if len(part) > 2)
    return frozenset() if words and countries_in(name) else words


class Vocabulary:
    """Terms to compare with another all at once: what `likeness` gives for each of them."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.of_kind = {kind: [n for n, term in enumerate(terms) if term.kind == kind] for kind in ("name", "amount")}
        self.holders: dict[str, list[int]] = {}  # of a word, the names it may stand for
        for n in self.of_kind["name"]:
            for word in _held(terms[n].key):
                self.holders.setdefault(word, []).append(n)
        self.words = np.array([n for n, term in enumerate(terms) if term.kind == "word"], dtype=np.int64)
        self.keys = [terms[n].key for n in self.words]
        self.lengths = np.array([len(key) for key in self.keys], dtype=np.int64)
        self.units = np.array([unit_of(key) for key in self.keys]).reshape(len(self.keys), SIZE)
        self.proper = np.array([terms[n].pos == "PROPN" for n in self.words], dtype=bool)
        self.places: dict[tuple[str, Any], list[int]] = {}  # of each word, stem, line of synonyms and sound
        for place, key in enumerate(self.keys):
            groups = (("synonyms", number) for number in synonyms().get(key, ()))
            for sort in (("word", key), ("stem", stem(key)), *groups, ("sound", fold_name(key))):
                self.places.setdefault(sort, []).append(place)

    def likeness(self, one: Term, country_of: Countries) -> np.ndarray:
        """0 to 1 for `one` and each of the terms."""
        found = np.zeros(len(self.terms))
        if one.kind == "word":
            found[self.words] = self._of_word(one)
            found[self.holders.get(one.key, [])] = NAMED
            return found
        for n in self.of_kind[one.kind]:
            found[n] = likeness(one, self.terms[n], country_of)
        for word in _held(one.key) if one.kind == "name" else ():
            found[self.words[self.places.get(("word", word), [])]] = NAMED
        return found

    def _of_word(self, one: Term) -> np.ndarray:
        key, length = one.key, len(one.key)
        cosines = rounded((self.units * unit_of(key)).sum(axis=1))
        found = VECTOR * np.clip((cosines - NEAR) / (SAME - NEAR), 0.0, 1.0)
        for n in np.flatnonzero(np.abs(self.lengths - length) >= 3).tolist():
            if _is_part(*sorted((key, self.keys[n]), key=len)):
                found[n] = max(PART, found[n])
        for number in synonyms().get(key, ()):
            found[self.places.get(("synonyms", number), [])] = SYNONYM
        found[self.places.get(("stem", stem(key)), [])] = STEM
        found[self.places.get(("word", key), [])] = 1.0
        sound = self.places.get(("sound", fold_name(key)), [])
        found[[n for n in sound if one.pos == "PROPN" or self.proper[n]]] = 1.0
        return found


@lru_cache(maxsize=100_000)
def _same_name(one: str, other: str) -> bool:
    if one.casefold() == other.casefold():
        return True
    if all(map(fold_name, name_words(one) + name_words(other))) and same_person(one, other):
        return True
    short, long = sorted((one.replace(".", ""), other), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return short.isupper() and len(short) > 1 and (initials == short or initials[: len(short)] == short)


def name_likeness(one: str, other: str, country_of: Countries) -> float:
    """1 for one entity by two names, `KIN` for somebody and their country, less for bodies that share words."""
    if _same_name(one, other):
        return 1.0
    first = country_of.get(one) or countries_in(one)
    second = country_of.get(other) or countries_in(other)
    if other in first or one in second:
        return KIN
    if one in countries_in(one) or other in countries_in(other):
        return 0.0
    a, b = set(name_words(one)), set(name_words(other))
    return NAMED * len(a & b) / min(len(a), len(b)) if a & b and (a <= b or b <= a) else 0.0
