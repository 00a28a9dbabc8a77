"""Quotations attributed by layout, not by a sentence: transcripts, and a name on a line of its own.

"BERG: We will not sell.", "Q: ...", a quotation followed by "— Anna Berg, nurse", lists in which each quotation stands
under its speaker's name, posts under "Name (@handle)", and what `framing.quotes.layouts` reads.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from framing.quotes.cuts import is_kicker
from framing.quotes.tagger import Attribution, Span
from framing.text.quotation_marks import quotation_spans

_LABEL = re.compile(r"([\"“„«'‘]?)((?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}|Q|A)(?: \([^()]{1,30}\))?)"
                    r"(:|(?:(?<!\b[A-Z])|(?<=\b[QA]))\.(?= )) ?(?=\S)")  # "BERG." but not "U.S. officials"
_DASH = re.compile(r"(?:[—–―]|--|-(?= ))\s*([A-Z@][\w.'’@-]*(?: (?:[A-Z@(][\w.'’@()-]*|de|of|the|van|von|la)){0,6}"
                   r"(?:, [^.!?:“”\"]{1,60})?)\.?\s*$")
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:, [^.!?:“”\"]{1,60})?")
_TURN = re.compile(r"([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})(:) (?=\S)")
_REMARK = re.compile(r"\W*[(\[][^()\[\]]*[)\]]\W*")  # "(CROSSTALK)", "[applause]"
_POSTER = re.compile(r"((?:[A-Z][\w.’'&-]* ?){1,6}\(?@\w+\)?|@\w+)(?: ?[·•|,-].{0,30})?")
TURNS = 2  # labelled turns, or names above quotations, from which it is a layout and not an accident


def by_layout(text: str, passages: list[Span]) -> list[Attribution]:
    """The attributions that the layout of the paragraphs shows, in order."""
    whole = {span: _whole_quotation(text, span) for span in passages}
    found = []
    turns = [(span, hit) for span in passages if (hit := _LABEL.match(text, *span)) and hit.end() < span[1]
             and not is_kicker(text, hit.span(2))]
    if len(turns) >= TURNS and len({hit[3] for _, hit in turns}) == 1:
        found += _spoken(text, passages, dict(turns))
    labels = [(span, hit) for span in passages if (hit := _TURN.match(text, *span)) and hit.end() + 15 < span[1]
              and not is_kicker(text, hit.span(1))]
    named = Counter(hit[1] for _, hit in labels)
    if not turns and len(labels) >= 2 * TURNS and min(named.values()) > 1:
        found += [Attribution([(hit.end(), span[1])], [hit.span(2)], [hit.span(1)]) for span, hit in labels]
    found += [Attribution([post], [], [who.span(1)]) for name, post in pairwise(passages)
              if (who := _POSTER.fullmatch(text, *name)) and not whole[post]]
    if not turns:
        found += answers(text, passages)
    found += statements(text, passages)
    listed = [(name, quote) for name, quote in pairwise(passages)
              if whole[quote] and not whole[name] and _NAME.fullmatch(text, *name)]
    dashed = [(name, quote) for quote, name in pairwise(passages) if whole[quote] and _DASH.match(text, *name)]
    for quote in passages:
        tail = _DASH.search(text, *quote)
        marks = quotation_spans(text, *quote) if tail else []
        if tail and marks and marks[0].start == quote[0] and text[marks[-1].end:tail.start()].strip() == "":
            found.append(Attribution([(quote[0], marks[-1].end)], [], [tail.span(1)]))
    for name, quote in dashed:
        if signed := _DASH.match(text, *name):
            found.append(Attribution([quote], [], [signed.span(1)]))
    if len(listed) >= TURNS and not dashed:
        found += [Attribution([quote], [], [(name[0], name[0] + len(text[slice(*name)].split(",")[0]))])
                  for name, quote in listed]
    return sorted(found, key=lambda attribution: attribution.content)


def _spoken(text: str, passages: list[Span], turns: dict[Span, re.Match[str]]) -> list[Attribution]:
    """The labelled turns, with the paragraphs that carry one on.

    Those have no label of their own but open a mark as the turn did, or stand between the turns of a transcript without
    marks.
    """
    found: list[Attribution] = []
    last = max(turns)
    dense = len(turns) * 2 > sum(min(turns) <= span <= last for span in passages)
    opened = ""
    for span in passages:
        if hit := turns.get(span):
            opened = hit[1]
            found.append(Attribution([_without_mark(text, hit.end(), span[1], opened)], [hit.span(3)], [hit.span(2)]))
        elif not found or _REMARK.fullmatch(text, *span):
            continue
        elif opened and text[span[0]] == opened and (_is_open(text[slice(*span)]) or _whole_quotation(text, span)):
            found[-1].content.append(_without_mark(text, span[0] + 1, span[1], opened))
        elif not opened and dense and span < last:
            found[-1].content.append(span)
    return found


def _is_open(paragraph: str) -> bool:
    return sum(map(paragraph.count, "\"”“»«„")) % 2 == 1


def _without_mark(text: str, start: int, end: int, opened: str) -> Span:
    """A turn whose mark was opened before its label, without the mark that closes it."""
    return start, end - bool(opened and _is_open(text[start:end]) and text[end - 1] in "\"”“»«")


def _whole_quotation(text: str, span: Span) -> bool:
    if text[span[0]].isalnum():
        return False
    marks = [mark for mark in quotation_spans(text, *span) if mark.depth == 0]
    return bool(marks) and marks[0].start == span[0] and sum(m.end - m.start for m in marks) >= 0.9 * (
        span[1] - span[0])


def prefer(layout: list[Attribution], found: list[Attribution], text: str) -> list[Attribution]:
    """`found` without the pieces that the layout gives to somebody, then the layout's own.

    A turn labelled only "Q" or "A" yields to what was found in it, as it names nobody.
    """
    before = [span for attribution in found for span in attribution.content]
    layout = [a for a in layout if not a.source or text[slice(*a.source[0])] not in {"Q", "A"}
              or not any(start < a.content[0][1] and end > a.content[0][0] for start, end in before)]
    taken = [span for attribution in layout for span in attribution.content]
    for attribution in found if taken else []:
        attribution.content = [(start, end) for start, end in attribution.content
                               if not any(start < last and end > first for first, last in taken)]
    return [attribution for attribution in found if attribution.content] + layout


# Interviews printed as questions and answers without names or quotation marks, and statements printed in full.
#
# A paragraph that ends in a question mark, followed by one in the first person, again and again, is an interview: the
# answers are those of the person the introduction is about. "... issued the following statement:" gives the paragraphs
# below it to whoever issued it.

QUESTIONS = 3  # questions from which it is an interview
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|What|How|Why|When|Where|Who|Do|Did|Is|Are|Any)\b", re.IGNORECASE)
_MARKED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
_INTERVIEWEE = re.compile(r"(?<![Bb]y )(?<![\w’'-])([A-Z][\w’'-]+(?: (?:de|van|von|der|bin|al|di|la) | )"
                          r"(?:[A-Z][\w’'.-]+ )?"
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
    names = [hit for start, end in passages[:first] for hit in _INTERVIEWEE.finditer(text, start, end)]
    if not names:
        return None
    return max(names, key=lambda hit: (text.count(hit[1].split()[-1]), -hit.start())).span(1)
