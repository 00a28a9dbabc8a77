"""What the tagger leaves out and what it takes in wrongly, mended on the parse by rules that can be read."""

from __future__ import annotations

from typing import Any

from framing.tagger import Attribution, Span

SUBJECTS = {"nsubj", "nsubjpass"}
# Deeds done in words: with a bare noun phrase ("accepted the invitation") nothing of what was said is given.
DEEDS = frozenset(["accept", "ban", "congratulate", "court", "flout", "greet", "honor", "honour", "host", "invite",
                   "lodge", "prohibit", "receive", "repay", "shun", "thank", "toast", "visit", "wage", "welcome"])
VERBAL = {"VERB", "AUX"}


def repair(doc: Any, found: list[Attribution]) -> list[Attribution]:
    """The attributions without mere deeds, each with the subject of its cue as source where it had none."""
    kept = []
    for attribution in found:
        if _is_deed(doc, attribution):
            continue
        if attribution.cue and not attribution.source:
            source = subject_of(doc, attribution.cue[0], attribution.content)
            if source:
                attribution.source = [source]
        kept.append(attribution)
    return kept


def subject_of(doc: Any, cue: Span, contents: list[Span]) -> Span | None:
    """Characters of the subject of the cue's verb, or of the verb it is joined to; None inside a content."""
    words = doc.char_span(*cue, alignment_mode="expand")
    if words is None:
        return None
    verb = words.root
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.tag_ != "EX":
                span = (child.left_edge.idx, child.right_edge.idx + len(child.right_edge))
                if _apart(span, contents):
                    return span
                head = (child.idx, child.idx + len(child))
                return head if _apart(head, contents) else None
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep"} or verb.head is verb:
            return None
        verb = verb.head
    return None


def _apart(span: Span, others: list[Span]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in others)


def _is_deed(doc: Any, attribution: Attribution) -> bool:
    if not attribution.cue:
        return False
    cue = doc.char_span(*attribution.cue[0], alignment_mode="expand")
    if cue is None or not any(token.lemma_.lower() in DEEDS for token in cue):
        return False
    for span in attribution.content:
        words = doc.char_span(*span, alignment_mode="expand")
        if words is None or any(token.pos_ in VERBAL or token.is_quote for token in words):
            return False
    return True
