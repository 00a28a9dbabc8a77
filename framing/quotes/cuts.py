"""Contents cut to what was said: clauses, datelines and other deeds that the tagger took in beside them."""

from __future__ import annotations

import re
from typing import Any

from framing.quotes.tagger import Attribution, Span

VERBAL = {"VERB", "AUX"}
SUBJECTS = {"nsubj", "nsubjpass"}
OF_A_CLAUSE = SUBJECTS | {"csubj", "expl"}
_MARKS = re.compile(r"[\"“”„«»]")
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w. ]{2,20}?)?(?:,? \w+\.? \d{1,2})?(?: ?\([^()\n]{2,30}\))? ?"
                       r"(?:--|[-–—]) ?(?=[A-Z])")
_TAIL = re.compile(r"(?:even |just |(?:hours|days|weeks|months) )?(?:as|while|amid|after|before)\b"
                   r"(?! (?:if|well|long|soon)\b)", re.IGNORECASE)


def to_what_was_said(doc: Any, text: str, attribution: Attribution) -> None:
    """Cut the content of one attribution, in place, and a dateline off its source."""
    _cut_clauses(text, attribution)
    attribution.content = [(_past_dateline(text, *span), span[1]) for span in attribution.content]
    attribution.source = [(_past_dateline(text, *span), span[1]) for span in attribution.source]
    _cut_tails(text, attribution)
    _clause_before(doc, text, attribution)
    _cut_other_deeds(doc, text, attribution)


def _cut_clauses(text: str, attribution: Attribution) -> None:
    """Of "Stocks are low; shells are wanted, officials say" only the clause before the cue is theirs."""
    if len(attribution.content) != 1 or not attribution.cue:
        return
    begin, end = attribution.content[0]
    cut = max(text.rfind("; ", begin, end), text.rfind(": ", begin, end)) + 2
    if end <= attribution.cue[0][0] and cut > begin + 2 and not _MARKS.search(text, begin, cut):
        attribution.content = [(cut, end)]


def _past_dateline(text: str, begin: int, end: int) -> int:
    """Where a content begins that was taken from "PORT ELM, May 14 (Wire) - Dockers walked off, officials said"."""
    hit = _DATELINE.match(text, begin, end) if not begin or text[begin - 1] == "\n" else None
    return hit.end() if hit else begin


def _cut_tails(text: str, attribution: Attribution) -> None:
    """Of "talks went well, officials said, as the rivals parted" the last clause is the outlet's."""
    if len(attribution.content) > 1 and attribution.cue:
        first, behind = min(attribution.content), attribution.cue[0][1]
        attribution.content = [span for span in attribution.content if span == first or span[0] < behind
                               or not _TAIL.match(text, *span) or text[max(span[0] - 2, 0):span[0]].strip() != ","]


def _clause_before(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "two boats sank, the navy said, the latest in a string of losses" the clause before the speaker."""
    if len(attribution.content) != 1 or not attribution.cue or not attribution.source:
        return
    (begin, end), cue, source = attribution.content[0], attribution.cue[0], attribution.source[0]
    said = min(cue[0], source[0])
    words = doc.char_span(begin, end, alignment_mode="expand")
    if words is None or cue[1] > begin or text[cue[1]:begin].strip() != "," or _MARKS.search(text, begin, end):
        return
    if words.root.pos_ in VERBAL or any(token.dep_ in OF_A_CLAUSE for token in words):
        return
    sentence = words[0].sent
    if sentence.start_char < said and text[sentence.start_char:said].rstrip()[-1:] == ",":
        before = stripped(text, sentence.start_char, said)
        if len(text[slice(*before)].split()) > 3:
            attribution.content = [before]


def _cut_other_deeds(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "promised help and walked his guest around" only "help" is promised."""
    if len(attribution.content) != 1 or not attribution.cue or attribution.cue[0][1] > attribution.content[0][0]:
        return
    begin, end = attribution.content[0]
    cue = doc.char_span(*attribution.cue[0], alignment_mode="expand")
    if cue is None or _MARKS.search(text, begin, end):
        return
    for verb in cue.root.rights:
        if verb.dep_ == "conj" and verb.pos_ == "VERB" and begin < verb.idx < end:
            joined = [t for t in cue.root.rights if t.dep_ == "cc" and begin < t.idx < verb.idx]
            cut = stripped(text, begin, joined[-1].idx if joined else verb.left_edge.idx)
            if cut[1] > cut[0]:
                attribution.content = [cut]
            return


def stripped(text: str, begin: int, end: int) -> Span:
    """The span without white space and punctuation at its edges."""
    while begin < end and (text[begin].isspace() or text[begin] in ",;:.—–-"):
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return begin, end


# Words before a headline or a quotation that tell the kind of piece and never who speaks: "WATCH: ...".

_KICKER = re.compile(
    r"\W*(?:(?:an? |the |world |our )?(?:exclusive|breaking|watch|live|opinion|comment|updated?|video|audio|photos?|"
    r"pictures?|gallery|listen|read|analysis|explainer|explained|revealed|developing|just in|latest|recap|review|"
    r"podcast|editorial|column|in pictures|in photos|fact check|first look|must read|must watch|flashback|spoilers?|"
    r"corrected|correction|quiz|interview|feature|profile|in full|transcript)"
    r"(?: (?:news|more|now|blog|updates?|video|interview|here|story|report))?\W*)+", re.IGNORECASE)
MARKS = tuple("\"“”„«»‘'")
_NEXT_NAME = re.compile(r":\s*([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})\s*:\s*$")


def without_kickers(text: str, found: list[Attribution]) -> list[Attribution]:
    """The attributions without those whose source is such a word and a colon; quotations stay, as nobody's.

    In 'EXCLUSIVE: Berg: "I quit"' the name that follows becomes the source.
    """
    kept = []
    for attribution in found:
        if attribution.source and all(is_kicker(text, span) for span in attribution.source):
            attribution.content = [span for span in attribution.content if text[slice(*span)].lstrip()[:1] in MARKS]
            if not attribution.content:
                continue
            last, first = attribution.source[-1][1], min(attribution.content)[0]
            name = _NEXT_NAME.fullmatch(text, last, first)
            attribution.source = [name.span(1)] if name else []
            attribution.cue = [(name.end(1), name.end(1) + 1)] if name else []
        kept.append(attribution)
    return kept


def is_kicker(text: str, span: Span) -> bool:
    """Such a word, with its colon beside or in it."""
    around = text[span[1] - 1:span[1] + 2] + text[max(span[0] - 2, 0):span[0]]
    return ":" in around and _KICKER.fullmatch(text, *span) is not None
