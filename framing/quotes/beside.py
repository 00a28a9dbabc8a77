"""Who stands beside a quotation: '"...," said Ann', '"...," Ann said' and 'Ann said: "..."', whatever the verb."""

from __future__ import annotations

import re
from typing import Any

from framing.quotes.corrections import subject_of
from framing.quotes.cuts import SUBJECTS
from framing.quotes.tagger import Span

Stretch = tuple[int, int]  # of a quotation, marks included
ENDED = re.compile(r"[.!?…][\"”’'»)\]]*\s*$")
CLOSING = "\"“”„‟«»'‘’` "
PAST_OR_PRESENT = {"VBD", "VBZ", "VBP"}


def speaker_beside(doc: Any, text: str, stretch: Stretch) -> tuple[Span, Span] | None:
    """Cue and source of a quotation that has them at its side; None where nobody surely is."""
    return _behind(doc, text, stretch) or _ahead(doc, text, stretch)


def _behind(doc: Any, text: str, stretch: Stretch) -> tuple[Span, Span] | None:
    begin = text.rfind("\n", 0, stretch[0]) + 1
    ahead = text[begin:stretch[0]].rstrip()
    if ahead and not ENDED.search(ahead) and ahead[-1] not in ":—–-,\"”'’":
        return None
    inner = text[stretch[0]:stretch[1]].rstrip(CLOSING)[-1:]
    comma = text[stretch[1]:stretch[1] + 1] == ","
    if not comma and (inner not in {",", "?", "!"} or (inner != "," and ahead[-1:] in {":", ","})):
        return None
    start = stretch[1] + comma
    while start < len(text) and text[start] == " ":
        start += 1
    first = doc.char_span(start, start + 1, alignment_mode="expand") if start < len(text) else None
    if not first or first[0].idx != start or text[stretch[1]:start].count("\n"):
        return None
    token = first[0]
    stop = min(token.i + 12, len(doc))
    if token.pos_ == "VERB" and token.tag_ in {*PAST_OR_PRESENT, "VBN"}:
        for noun in token.rights:
            if noun.left_edge.i == token.i + 1 and noun.pos_ in {"NOUN", "PROPN", "PRON"} and noun.tag_ != "PRP$":
                return _chars(token, token), _chars(noun.left_edge, noun.right_edge)
        return None
    for verb in doc[token.i + 1:stop]:
        last = doc[verb.i - 1]
        if verb.text == "." and 1 < verb.i - token.i < 6 and last.tag_ == "NNS" and token.pos_ in {"DET", "PRON"}:
            return _chars(last, last), _chars(token, doc[verb.i - 2])  # "our insider spills." read as a noun
        if verb.is_quote or verb.text in {".", ";", ":"}:
            return None
        if verb.pos_ == "VERB" and verb.tag_ in PAST_OR_PRESENT:
            for noun in verb.lefts:
                if noun.dep_ in SUBJECTS and noun.left_edge.i == token.i and noun.tag_ not in {"WDT", "WP"}:
                    return _chars(verb, verb), _chars(noun.left_edge, noun.right_edge)
    return None


def _ahead(doc: Any, text: str, stretch: Stretch) -> tuple[Span, Span] | None:
    stop = stretch[0]
    if text[stretch[0]:stretch[1]].rstrip(CLOSING)[-1:] == ",":
        return None  # the speaker follows
    while stop and text[stop - 1] in " ,:":
        stop -= 1
    if not stop or text[stop - 1] == "\n":
        return None
    last = doc.char_span(stop - 1, stop, alignment_mode="expand")
    if not last or last[0].pos_ != "VERB":
        return None
    source = subject_of(doc, (last[0].idx, last[0].idx + len(last[0])), [stretch])
    if source is None or text[slice(*source)].lower() in {"that", "which", "who", "what"}:
        return None
    return _chars(last[0], last[0]), source


def _chars(first: Any, last: Any) -> Span:
    return first.idx, last.idx + len(last)
