"""What the wording of a line alone tells: furniture, caption, credit or byline, wherever it stands."""

from __future__ import annotations

import re
from collections import Counter

from framing.zones import lines as say
from framing.zones.lines import AGENCIES, DATE_WORDS, DAYS, MONTHS, NOT_NAMES, WORD, Line

# Shapes of lines that words alone do not show: dates, running times, weather, captions, names.

JUNK = re.compile(r"[\W\d_]+|(?:https?://|www\.)\S+|\S+\.\w+/\S+|\S+@\S+\.\w+|[\[({]*\w*_\w*[\])}]*|[a-z]{2,8}px")
GLUED_LINK = re.compile(r"(?:Read more|Read also|Also read|See also|More on this|Related)(?=[A-Z])")
MENU = re.compile(r"[^|•·>»]{1,40}(?:[|•·>»][^|•·>»]{1,40}){2,12}")
HANDLES = re.compile(r"(?:[@#]\w+[\s,]*)+")
_MONTH = "(?:" + "|".join(sorted(MONTHS)) + ")"
DATE = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}\b\.?(?:,? \d{{4}})?|"
                  rf"{_MONTH}\b\.? \d{{1,2}}\b(?:,? \d{{4}})?|"
                  r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})", re.I)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.I)
DURATION = re.compile(r"(?:video\s*)?[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s*/?\s*\d{1,2}:\d{2})?", re.I)
DEGREES = re.compile(r"[+\-−]?\d{1,3}(?:[.,]\d)?\s?(?:°\s?[CF]?|º\s?[CF]?|[CF])(?![\w'])")
MINUTES_READ = re.compile(r"\b\d+[\s-]?min(?:ute)?s?\.? (?:read|listen|watch|video)\b", re.I)
COUNTER = re.compile(r"(?:page )?\d+ (?:of|/) \d+|\d[\d.,]*\s?[kKmM]? (?:shares?|comments?|views?|likes?|reactions?|"
                     r"replies|reads|votes)", re.I)
_PHOTO = (r"(?:photos?|photographs?|pictures?|pics?|images?|illustrations?|graphics?|screengrabs?|screenshots?)")
CAPTION_START = re.compile(rf"[\[(]?\s*(?:(?:file |handout |ap |afp |reuters |pool )?{_PHOTO}"
                           r"(?: credit| source| caption)?\s*"
                           r"(?:[:/©]|by\b|courtesy\b|via\b|caption\b)|credit\s*:|caption\s*:|"
                           r"pictured\s*[:,(]|file photo\b|"
                           r"(?:file|archive) (?:picture|image)\b|left to right\b|from left\b|©\s*[A-Z])", re.I)
CAPTION_TAIL = re.compile(rf"(?:^|[\s\[(|/.—–-])(?:{_PHOTO}|credit)\s?(?:[:/©]|by\b|courtesy\b|credit\b)"
                          r"[^.!?]{2,60}[\])]?\.?$", re.I)
BRACKET_TAIL = re.compile(r"[\[(]([^\[\]()]{1,90})[\])]\.?$")
SLASH_TAIL = re.compile(r"\b(?:REUTERS|AP Photo|AP|AFP|EPA|Getty Images?|Pool|Sputnik)\s?/\s?[A-Z][\w ./'’-]{2,50}$")
GLUED_CREDIT = re.compile(r"[.”\"]\s?(?:Photo )?Credit(?:\s?\.\.\.|:)?\s?[A-Z][^.!?]{2,80}$")
DASH_TAIL = re.compile(r"(?:\s|[.!?”\"])[—–-]{1,2}\s?(dpa|[A-Z][\w/ &,-]{1,40})\.?$")
_PARTICLES = ("de", "van", "von", "der", "den", "del", "della", "di", "da", "bin", "al", "el", "la", "le")


def names_agency(text: str) -> bool:
    """True if `text` holds nothing much but the name of a news or photo agency."""
    words = re.findall(r"[A-Za-z]+", text)
    return 0 < len(words) <= 8 and any(word.lower() in AGENCIES and (word[0].isupper() or len(words) == 1)
                                       for word in words)


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


ZONE_OF_TAG = {**dict.fromkeys(["duration", "junk", "box", "short", "stamp", "link", "site"], "furniture"),
               "caption": "caption", "photo": "caption", "credit": "credit", "bio": "credit", "byline": "byline"}
LONGEST = 2000  # characters of a line that is read for its wording
SITE_SHARE = .12  # site words per word from which a sentence speaks to the visitor of the site


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
        if key in say.BOXES or (n <= 8 and not line.ends_sentence and say.opens_with(key, say.BOX_OPENINGS)):
            return "box"
        if key in say.LINES or is_date_line(text, line.words) or COUNTER.fullmatch(text):
            return "short"
        if (n <= 8 and (key.endswith(" ago") or " ago " in key)) or MINUTES_READ.search(text[:60]):
            return "short"
        if n <= 6 and DEGREES.search(text) and not line.ends_sentence:
            return "short"
        if key in say.SECTIONS or (n <= 6 and not line.ends_sentence and all(
                part.strip().lower() in say.SECTIONS for part in re.split(r"[>|/›»&,]", text))):
            return "section"
        if not line.ends_sentence and not line.is_bullet and MENU.fullmatch(text):
            return "short"
        if n <= 12 and say.opens_with(key, say.OPENINGS):
            return "short"
        if not line.is_prose and _is_stamp(line):
            return "stamp"
    caption = _caption_tag(line)
    if caption:
        return caption
    if n <= 16 and twice and not line.is_prose:
        return "twice"
    if n <= 40:
        if say.count_phrases(key, say.CREDIT_WITHIN) or (n <= 30 and _is_credit(line)):
            return "credit"
        if not line.trails_off and line.text[0].isupper() and is_name(" ".join(text.split()[:2])) \
                and say.count_phrases(" ".join(key.split()[:8]), say.BIO_WITHIN):
            return "bio"
        if n <= 24 and not line.ends_sentence and _is_byline(line):
            return "byline"
    if n <= 24 and _is_link(line):
        return "link"
    return "site" if _speaks_to_visitor(line) else ""


def _is_stamp(line: Line) -> bool:
    """A line with a date and a clock time, or a date after "Posted", "Updated" and the like."""
    date, clock = DATE.search(line.text), CLOCK.search(line.text)
    stamped = say.opens_with(line.key, say.STAMP_OPENINGS, 2)
    return bool((date and clock) or (stamped and (date or clock)) or (date and date.start() <= 12 and line.n <= 8
                                                                      and date.group()[-4:].isdigit()))


def _caption_tag(line: Line) -> str:
    text, n = line.text, line.n
    if n > 70:
        return ""
    tail = text[-120:]
    bracket = BRACKET_TAIL.search(tail)
    inside = bracket.group(1) if bracket else ""
    short = n <= 9
    if bracket and bracket.start() > 0 and len(inside.split()) <= 2 and ":" not in inside \
            and "photo" not in inside.lower() and names_agency(inside) \
            and tail[:bracket.start()].rstrip()[-1:] in ".”\"!?":
        return "dash"
    if CAPTION_START.match(text) or (bracket and bracket.start() == 0 and names_agency(inside)):
        return "photo" if short else "caption"
    if text.endswith("hide caption") or CAPTION_TAIL.search(tail) or GLUED_CREDIT.search(tail) or \
            SLASH_TAIL.search(tail) or (inside and names_agency(inside)):
        return "photo" if n <= 5 else "caption"
    dash = DASH_TAIL.search(tail)
    if dash is None or not names_agency(dash.group(1)):
        return ""
    ended = n >= 16 or dash.group()[0] in ".!?”\"" or tail[:dash.start()].rstrip()[-1:] in ".”\"!?"
    return "dash" if ended else ""


def _is_credit(line: Line) -> bool:
    first = line.key.split(" ", 1)[0]
    if say.opens_with(line.key, say.CREDIT_OPENINGS) and first not in ("text", "writing", "editing"):
        return True
    if first in ("text", "writing", "editing", "translation", "agencies", "agency", "contributing"):
        return line.n <= 10 and not (line.ends_sentence and line.n > 4) and (":" in line.text[:14] or any(
            word in say.AGENCIES or word == "by" for word in line.key.replace("/", " ").split()))
    return line.n <= 3 and names_agency(line.text) and not line.ends_sentence and all(
        word.lower() in say.AGENCIES or word[0].isupper() for word in re.findall(r"[A-Za-z]+", line.text))


def _is_byline(line: Line) -> bool:
    words = line.text.split()
    if say.opens_with(line.key, say.BYLINE_OPENINGS):
        rest = [word for word in words[1:] if word[:1].isalpha()]
        return bool(rest) and (rest[0][0].isupper() or line.n <= 4)
    if 2 <= line.n <= 4 and line.words[-1].lower() in say.ROLES and words[0][0].isupper():
        return True
    capitals = sum(word[0].isupper() for word in words[:2])
    return capitals == 2 and line.n <= 10 and any(word.lower() in say.ROLES for word in line.words[2:])


def _is_link(line: Line) -> bool:
    if line.ends_sentence and line.n > 14:
        return False
    if say.opens_with(line.key, say.LINKS) or GLUED_LINK.match(line.text):
        return True
    label = re.match(r"[-–—>»•*►▶\s]*([A-Za-z]+)(?: now| more| live)?\s?[:|]\s", line.text)
    if line.place == 0 and line.n >= 8:  # "Exclusive: ..." at the top of the page is its headline
        return False
    return label is not None and label.group(1).lower() in say.LINK_LABELS and not line.ends_sentence


def _speaks_to_visitor(line: Line) -> bool:
    """A line in which the site addresses its reader; words inside quotation marks do not count."""
    if line.text[0] in "\"“‘«":
        return False
    bare = line.key if not re.search("[\"“«]", line.text) else \
        say.key(WORD.findall(re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", line.text)))
    strong = say.count_phrases(bare, say.SITE_STRONG)
    if strong and line.n <= 8 and not line.ends_sentence:
        return True
    hits, rest = say.find_phrases(bare, say.SITE)
    hits += 2 * strong
    # in a headline ("What state media tell us") the phrase alone does not also count as address
    address = sum(word in say.ADDRESS for word in (bare.split() if line.ends_sentence else rest))
    return (hits >= 2 or (hits > 0 and address > 0)) and (hits + min(address, hits)) / line.n >= SITE_SHARE
