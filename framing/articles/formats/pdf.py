"""PDF files of text: one article, its lines joined to paragraphs (see `framing.articles.pdf_text`)."""

from __future__ import annotations

from framing.articles.opened_file import File, Found, Reading
from framing.articles.pdf_text import pdf_text

NAME = "pdf"


def sniff(file: File) -> bool:
    return file.data[:1024].lstrip().startswith(b"%PDF")


def read(file: File) -> Reading:
    """One article: the text of the file. Raises `Unreadable` for pictures of pages, a password or damage."""
    return Reading([Found(text=pdf_text(file.data))])
