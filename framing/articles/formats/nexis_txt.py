"""LexisNexis Academic (txt): "3 of 10 DOCUMENTS", centred outlet and date, fields in capitals, wrapped lines."""

from __future__ import annotations

import re

from framing.articles.fields import iso_date, language_code
from framing.articles.formats.nexis import _DATE_LINE
from framing.articles.opened_file import MAIN, File, Found, Reading, Unreadable

NAME = "nexis_txt"
_START = re.compile(r"^\s*(\d{1,5}) of (\d{1,5}) DOCUMENTS\s*$", re.M)
_FIELD = re.compile(r"^(BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES):\s*(.*)$", re.S)
_TAIL = re.compile(r"^(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|JOURNAL-CODE|SUBJECT|DOCUMENT-TYPE|NOTES):")


def sniff(file: File) -> bool:
    return bool(file.opening) and bool(_START.search(file.text[:20_000]))


def read(file: File) -> Reading:
    """Every article, and the number that each of them declares for the whole file."""
    text = file.text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    starts = list(_START.finditer(text))
    if not starts:
        raise Unreadable("no line such as '1 of 10 DOCUMENTS'")
    reading = Reading(declared=max(int(start[2]) for start in starts))
    for start, end in zip(starts, [*(match.start() for match in starts[1:]), len(text)], strict=True):
        found = _article(text[start.end():end], f"document {start[1]}")
        if found is None:
            reading.skipped.append((f"document {start[1]}", "no text after its header"))
        else:
            reading.articles.append(found)
    return reading


def _article(text: str, where: str) -> Found | None:
    paragraphs = [paragraph for paragraph in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))
                  if paragraph.strip()]
    flat = [" ".join(paragraph.split()) for paragraph in paragraphs]
    fields = [number for number, line in enumerate(flat[:15]) if _FIELD.match(line)]
    dated = next((number for number, paragraph in enumerate(paragraphs[:6])
                  if _DATE_LINE.match(paragraph.strip().split("\n")[0])), None)
    first = max([*fields, -1 if dated is None else dated]) + 1
    tail = next((number for number in range(first, len(flat)) if _TAIL.match(flat[number])), len(flat))
    if first == 0 or tail == first:
        return None
    outlet = flat[0] if dated not in (None, 0) else None
    headline = " ".join(flat[(dated or 0) + 1:min(fields, default=first)]) if dated is not None else None
    values = {match[1]: match[2] for number in fields if (match := _FIELD.match(flat[number]))}
    blocks: list[tuple[str | None, str]] = [("furniture", line) for line in flat[:(dated or 0) + 1]]
    blocks += [("headline", headline)] if headline else []
    for number in fields:
        name, value = _FIELD.match(flat[number]).groups()  # type: ignore[union-attr]
        zone = {"BYLINE": "byline", "HIGHLIGHT": "standfirst"}.get(name, "furniture")
        blocks.append((zone, value if zone != "furniture" else flat[number]))
    blocks += [(MAIN, line) for line in flat[first:tail]]
    blocks += [("caption" if line.startswith("GRAPHIC:") else "furniture", line) for line in flat[tail:]]
    language = next((line.split(":", 1)[1] for line in flat[tail:] if line.startswith("LANGUAGE:")), None)
    return Found(blocks=tuple(blocks), headline=headline or None, outlet=outlet, byline=values.get("BYLINE"),
                 standfirst=values.get("HIGHLIGHT"), where=where, language=language_code(language),
                 date=iso_date(flat[dated]) if dated is not None else None,
                 problem="" if dated is not None else "no date line in its header")
