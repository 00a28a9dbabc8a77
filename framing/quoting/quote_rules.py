"""Attributions by rules: a verb list on the parse, "according to", and quotation marks.

The baseline that the learned tagger is measured against, and a reader that can be checked line by line. It
finds what stands in clauses under a listed verb and between marks, and nothing else.
"""

from __future__ import annotations

from typing import Any

from framing.marks import quotation_spans
from framing.quoting.quote_cuts import SUBJECTS
from framing.quoting.tagger import Attribution

# Verbs of speech and thought that take a clause; ours, from reading wire copy.
VERBS = frozenset("""
accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure believe boast
call caution charge cite claim comment complain concede conclude confirm contend continue counter declare demand
deny describe disclose emphasize estimate explain express fear feel find hint hope imply indicate inform insist
joke know learn maintain mention muse note object observe order pledge predict promise propose protest quip quote
recall recommend recount remark remind repeat reply report request respond reveal say shout show state stress
suggest suspect swear tell testify think threaten tweet urge vow want warn whisper wonder worry write""".split())
CLAUSES = {"ccomp", "xcomp"}
LONG = 4  # words between marks that count as speech


def by_rules(doc: Any, passages: list[tuple[int, int]]) -> list[Attribution]:
    """The attributions of one parsed article that the rules find, in order."""
    found = []
    for token in doc:
        if not any(start <= token.idx < end for start, end in passages):
            continue
        if token.lemma_.lower() in VERBS and token.pos_ in {"VERB", "AUX"}:
            found += _under_verb(doc, token)
        elif token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found += _according_to(doc, token)
    _between_marks(doc, passages, found)
    return sorted(found, key=lambda attribution: min(attribution.content))


def _under_verb(doc: Any, verb: Any) -> list[Attribution]:
    clauses = [child for child in verb.children if child.dep_ in CLAUSES]
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not clauses or not subjects:
        return []
    content = [_span(doc[c.left_edge.i:c.right_edge.i + 1]) for c in clauses
               if not c.left_edge.i <= verb.i <= c.right_edge.i]
    source = subjects[0]
    return [Attribution(content, [_span(doc[verb.i:verb.i + 1])],
                        [_span(doc[source.left_edge.i:source.right_edge.i + 1])])] if content else []


def _according_to(doc: Any, according: Any) -> list[Attribution]:
    to = doc[according.i + 1]
    objects = [child for child in to.children if child.dep_ == "pobj"]
    if not objects:
        return []
    end = objects[0].right_edge.i + 1
    sentence = according.sent
    before, after = doc[sentence.start:according.i], doc[end:sentence.end]
    content = [_span(part) for part in (before, after) if sum(token.is_alpha for token in part) > 1]
    return [Attribution(content, [_span(doc[according.i:to.i + 1])],
                        [_span(doc[objects[0].left_edge.i:end])])] if content else []


def _between_marks(doc: Any, passages: list[tuple[int, int]], found: list[Attribution]) -> None:
    """Add speech between marks: to the attribution it touches, else to the one before it in its paragraph."""
    text = doc.text  # put together anew whenever it is asked for
    for mark in quotation_spans(text):
        inside = [(start, end) for start, end in passages if start <= mark.start < end]
        if mark.depth or not inside or len(text[mark.inner_start:mark.inner_end].split()) < LONG:
            continue
        span = (mark.start, mark.end)
        touching = [a for a in found if any(start < mark.end and end > mark.start for start, end in a.content)]
        nearby = [a for a in found if a.cue and inside[0][0] <= a.cue[0][0] < inside[0][1]]
        nearby.sort(key=lambda a: abs(a.cue[0][0] - mark.end))
        if touching:
            first = touching[0]
            first.content = [other for other in first.content if other[1] <= mark.start or other[0] >= mark.end
                             or (other[0] < mark.start or other[1] > mark.end)]
            if not any(start <= mark.start and end >= mark.end for start, end in first.content):
                first.content.append(span)
        elif nearby:
            nearby[0].content.append(span)
        else:
            found.append(Attribution([span]))


def _span(tokens: Any) -> tuple[int, int]:
    return tokens.start_char, tokens.end_char
