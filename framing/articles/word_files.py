"""What word processors save: the paragraphs of a Word document and the lines of an RTF file.

The parts of a Word document are read with python-docx, whose parser resolves no entities, after the archive has been
checked: a document type declaration, too large a part or too high a compression is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from framing.articles.archive import open_zip, read_member
from framing.articles.decoding import Unreadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
LARGEST_PART = 60_000_000  # bytes of one XML part, unpacked
LARGEST_RTF = 25_000_000  # characters without pictures
_PICTURE = re.compile(r"[0-9a-fA-F\r\n]{400,}")  # pictures are written out as hexadecimal digits
_OBJECT = re.compile(r"\\bin\d+")


def is_docx(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return b"word/document.xml" in data[:200_000]


def word_paragraphs(data: bytes) -> list[tuple[str, str]]:
    """``(style in lower case, text)`` of each paragraph, tables and text boxes included, in order."""
    _refuse_dangerous(data)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
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


def rtf_text(data: bytes) -> str:
    """The text of an RTF file, one line per paragraph. Raises `Unreadable` where it cannot be taken apart."""
    from striprtf.striprtf import rtf_to_text

    source = _PICTURE.sub("", data.lstrip().decode("latin-1"))
    if _OBJECT.search(source):
        source = re.sub(r"\\bin\d+[^{}]*", "", source)
    if len(source) > LARGEST_RTF:
        raise Unreadable(f"{len(source) / 1e6:,.0f} MB of rich text, more than the {LARGEST_RTF / 1e6:,.0f} MB read at "
                         "once; split the file")
    try:
        text = rtf_to_text(source, encoding="cp1252", errors="replace")
    except (IndexError, ValueError, KeyError, LookupError, RecursionError, TypeError) as error:
        raise Unreadable(f"damaged rich text ({type(error).__name__}: {str(error)[:80]})") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
