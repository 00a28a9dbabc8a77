"""What the tagger leaves out and what it takes in wrongly, mended on the parse by rules that can be read."""

from __future__ import annotations

import re
from typing import Any

from framing.tagger import Attribution, Span

SUBJECTS = {"nsubj", "nsubjpass"}
# Deeds done in words: with a bare noun phrase ("accepted the invitation") nothing of what was said is given.
DEEDS = frozenset(["accept", "ban", "congratulate", "court", "flout", "greet", "honor", "honour", "host", "invite",
                   "lodge", "prohibit", "receive", "repay", "shun", "thank", "toast", "visit", "wage", "welcome"])
VERBAL = {"VERB", "AUX"}
DOUBTFUL = 0.5  # certainty under which nothing outside quotation marks is kept
DOUBTFUL_PHRASE = 0.6  # ... and under which a content without a verb is not kept
# Nouns that with "that ..." report what somebody says or thinks.
NOUNS = frozenset([
    "accusation", "admission", "allegation", "announcement", "argument", "assertion", "assurance", "belief", "charge",
    "claim", "complaint", "concern", "confession", "contention", "conviction", "declaration", "demand", "denial",
    "expectation", "fear", "hope", "insistence", "pledge", "prediction", "promise", "report", "rumor", "rumour",
    "statement", "suggestion", "suspicion", "testimony", "threat", "view", "vow", "warning"])
_QUOTED_AS = re.compile(r"\b(?:quoted|cited|reported|recorded|heard) as (?:saying|telling|stating|warning)",
                        re.IGNORECASE)


def repair(doc: Any, found: list[Attribution]) -> list[Attribution]:
    """The attributions without mere deeds and doubtful ones, with the subject of its cue as the source of one
    that had none, and with reporting nouns ("the claim that ...") that were missed."""
    kept = []
    for attribution in found:
        _passive(doc, attribution)
        if _is_deed(doc, attribution):
            continue
        if attribution.cue and not attribution.source:
            source = subject_of(doc, attribution.cue[0], attribution.content)
            if source:
                attribution.source = [source]
        kept.append(attribution)
    return kept + _reporting_nouns(doc, kept)


def _passive(doc: Any, attribution: Attribution) -> None:
    """In "Ann was quoted as saying that ..." Ann is the source, not a piece of content."""
    if attribution.source or len(attribution.content) < 2 or not attribution.cue:
        return
    begin, end = attribution.cue[0]
    first = min(attribution.content)
    if _QUOTED_AS.search(doc.text, begin, end) and first[1] <= begin and "\n" not in doc.text[first[1]:begin]:
        attribution.source = [first]
        attribution.content.remove(first)


def _reporting_nouns(doc: Any, found: list[Attribution]) -> list[Attribution]:
    taken = [span for attribution in found for span in attribution.content]
    new = []
    for token in doc:
        if token.lemma_.lower() not in NOUNS or token.pos_ != "NOUN":
            continue
        for clause in token.rights:
            if clause.dep_ != "acl" or clause.left_edge.lower_ != "that" or clause.left_edge.i != token.i + 1:
                continue
            span = (clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge))
            cue = (token.idx, token.idx + len(token))
            if _apart(span, taken) and _apart(cue, taken) and not any(cue[0] < e and cue[1] > s for a in found
                                                                      for s, e in a.cue):
                new.append(Attribution([span], [cue], _holders(token)))
    return new


def _holders(noun: Any) -> list[Span]:
    """Whose claim: "the company's claim", "the claim ... was made by the company"."""
    for child in noun.children:
        if child.dep_ == "poss":
            tokens = [t for t in child.subtree if t.dep_ != "case"]
            return [(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))]
    if noun.dep_ == "nsubjpass":
        for agent in noun.head.children:
            if agent.dep_ == "agent":
                for child in agent.children:
                    if child.dep_ == "pobj":
                        return [(child.left_edge.idx, child.right_edge.idx + len(child.right_edge))]
    return []


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
    """A deed without words, or a content too doubtful to keep; what stands between marks is always kept."""
    verbal = False
    for span in attribution.content:
        words = doc.char_span(*span, alignment_mode="expand")
        if words is None or any(token.is_quote for token in words):
            return False
        verbal = verbal or any(token.pos_ in VERBAL for token in words)
    if attribution.certainty < (DOUBTFUL if verbal else DOUBTFUL_PHRASE):
        return True
    cue = doc.char_span(*attribution.cue[0], alignment_mode="expand") if attribution.cue else None
    return not verbal and cue is not None and any(token.lemma_.lower() in DEEDS for token in cue)
