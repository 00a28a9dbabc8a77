"""Interviews printed as questions and answers without names or quotation marks, and statements printed in full.

A paragraph that ends in a question mark, followed by one in the first person, again and again, is an interview: the
answers are those of the person the introduction is about. "... issued the following statement:" gives the paragraphs
below it to whoever issued it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from framing.quotes.tagger import Attribution, Span

QUESTIONS = 3  # questions from which it is an interview
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|What|How|Why|When|Where|Who|Do|Did|Is|Are|Any)\b", re.IGNORECASE)
_MARKED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
_NAME = re.compile(r"(?<![Bb]y )(?<![\w’'-])([A-Z][\w’'-]+(?: (?:de|van|von|der|bin|al|di|la) | )(?:[A-Z][\w’'.-]+ )?"
                   r"[A-Z][\w’'-]+)")
_ISSUED = re.compile(r"(?P<who>[^.:\n]{3,140}?) (?P<cue>(?:issued|released|published|made|read out|posted|circulated) "
                     r"(?:the following|this|a|an) (?:[\w-]+ ){0,4}(?:statement|communiqué|communique|declaration|"
                     r"letter|message|announcement|appeal|note|post))\b[^.?!\n]*:$")
_DATELINE = re.compile(r"^[^\n]{3,60}? (?:--|—|–|-) (?=[A-Z])")


def answers(text: str, passages: list[Span]) -> list[Attribution]:
    """The answers of an interview, with the interviewee's first full name as their source."""
    asked = [number for number, (start, end) in enumerate(passages)
             if text[start:end].rstrip("”\"’' ").endswith("?") and _SECOND_PERSON.search(text, start, end)
             and len(text[start:end].split()) <= 60]
    replied = [number + 1 for number in asked if number + 1 < len(passages) and number + 1 not in asked]
    spoken = [number for number in replied if _in_first_person(text, passages[number])]
    if len(replied) < QUESTIONS or len(spoken) * 2 < len(replied):
        return []
    source = _interviewee(text, passages, asked[0])
    found = []
    for first in replied:
        pieces = [passages[first]]
        for number in range(first + 1, len(passages)):
            if number in asked or not _in_first_person(text, passages[number]):
                break
            pieces.append(passages[number])
        found.append(Attribution(pieces, [], [source] if source else []))
    return found


def statements(text: str, passages: list[Span]) -> list[Attribution]:
    """What follows "the ministry issued the following statement:", as long as it goes on in the first person."""
    found = []
    for number, (start, end) in enumerate(passages[:-1]):
        dateline = _DATELINE.match(text[start:end])
        begin = start + (dateline.end() if dateline else 0)
        hit = _ISSUED.search(text, begin, end) if text[end - 1] == ":" else None
        below = passages[number + 1:]
        if not hit or text[below[0][0]] in "\"“„«'‘":
            continue
        spoken = [place for place, span in enumerate(below) if _in_first_person(text, span)]
        last = 0
        for place, later in pairwise([0, *spoken]):
            if later - place > 2:
                break
            last = later
        found.append(Attribution(list(below[:last + 1]), [hit.span("cue")], [hit.span("who")]))
    return found


def _in_first_person(text: str, span: Span) -> bool:
    return bool(_FIRST_PERSON.search(_MARKED.sub("", text[slice(*span)])))


def _interviewee(text: str, passages: list[Span], first: int) -> Span | None:
    """The first full name in the introduction whose surname the article repeats most."""
    names = [hit for start, end in passages[:first] for hit in _NAME.finditer(text, start, end)]
    if not names:
        return None
    return max(names, key=lambda hit: (text.count(hit[1].split()[-1]), -hit.start())).span(1)
