"""The pieces of an attribution around quotation marks: where each ends, which go together, who spoke them.

The tagger and its linker see labels and distances; these rules see how a sentence is built. Each was counted on the
train part of PolNeAR before it was taken in (see ``data/models/quotes/MODEL_CARD.md``).

Titles of books, films, songs and shows between quotation marks are nobody's words, and nothing is ironic in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from framing.entities.mentions import covering
from framing.quotes.corrections import SUBJECTS, subject_of
from framing.quotes.cues import VERBS
from framing.quotes.tagger import COLUMNS, NO_CUE, Attribution, Features, Span
from framing.text.lexicon import word_lists
from framing.text.quotation_marks import Mark

_LISTED = word_lists("quotes/words")

_WORD = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[a-z\d”\"')\]][.!?](?=\s)|\n")
_REFLEXIVE = re.compile(r"((?:it|him|her|my)self|(?:them|our)selves) ", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:^|(?<=\n)|(?<=[a-z”\"\])][.!?”\"\]] )|(?<=[.!?][”\"] )|(?<= [-–—] ))(?:(?:More )?[Ff]rom )?"
    r"([A-Z@][\w.'’@-]*(?: (?:[A-Z@(][\w.'’@()-]*|de|of|the|van|von|la|and)){0,7}):[ \xa0]*$"
)
LONGEST_NAMED = 200  # characters before a quotation in which such a name is looked for


def settle_pieces(doc: Any, text: str, found: list[Attribution], stretches: list[Stretch]) -> list[Attribution]:
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
    if stretch is None or stretch[1] >= span[1] or "\n" in text[stretch[1] : span[1]]:
        return span
    final = text[stretch[0] : stretch[1]].rstrip(CLOSING)[-1:]
    tail = text[stretch[1] : span[1]]
    if final in {",", ".", "!", "?"} and _WORD.search(tail) and not any(mark in tail for mark in '"“”„«»'):
        return stretch
    return span


def _to_the_fragment(text: str, attribution: Attribution, begins: list[int], stretches: list[Stretch]) -> None:
    """Of 'calls itself "concerned" about the deal' the words between marks; "itself" belongs to the cue."""
    if len(attribution.content) != 1 or not attribution.cue:
        return
    (start, end), cue = attribution.content[0], attribution.cue[0]
    pronoun = _REFLEXIVE.match(text, start, end)
    at = bisect_right(begins, pronoun.end()) - 1 if pronoun else -1
    if pronoun and at >= 0 and begins[at] == pronoun.end() and cue[1] <= start and not text[cue[1] : start].strip():
        attribution.cue[0] = (cue[0], pronoun.end(1))
        attribution.content = [stretches[at]]


def _far_pieces(text: str, attribution: Attribution, quotation: Any) -> list[Attribution]:
    """Fragments in marks a whole sentence further on than '"...," she said', as attributions of their own."""
    quoted = [span for span in attribution.content if quotation(span)]
    main = max(quoted, key=lambda span: span[1] - span[0], default=None)
    if main is None or not attribution.cue or not main[1] <= attribution.cue[0][0]:
        return []
    far = [
        span
        for span in attribution.content
        if span[0] > attribution.cue[0][0]
        and not quotation(span)
        and any(mark in text[slice(*span)] for mark in '"“”„«»')
        and len(_SENTENCE_END.findall(text, attribution.cue[0][0], span[0])) > 1
    ]
    attribution.content = [span for span in attribution.content if span not in far]
    return [Attribution([span], certainty=attribution.certainty, least=attribution.least) for span in far]


def _introduced(text: str, found: list[Attribution], stretches: list[Stretch]) -> list[Attribution]:
    """Quotations after a name and a colon ('... fell. Ann Berg: "We sail."') given to that name."""
    new = []
    for stretch in stretches:
        if _line_before(text, stretch[0], 3).rstrip()[-1:] != ":":
            continue
        line = _line_before(text, stretch[0], LONGEST_NAMED)
        name = _NAMED.search(text, stretch[0] - len(line), stretch[0])
        if name is not None:
            new.append(Attribution([stretch], [(name.end(1), name.end(1) + 1)], [name.span(1)]))
    taken = [(own.source[0][0], own.content[0][1]) for own in new]
    for attribution in found:
        attribution.content = [piece for span in attribution.content for piece in _left_of(span, taken)]
    return [attribution for attribution in found if attribution.content] + new


def _own_speakers(
    doc: Any, text: str, found: list[Attribution], stretches: list[Stretch], quotation: Any
) -> list[Attribution]:
    """Quotations that have their speaker beside them taken from those whose cue stands further away."""
    holders: dict[Stretch, Attribution] = {}
    taken = covering([span for attribution in found for span in attribution.content])
    for attribution in found:
        for span in attribution.content:
            stretch = quotation(span)
            if stretch and stretch[1] >= span[1] - 1:
                holders[stretch] = attribution
    new: list[Attribution] = []
    for stretch in stretches:
        holder = holders.get(stretch)
        if holder is None and taken(*stretch):
            continue
        beside = speaker_beside(doc, text, stretch)
        if beside is None:
            continue
        cue, source = beside
        if holder and (not holder.cue or _beside_already(text, holder.cue[0], stretch, cue)):
            continue
        if taken(cue[0], cue[0] + 1) or taken(source[0], source[0] + 1):
            continue
        own = Attribution([], [cue], [source])
        if holder:
            own.certainty, own.least = holder.certainty, holder.least
            own.content = [
                span
                for span in holder.content
                if quotation(span) == stretch
                or (span > stretch and quotation(span) and "\n" not in text[stretch[1] : span[0]])
            ]
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
    return not across and "\n" not in text[low:high] and not _ended(text, low, high)


def _left_of(span: Span, taken: list[Span]) -> list[Span]:
    """What is left of a span without those taken, which are in order."""
    left = [span]
    for start, end in taken[bisect_right(taken, span[0], key=itemgetter(1)) :]:
        if start >= span[1]:
            break
        left = [piece for one in left for piece in _around(one, start, end)]
    return left


def _around(span: Span, start: int, end: int) -> list[Span]:
    """What is left of a span without start to end."""
    if span[1] <= start or span[0] >= end:
        return [span]
    return [piece for piece in ((span[0], start), (end, span[1])) if piece[1] - piece[0] > 3]


def _line_before(text: str, place: int, reach: int) -> str:
    """What stands before a place in its line, so far back at most."""
    return text[max(place - reach, 0) : place].rpartition("\n")[2]


def _ended(text: str, begin: int, end: int) -> bool:
    """Does a sentence end right before `end`, closing marks and spaces aside?"""
    for passed in (str.isspace, CLOSING_SENTENCE.__contains__):
        while end > begin and passed(text[end - 1]):
            end -= 1
    return end > begin and text[end - 1] in ".!?…"


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
        between = text[span[1] : main[0]] if span < main else text[main[1] : span[0]]
        after_cue = main[1] <= cue < span[0]
        sentence_before = span < main and not span[1] <= cue < main[0] and _ended(text, span[0], main[0])
        stray = "\n" in between or after_cue or sentence_before
        if not stray or span in quoted or any(mark in text[slice(*span)] for mark in '"“”„«»'):
            kept.append(span)
    attribution.content = kept


def _carry_on(text: str, found: list[Attribution], quotation: Any) -> None:
    """In '"A," said Ann, calling for calm. "B."' Ann says B, whatever other cue stands nearer to it."""
    pieces = sorted(
        (span, number) for number, attribution in enumerate(found) for span in attribution.content if quotation(span)
    )
    for (before, speaker), (span, holder) in pairwise(pieces):
        if speaker == holder or "\n" in text[before[1] : span[0]] or not _ended(text, before[1], span[0]):
            continue
        said, other = found[speaker].cue, found[holder].cue
        if not said or not before[1] <= said[0][0] < span[0] or _ended(text, before[1], said[0][0]):
            continue
        if other and not (before[1] <= other[0][0] < span[1] and _ended(text, other[0][1], span[0])):
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


# Who stands beside a quotation: '"...," said Ann', '"...," Ann said' and 'Ann said: "..."', whatever the verb.

Stretch = tuple[int, int]  # of a quotation, marks included
CLOSING_SENTENCE = "\"”’'»)]"
CLOSING = "\"“”„‟«»'‘’` "
PAST_OR_PRESENT = {"VBD", "VBZ", "VBP"}


def speaker_beside(doc: Any, text: str, stretch: Stretch) -> tuple[Span, Span] | None:
    """Cue and source of a quotation that has them at its side; None where nobody surely is."""
    return _behind(doc, text, stretch) or _ahead(doc, text, stretch)


def _behind(doc: Any, text: str, stretch: Stretch) -> tuple[Span, Span] | None:
    stop = stretch[0]
    while stop and text[stop - 1].isspace() and text[stop - 1] != "\n":
        stop -= 1
    ahead = text[stop - 1 : stop].strip()  # the last character of the line before, "" where there is none
    if ahead and ahead not in ":—–-,\"”'’" and not _ended(text, 0, stop):
        return None
    inner = text[stretch[0] : stretch[1]].rstrip(CLOSING)[-1:]
    comma = text[stretch[1] : stretch[1] + 1] == ","
    if not comma and (inner not in {",", "?", "!"} or (inner != "," and ahead in {":", ","})):
        return None
    start = stretch[1] + comma
    while start < len(text) and text[start] == " ":
        start += 1
    first = doc.char_span(start, start + 1, alignment_mode="expand") if start < len(text) else None
    if not first or first[0].idx != start or text[stretch[1] : start].count("\n"):
        return None
    token = first[0]
    stop = min(token.i + 12, len(doc))
    if token.pos_ == "VERB" and token.tag_ in {*PAST_OR_PRESENT, "VBN"}:
        for noun in token.rights:
            if noun.left_edge.i == token.i + 1 and noun.pos_ in {"NOUN", "PROPN", "PRON"} and noun.tag_ != "PRP$":
                return _chars(token, token), _chars(noun.left_edge, noun.right_edge)
        return None
    for verb in doc[token.i + 1 : stop]:
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
    if text[stretch[0] : stretch[1]].rstrip(CLOSING)[-1:] == ",":
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


# What the tagger leaves open at quotation marks, settled by rule: quotations cut short and missed ones.

SPEECH = 8  # words between marks that are speech even where the tagger saw none
SENTENCE = 4  # ... if they begin with a capital and end like a sentence or before "he said"
HEADLINE = 3  # ... in the first paragraph, if they begin with a capital
SHAPE, STATE = COLUMNS.index("shape"), COLUMNS.index("state")
LAST_CONTENT = 2 * NO_CUE
_ENDS = ".,!?…—–-"


def complete(labels: np.ndarray, f: Features, text: str) -> np.ndarray:
    """`labels` with every spoken stretch between marks wholly content.

    A stretch the tagger has found for the most part becomes content from mark to mark; one it has not found
    is speech if it is long or reads like a sentence (otherwise a title, a term, irony). The outlet's own
    sentence before a quotation is no part of it: 'He has a worry: "It leaks," said Ann'.
    """
    labels = labels.copy()
    for begin, end, first, last in _with_tokens(f):
        wordy = (f.ids[first:last, SHAPE] > 0) & (f.ids[first:last, STATE] % 3 == 1)  # neither mark nor comma
        inside = labels[first:last]
        content = (inside > 0) & (inside <= LAST_CONTENT)
        n_words, found = int(wordy.sum()), int((wordy & content).sum())
        if found * 2 >= n_words or (found == 0 and _like_speech(text[begin:end], n_words, f.paragraph[first] == 0)):
            kind = int(np.bincount((inside[content] + 1) // 2).argmax()) if found else NO_CUE
            if first and labels[first - 1] in (2 * kind - 1, 2 * kind) and f.paragraph[first] == f.paragraph[first - 1]:
                labels[first] = 2 * kind
            else:
                labels[first] = 2 * kind - 1
            labels[first + 1 : last] = 2 * kind
            labels[np.flatnonzero(np.diff(f.paragraph[first:last])) + first + 1] = 2 * kind - 1
            if last < len(labels) and labels[last] and labels[last] % 2 == 0 and labels[last] != 2 * kind:
                labels[last] -= 1
            if text[begin:end].rstrip("\"”’'»")[-1:] == ",":
                _cut_lead_in(labels, f, first, text)
    return labels


def _with_tokens(f: Features) -> list[tuple[int, int, int, int]]:
    """Begin and end of each stretch that holds tokens, with the first of them and the one behind the last."""
    order = np.argsort(f.inside, kind="stable")
    bounds = np.searchsorted(f.inside[order], np.arange(len(f.stretches) + 1)).tolist()
    return [
        (begin, end, int(order[low]), int(order[high - 1]) + 1)
        for (begin, end, _), low, high in zip(f.stretches.tolist(), bounds[:-1], bounds[1:], strict=True)
        if low < high
    ]


def _cut_lead_in(labels: np.ndarray, f: Features, first: int, text: str) -> None:
    """Take whole sentences of the outlet's off the beginning of a content that ends before its cue."""
    if not first or labels[first] % 2 or text[f.end[first - 1] - 1] not in ".?!:" or f.inside[first - 1] >= 0:
        return
    begin = first - 1
    while labels[begin] == labels[first]:
        begin -= 1
    if (f.inside[begin:first] < 0).all():
        labels[begin:first] = 0
        labels[first] -= 1


def _like_speech(quoted: str, n_words: int, in_headline: bool) -> bool:
    inner = quoted.strip("\"“”„‟«»'‘’ ")
    if in_headline and n_words >= HEADLINE and inner[:1].isupper():
        return True
    return n_words >= SPEECH or (n_words >= SENTENCE and inner[:1].isupper() and inner[-1:] in _ENDS)


# Titles of works.

_KINDS = word_lists("quotes/words")["works"]  # what is given a title between marks
_KIND = (
    rf"(?:(?:{'|'.join(_KINDS)})(?:e?s)?|stories|anthologies|biographies|comedies|parodies|parody|symphonies|"
    r"tragedies|(?:hit|debut|new|first|latest|lead|second|number-one|chart-topping) single|EP|LP|TV movie)"
)
_CALLED = (
    r"(?:,? (?:also |simply |aptly )?(?:called|titled|entitled|named|known as|such as|like|including|namely|was|"
    r"is))?"
)
_KIND_BEFORE = re.compile(rf"\b{_KIND}{_CALLED}[,:]? ?$", re.IGNORECASE)
_MADE_BEFORE = re.compile(
    r"\b(?:(?:star|appear|act|perform|feature|cameo|debut|role|part|lead|character|butler|villain|hero|heroine|line|"
    r"scene|song|viewer|reader|fan|author|writer|director|star|creator|producer|cast|maker|screening|premiere|"
    r"release|finale|adaptation|publication|cop(?:y|ie)|season|run|rerun|version|review|cover|performance|production|"
    r"recording|translation|illustrator|narrator|host|known|remembered|famous)(?:s|red|ring|ed|ing)? "
    r"(?:in|of|on|to|for|from|with|by)(?: the| his| her| their)?|(?:co-)?(?:directed|direct|wrote|write|written|penned|"
    r"authored|published|recorded|released|produced|composed|painted|sang|sung|sing|renewed|premiered|filmed|screened|"
    r"adapted|staged|streamed|choreographed|illustrated|translated|rewatched|reread|hummed|whistled)) ?$",
    re.IGNORECASE,
)
_KIND_BEHIND = re.compile(
    rf",? (?:(?:an?|the|his|her|their|its|one of) (?:[\w’'-]+ ){{0,5}}?{_KIND}\b|"
    rf"(?:is|was|became|remains) (?:[\w’'-]+ ){{0,5}}?{_KIND}\b)",
    re.IGNORECASE,
)
_MADE_BEHIND = re.compile(
    r",? (?:(?:was|is|were|has been|had been) (?:first |originally |later |partly )?(?:written|directed|published|"
    r"released|recorded|performed|produced|composed|filmed|staged|shot|adapted|screened|aired|painted|streamed|"
    r"nominated|translated|serialised|serialized)\b|(?:opens|opened|premieres|premiered|airs|aired|stars|"
    r"starred|debuted|topped|sold|came out|tells the story|follows)\b|\((?:1[5-9]|20)\d\d\b)"
)
# A programme on which somebody speaks: "on NBC’s “Meet the Press”", "told “Fox News Sunday”".
_SHOW_BEFORE = re.compile(
    r"\b(?:on|told|tells|telling|watch(?:es|ed|ing)?|hosts?|hosted|hosting|"
    r"interviews? (?:with|on|for))"
    r"(?: (?:[A-Z][\w&]*[’'](?:s)?|the program(?:me)?|the show))? ?$"
)
# What is printed on these, or shouted, is somebody's message, with capitals like a title's.
_MESSAGE_BEFORE = re.compile(
    r"\b(?:sign|banner|placard|poster|shirt|sticker|hat|cap|slogan|chant|motto|headline|message|note|tweet|post|caption|"
    r"subject line|hashtag)s?\b[^.!?]{0,30}$|: ?$",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:,|,? and|,? or|,? then|;) ?")
_BARE = re.compile(r"\w+(?:[’'.-]\w+)*")
SMALL = frozenset(
    "a an the and but or nor for of in on at to by from with as into onto over per via vs de la le "
    "du von van is it".split()
)  # words that a title may print small
TITLE_WORDS = 3  # words that make a title by their capitals alone
LONGEST_TITLE = 14
SINGS = frozenset(_LISTED["sings"])
MAKES = frozenset(_LISTED["makes"])


def titles(doc: Any, text: str, marks: list[Mark], headlines: list[Span]) -> list[Span]:
    """The stretches between marks, marks included, that are titles of works."""
    found: list[Span] = []
    for mark in marks:
        if not mark.opened or not mark.closed or mark.depth or mark.inner_end - mark.inner_start > 120:
            continue
        after_another = bool(found) and _AND.fullmatch(text, found[-1][1], mark.start) is not None
        headline = any(start <= mark.start < end for start, end in headlines)
        if _is_title(doc, text, mark, after_another, headline):
            found.append((mark.start, mark.end))
    return found


def _is_title(doc: Any, text: str, mark: Mark, after_another: bool, headline: bool) -> bool:
    inner = text[mark.inner_start : mark.inner_end].strip()
    words = _BARE.findall(inner)
    if not words or len(words) > LONGEST_TITLE or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    before, behind = _line_before(text, mark.start, 80), text[mark.end : mark.end + 80].partition("\n")[0]
    beside = _KIND_BEFORE.search(before) is not None
    capitals = _like_a_title(words) and (not inner.isupper() or beside)
    if beside and (capitals or not inner.endswith((".", "!", "?"))):
        return True
    if not capitals:
        return False
    if after_another or _MADE_BEFORE.search(before) or _KIND_BEHIND.match(behind) or _MADE_BEHIND.match(behind):
        return not _MESSAGE_BEFORE.search(before)
    if _SHOW_BEFORE.search(before):
        return not _MESSAGE_BEFORE.search(before)
    if headline or len(words) < TITLE_WORDS or inner.endswith((".", "!", "?")) or _MESSAGE_BEFORE.search(before):
        return False
    spoken = speaker_beside(doc, text, (mark.start, mark.end))
    return spoken is None or not _speaks(doc, spoken[0])


def _like_a_title(words: list[str]) -> bool:
    """Is every word but the small ones printed with a capital, the last one too?"""
    large = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return (
        len(large) >= len(words) / 2
        and (words[-1][0].isupper() or words[-1][0].isdigit())
        and all(word in large or word in SMALL for word in words)
        and (len(words) == 1 or len(large) > 1)
    )


def _speaks(doc: Any, cue: Span) -> bool:
    words = doc.char_span(*cue, alignment_mode="expand")
    return words is not None and any(
        token.lemma_.lower() in (VERBS | SINGS) - MAKES or token.lower_ == "according" for token in words
    )


def without_titles(
    doc: Any, text: str, found: list[Attribution], works: list[Span], marks: list[Mark]
) -> list[Attribution]:
    """The attributions without titles that were taken for speech; those that only name a work are left out.

    "He said his film “Rain on Tin” was a joke" stays what he said.
    """
    if not works:
        return found
    speech = [(mark.start, mark.end) for mark in marks if not mark.depth and (mark.start, mark.end) not in works]
    kept = []
    for attribution in found:
        held = [work for work in works if any(_meet(span, work) for span in attribution.content)]
        if held:
            attribution.content = [
                span
                for span in attribution.content
                if not any(work[0] <= span[0] and span[1] <= work[1] for work in held)
            ]
            other = any(_meet(span, stretch) for span in attribution.content for stretch in speech)
            said = any(
                _speaks(doc, cue) and not any(_gives_title(text, work, cue) for work in held) for cue in attribution.cue
            )
            rest = [word.lower() for span in attribution.content for word in _BARE.findall(_blanked(text, span, held))]
            if not attribution.content or not (other or said) or SMALL.issuperset(rest):
                continue
        kept.append(attribution)
    return kept


def _blanked(text: str, span: Span, works: list[Span]) -> str:
    """The words of a stretch outside the titles in it."""
    for start, end in works:
        start, end = max(start, span[0]), min(end, span[1])
        if start < end:
            text = text[:start] + " " * (end - start) + text[end:]
    return text[slice(*span)]


def _gives_title(text: str, work: Span, cue: Span) -> bool:
    """Does the cue only give the work its title: "a podcast called “Rain on Tin”"?"""
    before = _line_before(text, work[0], 80)
    kind = _KIND_BEFORE.search(before)
    return kind is not None and work[0] - len(before) + kind.start() <= cue[0] < work[0]
