"""Two databases of the press: Europresse and ProQuest.

Europresse (html): many articles to a page, each under the name of its publication.

An article begins at ``DocPublicationName``; ``DocHeader`` holds section and day, ``titreArticle`` the headline,
``docAuthors`` the authors, ``docOcurrContainer`` or ``DocText`` the text. Older pages mark only publication, header and
headline and divide the rest with line breaks. Names of the parts after tm.plugin.europresse (Bouchet-Valat).

ProQuest (txt and html): one record under another, a line of underscores or a rule between them.

A record begins with "Document 1 of 3" or its title and names its parts: ``Author:``, ``Publication info:``,
``Abstract:``, ``Full text:``, then ``Title:``, ``Publication title:``, ``Publication date:`` and more. Parts
after tm.plugin.proquest (Mair).
"""

from __future__ import annotations

import re
from typing import Any

from framing.articles.decoding import MAIN, File, Format, Found, Reading, Unreadable
from framing.articles.fields import iso_date, language_code
from framing.text.unicode import letters

# Europresse.

_NAMED = re.compile(r"class\s*=\s*[\"'][^\"']*(?:DocPublicationName|titreArticle)", re.I)
_ISSUE = re.compile(
    r"\s*(?:,\s*(?:no|n[°ºo]|nr|num[ée]ro)\b\.?\s*\S.*|\s+n[°º]\s*\d.*|"
    r"\s*[-–|]\s*\d{1,2}\s\w+\s\d{4}.*)$",
    re.I,
)
_FOOT = re.compile(
    r"^\s*(?:©|\(c\)|copyright\b|tous droits|all rights|alle rechte|todos los derechos|"
    r"(?:document number|num[ée]ro de document|dokumentnummer|n[úu]mero de documento)\s*:|"
    r"(?:ce certificat|le présent document|certificat émis|this certificate|the present document)|"
    r"news\s*[·•]\s*\d{8})",
    re.I,
)
_DOCUMENT_NUMBER = re.compile(r"news\s*[·•.]\s*((?:19|20)\d{6})\s*[·•.]\s*(\S+)")
LONGEST_BYLINE = 12  # words
_SMALL = {"de", "von", "van", "et", "and", "par", "by", "du", "la", "le", "d'", "&", "y"}  # words within names


def sniff_europresse(file: File) -> bool:
    opening = file.opening
    if "<" not in opening or file.data.startswith((b"PK", b"%PDF", b"{\\rtf")):
        return False
    text = file.text
    return bool(_NAMED.search(text)) and (
        "docpublicationname" in text.lower() or bool(re.search(r"europresse|cedrom", text, re.I))
    )


def read_europresse(file: File) -> Reading:
    from framing.articles.markup import parse

    root = parse(file.text)
    marks = _marked(root, "docpublicationname") or _marked(root, "titrearticle")
    if not marks:
        raise Unreadable("an unknown layout of a Europresse page: no publication is named by 'DocPublicationName'")
    reading = Reading()
    seen: dict[str, int] = {}
    for number, node in enumerate(_records(marks), 1):
        where = f"article {number}"
        found, code = _article(node, where)
        if found is None:
            reading.skipped.append((where, "a publication and a headline without a text"))
        elif code and code in seen:
            reading.repeated.append((where, f"the same document {code} as article {seen[code]}, and counted once"))
        else:
            if code:
                seen[code] = number
            reading.articles.append(found)
    return reading


def _marked(root: Any, name: str) -> list[Any]:
    """The outermost elements of a class, whatever its capitals."""
    lower = "translate(@class, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    nodes = root.xpath(f".//*[contains({lower}, '{name}')]")
    inside = set(nodes)
    return [
        node
        for node in nodes
        if node.text_content().strip() and not any(parent in inside for parent in node.iterancestors())
    ]


def _records(marks: list[Any]) -> list[Any]:
    """For each mark the largest element around it that holds no other."""
    holding: dict[Any, int] = {}
    for mark in marks:
        for parent in (mark, *mark.iterancestors()):
            holding[parent] = holding.get(parent, 0) + 1
    if len(marks) == 1:
        return [mark.getroottree().getroot() for mark in marks]
    found = []
    for mark in marks:
        node = mark
        while (parent := node.getparent()) is not None and holding[parent] == 1:
            node = parent
        found.append(node)
    return found


def _article(node: Any, where: str) -> tuple[Found | None, str]:
    from framing.articles.markup import blocks_of

    outlet = _outlet(_said(node, "docpublicationname"))
    header = " ".join(_texts(node, "docheader"))
    title = _said(node, "titrearticlevisu") or _said(node, "titrearticle")
    authors = _said(node, "docauthors") or next(filter(_is_author, _texts(node, "sm-margin-bottomnews")), "")
    standfirst = _said(node, "rdp__subtitle") or None
    main = [block for name in ("dococurrcontainer", "doctext") for block in _marked(node, name)][:1]
    inside = set(main[0].iter()) if main else set()
    heads = {
        element
        for name in ("docpublicationname", "docheader", "titrearticle", "docauthors")
        for mark in _marked(node, name)
        for element in mark.iter()
    }
    parts = [(child, " ".join(line.split())) for child, block in blocks_of(node) for line in block.split("\n")]
    parts = [(child, line) for child, line in parts if line]
    blocks: list[tuple[str | None, str]] = []
    begun = footed = False
    named = letters(title)
    for child, line in parts:
        plain = letters(line)
        if not begun and named and plain and plain in named:
            blocks += [] if any(zone == "headline" for zone, _ in blocks) else [("headline", title)]
            begun = begun or plain == named or named.endswith(plain)
            continue
        footed = footed or bool(_FOOT.match(line))
        if authors and plain == letters(authors):
            blocks.append(("byline", line))
        elif standfirst and plain == letters(standfirst):
            blocks.append(("standfirst", line))
        elif footed or (main and child not in inside) or (not main and not begun) or (not main and child in heads):
            blocks.append(("furniture", line))
        elif not authors and not main and not any(zone == MAIN for zone, _ in blocks) and _is_author(line):
            authors = line
            blocks.append(("byline", line))
        else:
            blocks.append((MAIN, line))
    foot = _DOCUMENT_NUMBER.search(" ".join(line for _, line in parts))
    date = (
        iso_date(header)
        or next(
            (
                found
                for zone, line in blocks[:8]
                if zone == "furniture" and len(line) < 120 and (found := iso_date(line))
            ),
            None,
        )
        or (iso_date(foot[1]) if foot else None)
    )
    if not any(zone == MAIN for zone, _ in blocks):
        return None, ""
    language = node.get("lang") or next(iter(node.xpath("ancestor::*/@lang")), None)
    return Found(
        blocks=tuple(blocks),
        headline=title or None,
        byline=authors or None,
        outlet=outlet,
        where=where,
        date=date,
        standfirst=standfirst,
        language=language_code(language) if language else None,
        problem="" if date else "no day in its header",
    ), foot[0] if foot else ""


def _is_author(line: str) -> bool:
    words = line.split()
    return (
        len(words) <= LONGEST_BYLINE
        and not re.search(r"[.!?:;”»\"]$", line)
        and all(word[:1].isupper() or word.lower() in _SMALL for word in words)
        and not re.search(r"\d", line)
    )


def _said(node: Any, name: str) -> str:
    return next(iter(_texts(node, name)), "")


def _texts(node: Any, name: str) -> list[str]:
    from framing.articles.markup import lines_of

    return [" ".join(" ".join(lines_of(mark)).split()) for mark in _marked(node, name)]


def _outlet(name: str) -> str | None:
    """The publication without its issue: "Lowbridge Courier, no. 43018" as "Lowbridge Courier"."""
    return _ISSUE.sub("", name).strip(" ,;") or None


# ProQuest.

LABELS = [
    "Author",
    "Publication info",
    "ProQuest document link",
    "Abstract",
    "Abstract (summary)",
    "Links",
    "Full text",
    "Full Text",
    "Subject",
    "Location",
    "People",
    "Company / organization",
    "Company/organization",
    "Classification",
    "Identifier / keyword",
    "Identifiers / keywords",
    "Title",
    "Alternate title",
    "Publication title",
    "First page",
    "Pages",
    "Number of pages",
    "Publication year",
    "Publication date",
    "Year",
    "Volume",
    "Issue",
    "Section",
    "column",
    "Column",
    "Publisher",
    "Place of publication",
    "Country of publication",
    "Publication subject",
    "ISSN",
    "CODEN",
    "e-ISSN",
    "Source type",
    "Language of publication",
    "Document type",
    "Document feature",
    "Dateline",
    "DOI",
    "ProQuest document ID",
    "Document URL",
    "Copyright",
    "Last updated",
    "Database",
    "Credit",
    "Correction",
    "Product name",
    "Accession number",
    "Source attribution",
    "Edition",
    "Journal subject",
    "Publication type",
    "Ethnicity",
]
_LABEL = re.compile(rf"^\s*({'|'.join(map(re.escape, sorted(LABELS, key=len, reverse=True)))})\s*:\s*(.*)$", re.S)
_RULE = re.compile(r"^\s*_{40,}\s*$", re.M)
_NUMBER = re.compile(r"^\s*Document (\d{1,5}) of (\d{1,5})\s*$", re.M)
_UNAVAILABLE = re.compile(r"^\s*(?:full text (?:is )?(?:unavailable|not available)|not available)", re.I)


def sniff_proquest(file: File) -> bool:
    if not file.opening:
        return False
    text = file.text
    if "ProQuest" in text and len(_RULE.findall(text)) > 1:
        return True
    return "ProQuest document" in text and (
        "Publication title:" in text
        or "Publication info:" in text
        or bool(re.search(r"Publication (?:title|info):\s*</", text))
    )


def read_proquest(file: File) -> Reading:
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
        raise Unreadable(
            "an unknown layout of a ProQuest export: no record with fields such as 'Full text:' and "
            "'Publication title:'"
        )
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
    body = [lines[full].split(":", 1)[1].strip(), *lines[full + 1 : tail]]
    body = [line for line in body if line]
    if not body or _UNAVAILABLE.match(body[0]):
        return f"no full text of {title[:60]!r}" if title else "no full text"
    info = values.get("Publication info", "")
    outlet = values.get("Publication title") or info.split(";")[0].split("[")[0].strip() or None
    blocks: list[tuple[str | None, str]] = [("headline", title)] if title else []
    blocks += [("byline", values["Author"])] if values.get("Author") else []
    blocks += [
        ("furniture", line) for number, line in enumerate(lines[:full]) if labels[number] != "Author" and line != title
    ]
    blocks += [(MAIN, line) for line in body]
    blocks += [("furniture", line) for line in lines[tail:] if line != f"Title: {title}"]
    cut = not {"Publication date", "Publication title", "Database"} & values.keys()
    return Found(
        blocks=tuple(blocks),
        headline=title,
        byline=values.get("Author") or None,
        where=where,
        cut=cut,
        problem="cut off: no details after its text" if cut else "",
        outlet=outlet.split(";")[0].strip() if outlet else None,
        url=values.get("Document URL"),
        language=language_code(values.get("Language of publication")),
        date=iso_date(values.get("Publication date") or "") or iso_date(info),
    )


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


FORMATS = [Format("europresse", sniff_europresse, read_europresse), Format("proquest", sniff_proquest, read_proquest)]
