"""Word, rich text and PDF documents: one article each.

The styles of a Word document's paragraphs tell headline and subheadings; RTF and PDF files give their text alone (see
`framing.articles.decoding`).
"""

from __future__ import annotations

from framing.articles.decoding import is_docx, pdf_text, rtf_text, word_paragraphs
from framing.articles.opened_file import MAIN, File, Format, Found, Reading, Unreadable

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


FORMATS = [Format("docx", sniff_docx, read_docx), Format("rtf", sniff_rtf, read_rtf),
           Format("pdf", sniff_pdf, read_pdf)]
