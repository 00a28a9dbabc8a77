"""A page as paragraphs: where each begins and ends, what can be seen without reading it, and the fixed phrases in it.

The phrases of page furniture stand in ``data/pages/phrases.toml`` and ``data/names/agencies.toml``: phrases of
English-language news, never names of sites. They are matched word by word (lower case, punctuation ignored), so reading
a line takes the same short time whatever it holds.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from framing.text.lexicon import word_lists

_SAID = {name: frozenset(phrases) for name, phrases in word_lists("pages/phrases").items()}
_MONTHS = word_lists("pages/languages")["months"]
MONTHS, DAYS = frozenset([*_MONTHS["en"], *_MONTHS["en_short"], "sept"]), _SAID["days"]
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
SMALL_WORDS = _SAID["small_words"]
ABBREVIATIONS = _SAID["abbreviations"]  # no sentence ends behind their full stop
CLOSING_ABBREVIATIONS = _SAID["closing_abbreviations"]  # a sentence may


def key(words: list[str]) -> str:
    """Words as the phrase lists write them: lower case, straight apostrophes, single spaces."""
    return " ".join(words).lower().replace("’", "'").replace("‘", "'")


def ends_short(text: str) -> bool:
    """True if `text` ends in a word cut short with a full stop: "U.S.", "a.m.", "Paul Holt Jr."."""
    hit = _SHORTENED.search(text)
    return hit is not None and (hit[1] is None or hit[1].lower() in ABBREVIATIONS | CLOSING_ABBREVIATIONS)


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
            if " ".join(words[position : position + size]) in phrases:
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
SENTENCE_BREAK = re.compile(r"[a-z]{3}[.!?](?=[”\"’]? [A-Z])")
_SHORTENED = re.compile(r"(?:(?:\b[^\W\d_]\.){2,}|\b([^\W\d_]{1,6})\.)$")
SIGNED = re.compile(  # ". — AFP", ". (Reuters)"
    r"(?<=[.!?”\"])\s*(?:[—–-]{1,2}\s?(?:dpa|[A-Z][\w /&]{1,30})|[(\[](?:dpa|[A-Z][\w /&]{1,30})[)\]])\.?$"
)
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
    place: int = -1  # its number on the page; -1 outside one

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
        return {
            stem(word)
            for word in self.words
            if len(word) > 2 and word.lower() not in FUNCTION_WORDS and not word.isdigit()
        }

    @cached_property
    def bare_end(self) -> str:
        """Its text without closing quotation marks and brackets, and without an agency's name at the end."""
        text = self.text
        if (signed := SIGNED.search(text[-60:])) is not None:
            before = text[: len(text) - len(signed.group())]
            if signed.group()[0] not in "—–-" or not ends_short(before):  # "U.S.-Mexico border" is no signature
                text = before
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
        if self.n >= 12 and any(not ends_short(self.text[: hit.end()]) for hit in SENTENCE_BREAK.finditer(self.text)):
            return True
        return self.n >= 8 and self.text[0] in '"“«' and bool(QUOTE_AND_MORE.search(self.text))

    @cached_property
    def in_title_case(self) -> bool:
        """Every word capitalised but the small ones."""
        return self.n >= 3 and all(not word[0].islower() or word.lower() in SMALL_WORDS for word in self.words)

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
    width = lengths[-1] if len(lengths) < 20 else lengths[int(len(lengths) * 0.98)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return none
    joins, midway, full = list(none), 0, 0
    for i in touching:
        (start, end, _, _), (begin, stop, _, indented) = spans[i - 1], spans[i]
        first = text[begin:stop].split(None, 1)[0]
        fits = end - start + 1 + len(first) <= width
        bullet = re.match(r"[•·▪●◦‣*]|[–—-]\s|\d{1,2}[.)]\s", text[begin:stop])
        long_enough = end - start >= width * 0.6
        if not fits and long_enough and not bullet and not (indented and not spans[i - 1][3]):
            joins[i] = True
            full += 1
            before = text[start:end].rstrip(CLOSERS)
            midway += text[begin].islower() or before[-1:].isalnum() or before[-1:] == ","
    if full >= max(2, 0.5 * len(touching)) and midway >= 0.6 * full:
        return joins
    return none


# Shapes of lines that words alone do not show: dates, running times, weather, captions, names.

JUNK = re.compile(r"[\W\d_]+|(?:https?://|www\.)\S+|\S+\.\w+/\S+|\S+@\S+\.\w+|[\[({]*\w*_\w*[\])}]*|[a-z]{2,8}px")
GLUED_LINK = re.compile(r"(?:Read more|Read also|Also read|See also|More on this|Related)(?=[A-Z])")
MENU = re.compile(r"[^|•·>»]{1,40}(?:[|•·>»][^|•·>»]{1,40}){2,12}")
HANDLES = re.compile(r"(?:[@#]\w+[\s,]*)+")
_MONTH = "(?:" + "|".join(sorted(MONTHS)) + ")"
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}\b\.?(?:,? \d{{4}})?|"
    rf"{_MONTH}\b\.? \d{{1,2}}\b(?:,? \d{{4}})?|"
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})",
    re.I,
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.I)
DURATION = re.compile(r"(?:video\s*)?[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s*/?\s*\d{1,2}:\d{2})?", re.I)
DEGREES = re.compile(r"[+\-−]?\d{1,3}(?:[.,]\d)?\s?(?:°\s?[CF]?|º\s?[CF]?|[CF])(?![\w'])")
MINUTES_READ = re.compile(r"\b\d+[\s-]?min(?:ute)?s?\.? (?:read|listen|watch|video)\b", re.I)
COUNTER = re.compile(
    r"(?:page )?\d+ (?:of|/) \d+|\d[\d.,]*\s?[kKmM]? (?:shares?|comments?|views?|likes?|reactions?|"
    r"replies|reads|votes)",
    re.I,
)
_PHOTO = r"(?:photos?|photographs?|pictures?|pics?|images?|illustrations?|graphics?|screengrabs?|screenshots?)"
CAPTION_START = re.compile(
    rf"[\[(]?\s*(?:(?:file |handout |ap |afp |reuters |pool )?{_PHOTO}"
    r"(?: credit| source| caption)?\s*"
    r"(?:[:/©]|by\b|courtesy\b|via\b|caption\b)|credit\s*:|caption\s*:|"
    r"pictured\s*[:,(]|file photo\b|"
    r"(?:file|archive) (?:picture|image)\b|left to right\b|from left\b|©\s*[A-Z])",
    re.I,
)
CAPTION_TAIL = re.compile(
    rf"(?:^|[\s\[(|/.—–-])(?:{_PHOTO}|credit)\s?(?:[:/©]|by\b|courtesy\b|credit\b)"
    r"[^.!?]{2,60}[\])]?\.?$",
    re.I,
)
BRACKET_TAIL = re.compile(r"[\[(]([^\[\]()]{1,90})[\])]\.?$")
SLASH_TAIL = re.compile(r"\b(?:REUTERS|AP Photo|AP|AFP|EPA|Getty Images?|Pool|Sputnik)\s?/\s?[A-Z][\w ./'’-]{2,50}$")
GLUED_CREDIT = re.compile(r"[.”\"]\s?(?:Photo )?Credit(?:\s?\.\.\.|:)?\s?[A-Z][^.!?]{2,80}$")
DASH_TAIL = re.compile(r"(?:\s|[.!?”\"])[—–-]{1,2}\s?(dpa|[A-Z][\w/ &,-]{1,40})\.?$")
_PARTICLES = frozenset(word_lists("names/words")["particles"])


def names_agency(text: str) -> bool:
    """True if `text` holds nothing much but the name of a news or photo agency."""
    words = re.findall(r"[A-Za-z]+", text)
    return 0 < len(words) <= 8 and any(
        word.lower() in AGENCIES and (word[0].isupper() or len(words) == 1) for word in words
    )


def is_date_line(text: str, words: list[str]) -> bool:
    """A date, a time or a time stamp and nothing else."""
    if not 1 <= len(words) <= 16 or not any(char.isdigit() for char in text):
        return False
    rest = [word for word in re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*", text.lower()) if word not in DATE_WORDS]
    dated = any(word.lower() in MONTHS or word.lower() in DAYS for word in re.findall(r"[^\W\d_]+", text))
    return not rest or (len(rest) <= 1 and dated and len(words) >= 4)


def is_name(text: str) -> bool:
    """Shaped like one or more people's names ("Ada Brown", "Ada Brown and Li van Dam")."""
    if NOT_NAMES & set(text.lower().split()):
        return False
    parts = re.split(r",|&|\||\band\b", text)
    for part in parts:
        words = part.split()
        if not 2 <= len(words) <= 4:
            return False
        for number, word in enumerate(words):
            if word in _PARTICLES:
                if number == len(words) - 1:
                    return False
            elif not re.fullmatch(r"[A-Z][\w'’.\-]*", word) or any(char.isdigit() for char in word):
                return False
    return 1 <= len(parts) <= 4


ZONE_OF_TAG = {
    **dict.fromkeys(["duration", "junk", "box", "short", "stamp", "link", "site"], "furniture"),
    "caption": "caption",
    "photo": "caption",
    "credit": "credit",
    "bio": "credit",
    "byline": "byline",
}
LONGEST = 2000  # characters of a line that is read for its wording
SITE_SHARE = 0.12  # site words per word from which a sentence speaks to the visitor of the site


def read_wording(lines: list[Line]) -> None:
    """Mark what is furniture, a caption, a credit or a byline by its words wherever it stands."""
    seen = Counter(line.text for line in lines)
    for line in lines:
        tag = _tag(line, seen[line.text] > 1)
        if tag:
            line.tags.add(tag)
            line.zone = ZONE_OF_TAG.get(tag, "")


def _tag(line: Line, twice: bool) -> str:
    text, n, key = line.text, line.n, line.key
    if n > 90 or len(text) > LONGEST:
        return ""
    if n <= 16:
        if DURATION.fullmatch(text):
            return "duration"
        if JUNK.fullmatch(text) or HANDLES.fullmatch(text):
            return "junk"
        if key in BOXES or (n <= 8 and not line.ends_sentence and opens_with(key, BOX_OPENINGS)):
            return "box"
        if key in LINES or is_date_line(text, line.words) or COUNTER.fullmatch(text):
            return "short"
        if (n <= 8 and (key.endswith(" ago") or " ago " in key)) or MINUTES_READ.search(text[:60]):
            return "short"
        if n <= 6 and DEGREES.search(text) and not line.ends_sentence:
            return "short"
        if key in SECTIONS or (
            n <= 6
            and not line.ends_sentence
            and all(part.strip().lower() in SECTIONS for part in re.split(r"[>|/›»&,]", text))
        ):
            return "section"
        if not line.ends_sentence and not line.is_bullet and MENU.fullmatch(text):
            return "short"
        if n <= 12 and opens_with(key, OPENINGS):
            return "short"
        if not line.is_prose and _is_stamp(line):
            return "stamp"
    caption = _caption_tag(line)
    if caption:
        return caption
    if n <= 16 and twice and not line.is_prose:
        return "twice"
    if n <= 40:
        if count_phrases(key, CREDIT_WITHIN) or (n <= 30 and _is_credit(line)):
            return "credit"
        if (
            not line.trails_off
            and line.text[0].isupper()
            and is_name(" ".join(text.split()[:2]))
            and count_phrases(" ".join(key.split()[:8]), BIO_WITHIN)
        ):
            return "bio"
        if n <= 24 and not line.ends_sentence and _is_byline(line):
            return "byline"
    if n <= 24 and _is_link(line):
        return "link"
    return "site" if _speaks_to_visitor(line) else ""


def _is_stamp(line: Line) -> bool:
    """A line with a date and a clock time, or a date after "Posted", "Updated" and the like."""
    date, clock = DATE.search(line.text), CLOCK.search(line.text)
    stamped = opens_with(line.key, STAMP_OPENINGS, 2)
    return bool(
        (date and clock)
        or (stamped and (date or clock))
        or (date and date.start() <= 12 and line.n <= 8 and date.group()[-4:].isdigit())
    )


def _caption_tag(line: Line) -> str:
    text, n = line.text, line.n
    if n > 70:
        return ""
    tail = text[-120:]
    bracket = BRACKET_TAIL.search(tail)
    inside = bracket.group(1) if bracket else ""
    short = n <= 9
    if (
        bracket
        and bracket.start() > 0
        and len(inside.split()) <= 2
        and ":" not in inside
        and "photo" not in inside.lower()
        and names_agency(inside)
        and tail[: bracket.start()].rstrip()[-1:] in '.”"!?'
    ):
        return "dash"
    if CAPTION_START.match(text) or (bracket and bracket.start() == 0 and names_agency(inside)):
        return "photo" if short else "caption"
    if (
        text.endswith("hide caption")
        or CAPTION_TAIL.search(tail)
        or GLUED_CREDIT.search(tail)
        or SLASH_TAIL.search(tail)
        or (inside and names_agency(inside))
    ):
        return "photo" if n <= 5 else "caption"
    dash = DASH_TAIL.search(tail)
    if dash is None or not names_agency(dash.group(1)):
        return ""
    ended = n >= 16 or dash.group()[0] in '.!?”"' or tail[: dash.start()].rstrip()[-1:] in '.”"!?'
    return "dash" if ended else ""


def _is_credit(line: Line) -> bool:
    first = line.key.split(" ", 1)[0]
    if opens_with(line.key, CREDIT_OPENINGS) and first not in ("text", "writing", "editing"):
        return True
    if first in ("text", "writing", "editing", "translation", "agencies", "agency", "contributing"):
        return (
            line.n <= 10
            and not (line.ends_sentence and line.n > 4)
            and (
                ":" in line.text[:14]
                or any(word in AGENCIES or word == "by" for word in line.key.replace("/", " ").split())
            )
        )
    return (
        line.n <= 3
        and names_agency(line.text)
        and not line.ends_sentence
        and all(word.lower() in AGENCIES or word[0].isupper() for word in re.findall(r"[A-Za-z]+", line.text))
    )


def _is_byline(line: Line) -> bool:
    words = line.text.split()
    if opens_with(line.key, BYLINE_OPENINGS):
        rest = [word for word in words[1:] if word[:1].isalpha()]
        return bool(rest) and (rest[0][0].isupper() or line.n <= 4)
    if 2 <= line.n <= 4 and line.words[-1].lower() in ROLES and words[0][0].isupper():
        return True
    capitals = sum(word[0].isupper() for word in words[:2])
    roles = [n for n, word in enumerate(line.words) if n >= 2 and word.lower() in ROLES]
    if capitals < 2 or line.n > 10 or not roles:
        return False
    if line.place:
        return True
    # at the top of the page "Mayor Signs Ferry Service Bill" is a headline, "Ada Brown, Staff Writer in Maren" is none
    last = roles[-1]
    closes = line.n == last + 1 or line.words[last + 1].lower() in FUNCTION_WORDS
    return closes and not (line.n >= 5 and words[1].endswith(("'s", "’s")) and words[0].lower() != "the")


def _is_link(line: Line) -> bool:
    if line.ends_sentence and line.n > 14:
        return False
    if opens_with(line.key, LINKS) or GLUED_LINK.match(line.text):
        return True
    label = re.match(r"[-–—>»•*►▶\s]*([A-Za-z]+)(?: now| more| live)?\s?[:|]\s", line.text)
    if line.place <= 0 and line.n >= 8:  # "Exclusive: ..." at the top of the page is its headline
        return False
    return label is not None and label.group(1).lower() in LINK_LABELS and not line.ends_sentence


def _speaks_to_visitor(line: Line) -> bool:
    """A line in which the site addresses its reader; words inside quotation marks do not count."""
    if line.text[0] in '"“‘«':
        return False
    bare = (
        line.key
        if not re.search('["“«]', line.text)
        else key(WORD.findall(re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", line.text)))
    )
    strong = count_phrases(bare, SITE_STRONG)
    asks = opens_with(line.key, REQUESTS, 1) or not ADDRESS.isdisjoint(bare.split())
    if line.place == 0 and line.n >= 8 and not line.ends_sentence and not asks:
        return False  # "Leak of email address list shakes Harbour Board": a headline that tells of a site
    if strong and line.n <= 8 and not line.ends_sentence:
        return True
    hits, rest = find_phrases(bare, SITE)
    hits += 2 * strong
    # in a headline ("What state media tell us") the phrase alone does not also count as address
    address = sum(word in ADDRESS for word in (bare.split() if line.ends_sentence else rest))
    return (hits >= 2 or (hits > 0 and address > 0)) and (hits + min(address, hits)) / line.n >= SITE_SHARE
