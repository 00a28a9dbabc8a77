"""A page as paragraphs: where each begins and ends, what can be seen without reading it, and the fixed phrases in it.

The phrases of page furniture stand in ``data/pages/phrases.toml`` and ``data/names/agencies.toml``: phrases of
English-language news, never names of sites. They are matched word by word (lower case, punctuation ignored), so reading
a line takes the same short time whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from framing.text.lexicon import word_lists

_SAID = {name: frozenset(phrases) for name, phrases in word_lists("pages/phrases").items()}
MONTHS, DAYS = _SAID["months"], _SAID["days"]
DATE_WORDS = MONTHS | DAYS | _SAID["date_words"]
AGENCIES = frozenset(word_lists("names/agencies")["credits"]["words"])
FUNCTION_WORDS = _SAID["function_words"]  # prose is full of them, menus and lists of links are not
LINES, OPENINGS = _SAID["lines"], _SAID["openings"]  # whole lines; first words of short lines
LINKS, LINK_LABELS = _SAID["links"], _SAID["link_labels"]
BOXES, BOX_OPENINGS = _SAID["boxes"], _SAID["box_openings"]  # open a part of the page that is not the story
SECTIONS = _SAID["sections"]  # a site's departments: furniture above and below a story
SITE_STRONG, SITE = _SAID["site_strong"], _SAID["site"]  # words of a site speaking to its visitor
ADDRESS, REQUESTS = _SAID["address"], _SAID["requests"]
STAMP_OPENINGS, BYLINE_OPENINGS, ROLES = _SAID["stamp_openings"], _SAID["byline_openings"], _SAID["roles"]
CREDIT_OPENINGS, CREDIT_WITHIN = _SAID["credit_openings"], _SAID["credit_within"]
BIO_WITHIN, NOT_NAMES = _SAID["bio_within"], _SAID["not_names"]


def key(words: list[str]) -> str:
    """Words as the phrase lists write them: lower case, straight apostrophes, single spaces."""
    return " ".join(words).lower().replace("’", "'").replace("‘", "'")


def opens_with(line: str, phrases: frozenset[str], longest: int = 5) -> bool:
    """True if the first words of `line` (as made by `key`) are one of `phrases`."""
    words = line.split(" ", longest)
    return any(" ".join(words[:size]) in phrases for size in range(1, min(longest, len(words)) + 1))


def count_phrases(line: str, phrases: frozenset[str]) -> int:
    """How many of `phrases` stand in `line` (as made by `key`), the longest first, none counted twice."""
    return find_phrases(line, phrases)[0]


def find_phrases(line: str, phrases: frozenset[str]) -> tuple[int, list[str]]:
    """How many of `phrases` stand in `line`, and the words of the line that belong to none."""
    lengths = _lengths(phrases)
    words = line.split(" ")
    hits = position = 0
    rest = []
    while position < len(words):
        step = 0
        for size in lengths.get(words[position], ()):
            if " ".join(words[position:position + size]) in phrases:
                hits, step = hits + 1, size
                break
        if not step:
            rest.append(words[position])
        position += step or 1
    return hits, rest


@lru_cache(maxsize=64)
def _lengths(phrases: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """First word -> the lengths in words of the phrases that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}


# Paragraphs.

BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
WORD = re.compile(r"[^\W_]+(?:['’.\-‐‑&][^\W_]+)*")
SENTENCE_BREAK = re.compile(r"[a-z]{3}[.!?][”\"’]? [A-Z]")
SIGNED = re.compile(  # ". — AFP", ". (Reuters)"
    r"(?<=[.!?”\"])\s*(?:[—–-]{1,2}\s?(?:dpa|[A-Z][\w /&]{1,30})|[(\[](?:dpa|[A-Z][\w /&]{1,30})[)\]])\.?$")
QUOTE_AND_MORE = re.compile(r",[”\"»] \w|[”\"»], \w")
CLOSERS = "\"'”’»“›)]*\u200b\ufeff"
WIDEST_WRAP, NARROWEST_WRAP = 100, 40  # characters: lines broken by an editor fall in between


@dataclass
class Line:
    """One paragraph of a page (a printed line, or several that an editor had wrapped)."""

    start: int
    end: int
    text: str
    after_blank: bool  # a blank line stands before it
    zone: str = ""
    why: str = ""
    tags: set[str] = field(default_factory=set)
    place: int = 0  # its number on the page

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.text)

    @cached_property
    def n(self) -> int:
        return len(self.words)

    @cached_property
    def key(self) -> str:
        """Its words in lower case, for matching phrases."""
        return " ".join(self.words).lower().replace("’", "'").replace("‘", "'")

    @cached_property
    def content(self) -> set[str]:
        """The words that carry its subject, cut to a rough stem."""
        return {stem(word) for word in self.words
                if len(word) > 2 and word.lower() not in FUNCTION_WORDS and not word.isdigit()}

    @cached_property
    def bare_end(self) -> str:
        """Its text without closing quotation marks and brackets, and without an agency's name at the end."""
        text = self.text
        if (signed := SIGNED.search(text[-60:])) is not None:
            text = text[:len(text) - len(signed.group())]
        return text.rstrip(CLOSERS + " \t\xa0")

    @cached_property
    def trails_off(self) -> bool:
        return self.bare_end.endswith(("…", "..."))

    @cached_property
    def ends_sentence(self) -> bool:
        return self.bare_end.endswith((".", "!", "?", "。")) and not self.trails_off

    @cached_property
    def is_prose(self) -> bool:
        """Reads as running text: a whole sentence, or long enough to be nothing else."""
        if self.n >= 28:
            return True
        if self.ends_sentence:
            return self.n >= 5 or (self.n >= 2 and self.text[0] in "\"“‘«'")
        if self.n >= 12 and SENTENCE_BREAK.search(self.text):
            return True
        return self.n >= 8 and self.text[0] in "\"“«" and bool(QUOTE_AND_MORE.search(self.text))

    @cached_property
    def function_share(self) -> float:
        return sum(word.lower() in FUNCTION_WORDS for word in self.words) / max(self.n, 1)

    @cached_property
    def is_bullet(self) -> bool:
        return bool(re.match(r"(?:[•·▪●◦‣*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s", self.text))


def stem(word: str) -> str:
    """A rough stem: enough to match "Russia", "Russian" and "Russia's"."""
    return re.sub(r"['’]s?$", "", word).lower()[:6]


def paragraphs(text: str) -> list[Line]:
    """The paragraphs of `text`: printed lines, with lines that an editor wrapped joined again."""
    printed: list[tuple[int, int]] = []
    begin = 0
    for end, after in [*((hit.start(), hit.end()) for hit in BREAK.finditer(text)), (len(text), len(text))]:
        printed.append((begin, end))
        begin = after
    spans: list[tuple[int, int, bool, bool]] = []  # start, end, after a blank line, indented
    blank = True
    for begin, end in printed:
        line = text[begin:end]
        bare = line.strip()
        if not bare:
            blank = True
            continue
        lead = len(line) - len(line.lstrip())
        spans.append((begin + lead, begin + lead + len(bare), blank, lead > 1))
        blank = False
    joins = _wrapped(text, spans)
    lines: list[Line] = []
    for (start, end, blank, _), joined in zip(spans, joins, strict=True):
        if joined:
            start = lines[-1].start
            lines[-1] = Line(start, end, text[start:end], lines[-1].after_blank)
        else:
            lines.append(Line(start, end, text[start:end], blank))
    return lines


def _wrapped(text: str, spans: list[tuple[int, int, bool, bool]]) -> list[bool]:
    """For each printed line: does it go on from the line before, broken only to fit a width?

    A greedy line breaker leaves its signature: the first word of each next line would not have fitted
    on the line before. Only where nearly all touching lines bear it, and break off in mid-sentence,
    are lines joined.
    """
    none = [False] * len(spans)
    touching = [i for i in range(1, len(spans)) if not spans[i][2]]
    if not touching:
        return none
    lengths = sorted(end - start for start, end, _, _ in spans)
    width = lengths[-1] if len(lengths) < 20 else lengths[int(len(lengths) * .98)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return none
    joins, midway, full = list(none), 0, 0
    for i in touching:
        (start, end, _, _), (begin, stop, _, indented) = spans[i - 1], spans[i]
        first = text[begin:stop].split(None, 1)[0]
        fits = end - start + 1 + len(first) <= width
        bullet = re.match(r"[•·▪●◦‣*]|[–—-]\s|\d{1,2}[.)]\s", text[begin:stop])
        long_enough = end - start >= width * .6
        if not fits and long_enough and not bullet and not (indented and not spans[i - 1][3]):
            joins[i] = True
            full += 1
            before = text[start:end].rstrip(CLOSERS)
            midway += text[begin].islower() or before[-1:].isalnum() or before[-1:] == ","
    if full >= max(2, .5 * len(touching)) and midway >= .6 * full:
        return joins
    return none
