"""Word documents: paragraphs in reading order, their styles telling headline and subheadings.

The parts are read with python-docx, whose parser resolves no entities, after the archive has been checked:
a document type declaration, too large a part or too high a compression is refused.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from framing.articles.archive import open_zip, read_member
from framing.articles.opened_file import MAIN, File, Found, Reading, Unreadable

NAME = "docx"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ZONES = {"title": "headline", "heading 1": "headline", "subtitle": "standfirst", "caption": "caption"}
LARGEST_PART = 60_000_000  # bytes of one XML part, unpacked


def sniff(file: File) -> bool:
    return is_docx(file.data)


def is_docx(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b"word/document.xml" in data[:200_000]


def read(file: File) -> Reading:
    """One article: the first title or heading is its headline, later headings are subheadings."""
    blocks: list[tuple[str | None, str]] = []
    for style, text in paragraphs(file):
        zone = _ZONES.get(style, "subheading" if style.startswith("heading") else MAIN)
        if zone == "headline" and any(known == "headline" for known, _ in blocks):
            zone = "subheading"
        blocks.append((zone, text))
    if not any(text.strip() for _, text in blocks):
        raise Unreadable("the document holds no text")
    if not any(zone == "headline" for zone, _ in blocks):  # without styles it is a page like any other
        blocks = [(None if zone == MAIN else zone, text) for zone, text in blocks]
    return Reading([Found(blocks=tuple(blocks))])


def paragraphs(file: File) -> list[tuple[str, str]]:
    """``(style in lower case, text)`` of each paragraph, tables and text boxes included, in order."""
    _refuse_dangerous(file.data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(file.data))
        names = {style.style_id: (style.name or "").lower() for style in document.styles}
        nodes = document.element.body.iter(f"{_W}p")
        found = [(names.get(_style_id(node), ""), _text(node)) for node in nodes if not _dropped(node)]
    except (PackageNotFoundError, zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError, AttributeError,
            OSError) as error:
        raise Unreadable(f"a damaged Word document ({type(error).__name__}: {str(error)[:80]})") from None
    return [(style, text) for style, text in found if text.strip()]


def _refuse_dangerous(data: bytes) -> None:
    with open_zip(data) as archive:
        for info in archive.infolist():
            if not info.filename.lower().endswith((".xml", ".rels")):
                continue
            part = read_member(archive, info, LARGEST_PART)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or "<!DOCTYPE".encode("utf-16-le") in part:
                raise Unreadable("refused: the Word document declares entities, which no word processor writes")


def _style_id(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _dropped(node: Any) -> bool:
    return any(parent.tag in _LEFT_OUT for parent in node.iterancestors())


def _text(paragraph: Any) -> str:
    """Text of the paragraph's own runs, without deleted text; a text box inside is a paragraph of its own."""
    parts = []
    stack = list(reversed(list(paragraph)))
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT or node.tag == f"{_W}p":
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _MARKS:
            parts.append(_MARKS[node.tag])
        else:
            stack.extend(reversed(list(node)))
    return "".join(parts).replace("\n\n", "\n").strip("\n")
