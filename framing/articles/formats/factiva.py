"""Factiva (html and rtf): fields under two-letter codes, or the plain article format.

With codes: ``HD`` headline, ``BY`` byline, ``WC`` words, ``PD`` date, ``SN`` outlet, ``LA`` language,
``LP`` lead and ``TD`` text, then indexing up to ``AN`` "Document GAZ0000020230913ej9d0001". Without codes the
same parts stand one under the other, from the headline to the "Document" line. Codes after
tm.plugin.factiva (Bouchet-Valat).
"""

from __future__ import annotations

import re
from typing import Any

from framing.articles.fields import iso_date, language_code
from framing.articles.opened_file import MAIN, File, Found, Reading, Unreadable

NAME = "factiva"
CODES = ["CLM", "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT",
         "RF", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"]
_CODE = re.compile(rf"^[\s|]*({'|'.join(CODES)})(?:[ \t]*[|\t]+[ \t]*|[ \t]{{2,}}|[ \t]*$)(.*)$", re.S)
_DOCUMENT = re.compile(r"^[\s|]*(?:AN[\s|]+)?Document ([A-Z0-9a-z]{15,32})[\s|]*$")
_WORDS = re.compile(r"^\s*([\d,. ]{1,9}) (?:words|mots|Wörter|palabras|parole)\s*$", re.I)
_COPYRIGHT = re.compile(r"^\s*(?:\(?c\)?opyright\b|copyright\b|©|\(c\)|all rights reserved)", re.I)
_DECLARED = re.compile(
    r"\b(?:Headlines?|Articles?)\s+\d+\s*(?:-|to)\s*\d+\s+of\s+(\d+)|\bDocuments?\s*\((\d+)\)", re.I)


def sniff(file: File) -> bool:
    if file.data.startswith(b"{\\rtf") or (file.suffix == ".txt" and "Document " in file.text):
        lines = file.lines_or_none
        ends = [line for line in lines if (match := _DOCUMENT.match(line)) and re.search(r"\d{8}", match[1])]
        return len(ends) > 1 or (bool(ends) and (
            sum(bool(_CODE.match(line)) for line in lines) >= 4 or any(_WORDS.match(line) for line in lines)))
    return bool(file.opening) and "<" in file.opening and bool(re.search(
        r"""class=["']?article \w\wArticle|class=["']?\w\wHeadline|articleParagraph|<title>\s*Factiva\b""", file.text))


def read(file: File) -> Reading:
    if file.opening.lstrip("\ufeff \r\n\t").startswith("<"):
        return _read_html(file)
    reading = Reading(declared=_declared("\n".join(file.lines[:40])))
    pieces, ended = _pieces(file.lines)
    for number, lines in enumerate(pieces, 1):
        last = number == len(pieces) and not ended
        _add(reading, _from_lines(lines, f"article {number}"), number, cut=last)
    if not pieces:
        raise Unreadable("a Factiva export without any article")
    return reading


def _add(reading: Reading, found: Found | None, number: int, *, cut: bool = False) -> None:
    if found is None:
        reading.skipped.append((f"article {number}", "neither a text nor the fields of an article"))
    else:
        from dataclasses import replace

        reading.articles.append(replace(found, problem="cut off: no document number", cut=True) if cut else found)


def _declared(text: str) -> int | None:
    match = _DECLARED.search(text)
    return int(match[1] or match[2]) if match else None


def _pieces(lines: list[str]) -> tuple[list[list[str]], bool]:
    """The lines of each article up to its "Document" line, and whether the last one has that line."""
    pieces: list[list[str]] = [[]]
    for line in lines:
        pieces[-1].append(line)
        if _DOCUMENT.match(line):
            pieces.append([])
    rest = pieces.pop()
    if any(_WORDS.match(line) for line in rest) or sum(bool(_CODE.match(line)) for line in rest) >= 3:
        return [*pieces, rest], False
    return pieces, True


def _from_lines(lines: list[str], where: str) -> Found | None:
    coded: list[list[Any]] = []
    for line in lines:
        match = _CODE.match(line)
        if match and not (coded and coded[-1][0] in ("LP", "TD") and match[1] in ("IN", "CO", "RE", "AN")
                          and not line.strip().startswith(match[1])):
            coded.append([match[1], [match[2]]])
        elif coded:
            coded[-1][1].append(line)
    if sum(code in ("HD", "WC", "PD", "SN", "LP", "TD") for code, _ in coded) >= 3:
        return _from_codes({code: [text.strip(" |\t") for text in texts if text.strip(" |\t")]
                            for code, texts in coded}, where)
    return _from_plain([line.strip(" |\t") for line in lines if line.strip(" |\t")], where)


def _from_codes(fields: dict[str, list[str]], where: str) -> Found | None:
    text = fields.get("LP", []) + fields.get("TD", [])
    headline = " ".join(fields.get("HD", [])) or None
    if not text and not headline:
        return None
    blocks: list[tuple[str | None, str]] = []
    for code, values in fields.items():
        if code in ("LP", "TD"):
            blocks += [(MAIN, value) for value in values]
        else:
            zone = {"HD": "headline", "BY": "byline", "CT": "credit", "ART": "caption"}.get(code, "furniture")
            value = " ".join(values)
            blocks.append((zone, value if zone != "furniture" else f"{code}  {value}"))
    return Found(blocks=tuple(blocks), headline=headline, byline=" ".join(fields.get("BY", [])) or None,
                 outlet=" ".join(fields.get("SN", [])) or None, date=iso_date(" ".join(fields.get("PD", []))),
                 language=language_code(" ".join(fields.get("LA", []))), where=where,
                 problem="" if text else "a headline without text")


def _from_plain(lines: list[str], where: str) -> Found | None:
    """The article format without codes, told by the line "355 words" and the date after it."""
    counted = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None or counted == 0:
        return None
    dated = next((number for number in range(counted + 1, min(counted + 4, len(lines)))
                  if iso_date(lines[number]) and len(lines[number]) < 40), None)
    if dated is None:
        return None
    after = dated + 1
    if after < len(lines) and re.fullmatch(r"\d{1,2}[:.]\d{2}.{0,10}", lines[after]):
        after += 1
    outlet = lines[after] if after < len(lines) else None
    first = after + 1
    for number in range(after + 1, min(after + 9, len(lines))):
        if _COPYRIGHT.match(lines[number]) or re.fullmatch(r"[A-Z0-9]{2,10}|\w{1,5}\d*|English|German|French|Spanish|"
                                                          r"Italian|Dutch|Portuguese", lines[number]):
            first = number + 1
    byline = lines[counted - 1] if counted > 1 and _is_byline(lines[counted - 1]) else None
    top = lines[:counted - 1] if byline else lines[:counted]
    headline = top[-1] if top else None
    tail = next((number for number in range(first, len(lines)) if _DOCUMENT.match(lines[number])), len(lines))
    if tail == first:
        return None
    language = next((code for line in lines[after:first] if (code := language_code(line)) and len(line) > 2), None)
    blocks: list[tuple[str | None, str]] = [("furniture", line) for line in top[:-1]]
    blocks += [("headline", headline)] if headline else []
    blocks += [("byline", byline)] if byline else []
    blocks += [("furniture", line) for line in lines[counted:first]]
    blocks += [(MAIN, line) for line in lines[first:tail]]
    blocks += [("furniture", line) for line in lines[tail:]]
    return Found(blocks=tuple(blocks), headline=headline, byline=byline, outlet=outlet, where=where,
                 date=iso_date(lines[dated]), language=language)


def _is_byline(line: str) -> bool:
    return bool(re.match(r"by\s", line, re.I)) or (
        len(line.split()) <= 6 and line == line.title() and not re.search(r"[.?!:]$|\d", line))


def _read_html(file: File) -> Reading:
    from framing.articles.formats.markup import parse, text_of

    root = parse(file.text)
    reading = Reading(declared=_declared(text_of(root)[:3000]))
    articles = root.xpath("//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]")
    articles = [node for node in articles if node.xpath(".//p|.//table")]
    if not articles:
        raise Unreadable("an unknown layout of a Factiva page: no element of class 'article'; supported are the "
                         "article format and full articles with field codes")
    for number, node in enumerate(articles, 1):
        rows = node.xpath(".//tr[td]")
        fields: dict[str, list[str]] = {}
        for row in rows:
            cells = row.xpath("./td")
            code = text_of(cells[0]).strip()
            if code in CODES and len(cells) > 1:
                paragraphs = [text_of(p).strip() for p in cells[1].xpath(".//p")] or [text_of(cells[1]).strip()]
                fields[code] = [" ".join(text.split()) for text in paragraphs if text.strip()]
        if fields:
            found = _from_codes(fields, f"article {number}")
        else:
            lines = [" ".join(text_of(child).split()) for child in node.iter("div", "p")
                     if not child.xpath(".//div|.//p")]
            found = _from_plain([line for line in lines if line], f"article {number}")
        ended = any(_DOCUMENT.match(line) for line in text_of(node).split("\n")) or bool(
            re.search(r"Document [A-Za-z0-9]{15,32}", text_of(node)))
        _add(reading, found, number, cut=not ended)
    return reading
