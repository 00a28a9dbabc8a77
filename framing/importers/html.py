"""Web pages: main text and metadata by trafilatura (Barbaresi 2021)."""

from __future__ import annotations

import re
from typing import Any

from framing.importers.base import File, Found, Reading, Unreadable

NAME = "html"


def sniff(file: File) -> bool:
    opening = file.opening[:3000].lstrip("\ufeff \t\r\n").lower()
    return opening.startswith(("<!doctype html", "<html")) or bool(
        re.match(r"<(\?xml|!--|head|body|meta|article|div|p)\b", opening)
        and ("<html" in opening or file.suffix in {".html", ".htm", ".xhtml"}))


def read(file: File) -> Reading:
    import trafilatura

    document: Any = trafilatura.bare_extraction(file.text, with_metadata=True, include_comments=False)
    if document is None:
        raise Unreadable("no text found on the page")
    body = [(None, line) for line in (document.text or "").split("\n") if line.strip()]
    blocks = [("headline", document.title), *body] if document.title else body
    return Reading([Found(blocks=tuple(blocks), date=document.date, byline=document.author, url=document.url,
                          headline=document.title, language=document.language)])
