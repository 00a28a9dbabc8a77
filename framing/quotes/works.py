"""Titles of books, films, songs and shows between quotation marks: nobody says them, and nothing is ironic in them."""

from __future__ import annotations

import re
from typing import Any

from framing.quotes.cues import VERBS
from framing.quotes.pieces import speaker_beside
from framing.quotes.tagger import Attribution, Span
from framing.text.quotation_marks import Mark

# What is given a title between marks; ours, from the arts pages of newspapers and from library catalogues.
_KINDS = """
    album anthem anthology aria article autobiography ballad ballet bestseller biography blockbuster book
    broadcast cartoon chapter collection column comedy comic composition concerto ditty documentary drama duet
    episode essay exhibit exhibition fable feature film flick game hit hymn installation lecture magazine manga
    masterpiece melodrama memoir miniseries monologue movie mural musical mystery novel novella opera operetta
    paint painting pamphlet paperback photograph picture play playlist podcast poem portrait programme program
    remake rom-com romance satire screenplay sculpture sequel prequel serial series short show sitcom sketch
    soap song sonata sonnet soundtrack story strip suite symphony tale telenovela textbook thesis thriller tome
    track tragedy trailer treatise trilogy tune videogame volume waltz western whodunit""".split()
_KIND = rf"(?:(?:{'|'.join(_KINDS)})(?:e?s)?|stories|anthologies|biographies|comedies|parodies|parody|symphonies|" \
        r"tragedies|(?:hit|debut|new|first|latest|lead|second|number-one|chart-topping) single|EP|LP|TV movie)"
_NAMED = (r"(?:,? (?:also |simply |aptly )?(?:called|titled|entitled|named|known as|such as|like|including|namely|was|"
          r"is))?")
_KIND_BEFORE = re.compile(rf"\b{_KIND}{_NAMED}[,:]? ?$", re.IGNORECASE)
_MADE_BEFORE = re.compile(
    r"\b(?:(?:star|appear|act|perform|feature|cameo|debut|role|part|lead|character|butler|villain|hero|heroine|line|"
    r"scene|song|viewer|reader|fan|author|writer|director|star|creator|producer|cast|maker|screening|premiere|"
    r"release|finale|adaptation|publication|cop(?:y|ie)|season|run|rerun|version|review|cover|performance|production|"
    r"recording|translation|illustrator|narrator|host|known|remembered|famous)(?:s|red|ring|ed|ing)? "
    r"(?:in|of|on|to|for|from|with|by)(?: the| his| her| their)?|(?:co-)?(?:directed|direct|wrote|write|written|penned|"
    r"authored|published|recorded|released|produced|composed|painted|sang|sung|sing|renewed|premiered|filmed|screened|"
    r"adapted|staged|streamed|choreographed|illustrated|translated|rewatched|reread|hummed|whistled)) ?$",
    re.IGNORECASE)
_KIND_BEHIND = re.compile(rf",? (?:(?:an?|the|his|her|their|its|one of) (?:[\w’'-]+ ){{0,5}}?{_KIND}\b|"
                          rf"(?:is|was|became|remains) (?:[\w’'-]+ ){{0,5}}?{_KIND}\b)", re.IGNORECASE)
_MADE_BEHIND = re.compile(
    r",? (?:(?:was|is|were|has been|had been) (?:first |originally |later |partly )?(?:written|directed|published|"
    r"released|recorded|performed|produced|composed|filmed|staged|shot|adapted|screened|aired|painted|streamed|"
    r"nominated|translated|serialised|serialized)\b|(?:opens|opened|premieres|premiered|airs|aired|stars|"
    r"starred|debuted|topped|sold|came out|tells the story|follows)\b|\((?:1[5-9]|20)\d\d\b)")
# What is printed on these, or shouted, is somebody's message, with capitals like a title's.
_MESSAGE_BEFORE = re.compile(
    r"\b(?:sign|banner|placard|poster|shirt|sticker|hat|cap|slogan|chant|motto|headline|message|note|tweet|post|caption|"
    r"subject line|hashtag)s?\b[^.!?]{0,30}$|: ?$", re.IGNORECASE)
_AND = re.compile(r"(?:,|,? and|,? or|,? then|;) ?")
_BARE = re.compile(r"\w+(?:[’'.-]\w+)*")
SMALL = frozenset("a an the and but or nor for of in on at to by from with as into onto over per via vs de la le "
                  "du von van is it".split())  # words that a title may print small
TITLE_WORDS = 3  # words that make a title by their capitals alone
LONGEST_TITLE = 14
SINGS = frozenset(["chant", "cheer", "cry", "yell", "shout", "scream", "chorus", "reply", "tweet", "read"])
MAKES = frozenset(["write", "find", "show", "know", "learn", "recall", "feel", "object", "recount"])  # with a work


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
    inner = text[mark.inner_start:mark.inner_end].strip()
    words = _BARE.findall(inner)
    if not words or len(words) > LONGEST_TITLE or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    line = max(text.rfind("\n", 0, mark.start) + 1, mark.start - 80)
    before, behind = text[line:mark.start], text[mark.end:mark.end + 80].partition("\n")[0]
    beside = _KIND_BEFORE.search(before) is not None
    capitals = _like_a_title(words) and (not inner.isupper() or beside)
    if beside and (capitals or not inner.endswith((".", "!", "?"))):
        return True
    if not capitals:
        return False
    if after_another or _MADE_BEFORE.search(before) or _KIND_BEHIND.match(behind) or _MADE_BEHIND.match(behind):
        return not _MESSAGE_BEFORE.search(before)
    if headline or len(words) < TITLE_WORDS or inner.endswith((".", "!", "?")) or _MESSAGE_BEFORE.search(before):
        return False
    if before.endswith(("In ", "in ", "of ", "On ")) and inner.endswith(","):
        return True
    spoken = speaker_beside(doc, text, (mark.start, mark.end))
    return spoken is None or not _speaks(doc, spoken[0])


def _like_a_title(words: list[str]) -> bool:
    """Is every word but the small ones printed with a capital, the last one too?"""
    large = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return len(large) > len(words) / 2 and (words[-1][0].isupper() or words[-1][0].isdigit()) and all(
        word in large or word in SMALL for word in words) and (len(words) == 1 or len(large) > 1)


def _speaks(doc: Any, cue: Span) -> bool:
    words = doc.char_span(*cue, alignment_mode="expand")
    return words is not None and any(token.lemma_.lower() in (VERBS | SINGS) - MAKES or token.lower_ == "according"
                                     for token in words)


def without_titles(doc: Any, text: str, found: list[Attribution], works: list[Span],
                   marks: list[Mark]) -> list[Attribution]:
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
            attribution.content = [span for span in attribution.content if not any(
                work[0] <= span[0] and span[1] <= work[1] for work in held)]
            other = any(_meet(span, stretch) for span in attribution.content for stretch in speech)
            said = any(_speaks(doc, cue) and not any(_names(text, work, cue) for work in held)
                       for cue in attribution.cue)
            if not attribution.content or not (other or said):
                continue
        kept.append(attribution)
    return kept


def _names(text: str, work: Span, cue: Span) -> bool:
    """Does the cue only give the work its title: "a podcast called “Rain on Tin”"?"""
    line = max(text.rfind("\n", 0, work[0]) + 1, work[0] - 80)
    kind = _KIND_BEFORE.search(text[line:work[0]])
    return kind is not None and line + kind.start() <= cue[0] < work[0]


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
