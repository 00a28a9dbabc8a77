"""Factiva (html, rtf, txt): fields under two-letter codes, or the plain article format.

With codes: ``HD`` headline, ``BY`` byline, ``WC`` words, ``PD`` date, ``SN`` outlet, ``LA`` language,
``LP`` lead and ``TD`` text, then indexing up to ``AN`` "Document GAZ0000020230913ej9d0001". Without codes the
same parts stand one under the other, from the headline to the "Document" line, whose word is that of the
reader's interface ("Dokument", "Documento"). In pages the parts are known by their classes: the headline in
``#hd`` or ``enHeadline``, the author in ``author``, paragraphs in ``articleParagraph``. Codes after
tm.plugin.factiva (Bouchet-Valat). The XML of Factiva's interface is read by `framing.articles.formats.xml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from framing.articles.decoding import MAIN, File, Format, Found, Reading, Unreadable
from framing.articles.fields import iso_date, language_code
from framing.text.unicode import letters

CODES = """
    CLM SE HD BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF ART CO IN NS RE IPC IPD PUB AN
""".split()
_CODE = re.compile(rf"^[\s|]*({'|'.join(CODES)})(?:[ \t]*[|\t]+[ \t]*|[ \t]{{2,}}|[ \t]*$)(.*)$", re.S)
# The number of a document: its source's code, its day and a count. The word before it is the interface's.
_NUMBER = r"[A-Za-z0-9]{2,14}(?:19|20)\d{6}[a-z0-9]{5,12}"
_DOCUMENT = re.compile(
    rf"^[\s|]*(?:AN[\s|]+)?(?:Document ([A-Z0-9a-z]{{15,32}})|[^\W\d_][\w ’'.°№]{{0,24}}?\s*:?\s*({_NUMBER}))[\s|]*$"
)
_NUMBERED = re.compile(rf"^[^\n]{{1,30}}\b{_NUMBER}[\s|]*$", re.M)
_WORDS = re.compile(
    r"^\s*([\d,. ’']{1,9})\s?(?:words?|mots?|Wörter|Worte|palabras?|parole|palavras?|woorden|ord|słów|"
    r"słowa|слов|слова|слово|sözcük|kelime|字|个字|個字|単語|文字|ワード|단어|كلمة|كلمات)\s*$",
    re.I,
)
_COPYRIGHT = re.compile(
    r"^\s*(?:\(?c\)?opyright\b|copyright\b|©|\(c\)|all rights reserved|alle rechte|"
    r"tous droits|todos los derechos|tutti i diritti|todos os direitos)",
    re.I,
)
_PART = re.compile(
    r"\b(?:Headlines?|Articles?|Schlagzeilen|Artikel|Titres|Titulares|Titoli)\s+(\d+)\s*"
    r"(?:-|–|to|bis|à|a)\s*(\d+)\s+(?:of|von|sur|de|di)\s+[\d,.]+",
    re.I,
)
_DECLARED = re.compile(r"\b(?:Documents?|Dokumente|Documentos|Documenti)\s*\((\d+)\)", re.I)
# What ends the name of a company that publishes: such a line above the document number is no byline.
_COMPANY = re.compile(
    r"\b(?:Ltd|Limited|Inc|LLC|L\.L\.C|LLP|PLC|Corp|Corporation|Company|Co|Group|GmbH|AG|KG|SE|S\.?A|"
    r"S\.?A\.?S|SARL|S\.?L|S\.?p\.?A|S\.?r\.?l|B\.?V|N\.?V|A/?S|AB|Oy|Pty|Pvt|Ltda|Publications?|"
    r"Publishing|Publishers?|Newspapers?|Media|Verlag|Éditions?|Editora|Editorial|Holdings?|Press)\.?\s*$",
    re.I,
)
LONGEST_PUBLISHER = 10  # words
# A desk's note below the byline, which stands where a headline might.
_NOTE = re.compile(
    r"^(?:special (?:to|for)|exclusive(?:ly)? (?:to|for)|written for|staff (?:writer|reporter)|"
    r"from (?:our|a|the) (?:own )?(?:correspondents?|staff)|our correspondent|compiled (?:by|from)|"
    r"with (?:reporting|files) (?:by|from))\b",
    re.I,
)


def sniff(file: File) -> bool:
    if (
        file.data.startswith(b"{\\rtf")
        or (file.suffix in {".txt", ""} and _NUMBERED.search(file.text))
        or (file.data.startswith((b"PK", b"%PDF")))
    ):
        lines = file.lines_or_none
        ends = [
            line for line in lines if (match := _DOCUMENT.match(line)) and re.search(r"\d{8}", match[1] or match[2])
        ]
        return len(ends) > 1 or (
            bool(ends)
            and (sum(bool(_CODE.match(line)) for line in lines) >= 4 or any(_WORDS.match(line) for line in lines))
        )
    return (
        bool(file.opening)
        and "<" in file.opening
        and bool(
            re.search(
                r"""class=["']?article \w\w(?:-\w\w)?Article|class=["']?\w\wHeadline|articleParagraph|<title>\s*Factiva\b|"""
                rf"""id=["']?article-{_NUMBER}""",
                file.text,
            )
        )
    )


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
        reading.articles.append(replace(found, problem="cut off: no document number", cut=True) if cut else found)


def _declared(text: str) -> int | None:
    """How many articles the file says it holds: of "Headlines 1 - 8 of 383" the eight that were saved."""
    if match := _PART.search(text):
        return max(int(match[2]) - int(match[1]) + 1, 0)
    match = _DECLARED.search(text)
    return int(match[1]) if match else None


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
        if match and not (
            coded
            and coded[-1][0] in ("LP", "TD")
            and match[1] in ("IN", "CO", "RE", "AN")
            and not line.strip().startswith(match[1])
        ):
            coded.append([match[1], [match[2]]])
        elif coded:
            coded[-1][1].append(line)
    if sum(code in ("HD", "WC", "PD", "SN", "LP", "TD") for code, _ in coded) >= 3:
        return _from_codes(
            {code: [text.strip(" |\t") for text in texts if text.strip(" |\t")] for code, texts in coded}, where
        )
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
    return Found(
        blocks=tuple(blocks),
        headline=headline,
        byline=" ".join(fields.get("BY", [])) or None,
        outlet=" ".join(fields.get("SN", [])) or None,
        date=iso_date(" ".join(fields.get("PD", []))),
        language=language_code(" ".join(fields.get("LA", []))),
        where=where,
        problem="" if text else "a headline without text",
    )


def _from_plain(lines: list[str], where: str) -> Found | None:
    """The article format without codes, told by the line "355 words" and the date after it."""
    head = _head(lines)
    if head is None:
        return None
    counted, dated, after, first = head
    top, byline = _top(lines[:counted])
    headline = top[-1] if top else None
    tail = next((number for number in range(first, len(lines)) if _DOCUMENT.match(lines[number])), len(lines))
    tail = _without_publisher(lines, first, tail, lines[after] if after < len(lines) else "")
    if tail == first:
        return None
    blocks: list[tuple[str | None, str]] = [("furniture", line) for line in top[:-1]]
    blocks += [("headline", headline)] if headline else []
    blocks += [("byline", byline)] if byline else []
    known = {*top, byline}
    blocks += [("furniture", line) for line in lines[:counted] if line not in known]
    blocks += [("furniture", line) for line in lines[counted:first]]
    blocks += [(MAIN, line) for line in lines[first:tail]]
    blocks += [("furniture", line) for line in lines[tail:]]
    return Found(
        blocks=tuple(blocks),
        headline=headline,
        byline=byline,
        where=where,
        date=iso_date(lines[dated]),
        outlet=lines[after] if after < len(lines) else None,
        language=_language(lines[after:first]),
    )


def _head(lines: list[str]) -> tuple[int, int, int, int] | None:
    """Where the word count, the date, the outlet and the text stand; None where these lines are no article."""
    counted = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None or counted == 0:
        return None
    dated = next(
        (
            number
            for number in range(counted + 1, min(counted + 4, len(lines)))
            if iso_date(lines[number]) and len(lines[number]) < 40
        ),
        None,
    )
    if dated is None:
        return None
    after = dated + 1
    while after < len(lines) and re.fullmatch(r"\d{1,2}[:.h]\d{2}.{0,10}", lines[after]):
        after += 1
    first = min(after + 1, len(lines))
    for number in range(after + 1, min(after + 9, len(lines))):
        if _COPYRIGHT.match(lines[number]) or _is_code(lines[number]):
            first = number + 1
    return counted, dated, after, first


def _is_code(line: str) -> bool:
    """A source's code, an edition or page, or the name of a language, as they stand under the outlet."""
    return bool(re.fullmatch(r"[A-Z0-9]{2,10}|\w{1,5}\d*", line)) or (
        len(line.split()) <= 3 and not line.endswith(".") and bool(language_code(line)) and len(line) > 2
    )


def _language(lines: list[str]) -> str | None:
    return next(
        (code for line in lines if len(line) > 2 and len(line.split()) <= 3 and (code := language_code(line))), None
    )


def _top(lines: list[str]) -> tuple[list[str], str | None]:
    """The lines down to the headline, and the byline: what stands below it, a note of the desk left out."""
    by = next((number for number, line in enumerate(lines) if number and _says_by(line)), None)
    if by is not None:
        return lines[:by], lines[by]
    while len(lines) > 1 and _NOTE.match(lines[-1]):
        lines = lines[:-1]
    if len(lines) > 1 and _is_byline(lines[-1]):
        return lines[:-1], lines[-1]
    return lines, None


def _says_by(line: str) -> bool:
    return (
        len(line.split()) <= 14
        and bool(re.match(r"(?:by|von|par|por|di|door|av|af)\s+[^\W\d_]", line, re.I))
        and (line[:3].lower() == "by " or line == line.title() or line.isupper() or line.split()[1][:1].isupper())
    )


def _is_byline(line: str) -> bool:
    return bool(re.match(r"by\s", line, re.I)) or (
        len(line.split()) <= 6 and line == line.title() and not re.search(r"[.?!:]$|\d", line)
    )


def _without_publisher(lines: list[str], first: int, tail: int, outlet: str) -> int:
    """Where the text ends, the publisher's name above the document number left out."""
    rights = letters(" ".join(line for line in lines[:first] if _COPYRIGHT.match(line)))
    while tail - 1 > first and is_publisher(lines[tail - 1], rights, outlet):
        tail -= 1
    return tail


def is_publisher(line: str, rights: str, outlet: str) -> bool:
    """Whether a line is the name of the company that publishes, or a line of rights, and no sentence of the story."""
    plain = letters(line)
    if _COPYRIGHT.match(line):
        return len(line.split()) <= 40
    if len(line.split()) > LONGEST_PUBLISHER or (re.search(r"[.?!:,;”\"]$", line) and not _COMPANY.search(line)):
        return False
    return bool(_COMPANY.search(line)) or plain == letters(outlet) or (len(plain) > 4 and plain in rights)


def _read_html(file: File) -> Reading:
    from framing.articles.markup import parse, text_of

    root = parse(file.text)
    reading = Reading(declared=_declared(text_of(root)[:3000]))
    articles = _articles(root)
    if not articles:
        raise Unreadable(
            "an unknown layout of a Factiva page: no element of class 'article'; supported are the "
            "article format and full articles with field codes"
        )
    seen: dict[str, int] = {}
    for number, node in enumerate(articles, 1):
        where = f"article {number}"
        ended = _number_of(node)
        if ended and ended in seen:
            reading.repeated.append((where, f"the same document {ended} as article {seen[ended]}, and counted once"))
            continue
        if ended:
            seen[ended] = number
        _add(reading, _from_node(node, where), number, cut=not ended)
    if reading.repeated and reading.declared is not None:
        reading.declared -= len(reading.repeated)
    return reading


def _articles(root: Any) -> list[Any]:
    """The elements that hold one article each: an element of class "article" within another is the same article."""
    held = "contains(concat(' ', normalize-space(@class), ' '), ' article ')"
    marked = root.xpath(f"//div[{held} or starts-with(@id, 'article-')] | //article")
    marked = [node for node in marked if node.xpath(".//p|.//table|.//div")]
    inner: dict[Any, list[Any]] = {node: [] for node in marked}
    tops: list[Any] = []
    for node in marked:
        around = next((parent for parent in node.iterancestors() if parent in inner), None)
        (tops if around is None else inner[around]).append(node)
    found: list[Any] = []

    def part(node: Any) -> None:
        if inner[node] and (len(_numbers(node)) > 1 or _n_counts(node) > 1):
            for child in inner[node]:
                part(child)
        elif _n_counts(node) or _numbers(node) or node.xpath(".//tr[td]") or node.xpath(".//p"):
            found.append(node)

    for node in tops:
        part(node)
    return found


def _numbers(node: Any) -> list[str]:
    """The numbers of the documents in an element, each once."""
    from framing.articles.markup import lines_of

    hits = (_DOCUMENT.match(part) for line in lines_of(node) for part in line.split("\n"))
    return list(dict.fromkeys(match[1] or match[2] for match in hits if match))


def _number_of(node: Any) -> str | None:
    from framing.articles.markup import text_of

    numbers = _numbers(node)
    loose = (
        re.search(
            rf"(?:Document|Dokument|Documento)\s+([A-Za-z0-9]{{15,32}})|\bAN\s+.{{0,24}}?({_NUMBER})", text_of(node)
        )
        if not numbers
        else None
    )
    return numbers[-1] if numbers else (loose[1] or loose[2]) if loose else None


def _n_counts(node: Any) -> int:
    from framing.articles.markup import lines_of

    return sum(bool(_WORDS.match(part)) for line in lines_of(node) for part in line.split("\n"))


def _from_node(node: Any, where: str) -> Found | None:
    from framing.articles.markup import blocks_of, text_of

    fields: dict[str, list[str]] = {}
    for row in node.xpath(".//tr[td]"):
        cells = row.xpath("./td")
        code = text_of(cells[0]).strip()
        if code in CODES and len(cells) > 1 and code not in fields:
            paragraphs = [text_of(p).strip() for p in cells[1].xpath(".//p")] or [text_of(cells[1]).strip()]
            fields[code] = [" ".join(text.split()) for text in paragraphs if text.strip()]
    if fields:
        return _from_codes(fields, where)
    parts = [(child, " ".join(text.split())) for child, block in blocks_of(node) for text in block.split("\n")]
    parts = [(child, text) for child, text in parts if text]
    return _from_classes(node, parts, where) or _from_plain([text for _, text in parts], where)


def _from_classes(node: Any, parts: list[tuple[Any, str]], where: str) -> Found | None:
    """An article whose headline and paragraphs are marked by their classes; None where they are not."""
    kinds = [_kind(child, node, text) for child, text in parts]
    if "headline" not in kinds or MAIN not in kinds:
        return None
    lines = [text for _, text in parts]
    head = _head(lines)
    headline = " ".join(text for text, kind in zip(lines, kinds, strict=True) if kind == "headline")
    byline = " ".join(text for text, kind in zip(lines, kinds, strict=True) if kind == "byline") or None
    first = kinds.index(MAIN)
    outlet = lines[head[2]] if head and head[2] < first else None
    rights = letters(" ".join(line for line in lines[:first] if _COPYRIGHT.match(line)))
    last = len(kinds) - 1 - kinds[::-1].index(MAIN)
    while last > first and is_publisher(lines[last], rights, outlet or ""):
        kinds[last] = None
        last -= 1
    if byline is None and head and kinds.index("headline") < head[0]:
        below = [text for text, kind in zip(lines[: head[0]], kinds[: head[0]], strict=True) if kind is None][
            -(head[0] - kinds.index("headline") - 1) :
        ]
        byline = next((text for text in below if _says_by(text)), None)
    blocks: list[tuple[str | None, str]] = []
    for number, (text, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is None:
            kind = "byline" if text == byline else "furniture" if number < first or number > last else MAIN
        if kind == "headline":
            if not any(zone == "headline" for zone, _ in blocks):
                blocks.append(("headline", headline))
            continue
        blocks.append((kind, text))
    return Found(
        blocks=tuple(blocks),
        headline=headline or None,
        byline=byline,
        where=where,
        outlet=outlet,
        date=iso_date(lines[head[1]]) if head else None,
        language=_language(lines[head[2] : first]) if head else None,
        problem="" if head else "no word count and date in its header",
    )


def _kind(child: Any, article: Any, text: str) -> str | None:
    """Headline, byline or text by the class of a block or of what it stands in, up to the article's element."""
    if child is article:  # a line that is in no block of its own: the inline element that holds it
        child = next((node for node in article if " ".join(node.text_content().split()) == text), None)
    for parent in () if child is None else (child, *child.iterancestors(), *child.iterdescendants()):
        if parent is article:
            continue
        names = f"{parent.get('class') or ''} {parent.get('id') or ''}" if isinstance(parent.tag, str) else ""
        if re.search(r"(?:^|\s)(?:hd|\w\w(?:-\w\w)?[Hh]eadline)(?:\s|$)", names):
            return "headline"
        if re.search(r"(?:^|\s)author(?:\s|$)", names):
            return "byline"
        if "articleparagraph" in names.lower():
            return MAIN
    return None


FORMATS = [Format("factiva", sniff, read)]
