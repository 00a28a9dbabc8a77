"""What the wording of a line alone tells: furniture, caption, credit or byline, wherever it stands."""

from __future__ import annotations

import re
from collections import Counter

from framing.zones import phrases as say
from framing.zones import shapes
from framing.zones.lines import WORD, Line

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
        if shapes.DURATION.fullmatch(text):
            return "duration"
        if shapes.JUNK.fullmatch(text) or shapes.HANDLES.fullmatch(text):
            return "junk"
        if key in say.BOXES or (n <= 8 and not line.ends_sentence and say.opens_with(key, say.BOX_OPENINGS)):
            return "box"
        if key in say.LINES or shapes.is_date_line(text, line.words) or shapes.COUNTER.fullmatch(text):
            return "short"
        if (n <= 8 and (key.endswith(" ago") or " ago " in key)) or shapes.MINUTES_READ.search(text[:60]):
            return "short"
        if n <= 6 and shapes.DEGREES.search(text) and not line.ends_sentence:
            return "short"
        if key in say.SECTIONS or (n <= 6 and not line.ends_sentence and all(
                part.strip().lower() in say.SECTIONS for part in re.split(r"[>|/›»&,]", text))):
            return "section"
        if not line.ends_sentence and not line.is_bullet and shapes.MENU.fullmatch(text):
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
        if not line.trails_off and line.text[0].isupper() and shapes.is_name(" ".join(text.split()[:2])) \
                and say.count_phrases(" ".join(key.split()[:8]), say.BIO_WITHIN):
            return "bio"
        if n <= 24 and not line.ends_sentence and _is_byline(line):
            return "byline"
    if n <= 24 and _is_link(line):
        return "link"
    return "site" if _speaks_to_visitor(line) else ""


def _is_stamp(line: Line) -> bool:
    """A line with a date and a clock time, or a date after "Posted", "Updated" and the like."""
    date, clock = shapes.DATE.search(line.text), shapes.CLOCK.search(line.text)
    stamped = say.opens_with(line.key, say.STAMP_OPENINGS, 2)
    return bool((date and clock) or (stamped and (date or clock)) or (date and date.start() <= 12 and line.n <= 8
                                                                      and date.group()[-4:].isdigit()))


def _caption_tag(line: Line) -> str:
    text, n = line.text, line.n
    if n > 70:
        return ""
    tail = text[-120:]
    bracket = shapes.BRACKET_TAIL.search(tail)
    inside = bracket.group(1) if bracket else ""
    short = n <= 9
    if bracket and bracket.start() > 0 and len(inside.split()) <= 2 and ":" not in inside \
            and "photo" not in inside.lower() and shapes.names_agency(inside) \
            and tail[:bracket.start()].rstrip()[-1:] in ".”\"!?":
        return "dash"
    if shapes.CAPTION_START.match(text) or (bracket and bracket.start() == 0 and shapes.names_agency(inside)):
        return "photo" if short else "caption"
    if text.endswith("hide caption") or shapes.CAPTION_TAIL.search(tail) or shapes.GLUED_CREDIT.search(tail) or \
            shapes.SLASH_TAIL.search(tail) or (inside and shapes.names_agency(inside)):
        return "photo" if n <= 5 else "caption"
    dash = shapes.DASH_TAIL.search(tail)
    if dash is None or not shapes.names_agency(dash.group(1)):
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
    return line.n <= 3 and shapes.names_agency(line.text) and not line.ends_sentence and all(
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
    if say.opens_with(line.key, say.LINKS) or shapes.GLUED_LINK.match(line.text):
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
