"""Nexis, in two layouts: Nexis Uni and Lexis Advance (docx, rtf, txt), and LexisNexis Academic (txt, html, docx, rtf).

Nexis Uni: many articles to a file after a cover page, or one to a file: headline, outlet, date, copyright,
``Section:``, ``Length:``, ``Byline:``, ``Highlight:``, ``Body``, paragraphs, ``Graphic``, ``Classification``,
``Load-Date:``, ``End of Document``. The date is taken from its own line after the outlet, never from a headline; an
article that lacks a part is read without it.

LexisNexis Academic and nexis.com: "3 of 10 DOCUMENTS", outlet, date, headline, fields in capitals, text, fields of the
service; or outlet, headline, date, text, and SECTION and LENGTH below it. A broadcast has a line SHOW above its
headline. Older files name headline and text too: HEADLINE and BODY. In pages every part is a ``DIV`` of numbered style
classes and each document begins at an anchor ``DOC_ID``. Names of fields follow the interface's language.

Field names after LexisNexisTools (Gruber) and tm.plugin.lexisnexis (Bouchet-Valat).
"""

from __future__ import annotations

import re

from framing.articles.decoding import MAIN, File, Format, Found, Reading, Unreadable
from framing.articles.fields import iso_date, language_code
from framing.text.lexicon import word_lists
from framing.text.unicode import letters

# Nexis Uni and Lexis Advance.

_END = re.compile(r"^\s*End of Document\s*$", re.I)
_DECLARED = re.compile(r"^\s*Documents?\s*\((\d{1,6})\)\s*$", re.I)
_LOADED = re.compile(r"^\s*Load-Date\s*:", re.I)
_BODY = re.compile(r"^\s*Body\s*$", re.I)
_FIELD = re.compile(
    r"^\s*(Section|Length|Byline|Dateline|Highlight|Distribution|Series|Edition|Correction-Date)"
    r"\s*:\s*(.*)$",
    re.I,
)
_TAIL = re.compile(
    r"^\s*(?:(?:Graphic|Classification|Notes|Correction)\s*$|(?:Load-Date|Language|Publication-Type|"
    r"Subject|Journal Code|Document-Type|Acc-No|Transmission-Date|Industry|Geographic|Person|"
    r"Company|Organization)\s*:)",
    re.I,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = rf"(?:{'|'.join(word_lists('pages/languages')['months']['en_short'])})[a-z]*\.?"
_DATE_LINE = re.compile(
    rf"^\s*(?:{_WEEKDAY},?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}})"
    rf"(?:,?\s+{_WEEKDAY})?(?:,?\s+\d{{1,2}}[:.]\d{{2}}.{{0,20}})?\s*$",
    re.I,
)
_COPYRIGHT = re.compile(r"^\s*(?:Copyright\b|©|\(c\)\s*\d{4})", re.I)
_COVER = re.compile(
    r"^\s*(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|"
    r"Sources?|Content Type|Timeline|Project ID|Results for)\b.*",
    re.I,
)
_FAILED = "there is an error in this document and it is not possible to display it"
_LISTED = re.compile(r"^\s*(\d{1,5})\.\s+(\S.*)$")


def sniff_uni(file: File) -> bool:
    if file.opening.lstrip("\ufeff \r\n\t").startswith("<"):
        return False
    wrapped = file.data.startswith((b"PK", b"{\\rtf", b"%PDF"))
    if not wrapped and not re.search(r"End of Document|Load-Date|Job Number", file.text, re.I):
        return False
    return recognises(file.lines_or_none)


def recognises(lines: list[str]) -> bool:
    """Whether these lines are a Nexis export: its end mark, its cover page, or its fields around a body."""
    if any(_DECLARED.match(line) for line in lines[:40]) and any(
        re.match(r"\s*(Job Number|Date and Time)\s*:", line, re.I) for line in lines[:40]
    ):
        return True
    if any(_END.match(line) for line in lines):
        return any(_BODY.match(line) or _FIELD.match(line) for line in lines)
    return (
        any(_BODY.match(line) for line in lines)
        and sum(bool(re.match(r"\s*(Length|Load-Date|Section|Byline)\s*:", line, re.I)) for line in lines) >= 2
    )


def read_uni(file: File) -> Reading:
    """Every article of the export, and how many its cover page declares."""
    lines = [line.replace("\u00a0", " ") for line in file.lines]
    declared = next((int(match[1]) for line in lines[:60] if (match := _DECLARED.match(line))), None)
    titles = _listed_titles(lines) if declared else []
    reading = Reading(declared=declared)
    pieces = _pieces_of_lines(lines)
    for number, piece in enumerate(pieces, 1):
        where = f"document {number}"
        if number == 1:
            piece = _without_cover(piece, titles)
        if not any(line.strip() for line in piece):
            continue
        if any(_FAILED in line for line in piece):
            reading.skipped.append((where, "Nexis could not display this document"))
            continue
        cut = (
            number == len(pieces)
            and bool(declared)
            and not any(
                _END.match(line) or _LOADED.match(line) for line in [line for line in lines if line.strip()][-5:]
            )
        )
        found = article(piece, where, cut)
        if found is None:
            reading.skipped.append((where, "no text of an article between its header and the next document"))
        else:
            reading.articles.append(found)
    if not reading.articles and not reading.skipped:  # a layout nobody here has seen
        raise Unreadable(
            f"a Nexis cover page that declares {declared} documents, with none after it"
            if declared
            else "a Nexis export without any article"
        )
    return reading


def _pieces_of_lines(lines: list[str]) -> list[list[str]]:
    """The lines of each article, cut at the end marks; where a layout has none, after each load date."""
    end = _END if any(_END.match(line) for line in lines) else _LOADED
    pieces: list[list[str]] = [[]]
    for line in lines:
        if not _END.match(line):
            pieces[-1].append(line)
        if end.match(line):
            pieces.append([])
    if len(pieces) > 1 and not any(_BODY.match(line) or _FIELD.match(line) or _FAILED in line for line in pieces[-1]):
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
    return piece[covers[-1] + 1 :] if covers else piece


def article(piece: list[str], where: str, cut: bool) -> Found | None:
    """One article from its lines, or None where they hold no text of one."""
    lines = [line.strip() for line in piece if line.strip()]
    body = next((number for number, line in enumerate(lines) if _BODY.match(line)), None)
    fields = {number for number, line in enumerate(lines[:body] if body else lines[:30]) if _FIELD.match(line)}
    first = body if body is not None else max(fields, default=-1) + 1
    dated = next(
        (number for number in range(1, first) if _DATE_LINE.match(lines[number]) and number not in fields), None
    )
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
    blocks += [(MAIN, line) for line in lines[first + (body is not None) : tail]]
    blocks += _tail_blocks(lines[tail:])
    problem = "cut off: no end of document" if cut else "" if dated is not None else "no date line in its header"
    return Found(
        blocks=tuple(blocks),
        headline=headline,
        outlet=outlet,
        where=where,
        problem=problem,
        cut=cut,
        date=iso_date(lines[dated]) if dated is not None else None,
        byline=values.get("byline"),
        standfirst=values.get("highlight"),
        language=_language(lines[tail:]),
    )


def _heading(lines: list[str], dated: int | None, end: int) -> tuple[str | None, str | None]:
    """Headline and outlet: the line before the date is the outlet, what stands above it the headline."""
    if dated is None:
        above = [line for line in lines[:end] if not _COPYRIGHT.match(line)]
        return (above[0] if above else None), (above[1] if len(above) > 1 else None)
    if dated == 1:
        return None, lines[0]
    headline = " ".join(lines[: dated - 1])
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
    from framing.articles.fields import language_code

    for line in lines:
        if match := re.match(r"\s*Language\s*:\s*([A-Za-z]+)", line, re.I):
            return language_code(match[1])
    return None


# LexisNexis Academic and nexis.com.

_START = re.compile(
    r"^[ \t]*(?:(\d{1,5}) (?:of|von|sur|de|di|van|af|av) (\d{1,5}) (?:DOCUMENTS?|DOKUMENTE?N?|DOCUMENTOS?|DOCUMENTI|"
    r"DOCUMENTEN|DOKUMENTER)|(?:DOCUMENT|DOKUMENT|DOCUMENTO) (\d{1,5}) (?:OF|VON|SUR|DE|DI|VAN|AF|AV) (\d{1,5}))[ \t]*$",
    re.M | re.I,
)
# The service's names for the parts above and below the text: English, German, French, Spanish, Italian, Dutch.
_BYLINE = "BYLINES?|AUTOR|AUTEUR|AUTORE|AUTHORS?|AUTOREN|AUTORES|AUTEURS"
_STANDFIRST = "HIGHLIGHT|ZUSAMMENFASSUNG|ENCART|DESTACADO"
_HEADLINE = "HEADLINE|ÜBERSCHRIFT|TITRE|TITULAR|TÍTULO|TITOLO|KOP"
_BODY_TEXT = "BODY|TEXT|CORPS|TEXTE|CUERPO|TEXTO|TESTO|TEKST"
# Who speaks in a broadcast, in its header; below it such a name opens what is said.
_SPEAKERS = (
    "GUESTS?|ANCHORS?|REPORTERS?|HOSTS?|CONTRIBUTORS?|CORRESPONDENTS?|INTERVIEWEES?|INTERVIEWERS?|PRODUCERS?|"
    "MODERATORS?|PANELISTS?|SPEAKERS?|GÄSTE|GAST|INVITÉS?|INVITADOS?"
)
_OTHER = (
    "SECTION|SEKTION|RUBRIK|RUBRIQUE|SECCIÓN|SECCION|SEZIONE|RUBRICA|SECTIE|RUBRIEK|LENGTH|LÄNGE|LONGUEUR|LONGITUD|"
    "EXTENSIÓN|LUNGHEZZA|LENGTE|DATELINE|ORTSZEILE|ORIGINE|ORT|SERIES|SERIE|SÉRIE|SHOW|PROGRAM|PROGRAMME|SENDUNG|"
    "ÉMISSION|PROGRAMA|PROGRAMMA|DISTRIBUTION|EDITION|AUSGABE|KICKER|COLUMN|TYPE|TICKER|INSERT|CORRECTION-DATE|"
    f"CORRECTION|CONTENT|SOURCE|{_SPEAKERS}"
)
_MIXED = "Show|Program|Byline|Section|Length|Highlight|Dateline|Guests?|Anchors?|Headline"  # not in capitals everywhere
_PART = re.compile(rf"^({_BYLINE}|{_STANDFIRST}|{_HEADLINE}|{_OTHER}|{_MIXED}):[ \t\u00a0]*(.*)$", re.S)
_MAY_BE_WORDS = re.compile(r"(?:TYPE|CONTENT|SOURCE|CORRECTION|COLUMN|INSERT|SERIES|TICKER):")
_TEXT_BEGINS = re.compile(rf"^(?:{_BODY_TEXT}):[ \t\u00a0]*")
_COUNTS = re.compile(r"^(?:LENGTH|LÄNGE|LONGUEUR|LONGITUD|EXTENSIÓN|LUNGHEZZA|LENGTE):", re.I)
_GRAPHIC = "GRAPHIC|GRAFIK|ILLUSTRATION|GRÁFICO|GRAFICA|FOTO|PHOTO|BILD"
_LANGUAGE = "LANGUAGE|SPRACHE|LANGUE|IDIOMA|LENGUA|LINGUA|TAAL"
_LOADS = "LOAD-DATE|UPDATE|DATE-CHARGEMENT|FECHA-CARGA|FECHA-DE-CARGA|DATA-CARICAMENTO|LAADDATUM|DATUM-LADEN"
_SURE = re.compile(
    rf"^(?:(?:{_LOADS}):\s*\S.*\d{{4}}|(?:{_LANGUAGE}):\s*\S+(?:[;,/ ]+\S+)?\s*$|(?:PUBLICATION-TYPE|"
    r"TYPE-PUBLICATION|TIPO-PUBLICACIÓN|PUBLIKATIONSTYP|JOURNAL-CODE|ZEITUNGS-CODE|CODE-REVUE|DOCUMENT-TYPE|"
    r"ACC-NO|TRANSMISSION-DATE|GRAPHIC):)"
)
# Names that also begin lines of a text: they count in one row with a sure one.
_ENDING = re.compile(
    rf"^(?:{_LOADS}|{_LANGUAGE}|{_GRAPHIC}|PUBLICATION-TYPE|TYPE-PUBLICATION|TIPO-PUBLICACIÓN|"
    r"PUBLIKATIONSTYP|JOURNAL-CODE|ZEITUNGS-CODE|CODE-REVUE|SUBJECT|DOCUMENT-TYPE|NOTES?|CORRECTION|"
    r"ORGANIZATION|COMPANY|PERSON|PEOPLE|GEOGRAPHIC|COUNTRY|CITY|STATE|INDUSTRY|TICKER|URL|"
    r"ISSN|ACC-NO|TRANSMISSION-DATE|DOC-ID|CATEGORY|NAME|SIC|NAICS|PUB-TYPE):"
)
_RIGHTS = re.compile(
    r"^(?:copyright\b|©|\(c\)\s*\d{4}|all rights reserved|alle rechte vorbehalten|"
    r"tous droits)",
    re.I,
)
_DAY_NAME = re.compile(rf"\b(?:{'|'.join(word_lists('pages/languages')['weekdays'])})\b", re.I)
_TIME = re.compile(r"^\s*\d{1,2}[:.h]\d{2}\b.{0,40}$")
_ISSUE = r"(?:[\w&/-]+ ){0,4}(?:edition|ausgabe|édition|edición|edizione|editie|udgave|upplaga)\b"
# What may stand between the date and the headline: the edition, the number of a transcript.
_ISSUE_LINE = re.compile(rf"^(?:{_ISSUE}.{{0,20}}|transcript(?:ion)?\s*(?:#|no\b|number\b).{{0,40}})$", re.I)
_COUNTED = re.compile(r"^(?:document|dokument|documento) \d{1,5} (?:of|von|sur|de|di|van|af) \d{1,5}$", re.I)
_ANCHOR = re.compile(r"<a\s+name\s*=\s*[\"']?DOC_ID_\d[^>]*>", re.I)
_BREAK = "\u241e"  # stands where a document of a page begins
# A file that ends cleanly after fewer than half of what each document counts is the part that was chosen to be saved.
PART = 0.5


def sniff_academic(file: File) -> bool:
    if not file.opening or (file.data.startswith((b"PK", b"{\\rtf"))):
        return _in_document(file)
    if _is_page(file.opening):
        return bool(re.search(r"<!--\s*LXNComment|<!--[^>]{0,80}<DOC NUMBER|<DOCFULL>|DOC_ID_\d", file.text[:400_000]))
    text = _one_line_end(file.text[:20_000])
    counted = _START.search(text)
    if counted is None:
        return False
    fields = "ProQuest document" not in text and re.search(_PART.pattern, text, re.M)
    return counted.group().isupper() or bool(fields)


def _one_line_end(text: str) -> str:
    """The text with the line ends of Windows and of old Macs as "\\n"."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _in_document(file: File) -> bool:
    """A Word or rich text file in this layout, as the service also saved it."""
    return (
        file.data.startswith((b"PK", b"{\\rtf"))
        and sum(bool(_START.match(line)) for line in file.lines_or_none) > 0
        and any(_PART.match(line.strip()) for line in file.lines_or_none)
    )


def _is_page(text: str) -> bool:
    return bool(
        re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|!--|div|a )", text.lstrip("\ufeff"), re.I)
    )


def read_academic(file: File) -> Reading:
    """Every article, and the number that each of them declares for the whole file."""
    text, declared = _text_of(file)
    starts = list(_START.finditer(text))
    if not starts and _BREAK not in text:
        raise Unreadable("no line such as '1 of 10 DOCUMENTS'")
    reading = Reading()
    pieces = _pieces(text, starts)
    for where, piece in pieces:
        found = _article(piece, where)
        if found is None:
            reading.skipped.append((where, "no text after its header"))
        else:
            reading.articles.append(found)
    whole = bool(pieces) and _ends(pieces[-1][1])
    reading.declared, reading.note = _declared(starts, declared, whole)
    return reading


def _text_of(file: File) -> tuple[str, int | None]:
    """The lines of the file, a page's blocks as paragraphs, and how many documents a page says it holds."""
    if file.data.startswith((b"PK", b"{\\rtf")):
        return "\n\n".join(file.lines), None
    text = file.text
    if not _is_page(file.opening):
        return _one_line_end(text).replace("\u00a0", " "), None
    from framing.articles.markup import lines_of, parse

    anchored = _ANCHOR.sub(lambda match: f"<p>{_BREAK}</p>{match.group()}", text)
    told = re.search(r"<meta[^>]{0,80}\bDOCUMENTS\s*=\s*[\"']?(\d{1,5})", text[:20_000], re.I)
    lines = [line.strip() for block in lines_of(parse(anchored)) for line in block.replace("\u00a0", " ").split("\n")]
    lines = [line.upper() if _COUNTED.match(line) else line for line in lines]
    return "\n\n".join(line for line in lines if line), int(told[1]) if told else None


def _pieces(text: str, starts: list[re.Match[str]]) -> list[tuple[str, str]]:
    """``(where, text)`` of each document: from its "n of N" line, else from its anchor."""
    if starts:
        ends = [*(match.start() for match in starts[1:]), len(text)]
        pieces = [
            (f"document {start[1] or start[3]}", text[start.end() : end])
            for start, end in zip(starts, ends, strict=True)
        ]
    else:
        pieces = [(f"document {number}", part) for number, part in enumerate(text.split(_BREAK)[1:], 1)]
    return [(where, part.replace(_BREAK, "")) for where, part in pieces]


def _declared(starts: list[re.Match[str]], told: int | None, whole: bool) -> tuple[int | None, str]:
    """How many documents the file should hold, and what to say where it is a part of a larger result.

    "201 of 995" to "400 of 995" are the two hundred that were saved. Documents from the first on that end before
    half of the result, the last of them whole, are what was chosen; else the rest is missing.
    """
    if not starts:
        return told, ""
    numbers = [int(start[1] or start[3]) for start in starts]
    total = max(int(start[2] or start[4]) for start in starts)
    first, last = min(numbers), max(numbers)
    if sorted(numbers) != numbers or len(set(numbers)) < len(numbers):
        return max(len(numbers), told or 0), ""  # several results one after the other in one file
    if (first > 1 and whole) or (last < PART * total and whole and told in (None, total)):
        return last - first + 1, f"documents {first} to {last} of the {total} found, as saved"
    return (told if told and last <= told < total else total), ""


def _ends(piece: str) -> bool:
    """Whether a document reaches the service's fields below its text, or its line of rights."""
    lines = [line.strip() for line in piece.split("\n") if line.strip()]
    return any(_ENDING.match(line) or _RIGHTS.match(line) for line in lines[-6:])


def _article(text: str, where: str) -> Found | None:
    raw, begun = _paragraphs(text)
    flat = [" ".join(paragraph.split()) for paragraph in raw]
    dated = next(
        (number for number, paragraph in enumerate(raw[:9]) if _is_date(paragraph.strip().split("\n")[0])), None
    )
    after = 0 if dated is None else dated + 1
    tail = _tail_starts(flat, after if begun is None else begun)
    fields = [number for number in range(tail if begun is None else min(begun, tail)) if _is_field(flat[number])]
    late = _late(flat, fields, tail) if begun is None else []
    early = _early(flat, [number for number in fields if number not in late], after)
    body_from = max([*early, after - 1]) + 1 if begun is None else begun
    if late and not early:
        body_from = after
    while body_from < tail and _TIME.match(flat[body_from]):
        body_from += 1
    body_to = min(late, default=tail)
    fields = [number for number in fields if number in (*early, *late) or number < after]
    above = [number for number in range(dated or 0) if number not in fields and not _RIGHTS.match(flat[number])]
    below = _below(flat, fields, after, body_from)
    if dated is None and len(below) > 1:
        above, below = below[:1], below[1:]
    headline, body_from = _headline(above, below, body_from, body_to, late=bool(late) and not early)
    named = [n for n in fields if re.match(rf"(?:{_HEADLINE}):", flat[n], re.I) and n not in late][:1]
    if not headline and not named:  # a headline that begins as a field does: "TYPE: a new font for the town"
        named = [number for number in early if number >= after and _MAY_BE_WORDS.match(flat[number])][:1]
    if (not fields and dated is None) or body_to <= body_from:
        return None
    outlet = flat[above[0]] if above else None
    return _found(flat, fields, named or headline, outlet, dated, (body_from, body_to, tail), where)


def _paragraphs(text: str) -> tuple[list[str], int | None]:
    """The paragraphs of a document, and at which of them the text begins where a BODY line says so.

    A line of rights at the top stands apart from the outlet below it.
    """
    raw = [part for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")) if part.strip()]
    begun = next((number for number, part in enumerate(raw[: 2 * HEADER]) if _TEXT_BEGINS.match(part.strip())), None)
    if begun is not None:
        said = _TEXT_BEGINS.sub("", raw[begun].strip()).strip()
        raw[begun : begun + 1] = [said] if said else []
    lines = raw[0].strip().split("\n") if raw else []
    rights = 0
    while rights < len(lines) - 1 and _RIGHTS.match(lines[rights].strip()):
        rights += 1
    if rights:
        raw[:1] = ["\n".join(lines[:rights]), "\n".join(lines[rights:])]
        begun = None if begun is None else begun + 1
    return raw, begun


def _is_field(line: str) -> bool:
    """Whether a paragraph is a field of the service. What a speaker says is none: "HOST: Good evening."."""
    said = re.match(rf"(?:{_SPEAKERS}):", line) and re.search(r"[.?!…][”\"’')]*$", line)
    return bool(_PART.match(line)) and not said


def _early(flat: list[str], fields: list[int], after: int) -> list[int]:
    """The fields above the text: no more than a headline stands between one and the next, nothing below the length."""
    early: list[int] = []
    plain = counted = 0
    for number in fields:
        if number >= HEADER:
            break
        plain += number - max([*early, after - 1]) - 1 if number >= after else 0
        if plain > HEAD_LINES or (counted and early and number > early[-1] + 1):
            break
        early.append(number)
        counted += bool(_COUNTS.match(flat[number]))
    return early


def _below(flat: list[str], fields: list[int], first: int, last: int) -> list[int]:
    """The plain paragraphs between the date and the text, down to the first field below one: a SHOW stands above."""
    plain: list[int] = []
    issue: list[int] = []
    for number in range(first, last):
        if number in fields:
            if plain:
                break
        elif not _TIME.match(flat[number]) and not _RIGHTS.match(flat[number]):
            (issue if _ISSUE_LINE.match(flat[number]) else plain).append(number)
    return plain or issue


HEADER = 18  # paragraphs within which the fields above the text stand
HEAD_LINES = 4  # paragraphs of a header that are no fields: the edition, a headline and what stands under it


def _headline(above: list[int], below: list[int], body_from: int, body_to: int, *, late: bool) -> tuple[list[int], int]:
    """Which paragraphs are the headline, and where the text begins.

    It stands below the date; where nothing stands between the date and the text, it stands above the date, under the
    outlet; where nothing does there either, and the fields come last, it is the first paragraph.
    """
    if below and not late:
        return below, body_from
    if len(above) > 1:
        return above[1:], body_from
    if late and body_to - body_from > 1:
        return [body_from], body_from + 1
    return below, body_from


def _is_date(line: str) -> bool:
    if len(line) > 80 or not iso_date(line) or _PART.match(line) or _ENDING.match(line) or _RIGHTS.match(line):
        return False
    bare = _DAY_NAME.sub("", line)
    bare = re.sub(r"\d{1,2}[:.h]\d{2}.*$", "", bare)  # the hour and its zone
    bare = re.sub(rf"(?<=[\d,;])\s*{_ISSUE}.*$", "", bare, flags=re.I)
    return len(re.findall(r"[^\W\d_]{2,}", bare)) <= 3


def _tail_starts(flat: list[str], first: int) -> int:
    """Where the service's fields below the text begin, or its line of rights where it gives none."""
    sure = next((number for number in range(first, len(flat)) if _SURE.match(flat[number])), None)
    if sure is not None:
        while sure - 1 > first and _ENDING.match(flat[sure - 1]):
            sure -= 1
        return sure
    rights = [number for number in range(first, len(flat)) if _RIGHTS.match(flat[number])]
    return rights[-1] if rights and rights[-1] >= len(flat) - 3 else len(flat)


def _late(flat: list[str], fields: list[int], tail: int) -> list[int]:
    """The fields that stand right above the service's own, below the text; none in the common layout."""
    late, number = [], tail
    while number - 1 in fields or (number > 1 and _ENDING.match(flat[number - 1])):
        number -= 1
        late.append(number)
    return sorted(late) if any(number in fields for number in late) else []


def _found(
    flat: list[str],
    fields: list[int],
    headline: list[int],
    outlet: str | None,
    dated: int | None,
    span: tuple[int, int, int],
    where: str,
) -> Found:
    first, last, tail = span
    values: dict[str, str] = {}
    title = " ".join(re.sub(rf"^(?:{_HEADLINE}):\s*", "", flat[number], flags=re.I) for number in headline) or None
    blocks: list[tuple[str | None, str]] = []
    for number, line in enumerate(flat):
        if number in headline:
            if number == headline[0] and title:
                blocks.append(("headline", title))
        elif number in fields and (match := _PART.match(line)):
            zone = (
                "byline"
                if re.fullmatch(_BYLINE, match[1].upper())
                else "standfirst"
                if re.fullmatch(_STANDFIRST, match[1].upper())
                else "furniture"
            )
            if zone != "furniture":
                values.setdefault(zone, match[2].strip())
            blocks.append((zone, match[2].strip() if zone != "furniture" else line))
        elif first <= number < last:
            blocks.append((MAIN, line))
        else:
            graphic = number >= tail and re.match(rf"(?:{_GRAPHIC}):", line)
            blocks.append(("caption" if graphic else "furniture", line))
    told = next((line.split(":", 1)[1] for line in flat[tail:] if re.match(rf"(?:{_LANGUAGE}):", line)), None)
    return Found(
        blocks=tuple(blocks),
        headline=title,
        outlet=outlet,
        byline=values.get("byline") or None,
        standfirst=values.get("standfirst") or None,
        where=where,
        language=language_code((told or "").strip()),
        date=iso_date(flat[dated]) if dated is not None else None,
        problem="" if dated is not None else "no date line in its header",
    )


FORMATS = [Format("nexis_txt", sniff_academic, read_academic), Format("nexis", sniff_uni, read_uni)]
