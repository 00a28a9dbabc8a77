"""The zone of every paragraph of one page, from its wording, its shape and its place."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache

from framing.tables import ZONES
from framing.zones import phrases as say
from framing.zones.lines import WORD, Line, paragraphs
from framing.zones.story import kinship, vocabulary

Passage = tuple[int, int, str]  # start, end, zone
LONGEST_HEADLINE = 30  # words
LONGEST_SUBHEADING = 8  # words; longer lines without a full stop in mid-story are links to other stories
SAME_STORY = .22  # share of content words already used by the story, for text after a box or credit
OTHER_STORY = .12  # the same, below which text under a headline of its own is another story
ZONE_OF_TAG = {**dict.fromkeys(["duration", "junk", "box", "short", "twice", "link", "site"], "furniture"),
               "caption": "caption", "photo": "caption", "credit": "credit", "bio": "credit", "byline": "byline"}
SITE_SHARE = .12  # site words per word from which a sentence speaks to the visitor of the site


@lru_cache(maxsize=1024)
def zones_of(text: str, *, known: str | None = None, headline: str | None = None) -> tuple[Passage, ...]:
    """``(start, end, zone)`` of each paragraph of one page, in order, covering every non-blank character.

    `known` is JSON ``[[start, end, zone], ...]``: spans that win over every rule; `headline` is the
    headline where it is known from elsewhere. Raises ``ValueError`` for spans that cannot be read.
    """
    spans = _known_spans(known, len(text))
    lines = _cut(paragraphs(text), spans, text)
    free = [line for line in lines if not line.zone]
    if free:
        titles = [line.text for line in lines if line.zone == "headline"]
        title = titles[0] if titles else headline or ""
        _decide(free, title, has_headline=bool(titles))
    return tuple((line.start, line.end, line.zone) for line in lines)


def _known_spans(known: str | None, length: int) -> list[Passage]:
    if not known:
        return []
    try:
        rows = sorted((int(start), int(end), str(zone)) for start, end, zone in json.loads(known))
    except (ValueError, TypeError) as error:
        raise ValueError(f"known_zones holds {known[:60]!r}, which is not a list of [start, end, zone]. "
                         "Write it as JSON, or leave it missing and the zones are found by rule.") from error
    wrong = sorted({zone for _, _, zone in rows} - set(ZONES))
    if wrong:
        raise ValueError(f"known_zones names {', '.join(wrong)}; the zones are {', '.join(ZONES)}.")
    spans: list[Passage] = []
    last = 0
    for start, end, zone in rows:
        start, end = max(start, last), min(end, length)
        if start < end:
            spans.append((start, end, zone))
            last = end
    return spans


def _cut(lines: list[Line], spans: list[Passage], text: str) -> list[Line]:
    """`lines` cut at the borders of known spans, the pieces inside carrying their zone."""
    if not spans:
        return lines
    pieces = []
    for line in lines:
        borders = {line.start, line.end}
        inside = [span for span in spans if span[0] < line.end and span[1] > line.start]
        for start, end, _ in inside:
            borders |= {min(max(start, line.start), line.end), min(max(end, line.start), line.end)}
        marks = sorted(borders)
        for begin, stop in zip(marks, marks[1:], strict=False):
            bare = text[begin:stop]
            begin, stop = begin + len(bare) - len(bare.lstrip()), stop - (len(bare) - len(bare.rstrip()))
            if begin < stop:
                zone = next((z for a, b, z in inside if a <= begin < b), "")
                pieces.append(Line(begin, stop, text[begin:stop], line.after_blank, zone))
    return pieces


def _decide(lines: list[Line], title: str, *, has_headline: bool) -> None:
    _read_wording(lines)
    _video_blocks(lines)
    _photo_triples(lines)
    top = _headline(lines, title, has_headline)
    lead = _lead(lines, top)
    _above(lines, top, lead)
    if lead is not None:
        _below(lines, lead, top)
    for line in lines:
        if not line.zone:
            line.zone = "body" if line.is_prose else "furniture"


# What the wording alone tells ---------------------------------------------------------------------

def _read_wording(lines: list[Line]) -> None:
    """Mark what is furniture, a caption, a credit or a byline by its words wherever it stands."""
    seen = Counter(line.text for line in lines)
    for line in lines:
        tag = _tag(line, seen[line.text] > 1)
        if tag:
            line.tags.add(tag)
            line.zone = ZONE_OF_TAG.get(tag, "")


def _tag(line: Line, twice: bool) -> str:
    text, n, key = line.text, line.n, line.key
    if n > 90:
        return ""
    if n <= 16:
        if say.DURATION.fullmatch(text):
            return "duration"
        if say.JUNK.fullmatch(text) or say.HANDLES.fullmatch(text):
            return "junk"
        if key in say.BOXES or (n <= 8 and not line.ends_sentence and say.opens_with(key, say.BOX_OPENINGS)):
            return "box"
        if key in say.LINES or say.is_date_line(text, line.words) or say.COUNTER.fullmatch(text):
            return "short"
        if n <= 8 and (key.endswith(" ago") or " ago " in key) or say.MINUTES_READ.search(text[:60]):
            return "short"
        if n <= 6 and say.DEGREES.search(text) and not line.ends_sentence:
            return "short"
        if key in say.SECTIONS or (n <= 6 and not line.ends_sentence and all(
                part.strip().lower() in say.SECTIONS for part in re.split(r"[>|/›»&,]", text))):
            return "section"
        if n <= 12 and say.opens_with(key, say.OPENINGS):
            return "short"
        if twice and not line.is_prose:
            return "twice"
    caption = _caption_tag(line)
    if caption:
        return caption
    if n <= 40:
        if say.count_phrases(key, say.CREDIT_WITHIN) or n <= 30 and _is_credit(line):
            return "credit"
        if not line.trails_off and line.text[0].isupper() and say.is_name(" ".join(text.split()[:2])) \
                and say.count_phrases(" ".join(key.split()[:8]), say.BIO_WITHIN):
            return "bio"
        if n <= 24 and not line.ends_sentence and _is_byline(line):
            return "byline"
    if n <= 24 and _is_link(line):
        return "link"
    return "site" if _speaks_to_visitor(line) else ""


def _caption_tag(line: Line) -> str:
    text, n = line.text, line.n
    if n > 70:
        return ""
    tail = text[-120:]
    bracket = say.BRACKET_TAIL.search(tail)
    inside = bracket.group(1) if bracket else ""
    short = n <= 9
    if say.CAPTION_START.match(text) or (bracket and bracket.start() == 0 and say.names_agency(inside)):
        return "photo" if short else "caption"
    if say.CAPTION_TAIL.search(tail) or say.SLASH_TAIL.search(tail) or (inside and say.names_agency(inside)):
        return "photo" if n <= 5 else "caption"
    dash = say.DASH_TAIL.search(tail)
    return "dash" if dash and say.names_agency(dash.group(1)) else ""


def _is_credit(line: Line) -> bool:
    first = line.key.split(" ", 1)[0]
    if first in ("text", "writing", "editing", "translation", "agencies", "agency", "contributing"):
        return line.n <= 10 and not (line.ends_sentence and line.n > 4) and (":" in line.text[:14] or any(
            word in say.AGENCIES or word == "by" for word in line.key.replace("/", " ").split()))
    if say.opens_with(line.key, say.CREDIT_OPENINGS):
        return True
    return line.n <= 6 and say.names_agency(line.text) and not line.ends_sentence and all(
        word.lower() in say.AGENCIES or word[0].isupper() for word in re.findall(r"[A-Za-z]+", line.text)) and \
        line.n <= 3


def _is_byline(line: Line) -> bool:
    words = line.text.split()
    if say.opens_with(line.key, say.BYLINE_OPENINGS):
        rest = [word for word in words[1:] if word[:1].isalpha()]
        return bool(rest) and (rest[0][0].isupper() or line.n <= 4)
    capitals = sum(word[0].isupper() for word in words[:2])
    return capitals == 2 and line.n <= 10 and any(word.lower() in say.ROLES for word in line.words[2:])


def _is_link(line: Line) -> bool:
    if line.ends_sentence and line.n > 14:
        return False
    if say.opens_with(line.key, say.LINKS):
        return True
    label = re.match(r"[-–—>»•*►▶\s]*([A-Za-z]+)(?: now| more| live)?\s?[:|]\s", line.text)
    return bool(label) and label.group(1).lower() in say.LINK_LABELS and not line.ends_sentence


def _speaks_to_visitor(line: Line) -> bool:
    """A line in which the site addresses its reader; words inside quotation marks do not count."""
    if line.text[0] in "\"“‘«":
        return False
    bare = line.key if not re.search("[\"“«]", line.text) else \
        say.key(WORD.findall(re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", line.text)))
    hits = say.count_phrases(bare, say.SITE)
    if not hits:
        return False
    address = sum(word in say.ADDRESS for word in bare.split())
    return (hits >= 2 or address > 0) and (hits + min(address, hits)) / line.n >= SITE_SHARE


def _video_blocks(lines: list[Line]) -> None:
    """A running time and the title that follows it, often printed twice, are a video box."""
    for i, line in enumerate(lines):
        if "duration" in line.tags:
            for after in lines[i + 1:i + 4]:
                if after.is_prose or after.zone not in ("", "furniture"):
                    break
                if after is lines[i + 1] or "twice" in after.tags:
                    after.zone = "furniture"


def _photo_triples(lines: list[Line]) -> None:
    """A photo credit on a line of its own closes the caption above it, title line included."""
    for i, line in enumerate(lines):
        if "photo" not in line.tags or i == 0:
            continue
        above = lines[i - 1]
        if above.zone or above.n > 30 or len(re.findall(r"[.!?]\s+[A-Z]", above.text)) > 1:
            continue
        title = lines[i - 2] if i >= 2 else None
        titled = title is not None and not title.zone and not title.is_prose and title.n <= 8
        if titled and i - 2 > 0:
            above.zone = title.zone = "caption"
        elif not above.ends_sentence and above.n >= 3 and i - 1 > 0:
            above.zone = "caption"


# The top of the page ------------------------------------------------------------------------------

def _headline(lines: list[Line], title: str, has_headline: bool) -> int | None:
    """The line that is the headline, or None: the title known, else the best line above the prose."""
    if has_headline:
        return None
    if title.strip():
        wanted = re.sub(r"\W+", "", title).lower()
        for i, line in enumerate(lines[:40]):
            if re.sub(r"\W+", "", line.text).lower() == wanted:
                line.zone = "headline"
                return i
    prose = [line for line in lines if line.is_prose and not line.zone]
    strong = next((i for i, line in enumerate(lines)
                   if line.is_prose and not line.zone and (line.n >= 12 or line.ends_sentence)
                   and not _is_title(line)), len(lines))
    story = vocabulary(prose[:12])
    best, best_score = None, 0.0
    for i, line in enumerate(lines[:strong]):
        if line.zone or not _could_be_headline(line):
            continue
        shared = sum(min(story[word], 3) for word in line.content) / max(len(line.content), 1) if story else 0.0
        score = shared + min(line.n, 8) * .35 - (.8 if line.tags & {"section"} else 0)
        score += .3 if line.after_blank else 0.0
        score += 1.2 if title and kinship([line], vocabulary([Line(0, 0, title, False)])) > .5 else 0.0
        if line.is_bullet or "dash" in line.tags:
            score -= 2
        if best is not None:
            score -= .9  # of two good lines the first is the headline, the second its standfirst
        if score > best_score:
            best, best_score = i, score
    if best is None and not prose and lines and not lines[0].zone:
        best = 0
    if best is not None:
        lines[best].zone = "headline"
    return best


def _is_title(line: Line) -> bool:
    """Ends like a sentence but is a headline: a short question or exclamation, or in title case."""
    return line.n <= 18 and line.bare_end.endswith(("?", "!"))


def _could_be_headline(line: Line) -> bool:
    if line.n < 2 or line.n > LONGEST_HEADLINE or line.trails_off:
        return False
    return not line.ends_sentence or _is_title(line)


def _lead(lines: list[Line], top: int | None) -> int | None:
    """The first paragraph of the story itself, after standfirst, byline and captions."""
    begin = 0 if top is None else top + 1
    prose = [i for i in range(begin, len(lines))
             if lines[i].is_prose and not lines[i].zone and not lines[i].is_bullet and "dash" not in lines[i].tags]
    if not prose:
        prose = [i for i in range(begin, len(lines)) if lines[i].is_prose and not lines[i].zone]
    if not prose:
        return None
    first = prose[0]
    if len(prose) > 1 and lines[first].n <= 40 and top is not None:
        second = prose[1]
        between = [line for line in lines[first + 1:second]]
        apart = any(line.zone in ("byline", "caption") or "short" in line.tags or "name" in line.tags
                    or (not line.zone and say.is_name(line.text)) for line in between)
        if apart and first - top <= 2 and second - first <= 6 and lines[second].n >= 8:
            return second
    return first


def _above(lines: list[Line], top: int | None, lead: int | None) -> None:
    """Zones of the lines above the lead: standfirst, byline, caption, or furniture."""
    story = vocabulary(line for line in lines[lead or 0:] if line.is_prose and not line.zone)
    stop = len(lines) if lead is None else lead
    for i, line in enumerate(lines[:stop]):
        if line.zone:
            continue
        if "dash" in line.tags:
            line.zone = "caption"
        elif top is None or i < top:
            line.zone = "furniture" if not line.is_prose or top is not None else "body"
        elif say.is_name(line.text) and line.n <= 8 and not _named_in(line, lines[stop:]):
            line.zone = "byline"
        elif line.tags & {"section"} or line.n <= 3 and not line.ends_sentence:
            line.zone = "furniture"
        elif line.is_bullet or line.n >= 4:
            line.zone = "standfirst" if lead is not None or i <= top + 3 else "furniture"
        else:
            line.zone = "furniture"
    if lead is not None:
        lines[lead].zone = "lead"
    elif top is None and story:
        for line in lines:
            line.zone = line.zone or "body"


def _named_in(line: Line, story: list[Line]) -> bool:
    return any(line.words[-1] in other.words for other in story if other.is_prose and not other.zone)


# The story and what comes after it ----------------------------------------------------------------

def _below(lines: list[Line], lead: int, top: int | None) -> None:
    """Zones of the lines below the lead, unit by unit: headings with the paragraphs under them."""
    told = vocabulary([lines[lead], *([lines[top]] if top is not None else [])])
    units = _units(lines, lead + 1)
    boxed = closed = other = False
    teasers = 0
    for number, (heads, prose, signs) in enumerate(units):
        if signs & {"box", "site"}:
            boxed = True
        if "credit" in signs:
            closed = True
        ahead = [line for unit in units[number:] for line in unit[1]]
        kin = kinship(prose, told)
        titled = bool(heads) and any(head.n > 4 for head in heads[-1:])
        if other:
            _set(heads, "other_story")
            _set(prose, "other_story")
            continue
        if not prose:
            _trailing(heads, lines, last=number == len(units) - 1, outside=boxed or closed)
            continue
        trailing_off = sum(line.trails_off for line in prose) >= len(prose) / 2
        same = True
        if boxed or closed or trailing_off:
            same = kin >= (SAME_STORY if not titled else SAME_STORY + .08) and not trailing_off
            if closed and titled and not boxed:
                same = same and kinship(ahead, told) >= .4
        elif titled and heads[-1].n >= 5 and kinship(ahead, told) < OTHER_STORY:
            same = False
        if same:
            boxed = False
            _headings(heads)
            _set(prose, "body")
            told.update(vocabulary(prose))
            continue
        n_words = sum(line.n for line in prose)
        if heads and not trailing_off and len(prose) >= 2 and n_words >= 40:
            other = True
            _trailing(heads[:-1], lines, last=False, outside=True)
            _set(heads[-1:], "other_story")
            _set(prose, "other_story")
        else:
            boxed = True
            teasers += 1
            _set(heads, "furniture")
            _set(prose, "furniture")
    if other:
        _inside_other(lines, lead)


def _units(lines: list[Line], begin: int) -> list[tuple[list[Line], list[Line], set[str]]]:
    """Stretches of headings followed by prose, with the tags of the marked lines before them."""
    units: list[tuple[list[Line], list[Line], set[str]]] = []
    heads: list[Line] = []
    prose: list[Line] = []
    signs: set[str] = set()
    for i in range(begin, len(lines)):
        line = lines[i]
        if line.zone:
            if prose or (heads and line.tags & {"box", "credit"}):
                units.append((heads, prose, signs))
                heads, prose, signs = [], [], set()
            signs |= line.tags
        elif _runs_on(line, lines, i, begin):
            prose.append(line)
        else:
            if prose:
                units.append((heads, prose, signs))
                heads, prose, signs = [], [], set()
            heads.append(line)
    if heads or prose:
        units.append((heads, prose, signs))
    return units


def _runs_on(line: Line, lines: list[Line], i: int, begin: int) -> bool:
    """Body text though perhaps no whole sentence: prose, a list item, a line of verse, an answer."""
    if line.is_prose:
        return True
    if line.ends_sentence or line.bare_end.endswith((":", ";", ",")) or line.trails_off:
        return line.n >= 2 or line.ends_sentence
    if line.text[:1].islower() and line.n >= 3:
        return True
    before = lines[i - 1] if i else None
    after = lines[i + 1] if i + 1 < len(lines) else None
    if before is None or before.zone == "furniture":
        return False
    if line.is_bullet:
        return before.text.endswith(":") or before.is_bullet or bool(after and after.is_bullet)
    if before.bare_end.endswith((",", ";", ":")) and not line.after_blank:
        return True
    if re.match(r"(?:Q|A|[A-Z][\w.]+(?: [A-Z][\w.]+)?)\s?:\s", line.text) and line.n > 3:
        return True
    return False


def _headings(heads: list[Line]) -> None:
    """Lines without a full stop inside the story: subheadings, or links where they are too long."""
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        if "section" in head.tags and not last:
            head.zone = "furniture"
        elif last and head.n <= LONGEST_SUBHEADING:
            head.zone = "subheading"
        else:
            head.zone = "furniture"


def _trailing(heads: list[Line], lines: list[Line], *, last: bool, outside: bool) -> None:
    """Lines without prose under them: an author's name right after the story, else furniture."""
    for head in heads:
        named = say.is_name(head.text) and head.n <= 8 and not _named_in(head, lines)
        head.zone = "byline" if named and head is heads[0] and not outside else "furniture"


def _set(lines: list[Line], zone: str) -> None:
    for line in lines:
        line.zone = zone


def _inside_other(lines: list[Line], lead: int) -> None:
    """Captions and credits of a second story belong to it; furniture stays furniture."""
    first = next(i for i, line in enumerate(lines) if line.zone == "other_story")
    for line in lines[first:]:
        if line.zone in ("caption", "credit", "byline"):
            line.zone = "other_story"
