"""Nexis Uni and Lexis Advance (docx, rtf, txt): many articles to a file after a cover page, or one to a file.

Layout: headline, outlet, date, copyright, ``Section:``, ``Length:``, ``Byline:``, ``Highlight:``, ``Body``,
paragraphs, ``Graphic``, ``Classification``, ``Load-Date:``, ``End of Document``. The date is taken from its
own line after the outlet, never from a headline; an article that lacks a part is read without it. Field
names after LexisNexisTools (Gruber) and tm.plugin.lexisnexis (Bouchet-Valat).
"""

from __future__ import annotations

import re

from framing.articles.fields import iso_date
from framing.articles.opened_file import MAIN, File, Found, Reading, Unreadable
from framing.text.unicode import letters

NAME = "nexis"
_END = re.compile(r"^\s*End of Document\s*$", re.I)
_DECLARED = re.compile(r"^\s*Documents?\s*\((\d{1,6})\)\s*$", re.I)
_LOADED = re.compile(r"^\s*Load-Date\s*:", re.I)
_BODY = re.compile(r"^\s*Body\s*$", re.I)
_FIELD = re.compile(r"^\s*(Section|Length|Byline|Dateline|Highlight|Distribution|Series|Edition|Correction-Date)"
                    r"\s*:\s*(.*)$", re.I)
_TAIL = re.compile(r"^\s*(?:(?:Graphic|Classification|Notes|Correction)\s*$|(?:Load-Date|Language|Publication-Type|"
                   r"Subject|Journal Code|Document-Type|Acc-No|Transmission-Date|Industry|Geographic|Person|"
                   r"Company|Organization)\s*:)", re.I)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_LINE = re.compile(rf"^\s*(?:{_WEEKDAY},?\s+)?"
                        rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}})"
                        rf"(?:,?\s+{_WEEKDAY})?(?:,?\s+\d{{1,2}}[:.]\d{{2}}.{{0,20}})?\s*$", re.I)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|©|\(c\)\s*\d{4})", re.I)
_COVER = re.compile(r"^\s*(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|"
                    r"Sources?|Content Type|Timeline|Project ID|Results for)\b.*", re.I)
_FAILED = "there is an error in this document and it is not possible to display it"
_LISTED = re.compile(r"^\s*(\d{1,5})\.\s+(\S.*)$")


def sniff(file: File) -> bool:
    if file.opening.lstrip("\ufeff \r\n\t").startswith("<"):
        return False
    wrapped = file.data.startswith((b"PK", b"{\\rtf", b"%PDF"))
    if not wrapped and not re.search(r"End of Document|Load-Date|Job Number", file.text, re.I):
        return False
    return recognises(file.lines_or_none)


def recognises(lines: list[str]) -> bool:
    """Whether these lines are a Nexis export: its end mark, its cover page, or its fields around a body."""
    if any(_DECLARED.match(line) for line in lines[:40]) and any(
            re.match(r"\s*(Job Number|Date and Time)\s*:", line, re.I) for line in lines[:40]):
        return True
    if any(_END.match(line) for line in lines):
        return any(_BODY.match(line) or _FIELD.match(line) for line in lines)
    return (any(_BODY.match(line) for line in lines)
            and sum(bool(re.match(r"\s*(Length|Load-Date|Section|Byline)\s*:", line, re.I)) for line in lines) >= 2)


def read(file: File) -> Reading:
    """Every article of the export, and how many its cover page declares."""
    lines = [line.replace("\u00a0", " ") for line in file.lines]
    declared = next((int(match[1]) for line in lines[:60] if (match := _DECLARED.match(line))), None)
    titles = _listed_titles(lines) if declared else []
    reading = Reading(declared=declared)
    pieces = _pieces(lines)
    for number, piece in enumerate(pieces, 1):
        where = f"document {number}"
        if number == 1:
            piece = _without_cover(piece, titles)
        if not any(line.strip() for line in piece):
            continue
        if any(_FAILED in line for line in piece):
            reading.skipped.append((where, "Nexis could not display this document"))
            continue
        cut = number == len(pieces) and bool(declared) and not any(
            _END.match(line) or _LOADED.match(line) for line in [line for line in lines if line.strip()][-5:])
        found = article(piece, where, cut)
        if found is None:
            reading.skipped.append((where, "no text of an article between its header and the next document"))
        else:
            reading.articles.append(found)
    if not reading.articles and not reading.skipped:  # a layout nobody here has seen
        raise Unreadable(f"a Nexis cover page that declares {declared} documents, with none after it" if declared
                         else "a Nexis export without any article")
    return reading


def _pieces(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut at the end marks; where a layout has none, after each load date."""
    end = _END if any(_END.match(line) for line in lines) else _LOADED
    pieces: list[list[str]] = [[]]
    for line in lines:
        if not _END.match(line):
            pieces[-1].append(line)
        if end.match(line):
            pieces.append([])
    if len(pieces) > 1 and not any(_BODY.match(line) or _FIELD.match(line) or _FAILED in line
                                   for line in pieces[-1]):
        pieces.pop()  # what follows the last end mark is the service's own footer
    return pieces


def _listed_titles(lines: list[str]) -> list[str]:
    """The headlines that the cover page lists, up to the first article."""
    titles: list[str] = []
    for line in lines:
        match = _LISTED.match(line)
        if match and int(match[1]) == len(titles) + 1:
            titles.append(match[2].strip())
        elif _BODY.match(line):
            break
    return titles


def _without_cover(piece: list[str], titles: list[str]) -> list[str]:
    """From the first listed headline as a line of its own; else from two lines above the first date line."""
    if titles:
        wanted = letters(titles[0])
        for number, line in enumerate(piece):
            if letters(line) == wanted or (len(wanted) > 20 and letters(line).startswith(wanted)):
                return piece[number:]
    covers = [number for number, line in enumerate(piece) if _COVER.match(line) or _DECLARED.match(line)]
    body = next((number for number, line in enumerate(piece) if _BODY.match(line)), len(piece))
    covers = [number for number in covers if number < body]
    return piece[covers[-1] + 1:] if covers else piece


def article(piece: list[str], where: str, cut: bool) -> Found | None:
    """One article from its lines, or None where they hold no text of one."""
    lines = [line.strip() for line in piece if line.strip()]
    body = next((number for number, line in enumerate(lines) if _BODY.match(line)), None)
    fields = {number for number, line in enumerate(lines[:body] if body else lines[:30]) if _FIELD.match(line)}
    first = body if body is not None else max(fields, default=-1) + 1
    dated = next((number for number in range(1, first) if _DATE_LINE.match(lines[number])
                  and number not in fields), None)
    tail = next((number for number in range(first, len(lines)) if _TAIL.match(lines[number])), len(lines))
    if first == 0 or tail <= first + (body is not None):
        return None
    headline, outlet = _heading(lines, dated, min([*fields, first]))
    values: dict[str, str] = {}
    blocks: list[tuple[str | None, str]] = [("headline", headline)] if headline else []
    for number in range(0 if dated is None else dated - 1, first):
        match = _FIELD.match(lines[number])
        name = match[1].lower() if match else ""
        if match and name in ("byline", "highlight"):
            values[name] = match[2].strip()
            blocks.append(("byline" if name == "byline" else "standfirst", match[2].strip()))
        elif lines[number] != headline:
            blocks.append(("furniture", lines[number]))
    blocks += [(MAIN, line) for line in lines[first + (body is not None):tail]]
    blocks += _tail_blocks(lines[tail:])
    problem = "cut off: no end of document" if cut else "" if dated is not None else "no date line in its header"
    return Found(blocks=tuple(blocks), headline=headline, outlet=outlet, where=where, problem=problem, cut=cut,
                 date=iso_date(lines[dated]) if dated is not None else None, byline=values.get("byline"),
                 standfirst=values.get("highlight"), language=_language(lines[tail:]))


def _heading(lines: list[str], dated: int | None, end: int) -> tuple[str | None, str | None]:
    """Headline and outlet: the line before the date is the outlet, what stands above it the headline."""
    if dated is None:
        above = [line for line in lines[:end] if not _COPYRIGHT.match(line)]
        return (above[0] if above else None), (above[1] if len(above) > 1 else None)
    if dated == 1:
        return None, lines[0]
    headline = " ".join(lines[:dated - 1])
    return (None if headline.lower().startswith("no headline in original") else headline), lines[dated - 1]


def _tail_blocks(lines: list[str]) -> list[tuple[str | None, str]]:
    """What follows the body: the texts of graphics are captions, the classification is furniture."""
    blocks: list[tuple[str | None, str]] = []
    graphic = False
    for line in lines:
        if re.fullmatch(r"Graphic", line, re.I):
            graphic = True
        elif _TAIL.match(line):
            graphic = False
        blocks.append(("caption" if graphic and not re.fullmatch(r"Graphic", line, re.I) else "furniture", line))
    return blocks


def _language(lines: list[str]) -> str | None:
    from framing.articles.languages import language_code

    for line in lines:
        if match := re.match(r"\s*Language\s*:\s*([A-Za-z]+)", line, re.I):
            return language_code(match[1])
    return None
