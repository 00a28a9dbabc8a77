"""Mentions: where an article names or means a person, country or body, and how to look them up by their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framing.entities.other_names import Person
from framing.text.quotation_marks import quotation_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STRETCH = 64  # characters by which mentions are looked up
QUOTED = 0.15  # of a mention's weight, inside quotation marks
UNNAMED = "unnamed one"  # the kind of a mention such as "a passer-by"
# How much a mention's place in its sentence says that the next pronoun means it.
WEIGHTS = {"nsubj": 1.0, "nsubjpass": 0.95, "agent": 0.5, "dobj": 0.5, "pobj": 0.4, "poss": 0.4, "appos": 0.5,
           "dative": 0.5, "compound": 0.2, "ROOT": 0.6, "attr": 0.4}
@dataclass
class Mention:
    """One mention: where it stands, whom it means and how."""

    start: int
    end: int
    entity: str | None
    kind: str  # "person", "country", "body", "party", "movement" or "group" (several at once)
    how: str  # "name", "short", "title", "seat", "place", "pronoun"
    sentence: int = 0
    weight: float = 0.0
    certainty: float = 1.0  # 0 to 1: how far ahead of anybody else this entity was; no probability
    seat: str = ""  # the capital or seat of government that is written for the country: "Moscow"


class Cast:
    """All mentions of one parsed article, outside the stretches `left_out` (page furniture)."""

    def __init__(self, text: str, doc: Doc, left_out: list[tuple[int, int]] | None = None) -> None:
        self.text, self.doc = text, doc
        self.left_out = left_out or []
        self.headlines: list[tuple[int, int]] = []
        self.index, self.sentences = _offsets(doc)
        self.marks = [(m.start, m.end) for m in quotation_spans(text) if m.depth == 0]
        self.mentions: list[Mention] = []
        self._in_stretch: dict[int, list[Mention]] = {}
        self._named: dict[str, list[int]] = {}
        self.people: list[Person] = []
        self.genders: dict[str, str] = {}  # "f", "m" or "" by name
        self.sides: tuple[str | None, str | None] | None = None  # host and guest, once they were looked for

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

    def keep(self, mentions: list[Mention]) -> None:
        """These mentions and no others, in the order of the text."""
        self.mentions, self._in_stretch = mentions, {}
        for mention in mentions:
            self._note_place(mention)

    def _note_place(self, mention: Mention) -> None:
        for stretch in range(mention.start // STRETCH, mention.end // STRETCH + 1):
            self._in_stretch.setdefault(stretch, []).append(mention)

    def free(self, start: int, end: int) -> bool:
        return not any(m.start < end and start < m.end for m in self.near(start, end))

    def near(self, start: int, end: int) -> list[Mention]:
        found = {id(m): m for stretch in range(start // STRETCH, end // STRETCH + 1)
                 for m in self._in_stretch.get(stretch, ()) if m.start < end and start < m.end}
        return sorted(found.values(), key=lambda mention: (mention.start, -mention.end))

    # -- looking up

    def times_named(self, entity: str, before: int) -> int:
        """How often somebody is named before a place, pronouns aside; counted once all names are found."""
        if not self._named:
            for mention in self.mentions:
                if mention.how != "pronoun" and mention.entity:
                    self._named.setdefault(mention.entity, []).append(mention.start)
        return bisect_left(self._named.get(entity, []), before)

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

    def in_headline(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.headlines)

    def mark_around(self, position: int) -> tuple[int, int] | None:
        """The outermost quotation marks around a place."""
        number = bisect_right(self.marks, (position, len(self.text))) - 1
        return self.marks[number] if number >= 0 and self.marks[number][1] > position else None

    def is_quoted(self, position: int) -> bool:
        return self.mark_around(position) is not None


def _offsets(doc: Doc) -> tuple[list[int], list[int]]:
    """Where each token and each sentence begins, without making a Python object of every token."""
    lengths = doc.to_array(["LENGTH", "SPACY"]).astype("int64").sum(axis=1)
    starts = [0, *lengths.cumsum().tolist()][:len(doc)]
    heads = doc.to_array(["SENT_START"]).astype("int64").tolist()
    return starts, [start for start, first in zip(starts, heads, strict=True) if first == 1] or [0]
