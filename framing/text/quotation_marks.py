"""Quotation marks as newspapers print them: which stretches of a text stand between marks.

Read character by character, paragraph by paragraph, without a parser. Straight marks are told apart by their
neighbours, curly ones by shape (and by neighbours where the shape is plainly wrong); double marks of all
kinds may pair with each other, single ones pair only where an apostrophe, a possessive or a measure of feet
and inches is not the better reading. A paragraph that re-opens a running quotation starts a new `Mark`;
one that is left open runs to the end of its paragraph. Nothing raises, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True)
class Mark:
    """A stretch between quotation marks: ``text[start:end]`` with its marks, inner_* without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    style: str  # straight, curly, single, guillemet, low, doubled, broken (mojibake) or mixed
    opened: bool = True  # False: no opening mark was found, the stretch begins with its paragraph
    closed: bool = True  # False: no closing mark in this paragraph
    depth: int = 0  # 0: not inside other marks; 1: a quotation in a quotation; ...


@dataclass
class _Sign:
    start: int
    end: int
    form: str  # the sign as it would be printed: one of " “ ” „ « » '' ' ‘ ’
    style: str
    side: str = ""  # "open", "close" or "" for neither
    strong: bool = False  # of closing single marks: surely no apostrophe
    inside: int = -1  # of single marks: the double stretch they stand in


# Broken encodings and entities of quotation marks, and the sign that was meant.
BROKEN = {
    "â€œ": "“",
    "â€\x9d": "”",
    "â€�": "”",
    "â€˜": "‘",
    "â€™": "’",
    "â€ž": "„",
    "â€": "”",
    "â\x80\x9c": "“",
    "â\x80\x9d": "”",
    "â\x80\x98": "‘",
    "â\x80\x99": "’",
    "\x93": "“",
    "\x94": "”",
    "\x91": "‘",
    "\x92": "’",
    "&quot;": '"',
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&lsquo;": "‘",
    "&rsquo;": "’",
    "&#8220;": "“",
    "&#8221;": "”",
    "&#8216;": "‘",
    "&#8217;": "’",
    "&#39;": "'",
    "&#34;": '"',
    "&apos;": "'",
    "&laquo;": "«",
    "&raquo;": "»",
    "\ufffd": "?",
}
DOUBLED = {"''": "''", "``": "“", "‘‘": "“", "’’": "”", ",,": "„", "´´": "”"}
SINGLE = {"'": "'", "‘": "‘", "’": "’", "‚": "‘", "‛": "‘", "‹": "‘", "›": "’", "`": "‘", "´": "’", "＇": "'"}
DOUBLE = {
    '"': '"',
    "“": "“",
    "”": "”",
    "„": "„",
    "‟": "“",
    "«": "«",
    "»": "»",
    "″": '"',
    "＂": '"',
    "〝": "“",
    "〞": "”",
    "「": "“",
    "」": "”",
}
_SIGN = re.compile(
    "|".join(re.escape(form) for form in sorted(BROKEN, key=len, reverse=True))
    + r"|(?<!\S)''(?=')|'(?=''(?!'))|''|``|‘‘|’’|(?<!\w),,(?=\w)|´´|["
    + "".join([*DOUBLE, *SINGLE])
    + "]"
)
_ANY = re.compile(r"[\"'“”„‟«»″＂＇〝〞「」‘’‚‛‹›`´\x91-\x94\ufffd&â]|,,")

# Words that begin with an apostrophe, as in "rock 'n' roll", "'til" or "the '90s".
CLIPPED = re.compile(
    r"(?:tis|twas|twere|twill|em|til|till|cause|cuz|cos|bout|n|nuff|round|neath|tude|"
    r"ere|kay|gainst|nother|fraid|hood|ya|d)\b|\d\ds?\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_LINE = re.compile(r"[^\n]+")


def quotation_spans(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """The stretches of `text` between quotation marks, in order of their first character.

    Parameters
    ----------
    start, end : look only at this part of the text; offsets always index the whole `text`.

    Returns
    -------
    `Mark` objects, never crossing each other or the end of a paragraph; a quotation in a quotation follows
    the one around it, with ``depth`` 1 or more. Scare quotes and titles are in the list too: this function
    reads typography and does not know speech from irony.

    Notes
    -----
    A mark with no partner gives a stretch with ``opened`` or ``closed`` False: to the end of the paragraph if
    the quotation fills it or goes on in the next, else to the end of its sentence.

    Examples
    --------
    >>> text = "He called it “a “grand” plan” twice."
    >>> [(text[mark.inner_start:mark.inner_end], mark.depth) for mark in quotation_spans(text)]
    [('a “grand” plan', 0), ('grand', 1)]
    """
    end = len(text) if end is None else min(end, len(text))
    return list(_of_article(text) if start <= 0 and end == len(text) else _read_spans(text, max(start, 0), end))


@lru_cache(maxsize=8)
def _of_article(text: str) -> tuple[Mark, ...]:
    """The marks of a whole text, kept for a while, as several rooms ask for them one after the other."""
    return _read_spans(text, 0, len(text))


def _read_spans(text: str, start: int, end: int) -> tuple[Mark, ...]:
    found: list[Mark] = []
    paragraphs = list(_paragraphs(text, start, end))
    for number, (begin, stop) in enumerate(paragraphs):
        if _ANY.search(text, begin, stop):
            follower = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            found += _read_paragraph(text, begin, stop, _opens(text, follower))
    found += _between(text, paragraphs, found)
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return tuple(_with_depth(found))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Paragraphs are lines, but lines wrapped in the middle of a sentence stay together."""
    begin, previous = None, start
    for hit in _LINE.finditer(text, start, end):
        first, last = hit.start(), hit.end()
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first == last:
            continue
        if begin is not None:
            wrapped = text.count("\n", previous, first) == 1 and text[first].islower()
            if wrapped and (text[previous - 1].isalnum() or text[previous - 1] in ",-"):
                previous = last
                continue
            yield begin, previous
        begin, previous = first, last
    if begin is not None:
        yield begin, previous


def _opens(text: str, paragraph: tuple[int, int] | None) -> bool:
    """Does this paragraph begin with an opening mark, as one does that goes on with a quotation?"""
    if paragraph is None:
        return False
    sign = _SIGN.match(text, *paragraph)
    return sign is not None and sign.end() < paragraph[1] and not text[sign.end()].isspace()


def _read_paragraph(text: str, begin: int, stop: int, goes_on: bool) -> list[Mark]:
    doubles: list[_Sign] = []
    singles: list[_Sign] = []
    for hit in _SIGN.finditer(text, begin, stop):
        raw = hit.group()
        form = BROKEN.get(raw) or DOUBLED.get(raw) or DOUBLE.get(raw) or SINGLE[raw]
        if form == "?":
            form = _lost_sign(text, hit.start(), hit.end(), begin, stop)
            if not form:
                continue
        style = "broken" if raw in BROKEN else "doubled" if raw in DOUBLED else _style(form)
        (singles if form in "'‘’" else doubles).append(_Sign(hit.start(), hit.end(), form, style))
    marks, open_doubles, lone_closers = _pair_doubles(text, begin, stop, doubles)
    single_marks, lone_singles = _pair_singles(text, begin, stop, singles, marks, goes_on)
    marks += single_marks
    marks += _left_open(text, begin, stop, goes_on, open_doubles, lone_singles, marks)
    marks += _left_shut(begin, lone_closers, lone_singles, marks)
    return [mark for mark in marks if mark.inner_start < mark.inner_end]


def _left_open(
    text: str, begin: int, stop: int, goes_on: bool, openers: list[_Sign], lone_singles: list[_Sign], marks: list[Mark]
) -> list[Mark]:
    """Opening marks without a partner of their kind: to a lone single mark, else as far as they may run.

    A lone single mark that is taken leaves `lone_singles`. Openers come in order, so each list is read once.
    """
    if not openers:
        return []
    new: list[Mark] = []
    strong = [sign for sign in lone_singles if sign.strong]
    ends = [hit.end() for hit in _SENTENCE_END.finditer(text, begin, stop)]
    around, around_new = _Reach(sorted(marks, key=lambda mark: mark.start)), _Reach([])
    taken: set[int] = set()
    at_strong = at_mark = 0
    for opener in openers:
        while at_strong < len(strong) and strong[at_strong].start <= opener.end:
            at_strong += 1
        while at_mark < len(marks) and marks[at_mark].start <= opener.start:
            at_mark += 1
        later = marks[at_mark].start if at_mark < len(marks) else stop
        if at_strong < len(strong) and strong[at_strong].start < later:
            new.append(_mark(opener, strong[at_strong]))
            taken.add(id(strong[at_strong]))
            at_strong += 1
        else:
            if opener.start == begin and (
                goes_on or all(mark.style != opener.style for mark in [*marks, *new] if mark.start > opener.start)
            ):
                later = stop  # what follows stands inside this quotation
            last = _open_end(text, opener, begin, stop, goes_on, later, ends)
            last = min(last, around.first_over(last), around_new.first_over(last))
            new.append(Mark(opener.start, last, opener.end, last, opener.style, closed=False))
        around_new.add(new[-1])
    lone_singles[:] = [sign for sign in lone_singles if id(sign) not in taken]
    return new


class _Reach:
    """Stretches by their start, to be asked which of them is the first to reach over a place."""

    def __init__(self, marks: list[Mark]) -> None:
        self.starts: list[int] = []
        self.furthest: list[int] = []  # the largest end so far: never falls, so it can be bisected
        for mark in marks:
            self.add(mark)

    def add(self, mark: Mark) -> None:
        self.starts.append(mark.start)
        self.furthest.append(max(mark.end, self.furthest[-1] if self.furthest else mark.end))

    def first_over(self, place: int) -> int:
        """The start of the first stretch that begins before `place` and ends behind it; `place` where none does."""
        at = bisect_right(self.furthest, place)
        return min(self.starts[at], place) if at < len(self.starts) else place


def _left_shut(begin: int, closers: list[_Sign], lone_singles: list[_Sign], marks: list[Mark]) -> list[Mark]:
    """Closing marks without a partner: from a lone single mark, else from the beginning of the paragraph."""
    if not closers:
        return []
    new: list[Mark] = []
    partner = next((sign for sign in lone_singles if sign.side == "open"), None)
    inside = partner is not None and any(mark.start < partner.start < mark.end for mark in marks)
    first_end = min((mark.end for mark in marks if mark.end > begin), default=None)
    for closer in closers:
        if partner and not inside and partner.end < closer.start:
            new.append(_mark(partner, closer))
        elif first_end is None or first_end > closer.start:
            new.append(Mark(begin, closer.end, begin, closer.start, closer.style, opened=False))
            inside = inside or (partner is not None and begin < partner.start < closer.end)
        else:
            continue
        first_end = closer.end if first_end is None else min(first_end, closer.end)
    return new


def _style(form: str) -> str:
    return {'"': "straight", "„": "low", "«": "guillemet", "»": "guillemet"}.get(
        form, "single" if form in "'‘’" else "curly"
    )


def _lost_sign(text: str, start: int, end: int, begin: int, stop: int) -> str:
    """What a lost character was: an opening mark before a word, a closing one after, else nothing."""
    before = text[start - 1] if start > begin else " "
    after = text[end] if end < stop else " "
    if before.isalnum() and after.isalnum():
        return ""
    return "“" if not after.isspace() and not before.isalnum() and before not in ".,!?" else "”"


def _pair_doubles(text: str, begin: int, stop: int, signs: list[_Sign]) -> tuple[list[Mark], list[_Sign], list[_Sign]]:
    marks: list[Mark] = []
    stack: list[_Sign] = []
    lone: list[_Sign] = []
    sides = [_side(text, begin, stop, sign) for sign in signs]
    for number, sign in enumerate(signs):
        side = sides[number]
        measured = sign.start > begin and text[sign.start - 1].isdigit() and sign.form in "\"”''"
        if measured and not stack:
            continue  # inches
        if (
            measured
            and len(stack) == 1
            and sides[number + 1 : number + 2] == ["close"]
            and text[sign.end : sign.end + 1] in " -"
            and signs[number + 1].start > sign.end
        ):
            continue  # inches in a quotation that closes later
        if side == "either":
            side = "close" if stack else "open"
        if side == "open" and sign.form in "”»" and stack:
            side = "close"
        if side == "close" and sign.form in "“„" and not stack:
            side = "open"
        if side == "open":
            stack.append(sign)
        elif stack:
            marks.append(_mark(stack.pop(), sign))
        else:
            lone.append(sign)
    return marks, stack, lone


def _side(text: str, begin: int, stop: int, sign: _Sign) -> str:
    before = text[sign.start - 1] if sign.start > begin else " "
    after = text[sign.end] if sign.end < stop else " "
    opens = (before.isspace() or before in "([{—–-/‘'“\"«>=*_") and not after.isspace()
    closes = not before.isspace() and (not after.isalnum())
    if sign.form in "“„":
        return "close" if closes and not opens and before not in "([{—–" else "open"
    if sign.form == "”":
        return "open" if opens and not closes else "close"
    if sign.form in "«»":
        if opens != closes:
            return "open" if opens else "close"
        return "open" if sign.form == "«" else "close"
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"


def _mark(opener: _Sign, closer: _Sign) -> Mark:
    pairs = {"“": "”" + "''", "„": "“”", "«": "»", "»": "«", '"': '"', "''": "''”", "'": "'", "‘": "’'"}
    style = opener.style
    if opener.style == "broken" or closer.style == "broken":
        style = "broken"
    elif closer.form not in pairs.get(opener.form, opener.form):
        style = "mixed"
    return Mark(opener.start, closer.end, opener.end, closer.start, style)


def _pair_singles(
    text: str, begin: int, stop: int, signs: list[_Sign], doubles: list[Mark], goes_on: bool
) -> tuple[list[Mark], list[_Sign]]:
    """Pair single marks; none may cross a stretch in double marks."""
    useful = []
    for sign in signs:
        _single_side(text, begin, stop, sign)
        if sign.side:
            useful.append(sign)
    _stand_inside(useful, doubles)
    together: dict[int, list[_Sign]] = {}
    for sign in useful:
        together.setdefault(sign.inside, []).append(sign)
    closing = {
        inside: [n for n, sign in enumerate(group) if sign.side == "close"] for inside, group in together.items()
    }
    read = dict.fromkeys(together, 0)
    marks: list[Mark] = []
    used: set[int] = set()
    for opener in useful:
        group, number = together[opener.inside], read[opener.inside]
        read[opener.inside] += 1
        if opener.side != "open" or (marks and opener.start < marks[-1].end):
            continue
        at = bisect_right(closing[opener.inside], number)
        first = closing[opener.inside][at] if at < len(closing[opener.inside]) else len(group)
        if opener.form != "‘" and first != number + 1:
            first = len(group)  # another one opens before anything closes
        behind = first
        while behind < len(group) and group[behind].side == "close" and not group[behind].strong:
            behind += 1
        closer = group[first] if first < len(group) else None
        if (
            closer
            and behind < len(group)
            and group[behind].side == "close"
            and (text[closer.start - 1] in "sS0123456789")
        ):
            closer = group[behind]
        if closer:
            marks.append(_mark(opener, closer))
            used |= {id(opener), id(closer)}
        elif (
            opener.start == begin
            and opener.inside < 0
            and (goes_on or opener.form == "‘")
            and not doubles
            and stop - begin > 40
        ):
            marks.append(Mark(begin, stop, opener.end, stop, opener.style, closed=False))
            used.add(id(opener))
    return marks, [s for s in useful if id(s) not in used and s.inside < 0]


def _stand_inside(signs: list[_Sign], doubles: list[Mark]) -> None:
    """Tell each sign the innermost stretch in double marks that it stands in; stretches never cross each other."""
    order = sorted(range(len(doubles)), key=lambda number: doubles[number].start)
    around: list[int] = []
    at = 0
    for sign in signs:
        while at < len(order) and doubles[order[at]].start <= sign.start:
            while around and doubles[around[-1]].end <= doubles[order[at]].start:
                around.pop()
            around.append(order[at])
            at += 1
        while around and doubles[around[-1]].end <= sign.start:
            around.pop()
        sign.inside = around[-1] if around else -1


def _single_side(text: str, begin: int, stop: int, sign: _Sign) -> None:
    before = text[sign.start - 1] if sign.start > begin else " "
    after = text[sign.end] if sign.end < stop else " "
    if before.isalnum() and after.isalnum():
        return
    if (before.isspace() or before in '([{—–-/"“„«') and not after.isspace() and sign.form != "’":
        clipped = CLIPPED.match(text, sign.end)
        if clipped and not (
            text[sign.end : sign.end + 1].isdigit()
            and clipped.group()[-1] != "s"
            and (sign.start == begin or _last_before(text, sign.start, 0) in ",:")
        ):
            return
        if after.isalnum() or after in '"“[($£€…#@.':
            sign.side = "open"
    elif not before.isspace() and not after.isalnum() and sign.form != "‘":
        if before.isdigit() and re.match(r"\s?\d{1,2}\s?(?:[\"”″]|'')", text[sign.end : sign.end + 6]):
            return  # feet, inches follow
        if re.search(r"\W[nN]$", text[max(begin, sign.start - 2) : sign.start]):
            return  # rock 'n' roll
        sign.side = "close"
        sign.strong = before in '.,!?;:…-—)"”' or (before not in "sSzxn0123456789")


def _last_before(text: str, place: int, begin: int) -> str:
    """The last character before `place` that is no space; "" where there is none from `begin` on."""
    while place > begin and text[place - 1].isspace():
        place -= 1
    return text[place - 1] if place > begin else ""


def _open_end(text: str, opener: _Sign, begin: int, stop: int, goes_on: bool, later: int, ends: list[int]) -> int:
    """Where a stretch with no closing mark ends, given where the sentences of its paragraph end."""
    if later == stop and (goes_on or _last_before(text, opener.start, begin) in ("", ",", ":")):
        return stop
    at = bisect_right(ends, opener.end)
    last = min(ends[at] if at < len(ends) else stop, later)
    while last > opener.end and text[last - 1].isspace():
        last -= 1
    return last


def _between(text: str, paragraphs: list[tuple[int, int]], marks: list[Mark]) -> list[Mark]:
    """Paragraphs without marks inside a running quotation whose last paragraph closes without re-opening."""
    extra: list[Mark] = []
    closes = {m.start: m for m in marks if not m.opened and text[m.inner_end - 1] in ".,!?…"}
    runs = {m.end: m for m in marks if not m.closed}
    starts = sorted(m.start for m in marks) if closes and runs else []
    marked = {
        number
        for number, (begin, stop) in enumerate(paragraphs)
        if bisect_left(starts, begin) < bisect_left(starts, stop)
    }
    for number, (_, stop) in enumerate(paragraphs):
        if stop not in runs or not closes:
            continue
        for last in range(number + 1, min(number + 6, len(paragraphs))):
            if paragraphs[last][0] in closes:
                extra += [Mark(a, b, a, b, runs[stop].style, False, False) for a, b in paragraphs[number + 1 : last]]
                break
            if last in marked:
                break
    return extra


def _with_depth(marks: list[Mark]) -> Iterator[Mark]:
    around: list[Mark] = []
    for mark in marks:
        while around and around[-1].end <= mark.start:
            around.pop()
        if around and mark.end > around[-1].end:
            continue  # would cross: never seen in practice, and never returned
        yield replace(mark, depth=len(around))
        around.append(mark)
