"""PDF files of text, by pypdf: lines joined to paragraphs, what repeats on every page left out.

A PDF says where letters stand, not what a paragraph is: lines are joined up to one that ends a sentence before the
right margin. Scanned pages hold pictures and no text, and are refused with a line.
"""

from __future__ import annotations

import io
import re
import time
from collections import Counter

from framing.articles.decoding import Unreadable

MOST_PAGES = 400
SECONDS = 60  # for one file
FEWEST_LETTERS = 40  # of a page with text on it, on average
REPEATED = .5  # share of the pages on which a line at the edge stands that is no part of the text
SHORT = .8  # of the usual width of a line: one that ends earlier ends its paragraph


def pdf_text(data: bytes) -> str:
    """The text of a PDF, a blank line between paragraphs. Raises `Unreadable` where none can be taken out of it."""
    pages = pages_of(data)
    kept = _without_edges(pages)
    if sum(sum(map(str.isalpha, line)) for lines in kept for line in lines) < FEWEST_LETTERS * max(len(pages), 1) * .5:
        raise Unreadable("the PDF holds pictures of pages and no text; read it with text recognition and save the text")
    return "\n\n".join(_paragraphs([line for lines in kept for line in [*lines, _PAGE]]))


_PAGE = "\f"
_PAGE_NUMBER = re.compile(r"\s*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.I)


def pages_of(data: bytes) -> list[list[str]]:
    """The lines of each page as they stand in the file."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said in the audit
    began = time.monotonic()
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("protected by a password")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"a PDF of {len(reader.pages):,} pages, more than the {MOST_PAGES} read at once; split it")
        pages = []
        for page in reader.pages:
            if time.monotonic() - began > SECONDS:
                raise Unreadable(f"the PDF took longer than {SECONDS} seconds to read; save it as text")
            pages.append([" ".join(line.split()) for line in (page.extract_text() or "").split("\n")])
        return pages
    except Unreadable:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
            NotImplementedError, AssertionError, ArithmeticError, LookupError, ImportError, MemoryError) as error:
        raise Unreadable(f"a damaged PDF ({type(error).__name__}: {str(error)[:80]})") from None


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines at top and foot that most of them have, but for numbers: titles and page counts."""
    def plain(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip().lower())

    filled = [[line for line in lines if line.strip()] for lines in pages]
    edges = Counter(mark for lines in filled for mark in {plain(line) for line in [*lines[:2], *lines[-2:]]})
    often = {mark for mark, count in edges.items() if len(pages) > 2 and count >= max(3, REPEATED * len(pages))}
    kept = []
    for lines in pages:
        there = [number for number, line in enumerate(lines) if line.strip()]
        at_edge = {*there[:2], *there[-2:]}
        kept.append([line for number, line in enumerate(lines) if not (
            number in at_edge and (plain(line) in often or _PAGE_NUMBER.match(line)))])
    return kept


def _paragraphs(lines: list[str]) -> list[str]:
    long = sorted(len(line) for line in lines if len(line) > 20)
    width = long[int(.8 * len(long))] if long else 80
    paragraphs: list[str] = []
    open_ = False
    for line in lines:
        if line == _PAGE:
            continue  # a paragraph may go on over the page
        if not line.strip():
            open_ = False
            continue
        if open_ and paragraphs:
            last = paragraphs[-1]
            hyphened = re.search(r"[a-z]-$", last) and line[:1].islower()
            paragraphs[-1] = last[:-1] + line if hyphened else f"{last} {line}"
        else:
            paragraphs.append(line)
        open_ = len(line) >= SHORT * width
    return paragraphs
