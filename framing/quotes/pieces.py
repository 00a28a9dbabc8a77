"""The pieces of an attribution around quotation marks: where each ends, which go together, who spoke them.

The tagger and its linker see labels and distances; these rules see how a sentence is built. Each was counted on the
train part of PolNeAR before it was taken in (see ``data/models/quotes/MODEL_CARD.md``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import Any

from framing.quotes.beside import CLOSING, ENDED, Stretch, speaker_beside
from framing.quotes.tagger import Attribution, Span

_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[a-z\d”\"')\]][.!?](?=\s)|\n")
_REFLEXIVE = re.compile(r"((?:it|him|her|my)self|(?:them|our)selves) ", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|(?<=[a-z”\"\])][.!?”\"\]] )|(?<=[.!?][”\"] )|(?<= [-–—] ))(?:(?:More )?[Ff]rom )?"
                    r"([A-Z@][\w.'’@-]*(?: (?:[A-Z@(][\w.'’@()-]*|de|of|the|van|von|la|and)){0,7}):[ \xa0]*$")


def settle(doc: Any, text: str, found: list[Attribution], stretches: list[Stretch]) -> list[Attribution]:
    """The attributions with every quotation cut at its closing mark, with pieces of others given back to them."""
    begins = [start for start, _ in stretches]

    def quotation(span: Span) -> Stretch | None:
        """The stretch between marks that a span begins with."""
        at = bisect_right(begins, span[0]) - 1
        return stretches[at] if at >= 0 and stretches[at][0] == span[0] < stretches[at][1] else None

    for attribution in found:
        attribution.content = [_to_its_mark(text, span, quotation(span)) for span in attribution.content]
    found = _introduced(text, found, stretches)
    found = _own_speakers(doc, text, found, stretches, quotation)
    for attribution in list(found):
        _to_the_fragment(text, attribution, begins, stretches)
        found += _far_pieces(text, attribution, quotation)
        _leave_out_strays(text, attribution, begins, stretches)
    _carry_on(text, found, quotation)
    for attribution in found:
        if not attribution.source:
            _ask_beside(doc, text, attribution, quotation)
    return [attribution for attribution in found if attribution.content]


def _to_its_mark(text: str, span: Span, stretch: Stretch | None) -> Span:
    """Of '"We sail," he told the crew' only what stands between the marks, if that ends like a sentence or a clause."""
    if stretch is None or stretch[1] >= span[1] or "\n" in text[stretch[1]:span[1]]:
        return span
    final = text[stretch[0]:stretch[1]].rstrip(CLOSING)[-1:]
    tail = text[stretch[1]:span[1]]
    if final in {",", ".", "!", "?"} and _WORD.search(tail) and not any(mark in tail for mark in "\"“”„«»"):
        return stretch
    return span


def _to_the_fragment(text: str, attribution: Attribution, begins: list[int], stretches: list[Stretch]) -> None:
    """Of 'calls itself "concerned" about the deal' the words between marks; "itself" belongs to the cue."""
    if len(attribution.content) != 1 or not attribution.cue:
        return
    (start, end), cue = attribution.content[0], attribution.cue[0]
    pronoun = _REFLEXIVE.match(text, start, end)
    at = bisect_right(begins, pronoun.end()) - 1 if pronoun else -1
    if pronoun and at >= 0 and begins[at] == pronoun.end() and cue[1] <= start and not text[cue[1]:start].strip():
        attribution.cue[0] = (cue[0], pronoun.end(1))
        attribution.content = [stretches[at]]


def _far_pieces(text: str, attribution: Attribution, quotation: Any) -> list[Attribution]:
    """Fragments in marks a whole sentence further on than '"...," she said', as attributions of their own."""
    quoted = [span for span in attribution.content if quotation(span)]
    main = max(quoted, key=lambda span: span[1] - span[0], default=None)
    if main is None or not attribution.cue or not main[1] <= attribution.cue[0][0]:
        return []
    far = [span for span in attribution.content if span[0] > attribution.cue[0][0] and not quotation(span)
           and any(mark in text[slice(*span)] for mark in "\"“”„«»")
           and len(_SENTENCE_END.findall(text, attribution.cue[0][0], span[0])) > 1]
    attribution.content = [span for span in attribution.content if span not in far]
    return [Attribution([span], certainty=attribution.certainty) for span in far]


def _introduced(text: str, found: list[Attribution], stretches: list[Stretch]) -> list[Attribution]:
    """Quotations after a name and a colon ('... fell. Ann Berg: "We sail."') given to that name."""
    new = []
    for stretch in stretches:
        begin = text.rfind("\n", 0, stretch[0]) + 1
        if text[max(begin, stretch[0] - 3):stretch[0]].rstrip()[-1:] != ":":
            continue
        name = _NAMED.search(text[begin:stretch[0]])
        if name is None:
            continue
        source, colon = (begin + name.start(1), begin + name.end(1)), begin + name.end(1)
        for attribution in found:
            attribution.content = [piece for span in attribution.content
                                   for piece in _around(span, source[0], stretch[1])]
        new.append(Attribution([stretch], [(colon, colon + 1)], [source]))
    return [attribution for attribution in found if attribution.content] + new


def _own_speakers(doc: Any, text: str, found: list[Attribution], stretches: list[Stretch],
                  quotation: Any) -> list[Attribution]:
    """Quotations that have their speaker beside them taken from those whose cue stands further away."""
    holders: dict[Stretch, Attribution] = {}
    covered = sorted(span for attribution in found for span in attribution.content)
    for attribution in found:
        for span in attribution.content:
            stretch = quotation(span)
            if stretch and stretch[1] >= span[1] - 1:
                holders[stretch] = attribution
    new: list[Attribution] = []
    for stretch in stretches:
        holder = holders.get(stretch)
        if holder is None and any(a < stretch[1] and b > stretch[0] for a, b in covered):
            continue
        beside = speaker_beside(doc, text, stretch)
        if beside is None:
            continue
        cue, source = beside
        if holder and (not holder.cue or _beside_already(text, holder.cue[0], stretch, cue)):
            continue
        if any(a <= cue[0] < b or a <= source[0] < b for a, b in covered):
            continue
        own = Attribution([], [cue], [source])
        if holder:
            own.certainty = holder.certainty
            own.content = [span for span in holder.content if quotation(span) == stretch or (
                span > stretch and quotation(span) and "\n" not in text[stretch[1]:span[0]])]
            holder.content = [span for span in holder.content if span not in own.content]
        else:
            own.content = [stretch]
        new.append(own)
    return [attribution for attribution in found if attribution.content] + new


def _beside_already(text: str, cue: Span, stretch: Stretch, beside: Span) -> bool:
    """Is the cue in the same clause as the one beside the quotation?"""
    if _meet(cue, beside):
        return True
    low, high = min(cue[1], beside[1]), max(cue[0], beside[0])
    across = low <= stretch[0] and high >= stretch[1]
    return not across and "\n" not in text[low:high] and not ENDED.search(text[low:high])


def _around(span: Span, start: int, end: int) -> list[Span]:
    """What is left of a span without start to end."""
    if span[1] <= start or span[0] >= end:
        return [span]
    return [piece for piece in ((span[0], start), (end, span[1])) if piece[1] - piece[0] > 3]


def _within(span: Span, begins: list[int], stretches: list[Stretch]) -> bool:
    at = bisect_right(begins, span[0]) - 1
    return at >= 0 and span[1] <= stretches[at][1] + 1


def _leave_out_strays(text: str, attribution: Attribution, begins: list[int], stretches: list[Stretch]) -> None:
    """Unquoted pieces that do not belong to the quotation in an attribution.

    These are pieces in another paragraph than the longest quotation, clauses after '"...," she said' and whole
    sentences before it. What somebody said outside marks in the sentence of the cue stays.
    """
    quoted = [span for span in attribution.content if _within(span, begins, stretches)]
    if not quoted or len(quoted) == len(attribution.content):
        return
    main = max(quoted, key=lambda span: span[1] - span[0])
    cue = attribution.cue[0][0] if attribution.cue else -1
    kept = []
    for span in attribution.content:
        between = text[span[1]:main[0]] if span < main else text[main[1]:span[0]]
        after_cue = main[1] <= cue < span[0]
        sentence_before = span < main and not span[1] <= cue < main[0] and ENDED.search(text[span[0]:main[0]])
        stray = "\n" in between or after_cue or sentence_before
        if not stray or span in quoted or any(mark in text[slice(*span)] for mark in "\"“”„«»"):
            kept.append(span)
    attribution.content = kept


def _carry_on(text: str, found: list[Attribution], quotation: Any) -> None:
    """In '"A," said Ann, calling for calm. "B."' Ann says B, whatever other cue stands nearer to it."""
    pieces = sorted((span, number) for number, attribution in enumerate(found) for span in attribution.content
                    if quotation(span))
    for (before, speaker), (span, holder) in pairwise(pieces):
        if speaker == holder or "\n" in text[before[1]:span[0]] or not ENDED.search(text[before[1]:span[0]]):
            continue
        said, other = found[speaker].cue, found[holder].cue
        if not said or not before[1] <= said[0][0] < span[0] or ENDED.search(text[before[1]:said[0][0]]):
            continue
        if other and not (before[1] <= other[0][0] < span[1] and ENDED.search(text[other[0][1]:span[0]])):
            continue
        found[holder].content.remove(span)
        found[speaker].content.append(span)


def _ask_beside(doc: Any, text: str, attribution: Attribution, quotation: Any) -> None:
    """Cue and source of a quotation that has none, from the words next to its marks."""
    for span in sorted(attribution.content):
        stretch = quotation(span)
        beside = speaker_beside(doc, text, stretch) if stretch else None
        if beside and (not attribution.cue or _meet(beside[0], attribution.cue[0])):
            attribution.cue, attribution.source = attribution.cue or [beside[0]], [beside[1]]
            return


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
