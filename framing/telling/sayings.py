"""A sentence as what it says: the names, amounts and words in it, each with its place in the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framing.language import parse
from framing.naming.expletives import is_expletive
from framing.naming.mentions import cast_of
from framing.naming.places import find_places
from framing.naming.pronouns import referent
from framing.passages import passage_spans
from framing.tables import LEFT_OUT, as_articles
from framing.telling.number_words import Amount, find_amounts
from framing.telling.scopes import denied, not_yet
from framing.telling.wordlists import whole_lemma

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WHOLE = {"headline", "subheading", "standfirst"}  # a line of these is one sentence, however it is parsed
UNTOLD = {*LEFT_OUT, "byline", "credit"}
LIGHT = {"be", "have", "do", "will", "would", "can", "could", "may", "might", "shall", "should", "must", "get", "also",
         "then", "there", "so", "such", "more", "most", "very", "other", "own", "same", "however", "meanwhile", "later",
         "now", "still", "just", "only", "even", "too", "well", "here", "go", "come", "make", "take", "give", "put",
         "set"}
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
        begins = [begin for begin, _, _ in names]
        for start, end, zone in passage_spans(row):
            if zone in UNTOLD:
                continue
            whole = zone in WHOLE or (end - start < 160 and ". " not in row.text[start:end])
            spans = [(start, end)] if whole else _sentences(doc, row.text, start, end)
            found += [_saying(number, row.text, doc, a, b, zone, _within(names, begins, a, b)) for a, b in spans]
    return found


def _within(names: list[tuple[int, int, list[str]]], begins: list[int], start: int,
            end: int) -> list[tuple[int, int, list[str]]]:
    """The names that may touch a stretch of the text: none is longer than `LONGEST_NAME`."""
    return names[bisect_left(begins, start - LONGEST_NAME):bisect_left(begins, end)]


def _sentences(doc: Doc, text: str, start: int, end: int) -> list[tuple[int, int]]:
    span: Any = doc.char_span(start, end, alignment_mode="expand")
    spans = [(max(s.start_char, start), min(s.end_char, end)) for s in (span.sents if span is not None else [])]
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        piece = text[a:b].strip()
        if merged and (len(piece.split()) < 3 or piece[:1].islower() or piece[:1] in "”’,;"
                       or piece[:2] in {'" ', '",', '".'}):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    return [(a, a + len(text[a:b].rstrip())) for a, b in merged if text[a:b].strip()]


def _names(row: Any, doc: Doc) -> list[tuple[int, int, list[str]]]:
    """``(start, end, entities)`` of every name, title, seat, adjective of a country and pronoun, in order.

    A group without a name ("two workers") is left to its words. An "it" of the situation ("it was the first launch")
    means nobody, yet the country or body last spoken of is what its sentence is about, which is what is asked here.
    """
    cast = cast_of(row, doc)
    spots = [(m.start, m.end, m.entity.split("; ")) for m in cast.mentions
             if m.entity and m.kind != "unnamed" and m.how != "pair"]
    for token in doc:
        if token.lower_ == "it" and token.dep_ != "expl" and is_expletive(token):
            about = referent(cast, token.idx, token.lower_)
            if about and about.entity:
                spots.append((token.idx, token.idx + len(token), about.entity.split("; ")))
    taken = {at for a, b, _ in spots for at in range(a, b)}
    spots += [(start, end, [place.country]) for start, end, place in find_places(row.text)
              if taken.isdisjoint(range(start, end))]
    return sorted(spots, key=lambda spot: spot[:2])


def _saying(number: int, text: str, doc: Doc, start: int, end: int, zone: str,
            names: list[tuple[int, int, list[str]]]) -> Saying:
    while start < end and text[start].isspace():
        start += 1
    span: Any = doc.char_span(start, end, alignment_mode="expand")
    tokens = [t for t in span if t.idx < end and t.idx + len(t) > start] if span is not None else []
    here = [spot for spot in names if spot[0] < end and spot[1] > start]
    amounts = [a._replace(start=a.start + start, end=a.end + start) for a in find_amounts(text[start:end])]
    terms: list[Term] = []
    for begin, stop, entities in here:
        inside = [t for t in tokens if t.idx < stop and t.idx + len(t) > begin]
        if inside:
            head = next((t for t in inside if t.head not in inside or t.head.i == t.i), inside[-1])
            terms += [Term("name", entity, "PROPN", head.i, head.head.i, role_of(head), begin, stop)
                      for entity in entities]
    for amount in amounts:
        inside = [t for t in tokens if t.idx < amount.end and t.idx + len(t) > amount.start]
        if inside and not any(a <= amount.start < b for a, b, _ in here):
            terms.append(Term("amount", text[amount.start:amount.end].lower(), "NUM", inside[-1].i, inside[-1].head.i,
                              "", amount.start, amount.end, amount))
    covered = {at for a, b in [*((a, b) for a, b, _ in here), *((a.start, a.end) for a in amounts)]
               for at in range(a, b)}
    for token in tokens:
        if token.is_punct or token.is_space or token.idx in covered:
            continue
        lemma = whole_lemma(token.lemma_.lower())
        small = token.is_stop and token.pos_ not in {"NOUN", "PROPN", "VERB"}
        if token.pos_ not in CONTENT or lemma in LIGHT or small:
            continue
        terms.append(Term("word", lemma.strip("-'’"), token.pos_, token.i, token.head.i, role_of(token), token.idx,
                          token.idx + len(token)))
    terms = sorted({(t.kind, t.key, t.token): t for t in terms if t.key}.values(), key=lambda term: term.start)
    return Saying(number, start, end, zone, text[start:end], terms, False, {t.i: t.head.i for t in tokens},
                  denied(tokens), not_yet(tokens))


def role_of(token: Token) -> str:
    """Does the word act or is it acted on? By its grammatical function, of its group in a list."""
    while token.dep_ in {"conj", "appos", "compound"} and token.head.i != token.i:
        token = token.head
    if token.dep_ in {"nsubj", "poss"} or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
        return "agent"
    return "patient" if token.dep_ in OBJECTS else ""


def joined(one: Saying, other: Saying) -> Saying:
    """Two neighbouring sentences read as one."""
    return Saying(one.article, one.start, other.end, one.zone, f"{one.text} {other.text}", one.terms + other.terms,
                  True, one.edges | other.edges, one.denied | other.denied, one.possible | other.possible)


def facts_as_sayings(statements: Iterable[str], articles: pd.DataFrame) -> list[Saying]:
    """Each statement of the list with its names resolved as the articles name them.

    A statement such as "Kim thanked his host" says too little by itself: it is read after a preamble that
    introduces everybody the articles name with a title.
    """
    preamble = _introductions(articles)
    table = pd.DataFrame({"text": [f"{preamble}\n\n{statement}" for statement in statements],
                          "article_id": [f"f{number}" for number, _ in enumerate(statements)]})
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
