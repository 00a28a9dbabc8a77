"""Documents of one article each: Word, rich text, PDF, Markdown and plain text.

The styles of a Word document's paragraphs and the headings of Markdown tell headline and subheadings, its front matter
date, author and outlet; RTF and PDF files give their text alone (see `framing.articles.decoding`). Plain text stands as
it is, one article or several between ruled lines.
"""

from __future__ import annotations

import re
from typing import Any

from framing.articles.decoding import (
    MAIN,
    File,
    Format,
    Found,
    Reading,
    Unreadable,
    is_docx,
    pdf_text,
    rtf_text,
    word_paragraphs,
)
from framing.articles.fields import date_line, field_of, iso_date

_ZONES = {"title": "headline", "heading 1": "headline", "subtitle": "standfirst", "caption": "caption"}


def sniff_docx(file: File) -> bool:
    return is_docx(file.data)


def read_docx(file: File) -> Reading:
    """One article: the first title or heading is its headline, later headings are subheadings."""
    blocks: list[tuple[str | None, str]] = []
    for style, text in word_paragraphs(file.data):
        zone = _ZONES.get(style, "subheading" if style.startswith("heading") else MAIN)
        if zone == "headline" and any(known == "headline" for known, _ in blocks):
            zone = "subheading"
        blocks.append((zone, text))
    if not any(text.strip() for _, text in blocks):
        raise Unreadable("the document holds no text")
    if not any(zone == "headline" for zone, _ in blocks):  # without styles it is a page like any other
        blocks = [(None if zone == MAIN else zone, text) for zone, text in blocks]
    return Reading([Found(blocks=tuple(blocks))])


def sniff_rtf(file: File) -> bool:
    return file.data[:64].lstrip().startswith(b"{\\rtf")


def read_rtf(file: File) -> Reading:
    text = rtf_text(file.data)
    if not text.strip():
        raise Unreadable("the document holds no text")
    cut = file.data.count(b"{") - file.data.count(b"\\{") > file.data.count(b"}") - file.data.count(b"\\}")
    problem = "cut off: the file ends before its groups are closed" if cut else ""
    return Reading([Found(text=text, problem=problem, cut=cut)])


def sniff_pdf(file: File) -> bool:
    return file.data[:1024].lstrip().startswith(b"%PDF")


def read_pdf(file: File) -> Reading:
    """One article: the text of the file. Raises `Unreadable` for pictures of pages, a password or damage."""
    return Reading([Found(text=pdf_text(file.data))])


# A line that says when the story was published. A date in a sentence or beside the weather says nothing.
_PUBLISHED = re.compile(
    r"^\W*(?:first )?(?:published|posted|date|publication date)\b(?: on| at)?\s*:?\s*"
    r"(.{6,60})$",
    re.I | re.M,
)


# A line ruled across the page, alone between articles pasted into one file.
_RULE = re.compile(r"^[ \t]*([-=_*#~–—])(?:[ \t]?\1){4,}[ \t]*\r?$", re.M)
FEWEST_WORDS = 80  # of each article in a file of several
LONGEST_TITLE = 30  # words


def sniff_text(file: File) -> bool:
    return bool(file.opening)


def read_text(file: File) -> Reading:
    text = file.text
    if not text.strip():
        raise Unreadable("the file is empty" if not file.data else "the file holds only white space")
    parts = several(text)
    if parts:
        return Reading(
            [Found(text=part, date=published_on(part), where=f"part {number}") for number, part in enumerate(parts, 1)],
            note=f"{len(parts)} articles between ruled lines",
        )
    return Reading([Found(text=text, date=published_on(text))])


def several(text: str) -> list[str]:
    """The articles of a file that divides them by ruled lines; empty where it is one article.

    Only where every part begins with a title (a short line that is no sentence) and goes on with sentences: lines
    are also ruled between the sections of one article.
    """
    ends = [0, *(at for hit in _RULE.finditer(text) for at in hit.span()), len(text)]
    parts = [
        part.strip("\r\n")
        for begin, end in zip(ends[::2], ends[1::2], strict=True)
        if (part := text[begin:end]).strip()
    ]
    return parts if len(parts) > 1 and all(_is_article(part) for part in parts) else []


def _is_article(part: str) -> bool:
    first, _, rest = part.strip().partition("\n")
    title = first.strip()
    return (
        len(title.split()) in range(2, LONGEST_TITLE + 1)
        and not title.endswith((".", ":", ",", ";"))
        and len(part.split()) >= FEWEST_WORDS
        and bool(re.search(r"\w[.!?][”\"’']?\s*$", rest, re.M))
    )


def published_on(text: str) -> str | None:
    """The date of a line such as "Published: 13 September 2023", or of a line below the title that is only a date."""
    dates = (iso_date(match[1]) for match in _PUBLISHED.finditer(text))
    return next((found for found in dates if found), None) or _below_the_title(text)


DATED_WITHIN = 4  # lines below the title: standfirst, byline and what the line of the date shares the head with
_TITLE_WORDS = range(4, LONGEST_TITLE + 1)  # a shorter first line may be a menu or the weather, beside today's date


def _below_the_title(text: str) -> str | None:
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()][: DATED_WITHIN + 1]
    if not lines or len(lines[0].split()) not in _TITLE_WORDS or re.search(r"[|•·›»]", lines[0]):
        return None
    for line in lines[1:]:
        if found := date_line(line):
            return found
        if len(line.split()) > LONGEST_TITLE:
            return None  # the story has begun
    return None


_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,40}):[ \t]*(.*)$", re.M)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")


def sniff_markdown(file: File) -> bool:
    return file.suffix in {".md", ".markdown"} and bool(file.opening)


def read_markdown(file: File) -> Reading:
    """One article; a paragraph that is only an image is its caption, marks of emphasis are left out."""
    text = file.text
    front = _FRONT.match(text)
    fields = dict(_front_fields(front[1])) if front else {}
    body = text[front.end() :] if front else text
    blocks: list[tuple[str | None, str]] = []
    for paragraph in re.split(r"\r?\n[ \t]*(?:\r?\n)+", body.strip("\r\n")):
        blocks += _blocks(paragraph, first=not any(zone == "headline" for zone, _ in blocks))
    if not any(text.strip() for _, text in blocks) and not fields.get("headline"):
        raise Unreadable("the file is empty")
    if any(zone == "headline" for zone, _ in blocks):
        fields.pop("headline", None)
    elif fields.get("headline"):
        blocks.insert(0, ("headline", fields["headline"]))
    fields["date"] = iso_date(fields.get("date", "")) or ""
    given: dict[str, Any] = {name: value for name, value in fields.items() if value}
    return Reading([Found(text=text, blocks=tuple(blocks), **given)])


def _front_fields(front: str) -> list[tuple[str, str]]:
    pairs = [(field_of(name), value.strip().strip("\"'[]")) for name, value in _FIELD.findall(front)]
    return [(name, value) for name, value in pairs if name and name != "text"]


def _blocks(paragraph: str, *, first: bool) -> list[tuple[str | None, str]]:
    lines: list[tuple[str | None, str]] = []
    for line in paragraph.splitlines():
        heading = re.match(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$", line)
        only_image = re.fullmatch(r"\s*" + _IMAGE.pattern + r"\s*", line)
        if heading:
            zone = "headline" if len(heading[1]) == 1 and first else "subheading"
            first = first and zone != "headline"
            lines.append((zone, _without_marks(heading[2])))
        elif only_image:
            lines.append(("caption", only_image[1]))
        elif re.fullmatch(r"\s*([-*_]\s*){3,}", line):
            continue
        else:
            line = _without_marks(re.sub(r"^\s{0,3}>\s?", "", line))
            if lines and lines[-1][0] is None:
                lines[-1] = (None, f"{lines[-1][1]}\n{line}")
            else:
                lines.append((None, line))
    return [(zone, line) for zone, line in lines if line.strip()]


def _without_marks(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    return _EMPHASIS.sub(r"\2", line)


FORMATS = [
    Format("docx", sniff_docx, read_docx),
    Format("rtf", sniff_rtf, read_rtf),
    Format("pdf", sniff_pdf, read_pdf),
    Format("text", sniff_text, read_text),
    Format("markdown", sniff_markdown, read_markdown),
]
