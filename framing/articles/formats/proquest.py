"""ProQuest (txt and html): one record under another, a line of underscores or a rule between them.

A record begins with "Document 1 of 3" or its title and names its parts: ``Author:``, ``Publication info:``,
``Abstract:``, ``Full text:``, then ``Title:``, ``Publication title:``, ``Publication date:`` and more. Parts
after tm.plugin.proquest (Mair).
"""

from __future__ import annotations

import re

from framing.articles.fields import iso_date
from framing.articles.languages import language_code
from framing.articles.opened_file import MAIN, File, Format, Found, Reading, Unreadable

LABELS = ["Author", "Publication info", "ProQuest document link", "Abstract", "Abstract (summary)", "Links",
          "Full text", "Full Text", "Subject", "Location", "People", "Company / organization", "Company/organization",
          "Classification", "Identifier / keyword", "Identifiers / keywords", "Title", "Alternate title",
          "Publication title", "First page", "Pages", "Number of pages", "Publication year", "Publication date",
          "Year", "Volume", "Issue", "Section", "column", "Column", "Publisher", "Place of publication",
          "Country of publication", "Publication subject", "ISSN", "CODEN", "e-ISSN", "Source type",
          "Language of publication", "Document type", "Document feature", "Dateline", "DOI", "ProQuest document ID",
          "Document URL", "Copyright", "Last updated", "Database", "Credit", "Correction", "Product name",
          "Accession number", "Source attribution", "Edition", "Journal subject", "Publication type", "Ethnicity"]
_LABEL = re.compile(rf"^\s*({'|'.join(map(re.escape, sorted(LABELS, key=len, reverse=True)))})\s*:\s*(.*)$", re.S)
_RULE = re.compile(r"^\s*_{40,}\s*$", re.M)
_NUMBER = re.compile(r"^\s*Document (\d{1,5}) of (\d{1,5})\s*$", re.M)
_UNAVAILABLE = re.compile(r"^\s*(?:full text (?:is )?(?:unavailable|not available)|not available)", re.I)


def sniff(file: File) -> bool:
    if not file.opening:
        return False
    text = file.text
    if "ProQuest" in text and len(_RULE.findall(text)) > 1:
        return True
    return "ProQuest document" in text and ("Publication title:" in text or "Publication info:" in text
                                            or bool(re.search(r"Publication (?:title|info):\s*</", text)))


def read(file: File) -> Reading:
    if re.search(r"<(?:div|p|html)\b", file.opening, re.I):
        records = _html_records(file.text)
    else:
        text = file.text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
        records = [[line.strip() for line in piece.split("\n") if line.strip()] for piece in _RULE.split(text)]
    declared = max((int(match[2]) for match in _NUMBER.finditer(file.text)), default=None)
    reading = Reading(declared=declared)
    number = 0
    for lines in records:
        if sum(bool(_LABEL.match(line)) for line in lines) < 3:
            continue  # the list of titles before the records, the address of the service after them
        number += 1
        found = _record(lines, f"record {number}")
        if isinstance(found, str):
            reading.skipped.append((f"record {number}", found))
        else:
            reading.articles.append(found)
    if not number:
        raise Unreadable("an unknown layout of a ProQuest export: no record with fields such as 'Full text:' and "
                         "'Publication title:'")
    return reading


def _record(lines: list[str], where: str) -> Found | str:
    lines = [line for line in lines if not _NUMBER.match(line)]
    labels = [match[1] if (match := _LABEL.match(line)) else "" for line in lines]
    full = next((number for number, label in enumerate(labels) if label.lower() == "full text"), None)
    tail = _tail_starts(labels, -1 if full is None else full)
    values: dict[str, str] = {}
    for line, label in zip(lines, labels, strict=True):
        if label and (match := _LABEL.match(line)):
            values.setdefault(label, match[2].strip())
    title = values.get("Title") or (lines[0] if lines and not labels[0] else None)
    if full is None or tail <= full:
        return f"no full text of {title[:60]!r}" if title else "no full text"
    body = [lines[full].split(":", 1)[1].strip(), *lines[full + 1:tail]]
    body = [line for line in body if line]
    if not body or _UNAVAILABLE.match(body[0]):
        return f"no full text of {title[:60]!r}" if title else "no full text"
    info = values.get("Publication info", "")
    outlet = values.get("Publication title") or info.split(";")[0].split("[")[0].strip() or None
    blocks: list[tuple[str | None, str]] = [("headline", title)] if title else []
    blocks += [("byline", values["Author"])] if values.get("Author") else []
    blocks += [("furniture", line) for number, line in enumerate(lines[:full])
               if labels[number] != "Author" and line != title]
    blocks += [(MAIN, line) for line in body]
    blocks += [("furniture", line) for line in lines[tail:] if line != f"Title: {title}"]
    cut = not {"Publication date", "Publication title", "Database"} & values.keys()
    return Found(blocks=tuple(blocks), headline=title, byline=values.get("Author") or None, where=where, cut=cut,
                 problem="cut off: no details after its text" if cut else "",
                 outlet=outlet.split(";")[0].strip() if outlet else None, url=values.get("Document URL"),
                 language=language_code(values.get("Language of publication")),
                 date=iso_date(values.get("Publication date") or "") or iso_date(info))


def _tail_starts(labels: list[str], full: int) -> int:
    """Where the details after the text begin: the run of labelled lines that ends the record."""
    number = len(labels)
    while number - 1 > full and labels[number - 1]:
        number -= 1
    if number == len(labels):  # something follows the details: look for the first label after the text
        named = [n for n in range(full + 1, len(labels)) if labels[n] in ("Subject", "Title", "Publication title")]
        number = named[0] if named else number
    return number


def _html_records(text: str) -> list[list[str]]:
    from framing.articles.markup import lines_of, parse

    root = parse(text)
    records = root.xpath("//div[contains(translate(@style, ' ', ''), 'border-bottom:2px')]") or [root]
    return [lines_of(record) for record in records]


FORMATS = [Format("proquest", sniff, read)]
