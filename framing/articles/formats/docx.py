"""Word documents: the styles of their paragraphs tell headline and subheadings."""

from __future__ import annotations

from framing.articles.decoding import is_docx, word_paragraphs
from framing.articles.opened_file import MAIN, File, Found, Reading, Unreadable

NAME = "docx"
_ZONES = {"title": "headline", "heading 1": "headline", "subtitle": "standfirst", "caption": "caption"}


def sniff(file: File) -> bool:
    return is_docx(file.data)


def read(file: File) -> Reading:
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
